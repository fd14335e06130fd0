"""Signing in by e-mail or by a short login."""

from django.contrib.auth.backends import ModelBackend


class LoginOrEmailBackend(ModelBackend):
    """Django's backend; ``User.objects.get_by_natural_key`` finds both kinds of name."""
