"""Addresses of signed sheets that come back."""

from django.urls import path

from programs.views import returning

urlpatterns = [
    path("schools/<int:pk>/returns/", returning.scan_return, name="scan-return"),
    path("schools/<int:pk>/returns/file/", returning.scan_file, name="scan-file"),
    path("returns/<int:pk>/place/", returning.scan_place, name="scan-place"),
    path("returns/<int:pk>/preview/", returning.scan_preview, name="scan-preview"),
    path("returns/<int:pk>/", returning.scan_page, name="scan-page"),
    path("returns/<int:pk>/drop/", returning.scan_drop, name="scan-drop"),
    path("documents/<slug:code>/scan/", returning.document_scan, name="document-scan"),
]
