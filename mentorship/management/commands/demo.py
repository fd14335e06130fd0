"""`manage.py demo`: the invented district, for trying the system and for its tests."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.demo.world import build
from schools.models import Municipality, School, User


class Command(BaseCommand):
    help = "Loads an invented district into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=["district"], default="district")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, size, seed, **options):
        if not settings.DEBUG:
            raise CommandError("This looks like production (DEBUG=0): the demo is not for it.")
        if any(model.objects.exists() for model in (User, School, Municipality)):
            raise CommandError("The database is not empty: the demo loads only into an empty one.")
        began = time.monotonic()
        with timezone.override("Asia/Barnaul"):
            build(timezone.localdate(), seed, say=lambda text: self.stdout.write(f"  {text}"))
        self.stdout.write(f"The demo district is ready ({time.monotonic() - began:.0f} s).")
