"""`make run`: everything that the product needs on one machine, under one command."""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from mentorship import processes
from mentorship.processes import Part
from schools.models import Region, User

HOST = "127.0.0.1"
DEMO_ACCOUNTS = [
    ("admin@demo.example", "администратор"),
    ("country@demo.example, region@demo.example", "методисты страны и региона"),
    ("methodologist@demo.example", "методист муниципалитета 1"),
    ("director@, curator@, mentor@, mentee@demo.example", "школа 1"),
    ("director2@, curator2@, mentor2@, mentee2@demo.example", "школа 2"),
    ("small@demo.example", "сельская школа: всё в одном лице"),
    ("guest-mentor@demo.example", "работает в школе 2, наставник в школе 1"),
    ("methodologist2@, director3@demo.example", "муниципалитет 2"),
]


class Command(BaseCommand):
    help = "Migrates, loads the demo district into an empty database and serves with all processes."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *, no_demo, **options):
        address = f"http://{HOST}:{settings.PORT}/"
        _require_free_port()
        self._collect_static()
        call_command("prepare", verbosity=0)
        demo = self._fill(no_demo)
        _leave_debugging()
        waiting = [address]

        def announce_when_served():
            if waiting and _answers(settings.PORT):
                self._announce(waiting.pop(), demo)

        code = processes.run(parts(), say=self._say, each_turn=announce_when_served)
        sys.exit(code)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _collect_static(self) -> None:
        """Hash and compress assets again only when packages or our own files changed."""
        stamp, wanted = settings.VAR_DIR / "static.stamp", _assets_hash()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self._say("Collecting and compressing static files…")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)

    def _fill(self, no_demo: bool) -> bool:
        """Load the demo district into an empty database; True where its accounts exist."""
        if not Region.objects.exists() and not User.objects.exists() and not no_demo:
            if "demo" not in get_commands():
                self._say("There is no demo district in this version: the database stays empty.")
            else:
                self._say("Loading the demo district…")
                call_command("demo")
        return User.objects.filter(login_key="admin@demo.example").exists()

    def _announce(self, address: str, demo: bool) -> None:
        self._say(f"\n  {address}\n")
        if demo:
            self._say(f"  Password of every demo account: {settings.DEMO_PASSWORD}")
            width = max(len(logins) for logins, _ in DEMO_ACCOUNTS)
            for logins, who in DEMO_ACCOUNTS:
                self._say(f"    {logins:<{width}}  {who}")
        elif not User.objects.filter(is_superuser=True).exists():
            self._say(
                "  Nobody can sign in yet. In another terminal make the first administrator and\n"
                "  the first municipality (it asks what it needs):\n"
                f"    {sys.executable} manage.py setup_district"
            )
        self._say("\n  Ctrl-C ends every process.\n")


def _leave_debugging() -> None:
    """The served processes show people our pages, not a debugger's, unless DEBUG was asked for.

    The key of this machine is made once, so that a restart signs nobody out.
    """
    if "DEBUG" in os.environ:
        return
    key = settings.VAR_DIR / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(60))
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("SECRET_KEY", key.read_text())
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(settings.ALLOWED_HOSTS))


def parts() -> list[Part]:
    """Web, one worker for each queue, and beat."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "-A", "mentorship"]
    web = [
        *python, "gunicorn", "mentorship.wsgi", "--bind", f"{HOST}:{settings.PORT}", "--preload",
        "--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning",
        "--graceful-timeout", "5",
    ]  # fmt: skip
    worker = [
        *celery, "worker", "--concurrency", "1", "--loglevel", "WARNING", "-O", "fair",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    return [
        Part("web", web, vital=True),
        *[
            Part(f"worker:{queue}", [*worker, "-Q", queue, "-n", f"{queue}@%h"])
            for queue in settings.WORKER_QUEUES
        ],
        Part("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]),
    ]


def _require_free_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} is taken ({error.strerror}): set PORT to another one."
            ) from None


def _assets_hash() -> str:
    digest = hashlib.sha256()
    ours = sorted(p for p in Path(settings.BASE_DIR / "static").rglob("*") if p.is_file())
    for path in [settings.BASE_DIR / "requirements.txt", *ours]:
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
