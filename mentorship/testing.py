"""The pytest plugin of this project (``-p mentorship.testing`` in pytest.ini).

What a test may use:

- ``@pytest.mark.needs("postgresql" | "sqlite" | "redis" | "chromium" | "root")``: where the
  database is another one the test is left out (the other pass runs it); where a server, the
  browser or root is missing it is skipped and the summary says so, and with
  REQUIRE_SERVICES=1 it fails.
- ``redis_url``: a Redis number of the tests' own, emptied before and after.
- ``browser`` (one Chromium for the session) and ``open_page(width=1280)``: a page in a fresh
  context, whose script and policy errors fail the test. Mark such tests ``browser``: two runs
  in one checkout never drive their browsers at the same time.
- ``follow(locator)``: press it, and return when the page that it opens is there.

The suite runs on a SQLite file, or on PostgreSQL with TEST_DATABASE_URL; TEST_REDIS_URL names
a Redis. Everything a run writes stands in ``var/test/<pid>/`` and goes with it. No model is
imported at the top: Django is not set up yet when pytest reads this module.
"""

import contextlib
import fcntl
import functools
import importlib
import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mentorship import chromium
from mentorship.chromium import CHROMIUM, CHROMIUM_ARGS

SETTINGS = [
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "BROKER_URL",
    "EMAIL_URL",
    "FILES_URL",
    "PORT",
    "DEMO_PASSWORD",
]
DATABASES = {"postgresql", "sqlite"}
TEST_ROOT = Path(__file__).resolve().parent.parent / "var" / "test"
RUN_FOLDER = TEST_ROOT / str(os.getpid())
BROWSER_TURN = TEST_ROOT / "browser.lock"

_lacking = pytest.StashKey[dict]()


def prepare_environment() -> None:
    """What the shell set for `make run` must not reach the tests; folders of this run."""
    # Importing this package has named the usual settings already.
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorship.test_settings"
    for name in SETTINGS:
        os.environ.pop(name, None)
    _sweep_folders()
    RUN_FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["DATABASE_URL"] = (
        os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{RUN_FOLDER / 'db.sqlite3'}"
    )
    if os.environ.get("TEST_REDIS_URL"):
        os.environ["BROKER_URL"] = os.environ["TEST_REDIS_URL"]
    os.environ["FILES_URL"] = f"file://{RUN_FOLDER / 'files'}"
    # Playwright keeps an event loop in this thread; Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def _sweep_folders() -> None:
    """Remove what killed runs left behind."""
    for folder in TEST_ROOT.glob("[0-9]*"):
        if not Path("/proc", folder.name).exists():
            shutil.rmtree(folder, ignore_errors=True)


prepare_environment()
# pytest-randomly looks into every library it knows before Django is set up; a half-done import
# of this package would leave it without its submodules, and migrations name those.
importlib.import_module("django.db.models.functions")


def pytest_configure(config):
    config.stash[_lacking] = {}
    _drop_guards_before_flush()
    with contextlib.suppress(ImportError):
        from hypothesis import settings  # noqa: PLC0415 absent in an image without tests

        settings.register_profile("suite", deadline=None)  # two cores, shared
        settings.load_profile("suite")


def pytest_unconfigure(config):
    shutil.rmtree(RUN_FOLDER, ignore_errors=True)


def _drop_guards_before_flush() -> None:
    """Append-only tables refuse the DELETE with which Django empties a SQLite database.

    The guards go before the flush and come back with its post_migrate; a test that switches
    that signal off (``available_apps``, ``serialized_rollback``) gets them back here.
    """
    from django.db import connection  # noqa: PLC0415 settings are loaded by now
    from django.test import TransactionTestCase  # noqa: PLC0415

    empty = TransactionTestCase._fixture_teardown

    @functools.wraps(empty)
    def without_guards(self):
        from schools import guards  # noqa: PLC0415 needs loaded models

        if connection.vendor != "sqlite":  # TRUNCATE passes row triggers by
            return empty(self)
        guards.drop_all(connection.alias)
        try:
            empty(self)
        finally:
            if guards.missing(connection.alias):
                for label in ("schools", "programs", "monitoring"):
                    guards.install(connection.alias, label)

    TransactionTestCase._fixture_teardown = without_guards


# --- what a test needs -----------------------------------------------------------------------


def database_name() -> str:
    return "postgresql" if os.environ["DATABASE_URL"].startswith("postgres") else "sqlite"


def listens(url: str, default_port: int) -> bool:
    """A server answers at the host and port of ``url``."""
    parts = urlsplit(url)
    try:
        address = (parts.hostname or "127.0.0.1", parts.port or default_port)
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True


@functools.cache
def why_missing(name: str) -> str:
    """Why ``name`` (redis, chromium, root) cannot be used here; '' when it can."""
    if name == "redis":
        url = os.environ.get("TEST_REDIS_URL", "")
        if not url:
            return "no Redis (TEST_REDIS_URL is not set)"
        return "" if listens(url, 6379) else f"no Redis answers at {url}"
    if name == "chromium":
        return "" if CHROMIUM.exists() else f"no Chromium at {CHROMIUM}"
    if name == "root":
        return "" if os.geteuid() == 0 else "not root"
    raise pytest.UsageError(f"needs({name!r}): unknown")


def _needs(item) -> set[str]:
    names = {name for mark in item.iter_markers("needs") for name in mark.args}
    if item.get_closest_marker("browser") or item.get_closest_marker("browser_core"):
        names.add("chromium")
    return names


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.get_closest_marker("browser_core"):
            item.add_marker(pytest.mark.browser)
    # What the other pass of `make test` runs is left out here, not skipped.
    other = DATABASES - {database_name()} | set(os.environ.get("TEST_ELSEWHERE", "").split())
    left_out = [item for item in items if _needs(item) & other]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for name in sorted(_needs(item) - DATABASES):
        reason = why_missing(name)
        if reason:
            missing = item.config.stash[_lacking]
            missing[reason] = missing.get(reason, 0) + 1
            if os.environ.get("REQUIRE_SERVICES") == "1":
                pytest.fail(f"{reason}, and REQUIRE_SERVICES=1 asks for it", pytrace=False)
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Browser tests of the two passes take turns: a browser, its server and the test fill both
    cores, and two of them would only wait for each other."""
    if item.get_closest_marker("browser") is None:
        return (yield)
    with BROWSER_TURN.open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # ends with the file, also when the run is killed
        return (yield)


@pytest.fixture
def redis_url():
    """TEST_REDIS_URL, emptied before and after; use with ``needs("redis")``."""
    import redis  # noqa: PLC0415 only where a test asks for it

    url = os.environ["TEST_REDIS_URL"]
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield url
    client.flushdb()


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 slow to import

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    """``open_page(width=360)`` -> a page in a context (cookies) of its own."""
    contexts, wrong = [], []

    def open_one(width: int = 1280, height: int = 900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ru-RU", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # two passes at once, on two cores
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda message: (
                wrong.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def follow():
    """``mentorship.chromium.follow``, for tests of apps that import nothing of this package."""
    return chromium.follow


# --- what the run says -----------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter, config):
    from django.db import connection  # noqa: PLC0415 settings are loaded by now

    write = terminalreporter.write_line
    terminalreporter.section("ran on")
    if connection.vendor == "sqlite":
        from django.db.backends.sqlite3.base import Database  # noqa: PLC0415 vendor decides

        write(f"database: SQLite {Database.sqlite_version}, a file in WAL mode")
    else:
        parts = urlsplit(os.environ["DATABASE_URL"])
        write(f"database: PostgreSQL at {parts.hostname}:{parts.port or 5432}")
    redis_missing = why_missing("redis")
    write("broker: " + (f"files ({redis_missing})" if redis_missing else "Redis"))
    write("browser: " + (why_missing("chromium") or "Chromium"))
    write("tables: " + ("from the models" if config.getoption("nomigrations") else "migrations"))
    for reason in os.environ.get("TEST_PASSES_LEFT_OUT", "").split("|"):
        if reason:
            write(f"left out: {reason}")
    for reason, count in sorted(config.stash[_lacking].items()):
        verb = "failed" if os.environ.get("REQUIRE_SERVICES") == "1" else "skipped"
        write(f"{verb}: {count} × {reason}")
