"""The bases of custody: who may do what with a device, by why it is here (CUS-1).

One table. A row is a basis: how it begins, how it ends, what public screens show. A
column is an act. Each pair is decided: by a right (and, where it says so, a witness or
a condition), or turned away by a rule. Orders read it; the documentation prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEPOSIT = "deposit"
CONFISCATED = "confiscated"
SAFEGUARDING = "safeguarding"
POLICE = "police"
EXCEPTION = "exception"
STAFF = "staff"
VISITOR = "visitor"
FOUND = "found"


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis of custody, in words.

    Attributes:
        title: for staff.
        begins, ends: how, one clause each.
        shows: what public screens show: ``shut`` or ``nothing``. A held device looks
            like any other; the board knows doors, not devices.
    """

    title: str
    begins: str
    ends: str
    shows: str


BASES: Mapping[str, Basis] = MappingProxyType(
    {
        DEPOSIT: Basis(
            "Handed in",
            "the pupil's tap and a shut door",
            "the pupil's own tap after release; a teacher's vouching or wave; the "
            "office on leaving early",
            "shut",
        ),
        CONFISCATED: Basis(
            "Confiscated",
            "a member of staff whom the head has authorised, with a reason",
            "the office hands it to a permitted adult after an identity check, not "
            "before the planned end; the head may override with a reason",
            "nothing",
        ),
        SAFEGUARDING: Basis(
            "Safeguarding hold",
            "any member of staff, one button: concern",
            "safeguarding lead or head, with a witness",
            "nothing",
        ),
        POLICE: Basis(
            "Police hold",
            "safeguarding lead or head",
            "handed to a police officer, with a witness; never to pupil or parent",
            "nothing",
        ),
        EXCEPTION: Basis(
            "Exception",
            "approved by the head, with a review date",
            "the review date, or withdrawn",
            "nothing",
        ),
        STAFF: Basis("Staff's own", "own tap", "own tap", "shut"),
        VISITOR: Basis(
            "Visitor's",
            "reception issues a day card; own tap",
            "own tap; the card ends that day",
            "shut",
        ),
        FOUND: Basis(
            "Found", "any staff", "the office, once the owner is known", "nothing"
        ),
    }
)
"""Basis -> what it is."""

SEALED = frozenset({SAFEGUARDING, POLICE})
"""Bases of which the safeguarding lead and the head alone know (CUS-6)."""

HELD = frozenset({CONFISCATED, SAFEGUARDING, POLICE, FOUND})
"""Bases of a device that somebody holds: its owner's tap opens nothing."""

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "tap": "the owner's own tap opens",
        "release": "a class or club release, by tap or in waves, opens",
        "vouch": "a teacher vouches for the pupil",
        "early": "the office lets the pupil leave early with it",
        "adult": "it is handed to an adult of the pupil's list",
        "unlisted": "it is handed to an adult who is not on the list",
        "officer": "it is handed to a police officer",
        "owner": "it is given back into the owner's hand",
        "move": "it is carried to another place",
        "check": "staff open its door to look; custody stays as it is",
        "confiscate": "it becomes confiscated",
        "safeguard": "it becomes a safeguarding hold",
        "police": "it becomes a police hold",
        "dispose": "it is disposed of",
    }
)
"""Act -> what happens, for the documentation."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the table says of one pair.

    Attributes:
        right: key of :data:`controller.domain.rights.RIGHTS`; empty: the owner's.
        rule: key of :data:`controller.domain.refusals.RULES` where it is turned away.
        witness: a second member of staff, with card and PIN, must be there (CUS-8).
        when: a condition: ``released``, ``planned-end``, ``same-day``, ``owner-known``.
    """

    right: str = ""
    rule: str = ""
    witness: bool = False
    when: str = ""


def _no(rule: str) -> Verdict:
    return Verdict(rule=rule)


def _by(right: str, when: str = "", *, witness: bool = False) -> Verdict:
    return Verdict(right, "", witness, when)


_TWO = _by("custody.end-hold", witness=True)
_MOVE = _by("custody.move")
_SEALED_MOVE = _by("custody.hold")
_SEE_TEACHER = _no("see-teacher")
_EVIDENCE = _no("evidence")
_NOT_HERE = _no("not-in-custody")
_OWN = _no("not-the-schools")

_HELD_FROM_PUPILS = {
    "tap": _SEE_TEACHER,
    "release": _SEE_TEACHER,
    "vouch": _SEE_TEACHER,
    "early": _SEE_TEACHER,
}
_ONLY_OWNERS = {
    "tap": Verdict(),
    "release": _OWN,
    "vouch": _OWN,
    "early": _OWN,
    "adult": _OWN,
    "unlisted": _OWN,
    "officer": _no("police-hold-first"),
    "move": _MOVE,
    "check": _by("door.open"),
    "confiscate": _OWN,
    "safeguard": _by("custody.concern"),
    "police": _by("custody.hold"),
    "dispose": _OWN,
}

VERDICTS: Mapping[str, Mapping[str, Verdict]] = MappingProxyType(
    {
        DEPOSIT: {
            "tap": Verdict(when="released"),
            "release": _by("class.release"),
            "vouch": _by("class.vouch"),
            "early": _by("class.early-leaver"),
            "adult": _no("not-held"),
            "unlisted": _no("not-held"),
            "officer": _no("police-hold-first"),
            "owner": _no("not-held"),
            "move": _by("class.vouch"),
            "check": _by("door.open"),
            "confiscate": _by("custody.confiscate"),
            "safeguard": _by("custody.concern"),
            "police": _by("custody.hold"),
            "dispose": _no("not-held"),
        },
        CONFISCATED: {
            **_HELD_FROM_PUPILS,
            "adult": _by("custody.hand-over", "planned-end"),
            "unlisted": _by("custody.unlisted", "planned-end"),
            "officer": _no("police-hold-first"),
            "owner": _by("custody.hand-over", "same-day"),
            "move": _MOVE,
            "check": _by("custody.open"),
            "confiscate": _no("already-held"),
            "safeguard": _by("custody.concern"),
            "police": _by("custody.hold"),
            "dispose": _no("not-disposable"),
        },
        SAFEGUARDING: {
            **_HELD_FROM_PUPILS,
            "adult": _TWO,
            "unlisted": _by("custody.unlisted", witness=True),
            "officer": _no("police-hold-first"),
            "owner": _TWO,
            "move": _SEALED_MOVE,
            "check": _by("custody.hold"),
            "confiscate": _TWO,
            "safeguard": _no("already-held"),
            "police": _by("custody.hold"),
            "dispose": _EVIDENCE,
        },
        POLICE: {
            **_HELD_FROM_PUPILS,
            "adult": _EVIDENCE,
            "unlisted": _EVIDENCE,
            "officer": _TWO,
            "owner": _EVIDENCE,
            "move": _SEALED_MOVE,
            "check": _by("custody.hold"),
            "confiscate": _no("wrong-way"),
            "safeguard": _TWO,
            "police": _no("already-held"),
            "dispose": _EVIDENCE,
        },
        EXCEPTION: dict.fromkeys(ACTS, _NOT_HERE),
        STAFF: {**_ONLY_OWNERS, "owner": _OWN},
        VISITOR: {**_ONLY_OWNERS, "owner": _by("custody.hand-over")},
        FOUND: {
            **_HELD_FROM_PUPILS,
            "adult": _by("custody.hand-over", "owner-known"),
            "unlisted": _by("custody.unlisted", "owner-known"),
            "officer": _no("police-hold-first"),
            "owner": _by("custody.hand-over", "owner-known"),
            "move": _MOVE,
            "check": _by("custody.open"),
            "confiscate": _by("custody.confiscate", "owner-known"),
            "safeguard": _by("custody.concern"),
            "police": _by("custody.hold"),
            "dispose": _no("not-disposable"),
        },
    }
)
"""Basis -> act -> what is so; a test holds it against every pair, written by hand."""

RECLASSIFY: Mapping[str, str] = MappingProxyType(
    {CONFISCATED: "confiscate", SAFEGUARDING: "safeguard", POLICE: "police"}
)
"""The basis that a device can be given -> the act of the table."""

HAND_OVER_TO = ("adult", "unlisted", "officer", "owner")
"""Acts that end a hold by handing the device to somebody (CUS-4, CUS-7)."""


def verdict(basis: str, act: str) -> Verdict:
    """Return what the table says of ``act`` on a device of ``basis``.

    >>> verdict("police", "owner").rule
    'evidence'
    >>> verdict("safeguarding", "adult").witness
    True
    """
    return VERDICTS[basis][act]
