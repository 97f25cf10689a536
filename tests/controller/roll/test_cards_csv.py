"""ACC-9: a CSV of cards for pupils who are on the roll."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.roll import CurrentPupil, RollError, assign_cards, parse, parse_cards
from controller.roll.errors import RollEmpty, RollHeadingsMissing

EXAMPLES = Path("examples/rolls")
HEAD = "Pupil ID,UPN,Forename,Surname,Class,Card\n"
CARD_A, CARD_B = bytes.fromhex("04a1b2c3d4e5f6"), bytes.fromhex("04ffb2c3d4e5f6")
ANN = CurrentPupil("p-ann", "Ann", "Bee", "4-maple", external_id="001", card=CARD_A)
CAT = CurrentPupil(
    "p-cat", "Cat", "Dee", "4-maple", external_id="2", upn="B801200005001"
)
TWIN = CurrentPupil("p-twin", "Cat", "Dee", "5-oak", external_id="3")


def assign(*lines: str, pupils=(ANN, CAT, TWIN), other=()):
    """Return what the lines would do, under the usual headings."""
    return assign_cards(parse_cards((HEAD + "\n".join(lines)).encode()), pupils, other)


def whose(found):
    """Return line, pupil and card of each assignment."""
    return [(one.line, one.pupil, one.card.hex()) for one in found.assigned]


def test_acc_9_the_example_of_cards_fits_the_example_of_a_roll():
    roll = parse(EXAMPLES / "sims.csv").rows
    pupils = [
        CurrentPupil(
            f"p{n}", row.first_name, row.last_name, row.class_slug, row.external_id
        )
        for n, row in enumerate(roll)
    ]

    found = assign_cards(parse_cards((EXAMPLES / "cards.csv").read_bytes()), pupils)

    assert [one.pupil for one in found.assigned] == ["p0", "p1"]
    assert not found.bad


@pytest.mark.parametrize(
    "row",
    ["2,,,,,", "0002,,,,,", "P-CAT,,,,,", ",b801200005001,,,,", ",,Cat,Dee,4 Maple,"],
)
def test_acc_9_a_pupil_is_known_by_number_id_upn_or_name_and_class(row):
    assert whose(assign(f"{row}04:FF:B2:C3:D4:E5:F6")) == [
        (2, "p-cat", "04ffb2c3d4e5f6")
    ]


def test_acc_9_a_card_of_before_is_told():
    (one,) = assign("1,,,,,04FFB2C3D4E5F6").assigned

    assert one.replaces == CARD_A


def test_acc_9_a_card_that_is_enrolled_already_is_no_change():
    found = assign("1,,,,,04A1B2C3D4E5F6")

    assert (found.assigned, found.unchanged, found.bad) == ((), 1, ())


def test_acc_9_new_and_unchanged_cards_are_counted_apart():
    found = assign(
        "1,,,,,04A1B2C3D4E5F6", "2,,,,,04FFB2C3D4E5F6", "3,,,,,04EEB2C3D4E5F6"
    )

    assert (len(found.assigned), found.unchanged) == (2, 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("9,,,,,04FFB2C3D4E5F6", "admission number: nobody"),
        (",X801200005001,,,,04FFB2C3D4E5F6", "UPN: nobody"),
        (",,Cat,Dee,,04FFB2C3D4E5F6", "several pupils"),
        (",,Gil,Hay,4 Maple,04FFB2C3D4E5F6", "name and class: nobody"),
        (",,,,4 Maple,04FFB2C3D4E5F6", "fill in an admission number"),
        ("1,B801200005001,,,,04FFB2C3D4E5F6", "belong to two pupils"),
        ("2,,,,,", "card: empty"),
        ("2,,,,,08FFB2C3", "new number at each tap"),
        ("2,,,,,04A1B2C3D4E5F6", "enrolled for somebody else"),
        ('2,,"Cat"y,,,04FFB2C3D4E5F6', "quotation mark"),
    ],
)
def test_acc_9_a_row_that_cannot_be_taken_says_why(row, why):
    found = assign(row)

    assert not found.assigned
    assert [(bad.line, why in bad.reason) for bad in found.bad] == [(2, True)]
    assert not any(secret in found.bad[0].reason for secret in ("Cat", "Gil", "FFB2"))


def test_acc_9_the_same_card_for_two_people_is_refused_for_both():
    found = assign("1,,,,,04FFB2C3D4E5F6", "2,,,,,04ffb2c3d4e5f6")

    assert [bad.line for bad in found.bad] == [2, 3]
    assert "line 3" in found.bad[0].reason
    assert "line 2" in found.bad[1].reason


def test_acc_9_two_cards_for_one_pupil_are_refused():
    found = assign("1,,,,,04FFB2C3D4E5F6", ",,Ann,Bee,4 Maple,04EEB2C3D4E5F6")

    assert [bad.reason.split(":")[0] for bad in found.bad] == ["pupil", "pupil"]


def test_acc_9_a_card_of_staff_is_refused():
    assert (
        "somebody else" in assign("2,,,,,04FFB2C3D4E5F6", other=[CARD_B]).bad[0].reason
    )


def test_acc_9_two_pupils_may_swap_but_not_with_one_who_keeps_hers():
    cat = CurrentPupil("p-cat", "Cat", "Dee", "4-maple", external_id="2", card=CARD_B)
    swap = ("1,,,,,04FFB2C3D4E5F6", "2,,,,,04A1B2C3D4E5F6")

    assert len(assign(*swap, pupils=(ANN, cat)).assigned) == 2
    # Were Cat's card the caretaker's too, Ann keeps hers and Cat cannot have it.
    assert len(assign(*swap, pupils=(ANN, CAT), other=[CARD_B]).bad) == 2


def test_acc_9_a_file_without_cards_or_pupils_is_refused():
    with pytest.raises(RollHeadingsMissing, match="card"):
        parse_cards(b"Pupil ID\n1\n")
    with pytest.raises(RollHeadingsMissing, match="admission number"):
        parse_cards(b"Card\n04A1B2C3D4E5F6\n")
    with pytest.raises(RollEmpty):
        parse_cards(HEAD.encode())


@given(st.binary(max_size=200))
def test_acc_9_law_any_bytes_are_cards_or_a_roll_error(data):
    try:
        assign_cards(parse_cards(HEAD.encode() + data), [ANN, CAT])
    except RollError as refused:
        assert refused.remedy  # noqa: PT017  either outcome is right, so none is expected
