"""All addresses. Apps bring their own; nothing is public but what says so."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    # One door: the form of Django admin would pass the throttle by.
    path(
        "admin/login/",
        login_not_required(RedirectView.as_view(pattern_name="login", query_string=True)),
    ),
    path("admin/", admin.site.urls),
    path("", include("schools.urls")),
    path("", include("programs.urls")),
    path("", include("monitoring.urls")),
]

handler400 = "schools.views.errors.bad_request"
handler403 = "schools.views.errors.permission_denied"
handler404 = "schools.views.errors.page_not_found"
handler500 = "schools.views.errors.server_error"
