"""Consents, addenda, scans, help outside programmes, incentives."""

from django.urls import path

from programs.views import papers

urlpatterns = [
    path("pairs/<int:pk>/consents/record/", papers.consent_record, name="consent-record"),
    path("consents/<int:pk>/withdraw/", papers.consent_withdraw, name="consent-withdraw"),
    path("pairs/<int:pk>/addendum/", papers.addendum_record, name="addendum-record"),
    path("pairs/<int:pk>/scans/", papers.scan_attach, name="scan-attach"),
    path("scans/<slug:kind>/<int:pk>/attach/", papers.scan_upload, name="scan-upload"),
    path("scans/<slug:kind>/<int:pk>/", papers.scan_download, name="scan-download"),
    path("staff/<int:pk>/episodes/record/", papers.episode_record, name="episode-record"),
    path("pairs/<int:pk>/incentives/grant/", papers.incentive_grant, name="incentive-grant"),
]
