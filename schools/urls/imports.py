"""Staff lists."""

from django.urls import path

from schools.views import imports

urlpatterns = [
    path("staff/import/", imports.import_add, name="import-add"),
    path("staff/import/<int:pk>/", imports.import_detail, name="import-detail"),
    path("staff/import/<int:pk>/columns/", imports.import_mapping, name="import-mapping"),
    path("staff/import/<int:pk>/drop/", imports.import_drop, name="import-drop"),
    path("staff/import/<int:pk>/refused/", imports.import_refused, name="import-refused"),
    path("staff/import/<int:pk>/plan/", imports.import_plan, name="import-plan"),
    path("staff/import/<int:pk>/report/", imports.import_report, name="import-report"),
]
