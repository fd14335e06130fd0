"""Wiring: settings, addresses, processes. No app imports this package."""

from mentorship.celery import app as celery_app

__all__ = ["celery_app"]
