"""By which headings a list of adults is known: whose row it is, and who the adult is.

A column that stands in no list here is never read: no telephone number, no address. "A"
Arbor's words (support.arbor-education.com: guardian, authorised to collect, court
order), "S" SIMS' (contact, court order), "E" what people type. A number is asked for as
an *id*: a "contact number" is a telephone number in most exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from controller.roll.folding import heading
from controller.roll.headings import HEADINGS, Headings

_PUPILS: Final = tuple(
    heading(f"{who}{ending}")
    for who in ("pupil", "student", "child")
    for ending in ("", "'s")
)
_ADULTS: Final = (
    "adult",  # E
    "adults",
    "contact",  # S
    "contacts",
    "guardian",  # A
    "guardians",
    "parent",  # E
    "parents",
    "carer",  # E
    "carers",
    "parentcarer",  # E, "Parent/carer"
)
_FIRST: Final = ("forename", "firstname", "givenname", "preferredforename")
_LAST: Final = ("surname", "lastname", "familyname", "preferredsurname")
_NOT_A_PUPILS: Final = frozenset({"id", "externalid"})
"""In a list of adults they may as well be the adult's."""


def _of(whose: Iterable[str], what: Iterable[str]) -> Iterator[str]:
    return (f"{one}{word}" for one in whose for word in what)


def _pupils(field: str) -> tuple[str, ...]:
    plain = tuple(word for word in HEADINGS[field] if word not in _NOT_A_PUPILS)
    named = (word for word in plain if not word.startswith(_PUPILS))
    return tuple(dict.fromkeys([*_of(_PUPILS, named), *plain]))


_WHO: Final = ("pupil", "student", "child")
_TO_WHOM: Final = tuple(
    f"{what}to{who}" for what in ("relationship", "relation") for who in _WHO
)

ADULT_LISTS: Final = Headings(
    {
        "admission number": _pupils("admission number"),
        "UPN": _pupils("UPN"),
        "first name": _pupils("first name"),
        "last name": _pupils("last name"),
        "name": _pupils("name"),
        "class": _pupils("class"),
        "adult's first name": tuple(_of(_ADULTS, _FIRST)),
        "adult's last name": tuple(_of(_ADULTS, _LAST)),
        "adult's name": (*_of(_ADULTS, ("name", "fullname")), *_ADULTS),
        "adult's id": tuple(_of(_ADULTS, ("id", "personid", "misid"))),
        "relationship": (
            *("relationship", "relation", *_TO_WHOM),  # S A
            *_of(_ADULTS, ("relationship", "relation", *_TO_WHOM)),
        ),
        "never release": (
            *("neverrelease", "neverreleaseto", "donotrelease", "nevertorelease"),  # E
            *("courtorder", "courtorders", "hascourtorder"),  # S A
            *_of(_ADULTS, ("courtorder", "neverrelease")),
        ),
        "may collect": (
            *("authorisedtocollect", "authorizedtocollect"),  # A
            *("maycollect", "cancollect", "allowedtocollect"),  # E
            *(f"{may}collect{who}" for may in ("may", "can") for who in _WHO),
            *("permissiontocollect", "collectionpermission", "permissiontopickup"),  # E
            *_of(_ADULTS, ("maycollect", "cancollect", "authorisedtocollect")),
        ),
    },
    alone=frozenset(
        {
            *("adult's first name", "adult's last name", "adult's name"),
            *("adult's id", "relationship"),
        }
    ),
)
"""How a list of adults names its columns."""
