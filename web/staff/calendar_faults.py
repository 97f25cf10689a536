"""Faults of a calendar, with their place as the form calls it (WEB-6)."""

from __future__ import annotations

import re

from web.staff.words import TIMES, WEEKDAYS

LISTS = {"terms": "Term", "closures": "Closed day", "half_days": "Half day"}
FIELDS = {"first": "first day", "last": "last day", "kind": "what it is", "end": "end"}
TABLES = ("days", "classes")
"""Parts of a place that only say in which table it is."""

ROW = re.compile(r"(\w+)\[(\d+)\]")


def in_words(fault: str) -> str:
    """Return a fault with its place in the form's words; others as they are.

    >>> in_words("terms[2].last: not understood, wanted a date such as 2026-09-02")
    'Term 2, last day: not understood, wanted a date such as 2026-09-02'
    >>> in_words("days.fri.home_time: not understood, wanted a time such as 15:15")
    'Friday, home time: not understood, wanted a time such as 15:15'
    >>> in_words("Two terms overlap.")
    'Two terms overlap.'
    """
    place, colon, what = fault.partition(": ")
    parts = [part for part in place.split(".") if part not in TABLES]
    if not colon or " " in place or not parts:
        return fault
    words = ", ".join(_part(part) for part in parts)
    return f"{words[:1].upper()}{words[1:]}: {what}"


def _part(part: str) -> str:
    if row := ROW.fullmatch(part):
        return f"{LISTS.get(row[1], row[1])} {row[2]}"
    if part in WEEKDAYS:
        return WEEKDAYS[part]
    return FIELDS.get(part) or TIMES.get(part, part).lower()
