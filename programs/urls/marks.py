"""A mentee's own mark in the system."""

from django.urls import path

from programs.views import marks

urlpatterns = [path("members/<int:pk>/consent/", marks.consent_mark, name="consent-mark")]
