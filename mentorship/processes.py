"""Several processes under one command, and none of them left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass

# A dead worker stays dead this long: the log and /healthz show it, a crash loop stays cheap.
RESTART_AFTER = 75  # seconds
KILL_AFTER = 10  # seconds between asking a process to end and killing its group
PR_SET_PDEATHSIG = 1
# Celery advises against root; on a machine without other accounts that is noise.
ROOT_IS_KNOWN = "ignore:You're running the worker with superuser privileges"


@dataclass
class Part:
    """One process with all that it starts: it leads a session and a group of its own.

    Attributes:
        vital: without it the whole command ends; others are started again.
    """

    name: str
    command: list[str]
    vital: bool = False
    process: subprocess.Popen | None = None
    died_at: float | None = None

    def start(self, output=None) -> None:
        """Start it; ``output`` (a file) takes what it says, the terminal by default."""
        self.died_at = None
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            stdout=output,
            stderr=output,
            preexec_fn=_end_with_parent,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": ROOT_IS_KNOWN},
        )

    def ask_to_end(self) -> None:
        """The leader ends its children itself, after what they have in hand."""
        if not self.ended:
            self.process.terminate()

    def kill_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


def _end_with_parent() -> None:
    """Even a parent killed by SIGKILL leaves no process behind (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run(parts: list[Part], *, say, each_turn=lambda: None) -> int:
    """Start ``parts`` and wait until a signal or the end of a vital part; then end them all.

    Args:
        say: prints one line.
        each_turn: called several times a second while everything runs.

    Returns:
        Exit code: 0 after SIGINT, SIGTERM or SIGHUP, 1 where a vital part ended by itself.
    """
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: asked.append(number))
    try:
        for part in parts:
            part.start()
        while not asked:
            for part in parts:
                if part.ended and not _revive(part, say):
                    return 1
            each_turn()
            time.sleep(0.2)
        return 0
    finally:
        _end(parts)


def _revive(part: Part, say) -> bool:
    """Note a death, start the part again in time; False where the others must end too."""
    if part.died_at is None:
        part.died_at = time.monotonic()
        part.kill_group()  # children that outlived it
        code = part.process.returncode
        if part.vital:
            say(f"{part.name} ended by itself (code {code}); stopping the rest.")
            return False
        say(f"{part.name} ended by itself (code {code}); it starts again in {RESTART_AFTER} s.")
    elif time.monotonic() - part.died_at >= RESTART_AFTER:
        part.start()
    return True


def _end(parts: list[Part]) -> None:
    for part in parts:
        part.ask_to_end()
    deadline = time.monotonic() + KILL_AFTER
    while time.monotonic() < deadline and not all(part.ended for part in parts):
        time.sleep(0.05)
    for part in parts:
        part.kill_group()
        if part.process is not None:
            part.process.wait()
