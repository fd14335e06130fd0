"""Friendly pages for what went wrong. Wired as handlers in ``mentorship.urls``."""

import sys
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from schools.stores import database_is_away

RETRY_AFTER = "30"  # seconds


def csrf_failed(request, reason=""):
    """The form was open too long: say how to send it again, keep nothing in silence."""
    return render(request, "errors/csrf.html", status=HTTPStatus.FORBIDDEN)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)


def page_not_found(request, exception=None):
    return render(request, "errors/404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request):
    """500, or 503 while the database does not answer. Reads nothing from the database."""
    if database_is_away(sys.exc_info()[1]):
        return service_unavailable(request)
    return HttpResponse(
        render_to_string("errors/500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )


def service_unavailable(request):
    """503 with the time after which browsers and monitors may ask again."""
    return HttpResponse(
        render_to_string("errors/503.html"),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Retry-After": RETRY_AFTER},
    )
