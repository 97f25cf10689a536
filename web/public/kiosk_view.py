"""From what the controller wants shown to what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.protocol import Board, KioskShow
from web import looks
from web.feed import Feed
from web.public.words import Say, say_in

PIN_S = 30
"""A PIN counts for this long after a staff card (ACC-5)."""

CHOSEN_S = 10.0
"""How long the screen stands that tells staff what to do."""

MAP_LEFT, MAP_TOP, MAP_RIGHT = 120, 4, 656
"""The cabinet on the small map: room for the arrow stands at its left, in map units."""

CELL_H, GAP, PAD = 58, 8, 14


@dataclass(frozen=True, slots=True)
class Cell:
    """One door on the small map, in map units."""

    n: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Map:
    """The small map: where the door is, and an arrow from where the screen stands."""

    cells: list[Cell]
    here: Cell
    width: float
    height: float
    row: int
    place: int


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands of the clock that shows home time, degrees from 12."""

    hour: float
    minute: float


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that staff may do at the bank: what to send, and its words."""

    value: str
    words: str
    grave: bool


GRAVE = ("evacuate", "concern")
"""Acts whose buttons are set apart."""


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the kiosk's template draws.

    Attributes:
        show: the controller's own words.
        name: the screen that is drawn, mostly ``show.screen``.
        say: the words of its language.
        seconds: after which it gives way to waiting; 0: it stays.
        left_s: seconds that are left for the PIN.
        witness: for the PIN: what this person would be the witness of, or empty.
        seen: how the browser names what it shows.
        also_seen: names of what needs no drawing anew.
    """

    show: KioskShow
    name: str
    say: Say
    clock: str
    seconds: float
    seen: str
    also_seen: frozenset[str]
    left_s: int = 0
    map: Map | None = None
    hands: Hands | None = None
    acts: list[Act] = field(default_factory=list)
    witness: str = ""


def screen_of(
    show: KioskShow,
    feed: Feed,
    *,
    over: bool = False,
    chosen: str = "",
    seen: str = "",
) -> Screen:
    """Return how ``show`` is drawn now.

    Args:
        show: the controller's words.
        feed: for the time and the shape of the cabinet.
        over: whether its time is up: then the kiosk waits for the next card.
        chosen: ``staff`` where somebody touched Staff while it was waiting.
        seen: a name other than the serial.
    """
    name: str = show.screen
    mark, seconds = seen or _mark(show), show.seconds
    if over:
        name, mark, seconds = "waiting", f"{show.serial}w", 0.0
    if chosen == "staff" and name == "waiting":
        name, mark, seconds = "staff-how", f"{show.serial}s", CHOSEN_S
    now_us = feed.now_us()
    return Screen(
        show=show,
        name=name,
        say=say_in(show.language),
        clock=looks.hhmm(now_us),
        seconds=seconds,
        seen=mark,
        also_seen=frozenset(
            {mark} if over or chosen else {mark, f"{show.serial}w", f"{show.serial}s"}
        ),
        left_s=seconds_left(show.pin_until_us, now_us),
        map=map_of(feed.board, show.compartment) if name == "opened" else None,
        hands=hands(show.home_time) if name == "notnow" else None,
        acts=[act(plain, feed.board) for plain in show.acts],
        witness=act(show.witness, feed.board).words if show.witness else "",
    )


def _mark(show: KioskShow) -> str:
    """Return a name for ``show``: its serial, and the doors that are open beside."""
    return "-".join(str(part) for part in (show.serial, *show.also))


def seconds_left(until_us: int, now_us: int) -> int:
    """Return whole seconds until then, 0 to 30.

    >>> seconds_left(21_000_000, 0), seconds_left(0, 21_000_000)
    (21, 0)
    """
    return max(0, min(PIN_S, round((until_us - now_us) / 1e6)))


def hands(home_time: str) -> Hands | None:
    """Return the hands for ``HH:MM``; None where no time is known.

    >>> hands("15:15")
    Hands(hour=97.5, minute=90.0)
    """
    if not home_time:
        return None
    hour, minute = (int(part) for part in home_time.split(":"))
    return Hands((hour % 12) * 30 + minute / 2, minute * 6.0)


def map_of(board: Board | None, n: int) -> Map | None:
    """Return the map that leads to door ``n``; None where it is not on the board."""
    if board is None or n not in {door.n for door in board.doors}:
        return None
    rows = looks.rows_of(board)
    width = (MAP_RIGHT - MAP_LEFT - 2 * PAD - (board.columns - 1) * GAP) / board.columns
    cells = [
        Cell(
            door.n,
            round(MAP_LEFT + PAD + place * (width + GAP), 1),
            MAP_TOP + PAD + row * (CELL_H + GAP),
            round(width, 1),
            CELL_H,
        )
        for row, doors in enumerate(rows)
        for place, door in enumerate(doors)
    ]
    here = next(cell for cell in cells if cell.n == n)
    row = next(i for i, doors in enumerate(rows) if n in {door.n for door in doors})
    return Map(
        cells=[cell for cell in cells if cell is not here],
        here=here,
        width=MAP_RIGHT + 4,
        height=2 * (MAP_TOP + PAD) + len(rows) * (CELL_H + GAP) - GAP,
        row=row + 1,
        place=[door.n for door in rows[row]].index(n) + 1,
    )


def act(plain: str, board: Board | None) -> Act:
    """Return the words for an act such as ``release:kestrels``."""
    kind, _, of = plain.partition(":")
    say = say_in("en")  # staff read English in the first version
    if kind == "hold" and of:
        return Act(plain, say("by-rule", rule=of.partition(":")[2]), grave=False)
    doors = doors_of(of)
    name = of.replace("-", " ").title()
    if board is not None and board.class_name.lower() == name.lower():
        name = board.class_name
    key = f"act-{kind}"
    if key not in say.words:
        return Act(plain, say("act-other", name=f"{kind} {name}".strip()), grave=False)
    return Act(plain, say(key, name=name, doors=doors), grave=kind in GRAVE)


def doors_of(of: str) -> str:
    """Return the doors that an act is about, after the id: "door 34, door 35".

    >>> doors_of("g1-7-0:34+0"), doors_of("kestrels")
    ('door 34, office safe', '')
    """
    say = say_in("en")
    _, _, numbers = of.partition(":")
    plain = [n for n in numbers.split("+") if n.isascii() and n.isdigit()]
    return ", ".join(say("door-n", n=n) if n != "0" else say("the-safe") for n in plain)
