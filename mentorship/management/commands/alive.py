"""Health checks of the containers: exit 0 while the named process gives signs of life."""

import json
import urllib.error
import urllib.request

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schools import pulse
from schools.models import Heartbeat


class Command(BaseCommand):
    help = "Exit 0 while `web`, `beat` or `worker:<queue>` is alive; `web` is asked on this host."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--port", type=int, default=8000, help="of web")

    def handle(self, *, name, port, **options):
        if not (_web_is_well(port) if name == "web" else _beats(name)):
            raise CommandError(f"No sign of life of {name}.")


def _beats(name: str) -> bool:
    return Heartbeat.objects.filter(name=name, at__gte=timezone.now() - pulse.DEAD_AFTER).exists()


def _web_is_well(port: int) -> bool:
    """It answers and reaches database and files; other processes have checks of their own."""
    try:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
    except urllib.error.HTTPError as error:
        answer = error
    except OSError:
        return False
    parts = json.load(answer)
    return parts["database"] == parts["storage"] == "ok"
