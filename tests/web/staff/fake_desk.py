"""Canned answers of the release desk: two families, one hand-over in each state."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from tests.web.staff.fake_school import SCRIPT, school

ASK = "Ask the safeguarding lead or the head."
ACTS = ["move", "adult", "owner", "unlisted", "told", "travel"]
WHOM = "Marigold Fennimore, mother"


def hold(id: str = "h1", **over: Any) -> p.HoldLine:  # noqa: A002  the field's name
    """Return Amina's phone behind door 34 of the desk; its end has come."""
    plain: dict[str, Any] = {
        "id": id,
        "person": "p01",
        "name": f"{_amina()} Khan",
        "class_name": "Kestrels",
        "title": "Confiscated",
        "place": "Door 34, at the desk",
        "door": 34,
        "basis": "confiscated",
        "kinds": ["phone"],
        "seal": "0412",
        "in_reach": True,
        "since": "today, 11:42",
        "by": "Teresa Reed",
        "why": "4.2 Phones in lessons",
        "note": "Filmed in class",
        "step": "Back at the end of the day",
        "until": "the end of today",
        "ended": True,
        "hours": 4,
        "can": ACTS,
    }
    return p.HoldLine(**(plain | over))


def _amina() -> str:
    return SCRIPT if school["script"] else "Amina"


def sealed() -> p.HoldLine:
    """Return what the office learns of a safeguarding hold."""
    return p.HoldLine("h9", "p07", "Leon Novak", "Kestrels", "Held", "", ask=ASK)


def overdue() -> p.HoldLine:
    """Return Zofia's watch, two nights late."""
    return hold(
        "h2",
        person="p03",
        name="Zofia Nowak",
        kinds=["watch"],
        place="Office safe",
        door=0,
        overdue=True,
        nights=2,
        told="Phone, 20 November 15:40, Olga Finch",
        told_times=2,
    )


def elsewhere() -> p.HoldLine:
    """Return Oliver's phone, to be fetched from a classroom."""
    return hold(
        "h3",
        person="p02",
        name="Oliver Khan",
        place="Door 12",
        door=12,
        in_reach=False,
        fetch="Olga Finch",
        can=[*ACTS, "fetch"],
        hours=0,
    )


def found_phone() -> p.HoldLine:
    """Return a found phone whose owner nobody knows."""
    return hold(
        "h4",
        person="",
        name="Owner not known",
        class_name="",
        title="Found",
        basis="found",
        place="Office safe",
        door=0,
        can=["move", "name"],
    )


def handover(id: str = "g1", **over: Any) -> p.HandOverView:  # noqa: A002  as above
    """Answer ``handover`` and what changes one; its id says its state."""
    state = id if id in STATES else "ready"
    mine = hold(handover=id)
    to = "unlisted" if state == "needs-head" else "adult"
    plain: dict[str, Any] = {
        "holds": [mine],
        "to": to,
        "whom": "Quentin Ashgrove, neighbour" if to == "unlisted" else WHOM,
        "state": state,
        "identity": "known to staff",
        "since": "15:21",
        "by": "Olga Finch",
        "doors": [34],
        "left": [34] if state in ("stuck", "opening", "needs-head") else [],
        "can": ["undo", "allow"] if to == "unlisted" else ["undo", "again", "finish"],
    }
    known = {key: value for key, value in over.items() if key in plain}
    return p.HandOverView(id, **(plain | known))


STATES = ("needs-two", "needs-head", "opening", "open", "ready", "stuck")


def custody(**_: Any) -> p.CustodyDesk:
    """Answer ``custody``."""
    held = [overdue(), hold(), elsewhere(), found_phone(), sealed()]
    return p.CustodyDesk(
        held,
        [handover("needs-head"), handover("stuck")],
        [elsewhere()],
        [hold("h1", hours=4), elsewhere()],
    )


def find(q: str) -> list[p.Found]:
    """Answer ``custody_find``: two whose names begin so, one, or nobody."""
    everybody = [
        p.Found("p01", f"{_amina()} Khan", "Kestrels", held=1),
        p.Found("p02", "Oliver Khan", "Wrens", door=12),
    ]
    return [one for one in everybody if q.casefold() in one.name.casefold()]


def adults() -> list[p.ContactLine]:
    """Return a mother, an uncle, and one who is never released to."""
    return [
        p.ContactLine("a1", "Marigold Fennimore", "mother", "01632 960001"),
        p.ContactLine("a2", "Barnaby Thistlewood", "uncle"),
        p.ContactLine("a3", "Craig Dunnock", "", never=True),
    ]


def visit(pupil: str) -> p.Visit:
    """Answer ``custody_visit``: a brother's phone is held too."""
    past = p.PastLine("g0", ["phone"], WHOM, "Friday 2 October, 15:30", "Olga Finch")
    own = [] if pupil == "p05" else [hold()]
    child = p.Child(pupil, f"{_amina()} Khan", "Kestrels", own, adults(), past=[past])
    brother = p.Child("p02", "Oliver Khan", "Wrens", [elsewhere()], adults())
    return p.Visit(child, [brother])


def receipt(**asked: Any) -> p.Receipt:
    """Answer ``handover_receipt`` and ``handover_finish``."""
    return p.Receipt(
        str(asked.get("id", "g0")),
        "Receipt",
        [
            ("Pupil", f"{_amina()} Khan, Kestrels"),
            ("Device", "Phone, bag 0412"),
            ("Given to", WHOM),
            ("Given by", "Olga Finch"),
            ("Signed", "Screen"),
        ],
        [[(100, 500), (300, 400), (900, 520)]],
        [("23 November 11:42", "", "With Teresa Reed", "Teresa Reed", "0412")],
        ["1/734/9f86d081884c7d65"],
        "bank1",
        "ab" * 32,
    )


def policy(**_: Any) -> p.Policy:
    """Answer ``policy`` and what changes it."""
    return p.Policy(
        [("4.2", "Phones in lessons", False), ("4.3", "Again and again", True)],
        [("s1", "Teresa Reed", "1 September 2026")],
        [("s2", "Olga Finch")],
    )


def _line(**asked: Any) -> p.HoldLine:
    return found_phone() if asked.get("id") == "h4" else hold()


def _list(**_: Any) -> list[p.ContactLine]:
    return adults()


DESK = {
    "custody": custody,
    "custody_find": find,
    "custody_visit": visit,
    "hold": _line,
    "hold_move": _line,
    "hold_told": _line,
    "hold_travel": _line,
    "hold_fetch": _line,
    "hold_owner": _line,
    "handover": handover,
    "handover_prepare": lambda **asked: handover("g1", holds=[hold()]),
    "handover_allow": handover,
    "handover_again": handover,
    "handover_undo": lambda **_: None,
    "handover_finish": receipt,
    "handover_receipt": receipt,
    "contacts": _list,
    "contact_set": _list,
    "contact_remove": _list,
    "policy": policy,
    "policy_clause": policy,
    "policy_authorise": policy,
}
"""Request -> answer."""
