"""ACC-7, ACC-9: what a cell with a UID may say; DAT-6: the UPN's check letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.roll import cells
from controller.roll.cells import BadCell
from controller.roll.upn import LETTERS, check_letter, is_upn


@pytest.mark.parametrize(
    ("text", "uid"),
    [
        ("04A1B2C3D4E5F6", "04a1b2c3d4e5f6"),
        ("04:a1:b2:c3:d4:e5:f6", "04a1b2c3d4e5f6"),
        ("04 A1 B2 C3 D4 E5 F6", "04a1b2c3d4e5f6"),
        ("04-a1-B2-c3-D4-e5-F6", "04a1b2c3d4e5f6"),
        ("04.A1.B2.C3.D4.E5.F6", "04a1b2c3d4e5f6"),
        ("0xDEADBEEF", "deadbeef"),
        ("00112233", "00112233"),
        ('="04123456789012"', "04123456789012"),
        ("0102030405060708090A", "0102030405060708090a"),
        ("08A1B2C3D4E5F6", "08a1b2c3d4e5f6"),  # seven bytes may begin with 08
    ],
)
def test_acc_9_a_uid_in_any_usual_writing_is_the_same_bytes(text, uid):
    assert cells.card(text).hex() == uid


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("08A1B2C3", "new number at each tap"),
        ("88A1B2C3", "first part of a longer number"),
        ("04A1B2C3D4", "5 bytes, wanted 4, 7 or 10"),
        ("04", "1 bytes"),
        ("4A1B2C3D4E5F6", "zero at the front"),
        ("1.23E+12", "rounded number"),
        ("1,23E+12", "rounded number"),
        ("card 7", "not a card's number"),
        ("٠٤٠٤٠٤٠٤", "not a card's number"),
        ("00000000", "not a card"),
        ("FF:FF:FF:FF", "not a card"),
    ],
)
def test_acc_7_a_uid_that_cannot_stand_for_a_pupil_is_explained(text, why):
    """ACC-7, ACC-9: random, cut short, or eaten by a spreadsheet."""
    with pytest.raises(BadCell, match=why) as caught:
        cells.card(text)

    assert text not in str(caught.value)


@given(st.sampled_from([4, 7, 10]).flatmap(lambda n: st.binary(min_size=n, max_size=n)))
def test_acc_9_law_a_sound_uid_survives_its_writing(uid):
    if uid[0] in (0x08, 0x88) or len(set(uid)) == 1:
        return
    assert cells.card(uid.hex(":").upper()) == uid
    assert cells.card(uid.hex()) == uid


# ------------------------------------------------------------------------------ UPN


def test_dat_6_the_known_good_number_is_good_and_its_neighbours_are_not():
    """DAT-6: the letter is checked against twelve weighted characters."""
    assert is_upn("B801200005001")
    for wrong in ("A801200005001", "B801200005002", "B801200050001", "B80120000500"):
        assert not is_upn(wrong)


def test_dat_6_a_temporary_number_ends_in_a_letter():
    rest = "80120000500A"
    assert is_upn(check_letter(rest) + rest)
    assert not is_upn(check_letter(rest) + "80120000500S")
    assert cells.upn(f" {check_letter(rest).lower()}801 20000500a ") == (
        check_letter(rest) + rest
    )


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11))
def test_dat_6_law_one_letter_fits_and_one_changed_digit_shows(rest, place):
    good = [letter for letter in LETTERS if is_upn(letter + rest)]
    changed = rest[:place] + str((int(rest[place]) + 1) % 10) + rest[place + 1 :]

    assert good == [check_letter(rest)]
    assert not is_upn(good[0] + changed)


@pytest.mark.parametrize(
    "text", ["", "B", "\uff22801200005001", "B\uff1801200005001", "I00000000000"]
)
def test_dat_6_what_has_not_the_shape_is_no_upn(text):
    assert not is_upn(text)
