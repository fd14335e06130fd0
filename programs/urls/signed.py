"""Consents, addenda, scans, help outside programmes, incentives."""

from django.urls import path

from programs.views import signed

urlpatterns = [
    path("pairs/<int:pk>/consents/record/", signed.consent_record, name="consent-record"),
    path("consents/<int:pk>/withdraw/", signed.consent_withdraw, name="consent-withdraw"),
    path("pairs/<int:pk>/addendum/", signed.addendum_record, name="addendum-record"),
    path("pairs/<int:pk>/scans/", signed.scan_attach, name="scan-attach"),
    path("scans/<slug:kind>/<int:pk>/attach/", signed.scan_upload, name="scan-upload"),
    path("scans/<slug:kind>/<int:pk>/", signed.scan_download, name="scan-download"),
    path("staff/<int:pk>/episodes/record/", signed.episode_record, name="episode-record"),
    path("pairs/<int:pk>/incentives/grant/", signed.incentive_grant, name="incentive-grant"),
]
