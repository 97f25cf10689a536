"""The state as rows: what the page reads, written in the entry's own transaction.

A state is a frozen dataclass whose fields are tables: mappings from a key to a record.
Two states that follow each other share the records that did not change, so what changed
is found by identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from controller.journal.codec import to_json

Key = tuple[str, str]
"""Name of the table and key of the record."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one commit does to the projections.

    Attributes:
        put: rows to write, with their JSON.
        drop: rows to remove.
    """

    put: Mapping[Key, str]
    drop: frozenset[Key]

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.put or self.drop)


NO_CHANGES = Changes({}, frozenset())


def rows(state: object) -> dict[Key, str]:
    """Return every row of ``state``."""
    return {
        (name, key): to_json(record)
        for name, table in _tables(state)
        for key, record in table.items()
    }


def difference(before: object, after: object) -> Changes:
    """Return what makes the rows of ``before`` those of ``after``."""
    put: dict[Key, str] = {}
    drop: set[Key] = set()
    for (name, old), (_, new) in zip(_tables(before), _tables(after), strict=True):
        if old is new:
            continue
        for key, record in new.items():
            known = old.get(key)
            if known is not record and (known is None or known != record):
                put[name, key] = to_json(record)
        drop.update((name, key) for key in old.keys() - new.keys())
    return Changes(put, frozenset(drop))


def repair(found: Mapping[Key, str], wanted: Mapping[Key, str]) -> Changes:
    """Return what makes the rows ``found`` those ``wanted``."""
    put = {key: value for key, value in wanted.items() if found.get(key) != value}
    return Changes(put, frozenset(found.keys() - wanted.keys()))


def _tables(state: Any) -> Iterator[tuple[str, Mapping[str, object]]]:  # noqa: ANN401  any dataclass
    for field in fields(state):
        yield field.name, getattr(state, field.name)
