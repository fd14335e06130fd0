"""Real processes that send letters, to be killed while they work."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

# Leases and pauses of seconds: what takes minutes in earnest is seen within a test.
SENDER = """
import datetime as dt, time
import django
django.setup()
from programs.notifications import outbox
outbox.LEASE = dt.timedelta(seconds=3)
outbox.AGAIN_AFTER = outbox.FIRST_PAUSE = dt.timedelta(seconds=0.2)
print("ready", flush=True)
while True:
    outbox.sweep_letters()
    time.sleep(0.05)
"""


def database_url() -> str:
    """The address of the database that the tests themselves use."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


class Sender:
    """One process that sweeps for ever; letters go to the mail server at ``port``."""

    def __init__(self, port: int):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SENDER],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "mentorship.settings",
                "DATABASE_URL": database_url(),
                "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_until_ready(self) -> None:
        assert self.process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
