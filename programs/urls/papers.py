"""Addresses of prints."""

from django.urls import path

from programs.views import data_consents, papers, people_papers

urlpatterns = [
    path("papers/<slug:paper>/<int:pk>/print/", papers.paper_print, name="paper-print"),
    path("pairs/<int:pk>/addendum/print/", papers.addendum_print, name="addendum-print"),
    path("pairs/<int:pk>/notice/print/", papers.notice_print, name="notice-print"),
    path("programs/<int:pk>/report/", papers.report_write, name="report-write"),
    path("schools/<int:pk>/papers/", papers.school_papers, name="school-papers"),
    path("schools/<int:pk>/pay.xlsx", people_papers.pay_register, name="pay-register"),
    path("staff/<int:pk>/certificate/", people_papers.certificate_print, name="certificate-print"),
    path("staff/<int:pk>/papers/", data_consents.staff_papers, name="staff-papers"),
    path("staff/<int:pk>/data-consent/", data_consents.data_consent_add, name="data-consent-add"),
    path(
        "data-consents/<int:pk>/withdraw/",
        data_consents.data_consent_withdraw,
        name="data-consent-withdraw",
    ),
    path("documents/<slug:code>/", papers.document_download, name="document-download"),
    path("documents/<slug:code>/word/", papers.document_word, name="document-word"),
]
