"""The parent's side of ``reader``: starts the child on one file and listens to it, for so long."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

READER = Path(__file__).with_name("reader.py")
SECONDS = 300  # of one file, by the clock; processor time and memory the child bounds itself


def read(kind: str, source: Path, folder: Path) -> Iterator[dict]:
    """What the child says of ``source``, line by line; files of pages appear in ``folder``.

    The last line holds ``pages`` (all were read) or ``refused``: damaged, locked,
    too_many_pages, or died where the child was stopped by its limits or by the clock.

    Args:
        kind: pdf or picture.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", str(READER), kind, str(source), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={},  # no addresses and keys of ours for whatever the file does
        cwd=folder,
        text=True,
    )
    clock = threading.Timer(SECONDS, child.kill)
    clock.start()
    ended = False
    try:
        for text in child.stdout:
            line = json.loads(text)
            ended = "pages" in line or "refused" in line
            yield line
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        child.stdout.close()
    if not ended:
        yield {"refused": "died"}
