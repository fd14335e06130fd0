"""Requests for a mentor."""

from django.urls import path

from programs.views import requests

urlpatterns = [
    path("requests/", requests.request_list, name="request-list"),
    path("requests/needed/", requests.mentor_needed, name="request-needed"),
    path("requests/<int:pk>/", requests.request_detail, name="request-detail"),
    path("requests/<int:pk>/settle/", requests.request_settle, name="request-settle"),
    path("staff/<int:pk>/ask-mentor/", requests.mentor_ask, name="mentor-ask"),
    path("schools/<int:pk>/requests/add/", requests.request_add, name="request-add"),
]
