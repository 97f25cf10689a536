"""The words of staff pages: one place for what a state, role or kind is called.

look/README.md has the rules for them: sentences where there is room, "door" to people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask

from controller.domain import decide_people
from web.looks import plural
from web.staff.browsers import browser_words

Words = Mapping[str, str]

PHASES: Words = {
    "closed-day": "There is no school today.",
    "before": "Drop-off has not begun yet.",
    "drop-off": "Drop-off is open.",
    "late": "Latecomers may still hand in.",
    "lessons": "Lessons. A tap opens nothing.",
    "home-time": "It is home time.",
    "after": "Home time is over.",
}

BY_HAND: Words = {
    "open": "Drop-off is open.",
    "late": "Latecomers may still hand in.",
    "shut": "Drop-off is not open.",
}
"""What is said instead of the phase while the clock is only guessed (DAY-11)."""

COUNTS: Words = {
    "in": "in",
    "said": "said to be in",
    "open": "open",
    "collected": "collected",
    "left-behind": "left behind",
    "expected": "not in yet",
    "none": "none today",
    "covered": "not this time",
}
"""Pupils of a class counted by state, in the order in which they are shown."""

STATES: Mapping[str, tuple[str, str]] = {
    # state of a pupil: in words, and what joins them to the time
    "in": ("In", "since"),
    "said": ("Said to be in", "since"),
    "none": ("No device today", "since"),
    "open": ("The door is open", "since"),
    "collected": ("Collected", "at"),
    "covered": ("Not this time", "since"),
    "expected": ("Not in yet", "at"),
    "left-behind": ("Still behind the door, on the office’s list", "since"),
}

MARKS: tuple[tuple[str, str, str], ...] = (
    # mark, icon, word
    ("none", "none", "None today"),
    ("absent", "absent", "Absent"),
    ("left-early", "left", "Left early"),
    ("office", "office", "At the office"),
)
"""Marks of one touch; a club asks until when."""

WAYS: Mapping[str, tuple[str, str]] = {
    # way: the choice, and what the button then does ({n}: "28 doors")
    "tap": ("Each child taps", "Each child’s own tap opens its door: {n}."),
    "tables": ("Table by table, no cards needed", "Opens {n}, a table at a time."),
    "rows": ("Row by row, no cards needed", "Opens {n}, a row at a time."),
    "all": ("All together, no cards needed", "Opens {n}, one after another."),
}

ROLES: Words = {
    "teacher": "Teacher",
    "cover": "Cover teacher",
    "office": "Office",
    "leadership": "Leadership",
    "dsl": "Safeguarding lead (DSL)",
    "technician": "Technician",
}

ROLE_HELP: Words = {
    "teacher": "Releases and confirms their own classes.",
    "cover": "Like a teacher, for a stretch of time.",
    "office": "Pupils, cards, the roll, the calendar, the desk.",
    "leadership": "Everything but repairs; keeps the accounts.",
    "dsl": "Concerns, safeguarding and police holds.",
    "technician": "Doors, readers, screens. Sees no pupil’s name.",
}

LANGUAGES: Words = decide_people.LANGUAGES

KINDS: Words = {
    "phone": "Phone",
    "watch": "Watch",
    "tablet": "Tablet",
    "e-reader": "E-reader",
    "console": "Games console",
    "tracker": "Tracker",
}

CARDS: Words = {"enrolled": "Has a card", "lost": "Card lost", "none": "No card yet"}

PARTS: Mapping[str, tuple[str, str]] = {
    # part of the health page: icon, name
    "readers": ("reader", "Readers"),
    "supply": ("supply", "Supply"),
    "clock": ("clock", "Clock"),
    "doors": ("grid", "Doors"),
    "cards": ("chip", "Cards"),
    "journal": ("pen", "Journal"),
    "disk": ("save", "Disk"),
    "mail": ("call", "Mail"),
    "sheet": ("print", "Paper sheet"),
}

TOKENS: Words = {
    # what is known of the token on a card
    "carried": "A copy of it would be noticed.",
    "cannot": "It cannot be written, so a copy of it would not be noticed.",
    "doubted": (
        "It, or another with its number, may be a copy: it opens nothing until the "
        "office has looked into it."
    ),
}

CHECKS: Words = {
    "check": "To check it",
    "repair": "To repair it",
    "clean": "To clean it",
    "stuck": "Something is stuck",
    "lost-property": "Something was left in it",
}
"""``controller.domain.door_facts.CHECK_REASONS`` in words."""

TAKEN_AT: Words = {
    "class": "In class",
    "corridor": "In a corridor",
    "yard": "On the playground",
    "toilets": "In the toilets",
    "hall": "In the hall",
    "gate": "At the gate",
    "trip": "On a trip",
    "other": "Elsewhere",
}
"""``controller.domain.custody_facts.WHERE`` in words."""

CONDITIONS: Words = {
    "good": "Good",
    "worn": "Worn",
    "cracked": "Cracked",
    "damaged": "Damaged",
    "not-seen": "Not seen",
}
"""``controller.domain.custody_facts.CONDITIONS`` in words."""

ENDS: Words = {
    "handed-over": "Handed back by the office",
    "kept": "Stays here on purpose",
    "explained": "Explained",
}

WEEKDAYS: Words = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}

CLOSURES: Words = {
    "holiday": "Holiday",
    "inset": "INSET day",
    "closure": "School closed",
}

TIMES: Words = {
    "drop_off_from": "Drop-off from",
    "drop_off_until": "Drop-off until",
    "late_until": "Latecomers until",
    "session_start": "Lessons begin",
    "session_end": "Lessons end",
    "home_time": "Home time",
    "home_until": "Home time ends",
    "clubs_end": "Clubs end",
}


def long_day(iso: str) -> str:
    """Return a date as people say it; what is no date comes back as it is.

    >>> long_day("2026-11-23")
    'Monday 23 November 2026'
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_day(iso: str) -> str:
    """Return a date of these weeks in short; what is no date comes back as it is.

    >>> short_day("2026-11-23")
    'Mon 23 Nov'
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day:%a} {day.day} {day:%b}"


def year_words(year: str) -> str:
    """Return a year group as people say it.

    >>> year_words("4"), year_words("R"), year_words("Year 4")
    ('Year 4', 'Reception', 'Year 4')
    """
    if year.isdecimal():
        return f"Year {year}"
    return {"R": "Reception", "N": "Nursery"}.get(year, year)


def capital(words: str) -> str:
    """Return words that begin a line, the rest as it is.

    >>> capital("half day, INSET")
    'Half day, INSET'
    """
    return words[:1].upper() + words[1:]


def listed(items: list[Any]) -> str:
    """Return items as a sentence has them.

    >>> listed([9, 22]), listed([9, 15, 22]), listed([])
    ('9 and 22', '9, 15 and 22', '')
    """
    words = [str(item) for item in items]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def doors(numbers: list[int]) -> str:
    """Return doors' numbers as a sentence has them, runs of three or more in short.

    >>> doors([1, 2, 3, 4, 7, 9, 10]), doors([5, 4])
    ('1 to 4, 7, 9 and 10', '4 and 5')
    """
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return listed([part for run in runs for part in _run(run)])


def _run(run: list[int]) -> list[str]:
    if len(run) < 3:  # noqa: PLR2004  two are no range
        return [str(n) for n in run]
    return [f"{run[0]} to {run[-1]}"]


def register(app: Flask) -> None:
    """Give templates these words, as ``words``, and the filters."""
    for word in (
        browser_words,
        long_day,
        short_day,
        year_words,
        capital,
        listed,
        plural,
    ):
        app.add_template_filter(word)
    app.context_processor(lambda: {"words": _WORDS})


_WORDS = {name: value for name, value in list(globals().items()) if name.isupper()}
