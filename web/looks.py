"""What templates may ask for: the time, the door's picture, the bar's links."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, request

from controller.protocol import Board, BoardDoor
from web import asking, nav
from web.feed import Link
from web.pictures import PICTURES, picture, picture_name

DEFAULT_ZONE = "Europe/London"


def zone() -> ZoneInfo:
    """Return the school's time zone as the board tells it."""
    board = asking.feed().board
    return ZoneInfo(board.timezone if board else DEFAULT_ZONE)


def local(at_us: int) -> datetime | None:
    """Return UTC microseconds as local time; None for 0, "not known"."""
    if not at_us:
        return None
    return datetime.fromtimestamp(at_us / 1e6, UTC).astimezone(zone())


def hhmm(at_us: int) -> str:
    """Return the local ``HH:MM`` of ``at_us``, or an empty string for 0."""
    moment = local(at_us)
    return moment.strftime("%H:%M") if moment else ""


def long_date(at_us: int) -> str:
    """Return the local day in words, such as ``Monday 23 November``."""
    moment = local(at_us)
    return f"{moment:%A} {moment.day} {moment:%B}" if moment else ""


def since_words(at_us: int) -> str:
    """Return ``since 14:52``, with the day unless it is today for certain.

    Empty for 0.
    """
    moment, now = local(at_us), local(asking.feed().now_us())
    if moment is None:
        return ""
    if now is None or moment.date() != now.date():
        return f"since {moment.day} {moment:%B}, {moment:%H:%M}"
    return f"since {moment:%H:%M}"


def plural(n: int, one: str, many: str = "") -> str:
    """Return ``n`` with its noun.

    >>> plural(1, "door"), plural(3, "door"), plural(2, "child", "children")
    ('1 door', '3 doors', '2 children')
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


def blocks_of(board: Board) -> list[list[BoardDoor]]:
    """Return the doors block by block, as the cabinet is built."""
    sizes: list[int] = getattr(board, "blocks", None) or [len(board.doors)]
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return [
        board.doors[end - size : end] for size, end in zip(sizes, ends, strict=True)
    ]


def rows_of(board: Board) -> list[list[BoardDoor]]:
    """Return the doors row by row, as they stand on the wall."""
    columns = board.columns
    return [
        block[i : i + columns]
        for block in blocks_of(board)
        for i in range(0, len(block), columns)
    ]


def register(app: Flask) -> None:
    """Give ``app``'s templates their filters and names."""
    app.jinja_env.filters.update(
        hhmm=hhmm, long_date=long_date, since_words=since_words
    )
    app.jinja_env.globals.update(
        blocks_of=blocks_of,
        picture=picture,
        picture_name=picture_name,
        pictures=PICTURES,
        plural=plural,
    )
    app.before_request(_note_where_the_feed_stands)
    app.context_processor(_names)


def _note_where_the_feed_stands() -> None:
    """Note it before anything is asked: what changes from now on may not be shown.

    Noted only when the page is written, a change between the answer and that moment
    would be lost: nothing on the page, and not told by its stream either.
    """
    g.feed_at = asking.feed().position()


def _names() -> dict[str, Any]:
    """Names that are asked for only where a template uses them."""
    feed = asking.feed()

    def link() -> Link:
        return feed.link()

    return {
        "now_us": feed.now_us,
        "zone_name": lambda: zone().key,
        "feed_stamp": lambda: feed.stamp(g.feed_at),
        "link": link,
        "evacuated": lambda: bool(feed.board and feed.board.evacuated),
        "me": asking.me,
        "may": asking.may,
        "bar": lambda: nav.entries_for(asking.me()),
        "path": request.path,
    }
