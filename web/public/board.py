"""The board: the cabinet as it stands on the wall, for everyone who walks past (WEB-1).

Served from the feed's cache alone: a flood on it never reaches the controller (REL-6),
and costs one drawing for each change, not one for each visitor.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template

from controller.protocol import Board
from web import looks
from web.asking import feed
from web.feed import Feed
from web.squeeze import Squeezed

blueprint = Blueprint("board", __name__)

LABELS = {
    "phones-in": "Phones in",
    "lessons": "Lessons",
    "home-time": "Home time",
    "clubs-end": "Clubs end",
}
MINUTE_US = 60_000_000
HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop of the day as the line draws it."""

    at: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Next:
    """The next change: ``when`` is ``in 23 minutes`` or ``on Monday``."""

    title: str
    at: str
    when: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was last drawn, and what it was drawn from."""

    key: tuple[object, ...]
    page: Squeezed


@blueprint.get("/")
def page() -> Response:
    """Show the board."""
    return _send("public/board.html")


@blueprint.get("/parts/board")
def part() -> Response:
    """Send the board alone, to be put in the place of the old one."""
    return _send("parts/board.html")


@blueprint.get("/parts/link")
def link() -> str:
    """Send the notice that the lockers do not answer, or nothing."""
    return render_template("parts/link.html")


def _send(template: str) -> Response:
    """Send ``template``, drawn anew only when something in it has changed."""
    follow = feed()
    link = follow.link()
    minute = follow.now_us() // MINUTE_US
    key = (follow.number("board"), link.up, link.since_us, minute)
    pages: dict[str, Drawn] = current_app.extensions.setdefault("hometime-board", {})
    drawn = pages.get(template)
    if drawn is None or drawn.key != key:
        html = render_template(template, **_context(follow))
        drawn = pages[template] = Drawn(key, Squeezed.of(html))
    return drawn.page.response()


def _context(follow: Feed) -> dict[str, object]:
    board, link, now_us = follow.board, follow.link(), follow.now_us()
    return {
        "board": board,
        "old": not link.up,
        "since_us": link.since_us,
        "at_us": now_us or (board.at_us if board else 0),
        "stops": stops(board),
        "next": what_next(board, now_us) if board and link.up else None,
    }


def stops(board: Board | None) -> list[StopView]:
    """Return the day as a line of stops; none without a board."""
    if board is None:
        return []
    return [StopView(s.at, LABELS[s.label], s.state) for s in board.stops]


def what_next(board: Board, now_us: int) -> Next | None:
    """Return the next change in words, or None where none is known."""
    at, now = looks.local(board.next_at_us), looks.local(now_us)
    if at is None or now is None or at <= now:
        return None
    title = LABELS.get(board.next_label, board.next_label)
    if at.date() != now.date():
        return Next(title, f"{at:%H:%M}", f"on {at:%A}")
    minutes = -((now_us - board.next_at_us) // MINUTE_US)
    return Next(title, f"{at:%H:%M}", f"in {for_how_long(minutes)}")


def for_how_long(minutes: int) -> str:
    """Return minutes in words.

    >>> for_how_long(1), for_how_long(23), for_how_long(60), for_how_long(135)
    ('1 minute', '23 minutes', '1 hour', '2 hours 15 minutes')
    """
    hours, rest = divmod(minutes, HOUR_MIN)
    parts = [looks.plural(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(looks.plural(rest, "minute"))
    return " ".join(parts)
