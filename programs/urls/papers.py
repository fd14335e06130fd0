"""Addresses of prints."""

from django.urls import path

from programs.views import papers

urlpatterns = [
    path("groups/<int:pk>/consent/print/", papers.consent_print, name="consent-print"),
    path("programs/<int:pk>/print/", papers.program_print, name="program-print"),
    path("orders/<int:pk>/print/", papers.order_print, name="order-print"),
    path("documents/<slug:code>/", papers.document_download, name="document-download"),
]
