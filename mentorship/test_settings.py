"""Settings of the test suite; ``mentorship.testing`` has prepared the environment."""

import zlib

from mentorship.settings import *  # noqa: F403 the same settings but for what follows
from mentorship.settings import BASE_DIR, DATABASES, FILES_ROOT, STORAGES, VAR_DIR

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: Django's usual in-memory database knows neither WAL nor a second connection.
    DATABASES["default"]["TEST"] = {"NAME": str(FILES_ROOT.parent / "db.sqlite3")}
else:
    # Checkouts on one machine must not share a database.
    checkout = zlib.crc32(str(BASE_DIR).encode())
    DATABASES["default"]["TEST"] = {"NAME": f"test_nastavnik_{checkout:08x}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # No test outlives a crash of the server: commits need not wait for the disk.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A task runs where it is called; what goes out by name (``send_task``) ends in memory. Tests
# that need a real worker start one as a process.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    **STORAGES,
    # Pages are tested without collectstatic.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = VAR_DIR / "test" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
