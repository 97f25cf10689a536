"""Write docs/reference/requirements.md: what must be, where it lives, what shows it.

Titles and places are kept in ``docs/reference/requirements.toml``; the tests are found
by looking for the id, written out, in the files under ``tests/``.

usage: python -m tools.requirements [--check]
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("docs/reference/requirements.toml")
TARGET = Path("docs/reference/requirements.md")

HEAD = """\
# Requirements

What Hometime must do, where that lives, and which tests show it. Written by `make docs`
from `requirements.toml` and from the ids that stand in the tests; `make check` fails
while it is out of date.

| id | requirement | lives in | shown by |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row. ``lives`` are paths from the top of the tree, files or folders."""

    id: str
    title: str
    lives: tuple[str, ...]


def requirements(root: Path = ROOT) -> list[Requirement]:
    """Return the rows of ``requirements.toml``, in its order."""
    table = tomllib.loads((root / SOURCE).read_text(encoding="utf-8"))
    return [
        Requirement(name, row["title"], tuple(row["lives"]))
        for name, row in table.items()
    ]


def files_naming(requirement: str, root: Path = ROOT) -> list[str]:
    """Return the test files in which the id stands as a word, as paths from ``root``.

    ``DAY-1`` is not found in ``DAY-10``.
    """
    word = re.compile(rf"(?<![\w-]){re.escape(requirement)}(?![\w-])")
    return [
        path.relative_to(root).as_posix()
        for path in sorted((root / "tests").rglob("test_*.py"))
        if word.search(path.read_text(encoding="utf-8"))
    ]


def faults(root: Path = ROOT) -> list[str]:
    """Return one line for each row that names no place, a missing place, or no test."""
    found = []
    for row in requirements(root):
        if not row.lives:
            found.append(f"{row.id}: {SOURCE} names no place where it lives")
        found += [
            f"{row.id}: {place} does not exist ({SOURCE})"
            for place in row.lives
            if not (root / place).exists()
        ]
        if not files_naming(row.id, root):
            found.append(f"{row.id}: no test names it")
    return found


def page(root: Path = ROOT) -> str:
    """Return the whole document."""
    return HEAD + "".join(_line(row, root) for row in requirements(root))


def _line(row: Requirement, root: Path) -> str:
    lives = _links(row.lives)
    shown = _links(files_naming(row.id, root))
    return f"| {row.id} | {row.title} | {lives} | {shown} |\n"


def _links(paths: list[str] | tuple[str, ...]) -> str:
    return "<br>".join(f"[`{path}`](../../{path})" for path in paths)


def main(arguments: list[str]) -> int:
    """Write the document, or with ``--check`` say what is wrong with it."""
    wanted = page()
    if arguments != ["--check"]:
        (ROOT / TARGET).write_text(wanted, encoding="utf-8")
        return 0
    found = faults()
    target = ROOT / TARGET
    if not target.exists() or target.read_text(encoding="utf-8") != wanted:
        found.append(f"{TARGET} is out of date; type: make docs")
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
