"""For load balancers and people on duty."""

from django.urls import path

from schools.views import health

urlpatterns = [path("healthz", health.healthz, name="healthz")]
