"""`manage.py prepare`: what every installation needs before its first page, new or upgraded."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from programs.deadlines import wide
from schools.models import School


class Command(BaseCommand):
    help = "Migrates, then adds the calendar and the dictionaries that are missing. Safe to repeat."

    def handle(self, *args, verbosity, **options):
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("load_calendar", verbosity=verbosity)
        call_command("load_dictionaries", verbosity=verbosity)
        if not School.objects.exists():
            wide.run()  # a new calendar, and nothing to recompute: nobody should wait for it
