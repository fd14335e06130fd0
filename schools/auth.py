"""Signing in by e-mail or by a short login."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class LoginOrEmailBackend(ModelBackend):
    """Django's backend; ``User.objects.get_by_natural_key`` finds both kinds of name."""

    def get_user(self, user_id):
        """The account with its person: every page names the person in its head."""
        users = get_user_model().objects.select_related("person")
        user = users.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
