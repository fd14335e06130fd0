"""manage.py load_dictionaries: the catalogues that forms offer, added where they are missing."""

from django.core.management.base import BaseCommand

from programs.defaults import load_dictionaries


class Command(BaseCommand):
    help = "Adds default difficulties, directions, evaluation sheet and programme templates."

    def handle(self, *args, verbosity, **options):
        added = load_dictionaries()
        if verbosity:
            self.stdout.write(
                "added: " + ", ".join(f"{name} {number}" for name, number in added.items())
            )
