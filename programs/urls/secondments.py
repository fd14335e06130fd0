"""Mentors lent to other organisations and by them."""

from django.urls import path

from programs.views import secondments

urlpatterns = [path("secondments/", secondments.secondment_list, name="secondment-list")]
