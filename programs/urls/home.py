"""The first page, and the list of everything that is due."""

from django.urls import path

from programs.views import deadlines, home

urlpatterns = [
    path("", home.home, name="home"),
    path("deadlines/", deadlines.deadline_list, name="deadline-list"),
]
