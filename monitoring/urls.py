"""Addresses of monitoring."""

from django.urls import path

from monitoring.views import district

urlpatterns = [
    path("district/", district.district_home, name="district-home"),
    path("district/young/", district.district_young, name="district-young"),
    path("district/schools/", district.district_schools, name="district-schools"),
]
