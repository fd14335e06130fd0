"""Addresses of schools."""

urlpatterns = []
