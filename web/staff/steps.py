"""The line of steps across the desk's pages, and words that only they use (CUS-4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from controller.protocol import Fault, HandOverView, HoldLine

STEPS = ("Pupil", "Adult", "Door", "Signature", "Receipt")

TAKEN = ("being-handed-over", "already-held")
"""Rules that say: somebody else was quicker."""

NOT_FOUND = 404

MOST_QUERY = 80
"""Characters that the controller takes as a name."""

KNOWN_BY: Mapping[str, str] = {
    # code of controller.domain.custody_facts.IDENTITY: what the desk's button says
    "known": "Known to staff",
    "passport": "Passport seen",
    "licence": "Driving licence seen",
    "password": "Password agreed with home",
    "other": "Another way",
}
TOLD_HOW: Mapping[str, str] = {
    "phone": "By phone",
    "in-person": "In person",
    "message": "By message",
    "letter": "By letter",
}
TRAVELS: Mapping[str, str] = {
    "collected": "Is collected",
    "walks": "Walks",
    "bus": "By bus",
    "cycles": "Cycles",
    "club": "From a club",
    "other": "Another way",
}
UNDONE: Mapping[str, str] = {
    "nobody-came": "Nobody came for it",
    "wrong-person": "It was the wrong person",
    "door-stuck": "The door does not open",
    "mistake": "Begun by mistake",
    "other": "Another reason",
}


def steps(now: str, said: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the stops of the line: before ``now`` done, after it to come.

    Args:
        now: one of :data:`STEPS`, or ``done`` behind the last.
        said: what stands under a stop.

    >>> [stop["state"] for stop in steps("Door", {})]
    ['done', 'done', 'now', 'todo', 'todo']
    """
    at = STEPS.index(now) if now in STEPS else len(STEPS)
    return [
        {
            "title": title,
            "under": said.get(title, ""),
            "state": "done" if k < at else "now" if k == at else "todo",
        }
        for k, title in enumerate(STEPS)
    ]


def first_word(whom: str) -> str:
    """Return what somebody is called: the first word of "Helen Fennimore, mother".

    >>> first_word("Helen Fennimore, mother"), first_word("")
    ('Helen', '')
    """
    return whom.partition(",")[0].partition(" ")[0]


def is_too_late(fault: Fault) -> bool:
    """Whether a refusal says that somebody else was quicker, or has done it."""
    return bool(set(TAKEN) & set(fault.details)) or fault.status == NOT_FOUND


def ready(holds: list[HoldLine], person: str = "") -> list[HoldLine]:
    """Return what can be handed over now, of one pupil where one is given."""
    return [
        hold
        for hold in holds
        if hold.in_reach
        and not hold.handover
        and (hold.ended or "override" in hold.can)
        and set(hold.can) & {"adult", "unlisted", "officer", "owner"}
        and (not person or hold.person == person)
    ]


def step_of(handover: HandOverView) -> str:
    """Return the stop of the line at which a hand-over stands.

    What lies in the safe or in a hand needs no door.
    """
    if handover.state == "needs-head":
        return "Adult"
    return "Signature" if handover.state == "ready" else "Door"
