"""Reads the settings that the environment may give, and refuses wrong ones in one clear line."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SQLITE_OPTIONS = {
    # Without IMMEDIATE two read-then-write transactions meet in "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}

_env = environ.Env()


class WrongSetting(SystemExit):
    """Ends the process with one line on stderr: a traceback would hide it."""


def flag(name: str, default: bool) -> bool:
    """A yes/no setting: 1, 0, true, false, yes, no, on, off."""
    text = _env.str(name, default="1" if default else "0").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise WrongSetting(f"{name}={text!r}: expected 1 or 0.")


def text(name: str, default: str = "") -> str:
    return _env.str(name, default=default).strip()


def secret_key(debug: bool) -> str:
    """SECRET_KEY; in development a fixed one, with DEBUG=0 it must be given."""
    key = text("SECRET_KEY")
    if key:
        return key
    if debug:
        return "development-only-key-never-used-when-debug-is-off"
    raise WrongSetting("SECRET_KEY is missing: it must be set when DEBUG=0.")


def allowed_hosts(debug: bool) -> list[str]:
    hosts = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    if hosts:
        return hosts
    if debug:
        return ["127.0.0.1", "localhost", "[::1]", "testserver"]
    raise WrongSetting("ALLOWED_HOSTS is missing: it must be set when DEBUG=0.")


def _check_address(name: str, url: str) -> None:
    try:
        urlsplit(url).port  # noqa: B018 raises where the port is no number
    except ValueError as error:
        raise WrongSetting(f"{name}: {error}.") from None


def site_url(port: int) -> str:
    """SITE_URL without a closing slash: http://… or https://… and a host."""
    url = text("SITE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    _check_address("SITE_URL", url)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(f"SITE_URL={url!r}: expected https://host.")
    return url


def port() -> int:
    value = text("PORT", "8000")
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise WrongSetting(f"PORT={value!r}: expected a number from 1 to 65535.")
    return int(value)


def number(name: str, default: int) -> int:
    """A whole number from 0."""
    value = text(name, str(default))
    if not value.isdigit():
        raise WrongSetting(f"{name}={value!r}: expected a whole number from 0.")
    return int(value)


def database() -> dict:
    """DATABASE_URL as Django's dict: SQLite under var/ by default, or PostgreSQL."""
    url = text("DATABASE_URL")
    if not url:
        VAR_DIR.mkdir(exist_ok=True)
        url = f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise WrongSetting("DATABASE_URL: expected sqlite:///… or postgres://…")
    _check_address("DATABASE_URL", url)
    config = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        options = config.setdefault("OPTIONS", {})
        options["connect_timeout"] = 3
        # Compiling a statement takes longer than ours run: the sweep took twice as long. Its lists
        # of some 50 MB stay in memory; pages come nowhere near.
        options.setdefault("options", "-c jit=off -c work_mem=64MB")
    config["ATOMIC_REQUESTS"] = False  # a pure read must not take SQLite's write lock
    return config


def broker() -> tuple[str, dict]:
    """BROKER_URL and its transport options: files under var/ by default, or Redis."""
    url = text("BROKER_URL")
    _check_address("BROKER_URL", url)
    if url.startswith(("redis://", "rediss://")):
        return url, {
            # One attempt, short: a dead or silent broker never makes a person wait. (Without
            # max_retries a publisher sleeps and tries again for six seconds.)
            "socket_connect_timeout": 0.3,
            "socket_timeout": 0.6,
            "max_retries": 0,
            # A worker on a half-open connection finds out within 2 × 10 s, not 51.
            "health_check_interval": 10,
            "visibility_timeout": 600,
        }
    if url and not url.startswith("filesystem://"):
        raise WrongSetting("BROKER_URL: expected redis://… or nothing (files under var/).")
    queue, control = VAR_DIR / "broker" / "queue", VAR_DIR / "broker" / "control"
    for folder in (queue, control):
        folder.mkdir(parents=True, exist_ok=True)
    return "filesystem://localhost//", {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        "store_processed": False,
    }


def email() -> dict:
    """EMAIL_URL: smtp://user:password@host:port, smtp+tls://…, or files under var/mail."""
    url = text("EMAIL_URL")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(VAR_DIR / "mail"),
        }
    _check_address("EMAIL_URL", url)
    if urlsplit(url).scheme not in environ.Env.EMAIL_SCHEMES:
        raise WrongSetting("EMAIL_URL: expected smtp://user:password@host:port or smtp+tls://…")
    config = environ.Env.email_url_config(url)
    names = {
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
        "EMAIL_USE_SSL",
        "EMAIL_FILE_PATH",
    }
    return {name: value for name, value in config.items() if name in names}


def files_root() -> Path:
    """FILES_URL: file:///folder, or var/files by default."""
    url = text("FILES_URL")
    if not url:
        return VAR_DIR / "files"
    if not url.startswith("file:///"):
        raise WrongSetting("FILES_URL: expected file:///folder")
    return Path(url.removeprefix("file://"))
