"""A page for developers: tap, pull, push, break things, move the clock (SIM-4).

It speaks to the room through the ``/twin`` calls alone, as any program may. It names no
pupil: cards are known by their doors and roles, as ``demo.json`` lists them.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template

from web import looks
from web.asking import feed

blueprint = Blueprint("twin_page", __name__)

MOMENTS = (
    ("08:25", "Before school"),
    ("08:40", "Phones in"),
    ("09:45", "Latecomers"),
    ("12:00", "Lessons"),
    ("15:10", "Just before"),
    ("15:15", "Home time"),
    ("15:45", "After"),
)
"""Interesting moments of a school day, local time of the demo's calendar."""

READER_FAULTS = ("deaf-reader", "unplugged-reader", "broken-antenna")
DOOR_FAULTS = ("jammed-bolt", "stuck-contact", "chattering-contact")
ROOM_FAULTS = ("brown-out", "sagging-supply", "guessed-clock", "rtc-clock")
STRANGER = "04F1E2D3C4B5A6"
RANDOM = "08A1B2C3"
"""A card that nobody enrolled, and a phone's random UID (4 bytes beginning 08)."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card that can be tapped: ``title`` is a door or a role, never a name."""

    uid: str
    title: str
    door: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A button that moves the clock to ``at``."""

    at: str
    clock: str
    title: str


@blueprint.get("/twin")
def page() -> str:
    """Show the simulated room."""
    demo = _demo(current_app.extensions["hometime-config"].data_dir)
    return render_template(
        "public/twin.html",
        board=feed().board,
        pupils=_pupils(demo),
        staff=_staff(demo),
        strangers=[Card(STRANGER, "Unknown card"), Card(RANDOM, "Phone, random UID")],
        readers=demo.get("readers", ["front"]),
        moments=moments(_today()),
        reader_faults=READER_FAULTS,
        door_faults=DOOR_FAULTS,
        room_faults=ROOM_FAULTS,
    )


def _demo(data_dir: Path) -> dict[str, Any]:
    """Return what the demo wrote down about itself; nothing while it is not ready."""
    with contextlib.suppress(FileNotFoundError):
        found: dict[str, Any] = json.loads((data_dir / "demo.json").read_text("utf-8"))
        return found
    return {}


def _pupils(demo: dict[str, Any]) -> list[Card]:
    cards = [
        Card(pupil["card"], f"Door {pupil['compartment']}", pupil["compartment"])
        for pupil in demo.get("pupils", [])
        if pupil.get("card")
    ]
    return sorted(cards, key=lambda card: card.door)


def _staff(demo: dict[str, Any]) -> list[Card]:
    return [
        Card(account["card"], f"{account['role'].capitalize()}, PIN {account['pin']}")
        for account in demo.get("accounts", [])
        if account.get("card")
    ]


def _today() -> date:
    now = looks.local(feed().now_us())
    return now.date() if now else datetime.now(looks.zone()).date()


def moments(today: date) -> list[Moment]:
    """Return the moments of ``today``, of the next day and of the next Saturday."""
    day = [_moment(today, clock, title) for clock, title in MOMENTS]
    tomorrow = today + timedelta(days=1)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    return [
        *day,
        _moment(tomorrow, "08:25", "Next day"),
        _moment(saturday, "12:00", "Saturday"),
    ]


def _moment(day: date, clock: str, title: str) -> Moment:
    at = datetime.combine(day, time.fromisoformat(clock), looks.zone())
    return Moment(at.isoformat(), clock, title)
