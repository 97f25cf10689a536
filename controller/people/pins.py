"""Which PINs are good enough: six digits or more that nobody would try first (ACC-5).

A PIN goes with a card and is throttled, so it may be short; it may not be one of the
few that people choose: dates, rows of keys, one digit or one block again and again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import groupby, pairwise

from controller.people.passwords import in_deny_list

MIN_DIGITS = 6
MAX_DIGITS = 12


class PinReason(Enum):
    """Why a PIN is not taken; the value is stable, :attr:`says` is for people."""

    TOO_SHORT = "pin-too-short"
    TOO_LONG = "pin-too-long"
    NOT_DIGITS = "pin-not-digits"
    PREDICTABLE = "pin-predictable"
    DATE = "pin-date"
    COMMON = "pin-common"

    @property
    def says(self) -> str:
        """What is wrong and what to do, one sentence."""
        return _SAYS[self]


_SAYS = {
    PinReason.TOO_SHORT: f"Too short: use {MIN_DIGITS} digits or more.",
    PinReason.TOO_LONG: f"Too long: use at most {MAX_DIGITS} digits.",
    PinReason.NOT_DIGITS: "Use the digits 0 to 9 only.",
    PinReason.PREDICTABLE: "It repeats or counts: choose digits without a pattern.",
    PinReason.DATE: "It could be a date: birthdays are tried first, choose another.",
    PinReason.COMMON: "Many people use it: choose another.",
}


def check_pin(pin: str) -> list[PinReason]:
    """Return everything that is wrong with ``pin``; an empty list is good.

    >>> check_pin("123456")
    [<PinReason.PREDICTABLE: 'pin-predictable'>, <PinReason.COMMON: 'pin-common'>]
    >>> check_pin("704915")
    []
    """
    return [*_shape(pin), *(_content(pin) if re.fullmatch("[0-9]+", pin) else ())]


def _shape(pin: str) -> Iterator[PinReason]:
    if not re.fullmatch("[0-9]*", pin):
        yield PinReason.NOT_DIGITS
    if len(pin) < MIN_DIGITS:
        yield PinReason.TOO_SHORT
    if len(pin) > MAX_DIGITS:
        yield PinReason.TOO_LONG


def _content(pin: str) -> Iterator[PinReason]:
    if _is_predictable(pin):
        yield PinReason.PREDICTABLE
    if _is_date(pin):
        yield PinReason.DATE
    if in_deny_list(pin):
        yield PinReason.COMMON


_FEW = 2  # different digits


def _is_predictable(pin: str) -> bool:
    squeezed = [digit for digit, _ in groupby(pin)]  # 112233 counts as 123 does
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(squeezed)}
    return len(steps) <= 1 or len(set(pin)) <= _FEW or _repeats(pin)


def _repeats(pin: str) -> bool:
    """Return whether ``pin`` is one block again and again: 123123, 479479."""
    return any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size)
        for size in range(1, len(pin) // 2 + 1)
    )


_DATE_SHAPES = {
    # year, month, day; two-digit years are read as of a leap year's century
    6: (
        r"(?P<d>..)(?P<m>..)(?P<y>..)",
        r"(?P<m>..)(?P<d>..)(?P<y>..)",
        r"(?P<y>..)(?P<m>..)(?P<d>..)",
    ),
    8: (
        r"(?P<d>..)(?P<m>..)(?P<y>....)",
        r"(?P<m>..)(?P<d>..)(?P<y>....)",
        r"(?P<y>....)(?P<m>..)(?P<d>..)",
    ),
}
_LIVING = range(1920, 2040)


def _is_date(pin: str) -> bool:
    return any(
        _exists(int(found["y"]), int(found["m"]), int(found["d"]))
        for shape in _DATE_SHAPES.get(len(pin), ())
        if (found := re.fullmatch(shape, pin))
    )


def _exists(year: int, month: int, day: int) -> bool:
    full = year + 2000 if year < 100 else year  # noqa: PLR2004  two digits
    if year >= 100 and full not in _LIVING:  # noqa: PLR2004  four digits
        return False
    try:
        date(full, month, day)
    except ValueError:
        return False
    return True
