"""Signing in, one's own account, roles and codes."""

urlpatterns = []
