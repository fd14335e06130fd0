"""Friendly pages for what went wrong."""

from http import HTTPStatus

from django.shortcuts import render


def csrf_failed(request, reason=""):
    """The form was open too long: say how to send it again, keep nothing in silence."""
    return render(request, "errors/csrf.html", status=HTTPStatus.FORBIDDEN)
