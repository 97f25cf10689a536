"""On which line of the file a setting stands, for messages.

``tomllib`` gives values without places, so the text is looked through once more for
table headers and keys. Settings written as inline tables or dotted keys are found at
their table's line or not at all: then a message has no number, which does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADER = re.compile(r"\s*(\[{1,2})([^\[\]]+)\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"""\s*(["']?)([A-Za-z0-9_-]+)\1\s*=""")
_LONG_STRING = re.compile(r"\"\"\"|'''")

Place = tuple[str, int, str]
"""Dotted name of a table, which of that name (from 0), key or ``""`` for the header."""


def line_numbers(text: str) -> Mapping[Place, int]:
    r"""Return the line, from 1, of each table header and each key.

    >>> line_numbers("[bank]\nname = 'kestrels'")
    {('bank', 0, ''): 1, ('bank', 0, 'name'): 2}
    """
    found: dict[Place, int] = {}
    seen: dict[str, int] = {}
    table, index, in_long_string = "", 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        if not in_long_string:
            if header := _HEADER.fullmatch(line):
                table = _dotted(header[2])
                index = seen.get(table, -1) + 1
                seen[table] = index
                found.setdefault((table, index, ""), number)
            elif key := _KEY.match(line):
                found.setdefault((table, index, key[2]), number)
        if len(_LONG_STRING.findall(line)) % 2:
            in_long_string = not in_long_string
    return found


def _dotted(header: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in header.split("."))
