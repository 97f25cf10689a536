"""The technician's page: readers, supply, clock, doors. No personal data."""

from __future__ import annotations

import msgspec


class HealthPart(msgspec.Struct, omit_defaults=True):
    """One line of the health page.

    Attributes:
        key: ``readers``, ``supply``, ``clock``, ``doors``, ``cards``, ``mail``,
            ``sheet``, ``journal``, ``disk``.
        ok: whether there is nothing to do.
        words: a sentence that says what is, and what to do where something is wrong.
        figure, under: the big figure and the small words below it.
    """

    key: str
    ok: bool
    words: str
    figure: str
    under: str


class HealthDoor(msgspec.Struct, omit_defaults=True):
    """A door for the technician: ``fault`` is empty, or a sentence with a remedy."""

    n: int
    ok: bool
    fault: str = ""
    codes: list[str] = []
    in_use: bool = True


class Health(msgspec.Struct):
    """The health page: no personal data.

    Attributes:
        headline: "Ready for Monday" or "Look at door 17 and the supply".
        under: the sentence below it.
        ready: whether nothing wants looking at.
        parts, doors: see there.
        columns: doors in a row.
        version, started_us: of the controller.
        readers: name and a sentence for each reader that does not work.
    """

    headline: str
    under: str
    ready: bool
    parts: list[HealthPart]
    doors: list[HealthDoor]
    columns: int
    version: str
    started_us: int
    readers: list[list[str]] = []
