"""All addresses. Apps bring their own; nothing is public but what says so."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("schools.urls")),
    path("", include("programs.urls")),
    path("", include("monitoring.urls")),
]

handler400 = "schools.views.errors.bad_request"
handler403 = "schools.views.errors.permission_denied"
handler404 = "schools.views.errors.page_not_found"
handler500 = "schools.views.errors.server_error"
