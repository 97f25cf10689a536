"""CUS-1: every pair of basis and act is decided, by hand, and the orders obey it."""

from __future__ import annotations

from itertools import product

import pytest

from controller.domain.bases import ACTS, BASES, HELD, VERDICTS, Verdict, verdict
from controller.domain.refusals import RULES
from controller.domain.rights import RIGHTS

MATRIX = """
             deposit        confiscated        safeguarding  police        found          staff          visitor
tap          own/released   -see-teacher       -see-teacher  -see-teacher  -see-teacher   own            own
release      staff          -see-teacher       -see-teacher  -see-teacher  -see-teacher   -not-the-schools -not-the-schools
vouch        staff          -see-teacher       -see-teacher  -see-teacher  -see-teacher   -not-the-schools -not-the-schools
early        staff          -see-teacher       -see-teacher  -see-teacher  -see-teacher   -not-the-schools -not-the-schools
adult        -not-held      staff/planned-end  two           -evidence     staff/owner-known -not-the-schools -not-the-schools
unlisted     -not-held      staff/planned-end  two           -evidence     staff/owner-known -not-the-schools -not-the-schools
officer      -police-hold-first -police-hold-first -police-hold-first two -police-hold-first -police-hold-first -police-hold-first
owner        -not-held      staff/same-day     two           -evidence     staff/owner-known -not-the-schools staff
move         staff          staff              staff         staff         staff          staff          staff
check        staff          staff              staff         staff         staff          staff          staff
confiscate   staff          -already-held      two           -wrong-way    staff/owner-known -not-the-schools -not-the-schools
safeguard    staff          staff              -already-held two           staff          staff          staff
police       staff          staff              staff         -already-held staff          staff          staff
dispose      -not-held      -not-disposable    -evidence     -evidence     -not-disposable -not-the-schools -not-the-schools
"""  # noqa: E501  one row an act, to be read across
"""``own``: by the owner; ``staff``: by a right; ``two``: with a witness; ``-``: the
rule that turns it away; after the stroke the condition. Written by hand: a new basis
or act turns the first test red until somebody has thought about it."""


def decided() -> dict[tuple[str, str], str]:
    """Read the matrix; an exception is a permission, so there is nothing to act on."""
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    words = {
        (basis, act): word
        for act, *cells in rows
        for basis, word in zip(head, cells, strict=True)
    }
    return words | {("exception", act): "-not-in-custody" for act, *_ in rows}


def in_words(found: Verdict) -> str:
    """Write a verdict as the matrix does."""
    if found.rule:
        return f"-{found.rule}"
    who = "two" if found.witness else "staff" if found.right else "own"
    return f"{who}/{found.when}" if found.when else who


def test_cus_1_every_pair_of_basis_and_act_is_decided():
    """CUS-1: the table has no gaps, in the code and in what was thought about."""
    pairs = set(product(BASES, ACTS))

    assert set(decided()) == pairs
    assert {(basis, act) for basis, row in VERDICTS.items() for act in row} == pairs


@pytest.mark.parametrize(("basis", "act"), sorted(product(BASES, ACTS)))
def test_cus_1_each_pair_is_as_it_was_decided(basis, act):
    """CUS-1: the code's table is the one that was thought about."""
    assert in_words(verdict(basis, act)) == decided()[basis, act]


def test_cus_1_rules_and_rights_of_the_table_exist():
    """CUS-1: what turns somebody away has words; what lets somebody has roles."""
    cells = [cell for row in VERDICTS.values() for cell in row.values()]

    assert {cell.rule for cell in cells if cell.rule} <= set(RULES)
    assert {cell.right for cell in cells if cell.right} <= set(RIGHTS)


def test_cus_8_two_people_are_needed_wherever_a_safeguarding_or_police_hold_ends():
    """CUS-8: no way out of either basis is open to one person alone."""
    ends = [
        verdict(basis, act)
        for basis in ("safeguarding", "police")
        for act in ("adult", "unlisted", "officer", "owner")
    ]

    assert all(cell.rule or cell.witness for cell in ends)


def test_cus_7_what_may_be_evidence_is_never_returned_or_disposed_of():
    """CUS-7: police holds end with an officer and in no other way."""
    row = VERDICTS["police"]

    assert [
        act for act in ("adult", "unlisted", "owner", "dispose") if not row[act].rule
    ] == []
    assert not row["officer"].rule


def test_cus_1_held_devices_look_like_any_other():
    """CUS-1: public screens show nothing of a hold."""
    assert {BASES[basis].shows for basis in HELD} == {"nothing"}
