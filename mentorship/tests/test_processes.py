"""`make run` leaves nothing behind: not a process, not a child of one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

# A leader that starts a child of its own and tells both pids; the child minds no SIGTERM.
LEADER = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"])
# One write: two leaders share the pipe, and print() writes word by word when unbuffered.
os.write(1, f"{sys.argv[2]} {os.getpid()} {child.pid}\\n".encode())
time.sleep(float(sys.argv[1]))
"""
SUPERVISOR = """
import sys
from mentorship import processes
processes.KILL_AFTER = 1
parts = [
    processes.Part(f"part {i}", [sys.executable, "-c", sys.argv[1], seconds, str(i)], vital=vital)
    for i, (seconds, vital) in enumerate([("600", True), (sys.argv[2], sys.argv[3] == "vital")])
]
sys.exit(processes.run(parts, say=lambda line: print(line, flush=True)))
"""


def _supervise(second_lives: str = "600", kind: str = "vital"):
    """A running supervisor and the pids of its two leaders and their children."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, LEADER, second_lives, kind],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    # Either leader may be the first to speak: their numbers put them in order.
    told = sorted(process.stdout.readline().split() for _ in range(2))
    return process, [int(pid) for _, *pids in told for pid in pids]


def _gone(pids, within: float = 30) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process_and_its_children(number):
    process, pids = _supervise()
    process.send_signal(number)
    assert process.wait(timeout=30) == 0
    assert _gone(pids)


def test_the_death_of_the_web_ends_the_rest():
    process, pids = _supervise(second_lives="0.5")
    assert process.wait(timeout=30) == 1
    assert "part 1 ended by itself (code 0)" in process.stdout.read()
    assert _gone(pids)


def test_the_death_of_a_worker_is_told_and_does_not_end_the_rest():
    process, pids = _supervise(kind="other")
    os.kill(pids[2], signal.SIGKILL)
    assert "part 1 ended by itself (code -9); it starts again" in process.stdout.readline()
    assert _gone(pids[2:])  # its child went with it
    assert _alive(pids[0])
    assert process.poll() is None
    process.terminate()
    assert process.wait(timeout=30) == 0
    assert _gone(pids)
