"""Every page of every demo account: queries and server time, beside the plainest page.

Targets (the issue's): at most 20 queries and 100 ms of server time each. The floor is our own
«not found» page for the same account: frame, session and account, no data.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-pages-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'db.sqlite3'}"
os.environ["FILES_URL"] = f"file://{FOLDER / 'files'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django  # noqa: E402 the database is chosen above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.common import figure, finish  # noqa: E402
from mentorship.crawl import walk  # noqa: E402
from schools.models import User  # noqa: E402

QUERIES = 20
MILLISECONDS = 100
ACCOUNTS = [
    "director", "curator", "mentor", "mentee", "methodologist", "region", "country", "small",
]  # fmt: skip
REPEATS = 5


def served_ms(client: Client, address: str) -> float:
    """Median server time of ``address`` in milliseconds, after one warming request."""
    client.get(address)
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("demo")
    for account in ACCOUNTS:
        client = Client()
        client.force_login(User.objects.get(login=f"{account}@demo.example"))
        floor = served_ms(client, "/no-such-page/")
        for address, name, response in list(walk(client)):
            if response.status_code != 200 or response.streaming:
                continue
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            figure(f"{account} {name}: queries", len(queries), QUERIES)
            figure(
                f"{account} {name}: time", served_ms(client, address), MILLISECONDS,
                floor=floor, unit=" ms",
            )  # fmt: skip
    finish()


if __name__ == "__main__":
    sys.exit(main())
