"""On which days a repeating event of an iCalendar file falls (RFC 5545, 3.3.10).

Each day of a bounded stretch is asked one question, so that no rule, however odd, can
keep the controller busy. Rules that need more than days, weeks, months and years
(``BYSETPOS``, ``BYWEEKNO`` …) are told as not understood.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

MAX_YEARS = 20
"""How long before the dates that matter an event with a count may have begun."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST")
}


class RuleNotUnderstood(ValueError):
    """The rule is broken, or of a kind that school calendars do not have."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A repetition, with all that is not said filled in from its first day.

    Attributes:
        frequency: ``DAILY``, ``WEEKLY``, ``MONTHLY`` or ``YEARLY``.
        interval: every so many of them.
        count: how often at most; ``None`` for no bound.
        until: last day; ``None`` for no bound.
        weekdays: pairs of ordinal in the month (0 for each) and weekday.
        month_days: days of the month, negative from its end.
        months: 1 to 12.
        week_starts: weekday, for every second week and the like.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = field(default=())
    week_starts: int = 0


def days_of(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days between ``first`` and ``last`` of what began on ``start``.

    ``start`` itself always counts. With a ``count``, earlier days may be among them,
    since they have to be counted.

    Raises:
        RuleNotUnderstood: too many days to count, more than ``MAX_YEARS``.
    """
    begin = max(start, first) if rule.count is None else start
    if (last - begin).days > MAX_YEARS * 366:
        raise RuleNotUnderstood("began too long ago")
    end = last if rule.until is None else min(last, rule.until)
    stretch = (begin + timedelta(n) for n in range((end - begin).days + 1))
    falling = (day for day in stretch if day == start or _falls(rule, start, day))
    return islice(falling, rule.count)


def _falls(rule: Rule, start: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if _periods_between(rule, start, day) % rule.interval:
        return False
    match rule.frequency:
        case "DAILY":
            return _fits(rule, day)
        case "WEEKLY":
            return _fits(rule, day) and (
                bool(rule.weekdays) or day.weekday() == start.weekday()
            )
        case _:
            same_month = rule.frequency == "MONTHLY" or bool(rule.months)
            if rule.weekdays or rule.month_days:
                return _fits(rule, day)
            return day.day == start.day and (same_month or day.month == start.month)


def _periods_between(rule: Rule, start: date, day: date) -> int:
    match rule.frequency:
        case "DAILY":
            return (day - start).days
        case "WEEKLY":
            first = start - timedelta((start.weekday() - rule.week_starts) % 7)
            return (day - first).days // 7
        case "MONTHLY":
            return (day.year - start.year) * 12 + day.month - start.month
        case _:
            return day.year - start.year


def _fits(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & {*rule.month_days}:
        return False
    ordinals = {0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)}
    return not rule.weekdays or any(
        weekday == day.weekday() and ordinal in ordinals
        for ordinal, weekday in rule.weekdays
    )


# ------------------------------------------------------------------------- reading


def read_rule(parts: Mapping[str, Sequence[str]], until: date | None) -> Rule:
    """Return the rule of these parts; ``until`` is the school's own date of UNTIL.

    Raises:
        RuleNotUnderstood: with what is odd.
    """
    if strange := parts.keys() - _UNDERSTOOD:
        raise RuleNotUnderstood(f"repeats by {min(strange)}")
    frequency = _one(parts, "FREQ", "")
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RuleNotUnderstood("repeats more often than daily")
    rule = Rule(
        frequency=frequency,
        interval=_number(_one(parts, "INTERVAL", "1"), 1, 1000),
        count=_number(parts["COUNT"][0], 1, 100_000) if "COUNT" in parts else None,
        until=until,
        weekdays=tuple(_weekday(text) for text in parts.get("BYDAY", ())),
        month_days=tuple(_number(n, -31, 31) for n in parts.get("BYMONTHDAY", ())),
        months=tuple(_number(n, 1, 12) for n in parts.get("BYMONTH", ())),
        week_starts=_weekday(_one(parts, "WKST", "MO"))[1],
    )
    numbered = any(ordinal for ordinal, _ in rule.weekdays)
    if numbered and (
        frequency in ("DAILY", "WEEKLY") or (frequency == "YEARLY" and not rule.months)
    ):
        raise RuleNotUnderstood("repeats by numbered weekdays of no month")
    return rule


def _one(parts: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    return parts[name][0].upper() if parts.get(name) else default


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise RuleNotUnderstood(f"repeats by a number outside {least} to {most}")
    return int(text)


def _weekday(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text.upper())
    if not found:
        raise RuleNotUnderstood("repeats by something that is no weekday")
    return int(found[1] or 0), _WEEKDAYS.index(found[2])
