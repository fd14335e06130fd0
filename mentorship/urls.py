"""All addresses. Apps bring their own; nothing is public but what says so."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("schools.urls")),
    path("", include("programs.urls")),
    path("", include("monitoring.urls")),
]
