"""Redis and PostgreSQL of a benchmark's own: on free ports, in a folder that goes with it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class Missing(Exception):
    """What this machine lacks, in words."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Redis:
    """A redis-server as docker-compose.yml starts it."""

    name = "Redis"

    def __init__(self):
        if not shutil.which("redis-server"):
            raise Missing("no redis-server here (apt-get install redis-server)")
        self.folder = Path(tempfile.mkdtemp(prefix="bench-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir",
             str(self.folder), "--save", "", "--appendonly", "yes", "--maxmemory-policy",
             "noeviction"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        """As a crash would: nothing is written, nobody is told."""
        self.process.kill()
        self.process.wait()

    def is_ready(self) -> bool:
        return answers(self.port)

    def remove(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL:
    """A cluster with trust on loopback; run as the user postgres where we are root."""

    name = "PostgreSQL"

    def __init__(self):
        if not POSTGRES:
            raise Missing("no PostgreSQL under /usr/lib/postgresql (apt-get install postgresql)")
        self.bin = POSTGRES[0]
        self.folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.user = self._other_user()
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale", "C.UTF-8", "-N")  # fmt: skip

    def _other_user(self):
        if os.geteuid() != 0:
            return None
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            raise Missing("root may not run PostgreSQL and there is no user postgres") from None
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return user

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid} if self.user else {}
        subprocess.run(
            [self.bin / program, *arguments], check=True, cwd=self.folder, **who,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self._run("pg_ctl", "start", "-D", self.data, "-W", "-l", f"{self.folder}/log",
                  "-o", options)  # fmt: skip

    def stop(self) -> None:
        """As a crash would: the log is replayed at the next start."""
        self._run("pg_ctl", "stop", "-D", self.data, "-m", "immediate")

    def is_ready(self) -> bool:
        ready = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0

    def remove(self) -> None:
        if self.is_ready():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_until(true, *, seconds: float, every: float = 0.1) -> float | None:
    """Seconds until ``true()`` was; None when it was not in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if true():
            return time.monotonic() - began
        time.sleep(every)
    return None


def end_on_signals() -> None:
    """SIGTERM ends a benchmark as Ctrl-C does: its servers go with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
