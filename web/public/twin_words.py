"""What the page of the simulated room says of moments, faults and the day played.

A fault is told by what breaks and by what Hometime should make of it, so that whoever
breaks something knows where to look.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """A button that moves the clock: ``day`` is ``today``, ``next`` or ``saturday``."""

    at: str
    title: str
    day: str = "today"


MOMENTS = (
    Moment("08:25", "Before school"),
    Moment("08:40", "Phones in"),
    Moment("09:45", "Latecomers"),
    Moment("12:00", "Lessons"),
    Moment("15:10", "Just before"),
    Moment("15:15", "Home time"),
    Moment("15:45", "After"),
    Moment("08:25", "Next weekday", "next"),
    Moment("12:00", "Saturday", "saturday"),
)
"""Interesting moments of a school day, local time of the demo's calendar; the page's
script knows which day it is in the room."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the day that is played; ``name`` as the board's stops have it."""

    name: str
    title: str
    under: str
    state: str = "todo"


STEPS = (
    Step("phones-in", "Phones in", "Each child taps and puts a phone in"),
    Step("lessons", "Lessons", "Three try at noon: nothing opens, kindly"),
    Step("home-time", "Home time", "You release the class, all collect"),
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the day is played; the seconds are the script's, ``twin_pace.js``."""

    name: str
    title: str


PACES = (
    Pace("minute", "A minute"),
    Pace("fast", "Fast"),
    Pace("school", "As in school"),
)


@dataclass(frozen=True, slots=True)
class FaultWords:
    """One fault: ``kind`` as the room knows it, and ``does``, what comes of it."""

    kind: str
    title: str
    does: str


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults of one kind of part; ``on`` is ``reader``, ``door`` or ``room``."""

    on: str
    title: str
    faults: tuple[FaultWords, ...]


READER = (
    FaultWords(
        "unplugged-reader",
        "Unplugged",
        "No supply. Within a second health page, light and journal say so.",
    ),
    FaultWords(
        "deaf-reader",
        "Deaf",
        "Its answers do not arrive. Told apart from “no card”, as a fault.",
    ),
    FaultWords(
        "broken-antenna",
        "Broken antenna",
        "The chip is well and hears no card. Taps stay without an answer.",
    ),
    FaultWords(
        "two-cards",
        "Two cards",
        "Two strange cards lie there. The kiosk asks for one at a time.",
    ),
    FaultWords(
        "card-at-edge",
        "Card at the edge",
        "Exchanges often fail. It reads late, never wrongly.",
    ),
)
DOOR = (
    FaultWords(
        "jammed-bolt",
        "Jammed bolt",
        "The bolt stays where it is. The order is recorded, no door opens.",
    ),
    FaultWords(
        "stuck-contact",
        "Stuck contact",
        "It goes on telling what it told when this began.",
    ),
    FaultWords(
        "contact-stuck-open",
        "Contact cut",
        "It tells “open” for good: a door found open that nobody ordered.",
    ),
    FaultWords(
        "contact-stuck-shut",
        "Contact bridged",
        "It tells “shut” for good: opened doors are never seen open.",
    ),
    FaultWords(
        "chattering-contact",
        "Chattering contact",
        "Open, shut, open, every 30 ms. Folded, so that it fills no disk.",
    ),
)
ROOM = (
    FaultWords(
        "torn-write",
        "Hasty hands",
        "Cards are gone in the middle of a write. The next tap is good all the same.",
    ),
    FaultWords(
        "brown-out",
        "No voltage",
        "Coils pull nothing. Doors stay shut; orders are known to have failed.",
    ),
    FaultWords(
        "sagging-supply",
        "Weak supply",
        "70 % of the voltage holds a bolt and moves none.",
    ),
    FaultWords(
        "alarm",
        "School alarm",
        "Coils off, nothing opens, the kiosk says “Leave it. Go.”",
    ),
    FaultWords(
        "guessed-clock",
        "Clock guessed",
        "No time source. Nothing begins by the clock; staff begin it by hand.",
    ),
    FaultWords(
        "rtc-clock",
        "Clock not checked",
        "A clock chip alone. Believed, and shown as such.",
    ),
)
FAULTS = (
    Faults("reader", "On the reader", READER),
    Faults("door", "On door", DOOR),
    Faults("room", "In the room", ROOM),
)
"""Every fault that the room knows (docs/reference/room-socket.md, "Faults")."""
