"""Addresses of packs of papers."""

from django.urls import path

from programs.views import packs

urlpatterns = [
    path("pairs/<int:pk>/packs/", packs.pack_list, name="pack-list"),
    path("pairs/<int:pk>/packs/archive/", packs.archive_make, name="archive-make"),
    path("pairs/<int:pk>/packs/add/", packs.pack_add, name="pack-add"),
    path("packs/<int:pk>/", packs.pack_download, name="pack-download"),
    path("archives/<int:pk>/", packs.archive_download, name="archive-download"),
]
