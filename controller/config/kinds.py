"""What the value of one setting may be: read it, or say what was wanted.

TOML has its own types; a kind narrows them. Python's ``True`` is an ``int`` and TOML
knows ``inf`` and ``nan``: neither is a number here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from controller.config.lines import parse_line

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,31}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_QUEUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,126}")
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_LONGEST_NAME = 253  # characters; a label 63 (RFC 1035, 2.3.4)
_LONGEST_SHOWN = 62  # characters


class Unfit(ValueError):
    """A value that a kind does not take."""

    def __init__(self, remedy: str) -> None:
        super().__init__(remedy)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    Attributes:
        wanted: what the value may be, for messages and the documentation.
        read: turns what TOML gave into what the program uses; raises :class:`Unfit`.
    """

    wanted: str
    read: Callable[[object], Any]


def shown(value: object) -> str:
    """Return a value much as the file writes it, cut where it is long.

    >>> shown("header:17"), shown(True), shown({"a": 1})
    ('"header:17"', 'true', 'a table')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{plain(value)}"'
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return plain(str(value))


def plain(text: str) -> str:
    r"""Return a text that is safe to print: one line, not too long.

    >>> print(plain("Größe\t" + "x" * 99))
    Größe\txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
    """
    one_line = "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode()
        for each in text[: _LONGEST_SHOWN + 1]
    )
    if len(one_line) <= _LONGEST_SHOWN:
        return one_line
    return one_line[: _LONGEST_SHOWN - 1] + "…"


def number(low: float, high: float, unit: str = "") -> Kind:
    """Return the kind for a number from ``low`` to ``high``, both allowed."""
    wanted = f"a number from {low:g} to {high:g}{unit and ' ' + unit}"

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit(f"Write a number without quotes{unit and ', in ' + unit}.")
        if not low <= value <= high:  # nan is not
            raise Unfit("Choose a value within these bounds.")
        return float(value)

    return Kind(wanted, read)


def whole(low: int, high: int, unit: str = "") -> Kind:
    """Return the kind for a whole number from ``low`` to ``high``, both allowed."""
    wanted = f"a whole number from {low} to {high}{unit and ' ' + unit}"

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unfit("Write a whole number without quotes.")
        if not low <= value <= high:
            raise Unfit("Choose a value within these bounds.")
        return value

    return Kind(wanted, read)


def flag() -> Kind:
    """Return the kind for yes or no."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise Unfit("Write true or false, without quotes.")
        return value

    return Kind("true or false", read)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit("Write a text in quotes.")
    return value


def choice(*words: str) -> Kind:
    """Return the kind for one of a few words."""
    wanted = " or ".join(f'"{word}"' for word in words)

    def read(value: object) -> str:
        if (text := _text(value)) not in words:
            raise Unfit(did_you_mean(text, words) or "Choose one of these words.")
        return text

    return Kind(wanted, read)


def slug() -> Kind:
    """Return the kind for a name that stands in addresses and journal entries."""

    def read(value: object) -> str:
        if not _SLUG.fullmatch(_text(value)):
            raise Unfit("Begin with a letter; no capitals, spaces or underscores.")
        return _text(value)

    return Kind("1 to 32 of a–z, 0–9 and -, a letter first", read)


def line() -> Kind:
    """Return the kind for the name of an electric line, in its shortest spelling."""

    def read(value: object) -> str:
        if (parsed := parse_line(_text(value))) is None:
            raise Unfit(
                "Write header: and the BCM number 0 to 27 (not the pin's place)."
            )
        return str(parsed)

    return Kind('a line such as "header:17"', read)


def path() -> Kind:
    """Return the kind for a path; a relative one counts from the file's folder."""

    def read(value: object) -> Path:
        text = _text(value)
        if not text or not text.isprintable():
            raise Unfit("Write a path without line breaks or other control characters.")
        if text.startswith("~"):
            raise Unfit("Write the folder out: services have no home to count from.")
        return Path(text)

    return Kind("a path", read)


def timezone() -> Kind:
    """Return the kind for a zone of the IANA tables."""

    def read(value: object) -> str:
        text = _text(value)
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError) as error:  # not found, no name, a folder
            raise _no_zone(text) from error
        return text

    return Kind('an IANA time zone such as "Europe/London"', read)


def _no_zone(text: str) -> Unfit:
    guess = did_you_mean(text, tuple(available_timezones()))
    return Unfit(guess or "Look the name up with `timedatectl list-timezones`.")


def host() -> Kind:
    """Return the kind for an IP address or a name of a computer."""

    def read(value: object) -> str:
        text = _text(value)
        if not _is_address(text) and not _is_name(text):
            raise Unfit("Write only the address or the name: no http://, no port.")
        return text

    return Kind('an IP address or a name such as "lockers.school.example"', read)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_name(text: str) -> bool:
    parts = text.split(".")
    return len(text) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, parts))


def printer() -> Kind:
    """Return the kind for the name of a CUPS queue."""

    def read(value: object) -> str:
        if not _QUEUE.fullmatch(_text(value)):
            raise Unfit("Write the name as `lpstat -e` prints it.")
        return _text(value)

    return Kind("a queue's name: letters, digits, - and _, 127 at most", read)


def words(most: int) -> Kind:
    """Return the kind for a short text of printable characters."""

    def read(value: object) -> str:
        text = _text(value)
        if not text or len(text) > most or not text.isprintable():
            raise Unfit("Write it on one line.")
        return text

    return Kind(f"a text of 1 to {most} characters", read)


def mail_address() -> Kind:
    """Return the kind for an e-mail address, without a name beside it."""

    def read(value: object) -> str:
        if not _MAIL.fullmatch(_text(value)):
            raise Unfit("Write the address alone, such as office@school.example.")
        return _text(value)

    return Kind("an e-mail address", read)


def list_of(kind: Kind) -> Kind:
    """Return the kind for a list, without repetition, of another kind's values."""

    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Unfit("Write it in square brackets, even if there is only one.")
        return tuple(dict.fromkeys(kind.read(each) for each in value))

    return Kind(f"a list, each {kind.wanted}", read)


def did_you_mean(text: str, words: tuple[str, ...]) -> str:
    """Return ``Did you mean "…"?`` where one of ``words`` is near, else ``""``.

    >>> did_you_mean("contcat", ("coil", "contact"))
    'Did you mean "contact"?'
    """
    from difflib import get_close_matches  # noqa: PLC0415  only for who mistypes

    near = get_close_matches(text, words, n=1)
    return f'Did you mean "{near[0]}"?' if near else ""
