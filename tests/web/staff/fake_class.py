"""Canned class pages; each class is in another state.

``kestrels`` is ready for home time, ``herons`` in the middle of a release, ``merlins``
in the morning, ``wrens`` evacuated, ``swifts`` under a guessed clock, ``robins`` after
its release, ``larks`` empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller import protocol as p
from tests.web.staff.fake_school import (
    COVERED,
    NAMES,
    NONE,
    OPEN,
    SAID,
    SCRIPT,
    TABLES,
    pupil_id,
    school,
)


def _tile(name: str, state: str, *, reasons: bool = False) -> p.Tile:
    number = NAMES.index(name) + 1
    shown = SCRIPT if school["script"] and number == 1 else name
    covered = name in COVERED and state in {"in", "said", "expected"}
    tile = p.Tile(pupil_id(name), shown, number, "covered" if covered else state)  # type: ignore[arg-type]  # canned
    if covered:
        tile.marked = COVERED[name] != "office"
        tile.reason = COVERED[name] if reasons else ""
    elif name in NONE:
        tile.state, tile.marked = "none", True
    elif state == "in" and name in SAID:
        tile.state = "said"
    if tile.state in {"in", "said"}:
        tile.since = "08:39"
    return tile


def _groups(
    states: Callable[[str, int], str], *, reasons: bool = False
) -> list[p.Group]:
    return [
        p.Group(
            table,
            [_tile(name, states(name, row), reasons=reasons) for name in names],
        )
        for row, (table, names) in enumerate(TABLES.items())
    ]


def _counts(groups: list[p.Group]) -> dict[str, int]:
    counts = dict.fromkeys(
        ("in", "said", "none", "covered", "expected", "collected"), 0
    )
    for group in groups:
        for tile in group.tiles:
            counts[tile.state] = counts.get(tile.state, 0) + 1
    return counts


def _page(class_id: str, groups: list[p.Group], **over: Any) -> p.ClassPage:
    fields: dict[str, Any] = {
        "class_id": class_id,
        "name": class_id.capitalize(),
        "year": "Year 4",
        "phase": "home-time",
        "counts": _counts(groups),
        "groups": groups,
        "release": None,
        "ways": ["tap", "tables", "rows", "all"],
        "release_size": 24,
        "stay_shut": 6,
        "can": ["release", "mark", "vouch", "evacuate"],
        "drop_off": "shut",
        "by_hand": False,
        "confirmed": "09:02",
        "evacuated_since": "",
        "open_doors": [],
        "left_out": [],
        "refused_today": [],
        "clubs": [["chess", "Chess", "16:00"], ["choir", "Choir", "16:15"]],
    }
    return p.ClassPage(**fields | over)


UNOPENED = "Harry"
"""Of a table whose wave is over; nobody pulled his door."""


def _running_state(name: str, row: int) -> str:
    if name == UNOPENED:
        return "in"
    if row < 2 or name == "Yusuf":
        return "in" if name in COVERED else "collected"
    if name in OPEN:
        return "open"
    return "in"


def _waves() -> list[p.WaveStop]:
    states = ["done", "done", "now", "todo", "todo"]
    return [
        p.WaveStop(name, state, 3 if state == "now" else 0)  # type: ignore[arg-type]  # canned
        for name, state in zip(TABLES, states, strict=True)
    ]


def _ready(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda *_: "in", reasons=reasons)
    return _page(
        class_id,
        groups,
        refused_today=["Leon tapped at 11:20: it was lessons, home time is at 15:15."],
    )


def _running(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(_running_state, reasons=reasons)
    for group in groups:
        for tile in group.tiles:
            tile.unopened = tile.name == UNOPENED
            if tile.name == "Sana":
                tile.note = "Shut again at once. Is the device out?"
    release = p.ReleaseView("tables", "running", 11, 24, _waves(), "Foxes", "15:15")
    return _page(
        class_id,
        groups,
        release=release,
        ways=[],
        open_doors=[15, 16, 18],
        left_out=[
            "Jayden: absent.",
            "Freya: office.",
            "Poppy: left early at 13:40.",
            "Nadia: at Choir until 16:15.",
        ],
        can=["stop", "next", "end", "mark", "vouch", "evacuate"],
    )


def _morning(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda _, row: "said" if row < 3 else "expected", reasons=reasons)
    return _page(
        class_id,
        groups,
        phase="drop-off",
        ways=[],
        can=["confirm", "mark", "vouch", "evacuate"],
        drop_off="open",
        confirmed="",
        release_size=0,
    )


def _evacuated(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    return _page(
        class_id,
        _groups(lambda *_: "in", reasons=reasons),
        evacuated_since="13:26",
        open_doors=[9, 22],
        ways=[],
        can=["resume"],
        phase="lessons",
    )


def _guessed(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    page = _morning(class_id, reasons=reasons)
    page.by_hand = True
    page.drop_off = "shut"
    page.can = ["release", "drop-off-start", "confirm", "mark", "vouch", "evacuate"]
    page.ways = ["tap", "tables", "rows", "all"]
    page.release_size = 16
    return page


def _after(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda *_: "collected", reasons=reasons)
    groups[4].tiles[5].state = "left-behind"
    release = p.ReleaseView("tap", "ended", 23, 24, [], "", "15:15")
    return _page(
        class_id,
        groups,
        release=release,
        ways=[],
        phase="after",
        can=["mark", "vouch", "evacuate"],
    )


def _empty(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    del reasons
    return _page(class_id, [], can=["evacuate"], ways=[], release_size=0, confirmed="")


PAGES: dict[str, Callable[..., p.ClassPage]] = {
    "kestrels": _ready,
    "herons": _running,
    "merlins": _morning,
    "wrens": _evacuated,
    "swifts": _guessed,
    "robins": _after,
    "larks": _empty,
}


def class_page(class_id: str, *, reasons: bool = False, **_: Any) -> Any:
    """Answer ``class_page``; a class that is not there is a 404."""
    if class_id not in PAGES:
        return p.Fault(
            "no-such-class", "There is no such class.", "Go back to the list.", 404
        )
    return PAGES[class_id](class_id, reasons=reasons)


def class_reasons(class_id: str, pin: str) -> Any:
    """Answer ``class_reasons``: the right PIN is 123456."""
    if pin != "123456":
        return p.Fault("wrong-secret", "That is not your PIN.", "Try once more.", 403)
    return class_page(class_id, reasons=True)


def release_class(class_id: str, mode: str = "tap") -> Any:
    """Answer ``release_class``: other than by tap wants the step-up."""
    if mode != "tap" and not school["stepped_up"]:
        school["stepped_up"] = True
        return p.Fault(
            "step-up-needed",
            "Opening doors without cards needs your password or PIN first.",
            "Type it, and the doors open.",
            403,
        )
    return class_page("herons") if class_id in PAGES else class_page(class_id)


def classes() -> list[p.ClassLine]:
    """Answer ``classes``."""
    phases = [
        "home-time",
        "home-time",
        "drop-off",
        "lessons",
        "before",
        "after",
        "closed-day",
    ]
    lines = []
    for (slug, page), phase in zip(PAGES.items(), phases, strict=True):
        tiles = [tile for group in page(slug).groups for tile in group.tiles]
        inside = sum(tile.state in {"in", "said"} for tile in tiles)
        lines.append(
            p.ClassLine(slug, slug.capitalize(), "Year 4", len(tiles), inside, phase)
        )
    return lines
