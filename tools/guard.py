"""Keep out of the tree what must not be in it: large files, keys, quarrels.

usage: python -m tools.guard [FILE...]      (none: every file that git knows)
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LARGEST_BYTES = 1_000_000  # a screenshot is 300 kB, the largest vendored file 650 kB

_FORBIDDEN = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "an unresolved merge": re.compile(rb"^(?:<{7} |>{7} )", re.MULTILINE),
}


def faults(path: Path) -> list[str]:
    """Return one line for each reason to keep ``path`` out."""
    content = path.read_bytes()
    marks = _FORBIDDEN.items()
    found = [f"{path}: {what}" for what, mark in marks if mark.search(content)]
    if len(content) > LARGEST_BYTES:
        found.append(f"{path}: {len(content)} bytes, at most {LARGEST_BYTES}")
    return found


def _known_to_git() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  the developer's own git
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and Path(name).is_file()]


def main(arguments: list[str]) -> int:
    """Print every fault; 1 where there is one."""
    paths = [Path(name) for name in arguments] or _known_to_git()
    found = [line for path in paths for line in faults(path)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
