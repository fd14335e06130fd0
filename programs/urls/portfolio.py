"""What a person has done as a mentor."""

from django.urls import path

from programs.views import portfolio

urlpatterns = [
    path("staff/<int:pk>/mentoring/", portfolio.staff_mentoring, name="staff-mentoring"),
]
