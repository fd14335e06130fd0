"""Search from the head of every page."""

from django.urls import path

from programs.views import search

urlpatterns = [path("search/", search.search, name="search")]
