"""Clubs: their ends and leaders, and their release (DAY-5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ClassLine
from web.asking import ask, feed, may, me, tell

pages = Blueprint("clubs", __name__)

HOME_TIME = ("home-time", "after")
"""Parts of the day in which the release of a club is what the page is for."""

LONGEST_SLUG = 36
"""The controller takes 40; what is left is for a number at the end."""


class ClubLine(msgspec.Struct, omit_defaults=True):
    """One club, as the request ``clubs`` tells of it.

    Attributes:
        club: slug. name, ends: what people call it; local ``HH:MM``.
        leader, leader_name: who may release it.
        pupils: how many are marked for it today.
        inside: of these, how many have a device behind a door.
        released: local ``HH:MM`` since when they may take it, or empty.
    """

    club: str
    name: str
    ends: str
    leader: str
    leader_name: str
    pupils: int = 0
    inside: int = 0
    released: str = ""


@pages.get("/clubs")
def page() -> str:
    """Show the clubs of today; a leader releases the own one here."""
    clubs, board = all_clubs(), feed().board
    return render_template(
        "staff/clubs.html",
        clubs=sorted(clubs, key=lambda one: (not releases(one), one.ends, one.name)),
        releases=releases,
        is_time=board is not None and board.phase in HOME_TIME,
        classes=ask(list[ClassLine], "classes"),
    )


def all_clubs() -> list[ClubLine]:
    """Return every club of the school."""
    return ask(list[ClubLine], "clubs")


def releases(club: ClubLine) -> bool:
    """Whether the person signed in is the club's leader, or of the office."""
    person = me()
    leads = person is not None and person.id == club.leader
    return leads or may("class.early-leaver")


@pages.post("/clubs/<club>/release")
def release(club: str) -> Response:
    """Let each pupil of the club open the own door with a tap."""
    tell("release_club", club=club)
    flash("The club is released. Each child's own tap opens its door.")
    return redirect(url_for("clubs.page"), 303)


@pages.post("/settings/clubs")
def add() -> Response:
    """Add a club; its name in the address is made from its name."""
    taken = {one.club for one in all_clubs()}
    return _set(new_slug(request.form.get("name", ""), taken))


@pages.post("/settings/clubs/<club>")
def change(club: str) -> Response:
    """Change a club's name, end or leader."""
    return _set(club)


@pages.post("/settings/clubs/<club>/remove")
def remove(club: str) -> Response:
    """End a club for good; its pupils of today go with their classes again."""
    tell("club_remove", club=club)
    flash("The club is removed. Whoever was at it today goes with the class again.")
    return redirect(url_for("clubs.page"), 303)


def _set(club: str) -> Response:
    values = {
        name: request.form.get(name, "").strip() for name in ("name", "ends", "leader")
    }
    tell("club_set", club=club, **values)
    flash("The club is set. It holds from now on.")
    return redirect(url_for("settings.page", _anchor="clubs"), 303)


def new_slug(name: str, taken: Iterable[str]) -> str:
    """Return a slug for a new club that no other club has.

    >>> new_slug("Chess & Go", []), new_slug("Théâtre", [])
    ('chess-go', 'theatre')
    >>> new_slug("Chess", ["chess", "chess-2"]), new_slug("Шахи", [])
    ('chess-3', 'club')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:LONGEST_SLUG].strip("-")
    slug, taken = words or "club", set(taken)
    candidates = [slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 2))]
    return next(one for one in candidates if one not in taken)
