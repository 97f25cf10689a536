"""Canned answers of the class page's take-away, of concerns and of safeguarding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller import protocol as p
from tests.web.staff.fake_desk import hold
from tests.web.staff.fake_school import SCRIPT, school

STEPS = [
    p.TermStep("same-day", "Back at the end of the day", "the end of today", "", False),
    p.TermStep("parent", "An adult collects it", "the end of today", "Tuesday", False),
    p.TermStep("days", "Held for 3 school days", "Thursday", "Friday", True),
]
CLAUSES = [("4.2", "Phones in lessons", False), ("4.3", "Again and again", True)]


def _name(name: str) -> str:
    return SCRIPT if school["script"] else name


def terms(pupil: str) -> p.Terms:
    """Return what a confiscation would be: p01 in, p02 out, p03 not by this person."""
    third = pupil == "p02"
    return p.Terms(
        pupil,
        f"{_name('Amina')} Khan",
        authorised=pupil != "p03",
        inside=0 if third else 1,
        occurrence=3 if third else 1,
        step="days" if third else "same-day",
        steps=STEPS,
        clauses=CLAUSES,
        given="Helen Hart, 1 September 2026",
        kinds=["phone"],
        moving=pupil == "p04",
        free_doors=0 if third else 2,
    )


def concern_form(pupil: str = "", q: str = "") -> p.ConcernForm:
    """Return pupils that were found, and colleagues."""
    found = [("p01", f"{_name('Amina')} Khan", "Kestrels")] if pupil or q else []
    return p.ConcernForm(found, [("s2", "Olga Finch"), ("s3", "Conrad Dale")], True)


def concern_raise(about: str, **_: Any) -> p.Raised:
    """Return what whoever raised it learns."""
    held = about == "pupil"
    when = "Monday 23 November 2026, 11:42"
    return p.Raised(about, held, False, when, "1/734/9f86d081", "Ms Example", "front")


def concerns(**_: Any) -> list[p.ConcernLine]:
    """Return one unread, one that is open, one that is closed."""
    line = sealed("h8")
    at = "Monday 23 November, 11:42"
    return [
        p.ConcernLine(
            *("k1", "pupil", _name("Amina"), at, "Teresa Reed", _name("A picture.")),
            holds=[line],
            mail="E-mail waits: the mail server cannot be reached.",
            due=True,
        ),
        p.ConcernLine(
            *("k2", "staff", "Conrad Dale", at, "Olga Finch", ""),
            seen="Helen Hart",
            told=[("LADO", "2026-11-23")],
        ),
        p.ConcernLine(
            *("k3", "pupil", "", at, "Tariq Vale", "At the gate"),
            seen="Samir Brook",
            closed=at,
        ),
    ]


def sealed(id: str, basis: str = "safeguarding") -> p.HoldLine:  # noqa: A002  the field's name
    """Return a device that the lead holds."""
    can = ["move", "police", "told"] if basis == "safeguarding" else ["officer", "told"]
    title = "Safeguarding hold" if basis == "safeguarding" else "Police hold"
    name = f"{_name('Leon')} Novak"
    return hold(
        id,
        basis=basis,
        title=title,
        name=name,
        can=can,
        two=["officer"],
        step="",
        until="",
        why="",
        note="",
    )


SAFE: dict[str, Callable[..., Any]] = {
    "hold_terms": terms,
    "hold_confiscate": lambda **_: hold("h7", place="Door 1"),
    "concern_form": concern_form,
    "concern_raise": concern_raise,
    "concerns": concerns,
    "concern_seen": concerns,
    "concern_agency": concerns,
    "concern_close": concerns,
    "hold_reclassify": lambda id, **_: sealed(id, "police"),  # noqa: A006  as asked
}
