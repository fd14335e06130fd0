"""Is the history whole, are the guards in place, does every row point somewhere?"""

from django.core.management.base import BaseCommand
from django.db import IntegrityError, connection

from schools import guards, history
from schools.models import EventChain


class Command(BaseCommand):
    help = (
        "Checks every chain of events for changed, removed or reordered ones, the triggers that"
        " keep illegal states out, and (SQLite) references to rows that are gone. Exit 1 if any."
    )

    def handle(self, **options):
        problems = [*_chains(), *_triggers(), *_references()]
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise SystemExit(1)
        self.stdout.write(f"{EventChain.objects.count()} chains are whole; every guard stands.")


def _chains():
    for chain in EventChain.objects.order_by("name"):
        for seq in history.broken_links(chain):
            yield f"{chain.name}: broken at event {seq}"


def _triggers():
    for name in guards.missing("default"):
        yield f"the guard {name} is missing: run migrate"


def _references():
    """PostgreSQL never lets one go; SQLite minds only while its clients ask for it."""
    if connection.vendor == "sqlite":
        try:
            connection.check_constraints()
        except IntegrityError as error:
            yield str(error)
