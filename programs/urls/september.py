"""Addresses of the table of the year and of stacks to print."""

from django.urls import path

from programs.views import september

urlpatterns = [
    path("schools/<int:pk>/september/", september.september, name="september"),
    path("schools/<int:pk>/september/print/", september.september_print, name="september-print"),
    path("bundles/<int:pk>/", september.bundle_detail, name="bundle-detail"),
    path("bundles/<int:pk>/download/", september.bundle_download, name="bundle-download"),
]
