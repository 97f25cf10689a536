"""What the screen beside a bank's reader shows. Never a name."""

from __future__ import annotations

from typing import Literal

import msgspec

KioskScreen = Literal[
    "waiting",
    "opened",
    "notnow",
    "teacher",
    "leave",
    "one-card",
    "unknown-card",
    "pin",
    "staff",
    "enrol",
    "witness",
    "doors",
    "out-of-order",
    "no-door",
    "office",
    "card-ended",
]


class KioskShow(msgspec.Struct, omit_defaults=True):
    """What the kiosk of a bank shows now; never a name.

    Attributes:
        screen: which of the kiosk's screens.
        serial: grows with every change, so that a late one is told from a new one.
        compartment: the newest open door, for ``opened``.
        also: other doors that are open now, newest first, at most two.
        home_time: local ``HH:MM``, for ``notnow``; empty where no time is known.
        language: ``en``, ``cy``, ``pl``, ``uk``, ``ar``, ``ro`` or ``ur``.
        ask_off: whether to ask "Switched off?" (morning only).
        sound: the soft sound to play once with this serial: ``soft`` or empty.
        seconds: how long the screen stands before it returns to ``waiting``; 0: stays.
        pin_until_us: wall clock end of the 30 s in which a PIN counts, for ``pin``.
        acts: for ``staff``: what this member of staff may do at the bank now, such as
            ``release:kestrels`` (see request ``bank_act``).
        unlocked: for ``staff``: whether the PIN was right, so that acts may be shown.
        witness: for ``pin``: the act that this person would be the witness of, or
            empty. ``witness`` is also the screen that waits for that person.
        own: for ``pin``: the card alone opens the door of its owner's own device too.
        doors: for ``doors``: numbers to choose from, for the act in ``acts``; none: one
            of ``acts`` is chosen, by rule of the policy.
        said: for ``staff``: what has just been done: ``held``, ``concern`` or empty.
    """

    screen: KioskScreen
    serial: int
    compartment: int = 0
    also: list[int] = []
    home_time: str = ""
    language: str = "en"
    ask_off: bool = False
    sound: str = ""
    seconds: float = 0.0
    pin_until_us: int = 0
    acts: list[str] = []
    unlocked: bool = False
    witness: str = ""
    own: bool = False
    doors: list[int] = []
    said: str = ""
