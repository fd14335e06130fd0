"""`make test`: the whole suite on the embedded default, and again on PostgreSQL and Redis.

Both passes run at once, one core each; only their browser tests take turns (see
``mentorship.testing``). The first one is shown as it goes; pytest's closing lines of a pass that
failed always come last, so that the end of the output never looks better than the run.
"""

import os
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "var" / "test" / "second-pass.log"
PYTEST = [sys.executable, "-m", "pytest", "-q", "--migrations"]
CORE_ONLY = ["-m", "not browser or browser_core"]
# Checkouts that are tested at once on one machine must not empty each other's Redis.
REDIS_NUMBER = 1 + zlib.crc32(str(ROOT).encode()) % 15


def main(arguments: list[str]) -> int:
    database, no_database = _postgresql()
    broker, no_broker = _redis()
    left_out = "|".join(filter(None, [no_database, no_broker]))
    plain = {
        k: v for k, v in os.environ.items() if k not in {"TEST_DATABASE_URL", "TEST_REDIS_URL"}
    }

    second = log = None
    if database or broker:
        servers = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": broker}
        LOG.parent.mkdir(parents=True, exist_ok=True)
        log = LOG.open("w+b")
        second = subprocess.Popen(
            [*PYTEST, *CORE_ONLY, *arguments],
            cwd=ROOT,
            env=plain | {name: url for name, url in servers.items() if url},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        failed_first, output = _shown(
            [*PYTEST, *arguments],
            plain | {"TEST_PASSES_LEFT_OUT": left_out, "TEST_ELSEWHERE": "redis" if broker else ""},
        )
        if second is None:
            return failed_first
        failed_second = second.wait()
    finally:
        if second is not None and second.poll() is None:
            second.terminate()
            second.wait()
    log.seek(0)
    print("\n" + " second pass ".center(80, "#"), flush=True)
    sys.stdout.buffer.write(log.read())
    sys.stdout.flush()
    if failed_first and not failed_second:
        print("\n" + " first pass, which failed ".center(80, "#"), flush=True)
        sys.stdout.buffer.write(_closing(output))
        sys.stdout.flush()
    return failed_first or failed_second


def _shown(command: list[str], env: dict) -> tuple[int, bytes]:
    """Run ``command``, showing its output as it comes; its exit code and the whole output."""
    pieces = []
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        while piece := os.read(process.stdout.fileno(), 4096):
            pieces.append(piece)
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
        code = process.wait()
    return code, b"".join(pieces)


def _closing(output: bytes) -> bytes:
    """From “ran on” to the end: what it ran on, what failed, the counts."""
    start = output.rfind(b" ran on ")
    return output[output.rfind(b"\n", 0, start) + 1 :] if start > 0 else output[-2000:]


def _postgresql() -> tuple[str, str]:
    """(address, '') of a PostgreSQL that lets us in, or ('', why not)."""
    url = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
    try:
        psycopg2.connect(url, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        return "", f"PostgreSQL at {_place(url)}: {str(error).strip().splitlines()[-1]}"
    return url, ""


def _redis() -> tuple[str, str]:
    url = os.environ.get("TEST_REDIS_URL") or f"redis://127.0.0.1:6379/{REDIS_NUMBER}"
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        return "", f"Redis at {_place(url)}: {error}"
    return url, ""


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
