"""A record as it stands now: a row of the state's table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One record; fields as in :class:`record_facts.RecordFiled`.

    Attributes:
        at_us: when it was filed. date: that day, empty under a guessed clock.
        version: 1, and one more with each change.
        changed_by, changed_us: of the last change.
        notes: text of each version, oldest first, empty where it has none; the last one
            holds.
        approved_by, approved_us: by whom it holds, and since when.
        read_by, read_us: who had to be told has read it.
        ended_by, ended_us, why: it is over.
        ref: epoch and sequence of its first entry.
    """

    record: str
    kind: str
    about: str
    by: str
    at_us: int
    date: str
    values: tuple[tuple[str, str], ...] = ()
    worded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: int = 1
    changed_by: str = ""
    changed_us: int = 0
    approved_by: str = ""
    approved_us: int = 0
    read_by: str = ""
    read_us: int = 0
    ended_by: str = ""
    ended_us: int = 0
    why: str = ""
    ref: tuple[int, int] = (0, 0)

    def get(self, name: str) -> str:
        """Return the value of a field, or an empty text."""
        return dict(self.values).get(name, "")

    @property
    def note(self) -> str:
        """The text that holds now, or an empty text."""
        return self.notes[-1] if self.notes else ""
