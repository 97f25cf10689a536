"""The simulated room as a page: play the day, tap, pull, push, break things (SIM-4).

It speaks to the room through the ``/twin`` calls alone, as any program may. It names no
pupil and shows no password or PIN: cards are known by their doors and roles, as
``demo.json`` lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template

from controller.domain.refusals import RULES
from controller.protocol import Board
from web.asking import feed
from web.pictures import picture_name
from web.public.telephones import demo_of, telephones
from web.public.twin_words import FAULTS, MOMENTS, PACES, STEPS

blueprint = Blueprint("twin_page", __name__)

STRANGER = "04F1E2D3C4B5A6"
RANDOM = "08A1B2C3"
"""A card that nobody enrolled, and a phone's random UID (4 bytes beginning 08)."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card that can be tapped: ``title`` is a picture or a role, never a name."""

    uid: str
    title: str
    door: int = 0


@dataclass(frozen=True, slots=True)
class Teacher:
    """Who may release the class that is played: what to sign in as, and where."""

    username: str
    class_id: str


@blueprint.get("/twin")
def page() -> str:
    """Show the simulated room."""
    demo = demo_of(current_app.extensions["hometime-config"].data_dir)
    board = feed().board
    return render_template(
        "public/twin.html",
        board=board,
        pupils=_pupils(demo),
        staff=_staff(demo),
        strangers=[Card(STRANGER, "Unknown card"), Card(RANDOM, "Phone, random UID")],
        readers=demo.get("readers", ["front"]),
        moments=MOMENTS,
        faults=FAULTS,
        steps=STEPS,
        paces=PACES,
        teacher=_teacher(demo),
        telephones=telephones(demo),
        home_time=_home_time(board),
        rules={name: rule.words for name, rule in RULES.items()},
    )


def _pupils(demo: dict[str, Any]) -> list[Card]:
    cards = [
        Card(pupil["card"], picture_name(pupil["compartment"]), pupil["compartment"])
        for pupil in demo.get("pupils", [])
        if pupil.get("card")
    ]
    return sorted(cards, key=lambda card: card.door)


def _staff(demo: dict[str, Any]) -> list[Card]:
    return [
        Card(account["card"], account["username"].capitalize())
        for account in demo.get("accounts", [])
        if account.get("card")
    ]


def _teacher(demo: dict[str, Any]) -> Teacher | None:
    """Return the teacher of these cards' class; None before the demo is ready."""
    names = [a["username"] for a in demo.get("accounts", []) if a["role"] == "teacher"]
    classes = [pupil["class"] for pupil in demo.get("pupils", [])]
    return Teacher(names[0], classes[0]) if names and classes else None


def _home_time(board: Board | None) -> str:
    """Return when home time begins today, local ``HH:MM``; empty where not known."""
    stops = board.stops if board else []
    return next((stop.at for stop in stops if stop.label == "home-time"), "")
