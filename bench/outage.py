"""Redis and PostgreSQL crash under load and come back: what do people meet, who resumes work?

Real web, workers and beat on servers of the benchmark's own; people read pages, record meetings
and ask for prints all the while. Each store is killed several times and started again; nobody
touches our processes.
"""

import collections
import http.cookiejar
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from bench import servers
from bench.common import figure, finish, missing

ROUNDS = int(os.environ.get("ROUNDS", "3"))  # crashes of each store
AWAY = [5, 1, 10]  # seconds that a store stays away, in turn
PATIENCE = 90  # seconds to wait for work to go on
RESUMED_WITHIN = 30
PAGES = ["home", "group-list", "order-list", "deadline-list", "job-list", "profile"]
READERS = ["director", "curator", "mentor", "methodologist"]
LONGER_BY = 1.0  # seconds that a dead broker may add to a step


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Person:
    """One browser: signed in once, keeps its cookies."""

    def __init__(self, address: str, login: str, password: str):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect()
        )
        self.ask("/accounts/login/")
        status, _, _ = self.ask("/accounts/login/", username=login, password=password)
        if status != 302:
            raise SystemExit(f"{login} cannot sign in: {status}")

    def ask(self, path: str, **data) -> tuple[int, dict, bytes]:
        """(status, headers, body) of a GET, or of a POST where there is something to send.

        A web server that does not answer has the status 0.
        """
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "")
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(
            self.address + path, data=body,
            headers={"X-CSRFToken": token, "Referer": self.address + path},
        )  # fmt: skip
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()
        except OSError as error:
            return 0, {"error": str(error)}, b""


class Load:
    """People who go on asking, and what they were answered."""

    def __init__(self):
        self.stop = threading.Event()
        self.counts = collections.Counter()
        self.strange: list[str] = []
        self.times = collections.defaultdict(list)  # of steps that succeeded, by what was away
        self.away = ""
        self.threads: list[threading.Thread] = []

    def go(self, function) -> None:
        """Call ``function`` again and again in a thread of its own."""

        def work():
            while not self.stop.is_set():
                function()
                time.sleep(random.uniform(0.02, 0.15))

        self.threads.append(threading.Thread(target=work, daemon=True))
        self.threads[-1].start()

    def count(self, what: str, answer) -> None:
        status, headers, body = answer
        own = status == 503 and headers.get("Retry-After") and "недоступ" in body.decode()
        if own:
            self.counts["our 503"] += 1
        elif status == 0 or status >= 500:
            self.counts["other 5xx or silence"] += 1
            said = headers.get("error") or re.sub(r"<[^>]+>|\s+", " ", body.decode())[:120]
            self.strange.append(f"{what}: {status} {said}")
        else:
            self.counts[f"{what} {status}"] += 1

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=70)


def main() -> None:
    servers.end_on_signals()
    started = []
    try:
        for store in (servers.Redis, servers.PostgreSQL):
            started.append(store())
            started[-1].start()
    except servers.Missing as lack:
        missing(str(lack))
        for store in started:
            store.remove()
        finish()
    redis, postgres = started
    folder = tempfile.TemporaryDirectory(prefix="bench-outage-")
    try:
        if servers.wait_until(postgres.is_ready, seconds=30) is None:
            raise SystemExit("PostgreSQL did not start")
        _prepare_environment(Path(folder.name), redis, postgres)
        _run(redis, postgres, Path(folder.name))
    finally:
        for store in started:
            store.remove()
        folder.cleanup()
    finish()


def _prepare_environment(folder: Path, redis, postgres) -> None:
    port = servers.free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mentorship.settings",
        "DATABASE_URL": postgres.url,
        "BROKER_URL": redis.url,
        "FILES_URL": f"file://{folder / 'files'}",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }


def _run(redis, postgres, folder: Path) -> None:
    import django  # noqa: PLC0415 the stores are chosen above

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from bench.servers import people  # noqa: PLC0415
    from mentorship.management.commands import serve  # noqa: PLC0415

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    call_command("prepare", verbosity=0)
    call_command("demo", verbosity=0)
    # From here on as in production: people meet our pages, not a debugger's.
    os.environ |= {"DEBUG": "0", "SECRET_KEY": uuid.uuid4().hex * 2, "ALLOWED_HOSTS": "127.0.0.1"}
    parts = serve.parts()
    for part in parts:
        if part.name == "beat":
            part.command += ["--schedule", str(folder / "beat")]
    load = Load()
    log = open(folder / "log", "wb")  # noqa: SIM115 lives as long as the processes
    try:
        for part in parts:
            part.start(output=log)
        if servers.wait_until(lambda: servers.answers(settings.PORT), seconds=60) is None:
            raise SystemExit("the web did not start")
        work = people.Work()
        _send_people(load, work, settings)
        if work.seconds_until_resumed(PATIENCE) is None:
            raise SystemExit("nothing works even before the first crash")
        waits = {store.name: _crash(store, work, load) for store in (redis, postgres)}
        _report(load, waits, work, parts)
    finally:
        load.end()
        for part in parts:
            part.ask_to_end()
        time.sleep(3)
        for part in parts:
            part.kill_group()
        log.close()


def _send_people(load: Load, work, settings) -> None:
    from django.urls import reverse  # noqa: PLC0415 Django is set up by now

    paths = [reverse(name) for name in PAGES]
    address, password = f"http://127.0.0.1:{settings.PORT}", settings.DEMO_PASSWORD

    def reader(name: str):
        person = Person(address, f"{name}@demo.example", password)

        def read():
            load.count("GET", person.ask(random.choice(paths)))

        return read

    mentor = Person(address, "mentor@demo.example", password)
    curator = Person(address, "curator@demo.example", password)

    def step(what: str, person: Person, path: str, **data) -> None:
        began, away = time.monotonic(), load.away
        answer = person.ask(path, **data)
        if answer[0] == 302:
            load.times[what, away].append(time.monotonic() - began)
        load.count(what, answer)

    for name in READERS:
        load.go(reader(name))
    load.go(lambda: step("meeting", mentor, work.meeting_path, **work.meeting()))
    load.go(lambda: step("print", curator, work.print_path, go="1"))


def _crash(store, work, load: Load) -> list[float | None]:
    """Kill ``store`` and start it again, several times; seconds until work went on each time."""
    waits = []
    for turn in range(ROUNDS):
        load.away = store.name
        store.stop()
        time.sleep(AWAY[turn % len(AWAY)])
        store.start()
        servers.wait_until(store.is_ready, seconds=60)
        load.away = ""
        waits.append(work.seconds_until_resumed(PATIENCE))
        print(f"{store.name} back; work went on after {waits[-1] or PATIENCE:.1f} s", flush=True)
        time.sleep(3)
    return waits


def _report(load: Load, waits: dict, work, parts) -> None:
    load.end()
    print(", ".join(f"{name}: {number}" for name, number in sorted(load.counts.items())))
    for line in list(dict.fromkeys(load.strange))[:10]:
        print("  " + line)
    answered = sum(n for name, n in load.counts.items() if name.endswith((" 200", " 302")))
    figure("requests answered", answered, 100, more_is_better=True)
    figure("our 503 while a store was away", load.counts["our 503"], 1, more_is_better=True)
    figure("5xx other than our 503", load.counts["other 5xx or silence"], 0)
    for name, seconds in waits.items():
        worst = max(PATIENCE if s is None else s for s in seconds)
        figure(f"{name}: seconds until consumption resumes", worst, RESUMED_WITHIN, unit=" s")
    usual, hurt = (load.times["print", away] for away in ("", servers.Redis.name))
    if usual and hurt:
        longer = statistics.median(hurt) - statistics.median(usual)
        figure("print while Redis is away, longer than usual by", longer, LONGER_BY, unit=" s")
    figure("processes that ended", sum(part.ended for part in parts), 0)
    figure("tasks parked or never done", work.unfinished(PATIENCE), 0)


if __name__ == "__main__":
    sys.exit(main())
