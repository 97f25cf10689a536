"""Everything about one person, for the person who asks for it (DAT-4)."""

from __future__ import annotations

import msgspec


class SubjectPart(msgspec.Struct):
    """One part: a title, headings, rows of as many cells."""

    title: str
    headings: list[str]
    rows: list[list[str]]


class Subject(msgspec.Struct):
    """Everything about one person, without anybody else's name.

    Attributes:
        id, name: of the person. made: when, in words.
        parts: in order; empty ones are left out.
        left_out: entries that the safeguarding lead and the head keep; the head decides
            by the law what of them is given.
    """

    id: str
    name: str
    made: str
    parts: list[SubjectPart]
    left_out: int = 0
