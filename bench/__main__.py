"""`python -m bench [name]`: one benchmark, or all of them one after another."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    known = sorted(path.stem for path in FOLDER.glob("[a-z]*.py") if path.stem != "common")
    unknown = set(arguments) - set(known)
    if unknown:
        print(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 2
    failed = 0
    for name in arguments or known:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}"]
        failed |= subprocess.run(command, cwd=FOLDER.parent, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
