"""Per request: a page while the database is away, the local day, a password still to choose."""

import logging
import zoneinfo

from django.db import InterfaceError, OperationalError, connection
from django.shortcuts import redirect
from django.utils import timezone

from schools.queries import zone_of
from schools.stores import database_is_away
from schools.views.errors import service_unavailable

logger = logging.getLogger(__name__)


class DatabaseAwayMiddleware:
    """Answers 503 with Retry-After, not 500, while the database restarts.

    Stands right after authentication, whose lazy query of the session is made here; errors of
    the view come through ``process_exception``.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            request.user.is_authenticated  # noqa: B018 the query behind it is the point
        except (OperationalError, InterfaceError) as error:
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response
        return self.get_response(request)

    def process_exception(self, request, error):
        if not database_is_away(error):
            return None
        logger.error("The database is away: %s", error)
        connection.close()
        return service_unavailable(request)


class MustChangePasswordMiddleware:
    """Whoever was given a password by somebody else sees nothing before choosing an own one."""

    allowed = {"password-change", "logout"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or not request.user.is_authenticated:
            return None
        if not request.user.must_change_password or request.resolver_match.url_name in self.allowed:
            return None
        return redirect("password-change")


class LocalDayMiddleware:
    """Activates the time zone of the person's municipality.

    From here on ``timezone.localdate()`` is the local day that views pass to steps as ``on``.
    The zone is kept in the session, so that a page costs no extra query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        zone = self._zone(request)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)

    def _zone(self, request) -> str | None:
        if not request.user.is_authenticated or request.user.person_id is None:
            return None
        zone = request.session.get("time_zone")
        if zone is None:
            zone = zone_of(request.user.person_id)
            if zone:
                request.session["time_zone"] = zone
        return zone
