"""Addresses of monitoring."""

from django.urls import path

from monitoring.views import district

urlpatterns = [
    path("district/", district.district_home, name="district-home"),
    path("district/schools/", district.district_schools, name="district-schools"),
]
