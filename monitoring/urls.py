"""Addresses of monitoring."""

from django.urls import path

from monitoring.views import district, operations

urlpatterns = [
    path("district/", district.district_home, name="district-home"),
    path("district/young/", district.district_young, name="district-young"),
    path("district/schools/", district.district_schools, name="district-schools"),
    path("operations/", operations.operations_home, name="operations"),
    path("operations/jobs/", operations.operations_jobs, name="operations-jobs"),
    path(
        "operations/jobs/<int:pk>/retry/",
        operations.operations_job_retry,
        name="operations-job-retry",
    ),
    path("operations/letters/", operations.operations_letters, name="operations-letters"),
    path(
        "operations/letters/<int:pk>/resend/",
        operations.operations_letter_resend,
        name="operations-letter-resend",
    ),
    path("operations/horizon/", operations.operations_horizon, name="operations-horizon"),
]
