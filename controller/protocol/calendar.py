"""The calendar as it is set, and what an iCalendar file would change in it."""

from __future__ import annotations

from typing import Any

import msgspec


class CalendarView(msgspec.Struct):
    """The calendar as it is set: plain values of ``controller.domain.calendar``."""

    plain: dict[str, Any]
    version: int
    changed: str
    today: str
    next_days: list[list[str]]


class CalendarPreview(msgspec.Struct):
    """What an iCalendar file would change; ``ticket`` goes to ``calendar_apply``."""

    ticket: str
    understood: list[list[str]]
    not_understood: list[str]
