"""Canned outings, covers, sheet and stock-take."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from tests.web.staff.fake_school import NAMES, SCRIPT, pupil_id, school

SIX = NAMES[:6]


def _name(name: str) -> str:
    return SCRIPT if school["script"] and name == NAMES[0] else name


def outings(**_: Any) -> p.OutingPage:
    """Answer ``outings``: one under way, one over, and who could go."""
    names = [_name(name) for name in SIX]
    return p.OutingPage(
        "kestrels",
        "Kestrels",
        [
            p.OutingLine(
                "u2",
                "trip",
                "taking",
                "10:31",
                28,
                22,
                0,
                names,
                names,
                ["away", "returning", "over"],
            ),
            p.OutingLine("u1", "lesson", "over", "09:40", 6, 6, 5, [], names[:1], []),
        ],
        [(pupil_id(name), _name(name)) for name in NAMES[6:12]],
        "Science, 10:00 to 11:00",
    )


def reconciliation(**_: Any) -> p.Reconciliation:
    """Answer ``reconciliation``: two to ask."""
    asks = [p.AskLine(pupil_id(n), _name(n), "Otters") for n in NAMES[:2]]
    return p.Reconciliation("kestrels", "Kestrels", asks, 26, 2, ready=True, open=False)


def leaving(pupil: str = "p01", **_: Any) -> p.Leaving:
    """Answer ``leaving``: a mother, and one who never."""
    adults = [
        ("a1", "Marigold Fennimore", "mother", False),
        ("a2", "Casimir Dunnock", "", True),
    ]
    return p.Leaving(pupil, _name(NAMES[0]), "kestrels", 7, 1, adults, "")


def companions(pupil: str = "p01", **_: Any) -> p.Companions:
    """Answer ``companions``: a sibling, and the class."""
    others = [(pupil_id(n), n) for n in NAMES[2:6]]
    doors = [(pupil_id(n), n, i) for i, n in enumerate(NAMES[1:6], 2)]
    return p.Companions(
        pupil, _name(NAMES[0]), "kestrels", 1, [("p02", NAMES[1])], others, doors
    )


def _cover(*, has_card: bool = True) -> p.CoverLine:
    return p.CoverLine(
        "s-office",
        "Mx Rook",
        "cover-3",
        ["Kestrels"],
        "today, 16:15",
        "Olga Stone",
        has_card,
    )


def covers(**_: Any) -> p.Covers:
    """Answer ``covers``: one with a card, one whose card the reader waits for."""
    waits = _cover(has_card=False)
    waits.staff = "s9"
    return p.Covers(
        [_cover(), waits],
        [("kestrels", "Kestrels"), ("wrens", "Wrens")],
        "2026-11-23",
        "16:15",
        "s9",
        "",
        "front",
        by_hand=False,
    )


def cover_give(**_: Any) -> p.CoverIssued:
    """Answer ``cover_give``."""
    return p.CoverIssued(_cover(has_card=False), "704915", "heron-lamp-tall-9")


def sheet(**_: Any) -> p.Sheet:
    """Answer ``sheet``: each state once, and then many."""
    words = ("in", "out", "held", "own", "empty", "broken", *["in"] * 24)
    rows = [
        p.SheetRow(
            n,
            "" if word in ("held", "own") else "AK",
            "Kestrels",
            word,
            "08:41" if word in ("in", "out") else "",
            "" if word in ("held", "own") else f"p{n:02d}",
        )
        for n, word in enumerate(words, 1)
    ]
    ways = [
        p.SheetWay("folder", "/srv/share", "Monday 23 November, 09:31", ""),
        p.SheetWay("printer", "office", "", "Since Monday 23 November, 09:31: gone."),
    ]
    made = "Monday 23 November 2026, 10:31"
    return p.Sheet("front", "Otter Lane", "2026-11-23", made, rows, ways)


def stock(**_: Any) -> p.Stock:
    """Answer ``stock``: one that runs."""
    rows = [
        p.StockRow(1, "Handed in", False, _name(NAMES[0]), False, False, ""),
        p.StockRow(2, "A held device", False, "", False, False, ""),
        p.StockRow(3, "Nothing", True, "", False, True, ""),
        p.StockRow(4, "Nothing", True, "", True, False, ""),
    ]
    return p.Stock("k1", 2, rows, "", 0)


TODAY = {
    "outings": outings,
    "outing_begin": outings,
    "outing_move": outings,
    "reconciliation": reconciliation,
    "leaving": leaving,
    "leave_early": leaving,
    "companions": companions,
    "hand_to_sibling": companions,
    "swap_devices": companions,
    "covers": covers,
    "cover_give": cover_give,
    "cover_card": covers,
    "cover_end": covers,
    "sheet": sheet,
    "sheet_now": sheet,
    "sheet_enter": sheet,
    "stock": stock,
    "stock_begin": stock,
    "stock_record": stock,
    "stock_stop": stock,
}
