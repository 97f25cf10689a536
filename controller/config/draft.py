"""A configuration half read: what is fit is there, the rest is a fault already.

Rules that look at several settings at once run over drafts, so that one bad value hides
no other fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from controller.config.lines import Line, parse_line
from controller.config.schema import settings_of

LINE_KEYS = ("coil", "contact", "reset", "light", "buzzer", "alarm")
"""The settings that name an electric line."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One table, as far as it could be read.

    Attributes:
        cls: the class of settings that it becomes.
        table: its dotted name in the file, ``locks.heavy``.
        index: which table of that name, from 0.
        label: what people call it: ``compartment 7``.
        values: by key, what was written and fit, and defaults for what was not written.
        written: keys that stand in the file.
    """

    cls: type
    table: str
    index: int
    label: str
    values: Mapping[str, Any]
    written: frozenset[str]

    def get(self, key: str) -> Any:  # noqa: ANN401  as many types as there are kinds
        """Return the value, or None where none could be read."""
        return self.values.get(key)

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Yield key and line of every electric line that this table names."""
        for key in LINE_KEYS:
            if parsed := parse_line(self.values.get(key) or ""):
                yield key, parsed

    def build(self) -> Any:  # noqa: ANN401  an instance of ``cls``
        """Return the finished table; only for a draft without faults."""
        return self.cls(
            **{each.attribute: self.values[each.key] for each in settings_of(self.cls)}
        )


@dataclass(frozen=True, slots=True)
class Drafts:
    """All tables of one file, as far as they could be read."""

    single: Mapping[str, Draft]
    locks: Mapping[str, Draft]
    readers: tuple[Draft, ...]
    compartments: tuple[Draft, ...]

    def every(self) -> Iterator[Draft]:
        """Yield every table, in the order of the reference."""
        yield from self.single.values()
        yield from self.locks.values()
        yield from self.readers
        yield from self.compartments

    def lock_of(self, compartment: Draft) -> Draft | None:
        """Return the figures that hold for a compartment's lock."""
        name = compartment.get("lock")
        return self.locks.get(name) if name else self.single.get("lock")
