"""Work in a child process, bounded in time and memory. The parent lives on whatever happens."""

import contextlib
import ctypes
import logging
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

TOO_LONG, NO_MEMORY, DIED, STOPPED = "timeout", "memory", "died", "cancelled"
PR_SET_PDEATHSIG = 1
_PIPE_LIMIT = 200  # bytes of the one word that a child says


def run(work: Callable[[], str], *, seconds: float, megabytes: int,
        every: float, watch: Callable[[], bool]) -> str:  # fmt: skip
    """Fork, let the child do ``work`` and return the word that it returned.

    The caller has closed what two processes must not share (connections of databases).

    Args:
        seconds: after them the child is killed: ``timeout``.
        megabytes: address space on top of what this process has; beyond it Python meets
            MemoryError, and a C library dies.
        every: seconds between two calls of ``watch``; when that returns False the child is
            killed: ``cancelled``.

    Returns:
        The child's word; ``memory`` or ``died`` when it could not say one.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_the_child(work, writing, megabytes)
    os.close(writing)
    try:
        stopped = _wait(reading, seconds, every, watch)
        if stopped:
            return stopped
        word = os.read(reading, _PIPE_LIMIT).decode()
    finally:
        os.close(reading)
        _kill(pid)
        _, status = os.waitpid(pid, 0)
    if not word:
        log.error("a child ended without a word, status %s", os.waitstatus_to_exitcode(status))
    return word or DIED


def _wait(reading: int, seconds: float, every: float, watch: Callable[[], bool]) -> str:
    """Until the child has said its word or is gone: ''; otherwise why it must be stopped."""
    ends = time.monotonic() + seconds
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            return TOO_LONG
        ready, _, _ = select.select([reading], [], [], min(every, left))
        if ready:
            return ""
        if not watch():
            return STOPPED


def _kill(pid: int) -> None:
    """The child and what it started; nothing happens to one that is gone."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _be_the_child(work: Callable[[], str], writing: int, megabytes: int) -> None:
    """Never returns: no ``finally`` and no exit handler of the parent may run twice."""
    word = DIED
    try:
        os.setsid()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        _limit_memory(megabytes)
        word = work()
    except MemoryError:
        word = NO_MEMORY
    except BaseException:
        log.exception("a child broke")
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os.write(writing, word.encode())
        os._exit(0)


def _limit_memory(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
