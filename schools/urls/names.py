"""Grammatical cases of names."""

from django.urls import path

from schools.views import names

urlpatterns = [path("staff/<int:pk>/name/", names.name_cases, name="name-cases")]
