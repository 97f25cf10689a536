"""DAT-1: what an import would do, and all of it or nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.roll import (
    Change,
    CurrentPupil,
    Join,
    Leave,
    ParsedRoll,
    Refused,
    RollRefused,
    RollRow,
    cells,
    parse,
    plan,
    preview,
    to_csv,
)
from controller.roll.folding import slug

HEAD = "Adno,UPN,Forename,Surname,Class,Card,Locker\n"
UPN_A, UPN_B = "B801200005001", "Q801200005002"
CARD_A, CARD_B = bytes.fromhex("04a1b2c3d4e5f6"), bytes.fromhex("04ffb2c3d4e5f6")

ANN = CurrentPupil("p1", "Ann", "Bee", "4-maple", external_id="1", card=CARD_A)
CAT = CurrentPupil("p2", "Cat", "Dee", "4-maple", external_id="2", upn=UPN_A)
EVE = CurrentPupil("p3", "Eve", "Fox", "5-oak", external_id="3", compartment=7)


def roll(*lines: str) -> ParsedRoll:
    """Return the parsed roll of ``lines`` under the usual headings."""
    return parse((HEAD + "\n".join(lines)).encode())


def changes(found):
    """Return whom the preview changes, with the fields."""
    return {one.before.pupil: one.fields for one in found.changed}


def test_dat_1_added_changed_left_and_unchanged_are_told_apart():
    found = preview(
        roll("1,,Ann,Bee,4 Maple,,", "2,,Cat,Dee,5 Oak,,", "9,,Gil,Hay,4 Maple,,"),
        [ANN, CAT, EVE],
    )

    assert [row.first_name for row in found.added] == ["Gil"]
    assert changes(found) == {"p2": ("class",)}
    assert [one.pupil for one in found.left] == ["p3"]
    assert found.unchanged == 1


def test_dat_1_the_contracts_json():
    found = preview(roll("1,,Ann,Bee,4 Maple,,", "2,,,Dee,4 Maple,,"), [ANN])

    assert json.loads(json.dumps(found.to_json())) == {
        "added": 0,
        "changed": 0,
        "left": 0,
        "bad": [{"line": 3, "reason": "first name: empty, fill it in"}],
    }


def test_dat_1_what_the_file_does_not_say_stays():
    """DAT-1: no card and no compartment in the file takes none away."""
    found = preview(roll("1,,Ann,Bee,4 Maple,,", "3,,Eve,Fox,5 Oak,,"), [ANN, EVE])

    assert not found.changed
    assert found.unchanged == 2


# ------------------------------------------------------------------------ matching


def test_dat_1_the_number_finds_a_pupil_whose_surname_changed():
    found = preview(roll("001,,Ann,Newname,4 Maple,,"), [ANN])

    assert changes(found) == {"p1": ("last name",)}


def test_dat_1_the_upn_finds_a_pupil_whose_number_changed():
    found = preview(roll(f"77,{UPN_A},Cat,Dee,4 Maple,,"), [CAT])

    assert changes(found) == {"p2": ("admission number",)}


def test_dat_1_name_and_class_find_a_pupil_without_numbers():
    found = preview(roll(",,ann,BEE,4 maple,,"), [replace(ANN, external_id=None)])

    assert changes(found) == {"p1": ("first name", "last name")}, "only its writing"
    assert not found.added


def test_dat_1_a_name_alone_finds_a_pupil_who_changed_class():
    unnumbered = [replace(one, external_id=None, upn=None) for one in (ANN, CAT)]

    found = preview(roll(",,Ann,Bee,5 Oak,,", ",,Cat,Dee,4 Maple,,"), unnumbered)

    assert changes(found) == {"p1": ("class",)}
    assert not found.left


def test_dat_1_a_name_alone_decides_nothing_against_two_numbers():
    """DAT-1: a leaver and a joiner of one name stay two children."""
    found = preview(roll("50,,Ann,Bee,5 Oak,,"), [ANN])

    assert [row.external_id for row in found.added] == ["50"]
    assert [one.pupil for one in found.left] == ["p1"]


def test_dat_1_two_upns_are_never_one_pupil():
    found = preview(roll(f",{UPN_B},Cat,Dee,4 Maple,,"), [CAT])

    assert (len(found.added), len(found.left)) == (1, 1)


def test_dat_1_namesakes_match_only_by_number():
    twins = [
        CurrentPupil("p8", "Ann", "Bee", "4-maple"),
        CurrentPupil("p9", "Ann", "Bee", "4-maple"),
    ]

    found = preview(roll("1,,Ann,Bee,4 Maple,,"), twins)

    assert len(found.added) == 1
    assert len(found.left) == 2


def test_acc_9_a_pupil_enrolled_before_the_roll_knew_is_merged_by_name_and_class():
    """ACC-9: card, language and door stay; the pupil is on the roll from now on."""
    early = CurrentPupil(
        "p5", "Zoë", "O'Hay", "4-maple", card=CARD_A, language="pl", provisional=True
    )

    found = preview(roll("5,,ZOE,O’Hay,4 Maple,,"), [early])

    assert "provisional" in changes(found)["p5"]
    assert not found.added
    assert found.changed[0].before.card == CARD_A


def test_acc_9_a_pupil_not_yet_on_the_roll_does_not_leave():
    early = CurrentPupil("p5", "Zoë", "Hay", "4-maple", provisional=True)

    found = preview(roll("1,,Ann,Bee,4 Maple,,"), [ANN, early])

    assert not found.left
    assert found.pupils == 1


def test_acc_9_another_class_is_another_pupil_while_provisional():
    early = CurrentPupil("p5", "Zoë", "Hay", "4-maple", provisional=True)

    assert len(preview(roll("5,,Zoë,Hay,5 Oak,,"), [early]).added) == 1


# -------------------------------------------------------- rows that contradict the roll


def test_dat_1_a_number_that_is_a_strangers_is_a_bad_row_for_both():
    """DAT-1: another system counts from 1 as well; nobody gets another child's card."""
    found = preview(roll("1,,Gil,Hay,4 Maple,,"), [ANN])

    assert [row.line for row in found.bad] == [2]
    assert "another name" in found.bad[0].reason
    assert not found.left
    assert found.held_back == 1


def test_dat_1_a_number_and_a_upn_of_two_pupils_are_a_bad_row():
    found = preview(roll(f"1,{UPN_A},Ann,Bee,4 Maple,,"), [ANN, CAT])

    assert "belong to two pupils" in found.bad[0].reason
    assert found.held_back == 2


def test_dat_1_two_rows_about_one_pupil_are_not_both_taken():
    found = preview(roll("2,,Cat,Dee,4 Maple,,", f"8,{UPN_A},Cat,Dee,5 Oak,,"), [CAT])

    assert [(row.line, "line 2" in row.reason) for row in found.bad] == [(3, True)]
    assert found.unchanged == 1


def test_dat_1_a_bad_row_makes_nobody_leave():
    """DAT-1: left out by choice, the pupil stays as before."""
    found = preview(roll("1,,Ann,,4 Maple,,", ",,Cat,Dee,,,"), [ANN, CAT])

    assert plan(found, leave_out_bad=True) == []
    assert found.held_back == 2


def test_dat_1_a_bad_row_with_its_name_in_one_cell_makes_nobody_leave():
    parsed = parse(b'Name,Form\n"Dee, Cat",\n"Bee, Ann",4 Maple\n')

    found = preview(parsed, [ANN, CAT])

    assert (len(found.bad), found.held_back, found.left) == (1, 1, ())


def test_dat_1_a_bad_row_with_half_a_name_is_known_by_the_whole_name_beside_it():
    parsed = parse(b'Name,Forename,Surname,Form\n"Dee, Cat",Cat,,4 Maple\n')

    assert preview(parsed, [CAT]).held_back == 1


def test_dat_1_pupils_swallowed_by_a_stray_quotation_mark_do_not_leave():
    """DAT-1: line 2 opens a quotation mark that line 3 happens to close."""
    parsed = roll(
        '1,,"Ann,Bee,4 Maple,,', '2,,Cat"x,Dee,4 Maple,,', "3,,Eve,Fox,5 Oak,,"
    )

    found = preview(parsed, [ANN, CAT, EVE])

    assert found.bad
    assert not found.left


def test_acc_9_a_card_that_stays_with_somebody_else_is_refused():
    """ACC-9: the same card for two people, one of them only on the roll."""
    found = preview(
        roll("1,,Ann,Bee,4 Maple,,", "2,,Cat,Dee,4 Maple,04A1B2C3D4E5F6,"), [ANN, CAT]
    )

    assert [(row.line, row.reason.split(":")[0]) for row in found.bad] == [(3, "card")]
    assert found.held_back == 1


def test_acc_9_a_card_of_staff_is_refused():
    found = preview(roll("2,,Cat,Dee,4 Maple,04A1B2C3D4E5F6,"), [CAT], [CARD_A])

    assert "somebody else" in found.bad[0].reason


def test_acc_9_two_pupils_may_swap_cards_and_a_leavers_card_is_free():
    cat = replace(CAT, card=CARD_B)
    swap = roll(
        "1,,Ann,Bee,4 Maple,04FFB2C3D4E5F6,", "2,,Cat,Dee,4 Maple,04A1B2C3D4E5F6,"
    )

    assert not preview(swap, [ANN, cat]).bad
    leaver = preview(roll("2,,Cat,Dee,4 Maple,04A1B2C3D4E5F6,"), [ANN, CAT])
    assert not leaver.bad
    assert plan(leaver, accept_leavers=True)[0] == Leave("p1"), "leavers come first"


def test_acc_9_a_row_refused_keeps_its_pupils_card_from_the_next_row():
    """ACC-9: Ann cannot have the caretaker's card, so Cat cannot have Ann's."""
    found = preview(
        roll(
            "1,,Ann,Bee,4 Maple,04FFB2C3D4E5F6,", "2,,Cat,Dee,4 Maple,04A1B2C3D4E5F6,"
        ),
        [ANN, CAT],
        [CARD_B],
    )

    assert [row.line for row in found.bad] == [2, 3]


def test_dat_1_a_compartment_that_stays_with_another_pupil_is_refused():
    found = preview(roll("3,,Eve,Fox,5 Oak,,", "9,,Gil,Hay,5 Oak,,7"), [EVE])

    assert [(row.line, row.reason.split(":")[0]) for row in found.bad] == [
        (3, "compartment")
    ]


def test_dat_1_who_leaves_and_who_is_held_back_are_counted_apart():
    found = preview(roll("1,,Ann,,4 Maple,,"), [ANN, CAT, EVE])

    assert ([one.pupil for one in found.left], found.held_back) == (["p2", "p3"], 1)


def test_dat_1_a_pupil_held_back_keeps_the_compartment():
    found = preview(roll("3,,Eve,,5 Oak,,", "9,,Gil,Hay,5 Oak,,7"), [EVE])

    assert [row.line for row in found.bad] == [2, 3]


# ------------------------------------------------------------------------- the plan


def test_dat_1_nothing_is_applied_while_there_are_bad_rows():
    found = preview(roll("1,,Ann,Bee,5 Oak,,", "9,,Gil,,4 Maple,,"), [ANN])

    refused = plan(found)

    assert isinstance(refused, RollRefused)
    assert refused.reason is Refused.BAD_ROWS
    assert [type(one) for one in plan(found, leave_out_bad=True)] == [Change]


@pytest.mark.parametrize(
    ("leaving", "asks"), [(0, False), (2, False), (3, True), (10, True)]
)
def test_dat_1_more_than_a_fifth_leaving_asks_again(leaving, asks):
    """DAT-1: two of ten are a fifth and pass, three are more."""
    pupils = [CurrentPupil(f"p{n}", "Ann", f"B{n}", "4m", str(n)) for n in range(1, 11)]
    staying = [f"{n},,Ann,B{n},4M,," for n in range(leaving + 1, 11)] or [
        "99,,Zed,Z,4M,,"
    ]

    found = preview(roll(*staying), pupils)

    assert found.asks_leavers is asks
    assert found.leavers_share == leaving / 10
    refused = plan(found)
    assert isinstance(refused, RollRefused) is asks
    if asks:
        assert refused.reason is Refused.MANY_LEAVERS
        assert len(plan(found, accept_leavers=True)) >= leaving


def test_dat_1_the_first_import_asks_nothing():
    found = preview(roll("1,,Ann,Bee,4 Maple,,"), [])

    assert [type(one) for one in plan(found)] == [Join]
    assert found.leavers_share == 0


# ---------------------------------------------------------------------------- laws

letters = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\xad"),
    min_size=1,
    max_size=12,
)
numbers = st.integers(1, 99999)


@st.composite
def rolls(draw: st.DrawFn) -> list[RollRow]:
    """Any rows that could have come out of a sound file."""
    rows = []
    for number in draw(st.lists(numbers, min_size=1, max_size=6, unique=True)):
        class_name = draw(st.sampled_from(["4 Maple", "R Acorn", "=Oak", "'-5"]))
        rows.append(
            RollRow(
                line=len(rows) + 2,
                first_name=draw(_names),
                last_name=draw(_names),
                class_name=class_name,
                class_slug=slug(class_name),
                external_id=str(number),
                year=draw(st.sampled_from([None, "R", "N", "4"])),
                language=draw(st.sampled_from([None, "en", "ur"])),
                card=draw(st.none() | st.just(number.to_bytes(7, "big"))),
                compartment=draw(st.none() | st.just(len(rows) + 1)),
                group=draw(st.sampled_from([None, "ash", "table-1"])),
            )
        )
    return rows


def _tidied(text: str) -> str:
    try:
        return cells.tidy(text)
    except cells.BadCell:
        return ""


_names = letters.map(lambda text: f"{text}a").map(_tidied).filter(len)


@settings(max_examples=60)
@given(rolls())
def test_dat_1_law_an_export_read_back_changes_nothing(rows):
    """DAT-1, DAT-4: formulas and odd letters included."""
    parsed = parse(to_csv(rows).encode("utf-8-sig"))

    assert not parsed.bad
    assert list(parsed.rows) == rows
    enrolled = [
        CurrentPupil(
            f"p{row.line}",
            **{
                name: getattr(row, name)
                for name in CurrentPupil.__slots__
                if name not in ("pupil", "provisional", "device_inside")
            },
        )
        for row in parsed.rows
    ]
    again = preview(parse(to_csv(enrolled).encode()), enrolled)
    assert again.to_json() == {"added": 0, "changed": 0, "left": 0, "bad": []}
    assert plan(again) == []


@given(rolls())
def test_sec_3_law_no_exported_cell_begins_like_a_formula(rows):
    """SEC-3, DAT-4: every exported cell is safe to open in a spreadsheet."""
    for line in csv.reader(to_csv(rows).splitlines()):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)
