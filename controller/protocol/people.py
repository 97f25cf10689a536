"""Pupils and staff as their lists show them."""

from __future__ import annotations

from typing import Literal

import msgspec


class PupilLine(msgspec.Struct, omit_defaults=True):
    """One pupil in the list of people, for roles that may see it.

    Attributes:
        compartment: the pupil's own door, or 0.
        no_door: why there is none where each pupil has a fixed one: ``free`` (one can
            be given), ``full`` (no door is free) or ``elsewhere`` (the class has
            another bank); empty with a door, or where doors are found each morning.
        token: where tokens on cards are looked for: whether this card carries one,
            cannot, or is doubted; empty where not yet, or not looked for.
    """

    id: str
    name: str
    class_id: str
    group: str
    compartment: int
    language: str
    card: Literal["enrolled", "lost", "none"]
    card_since: str = ""
    kinds: list[str] = []
    provisional: bool = False
    year: str = ""
    no_door: Literal["", "free", "full", "elsewhere"] = ""
    token: Literal["", "carried", "cannot", "doubted"] = ""


class StaffLine(msgspec.Struct, omit_defaults=True):
    """One member of staff in the list of accounts."""

    id: str
    name: str
    username: str
    roles: list[str]
    classes: list[str]
    card: Literal["enrolled", "lost", "none"]
    has_pin: bool
    last_seen: str = ""
    left: bool = False
    second_factor: bool = False
