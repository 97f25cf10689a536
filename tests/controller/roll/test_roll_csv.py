"""DAT-1: the roll as SIMS, Arbor and Bromcom export it, and as Excel mangles it."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.roll import RollError, parse
from controller.roll.errors import (
    RollEmpty,
    RollHeadingsMissing,
    RollHeadingTwice,
    RollNotText,
    RollQuoteOpen,
    RollTooLarge,
)

EXAMPLES = Path("examples/rolls")
HEAD = "Adno,Forename,Surname,Class\n"


def csv(*lines: str, head: str = HEAD) -> bytes:
    """Return a file of ``lines`` under the usual headings."""
    return (head + "\n".join(lines) + "\n").encode()


def only(data: bytes):
    """Return the one row of ``data``."""
    parsed = parse(data)
    assert not parsed.bad
    (row,) = parsed.rows
    return row


def reason(*lines: str, head: str = HEAD) -> str:
    """Return why the one bad row of a file is bad."""
    (bad,) = parse(csv(*lines, head=head)).bad
    return bad.reason


# ------------------------------------------------------------------ whose exports


@pytest.mark.parametrize("name", ["sims.csv", "arbor.csv", "bromcom.csv"])
def test_dat_1_each_systems_export_is_read_whole(name):
    """DAT-1: titles above the headings, a BOM, cp1252 and semicolons among them."""
    parsed = parse(EXAMPLES / name)

    assert not parsed.bad
    assert [(row.class_slug, row.year) for row in parsed.rows] == [
        *[("4-maple", "4")] * 4,
        *[("r-acorn", "R")] * 2,
    ]
    assert parsed.rows[1].first_name == "Zoë"
    assert parsed.rows[2].last_name == "O’Reedmace"


def test_dat_1_the_preferred_name_goes_before_the_legal_one():
    rows = parse(EXAMPLES / "sims.csv").rows

    assert rows[2].first_name == "Ben", "preferred"
    assert rows[0].first_name == "Amberly", "no preferred one given: the legal one"


def test_dat_1_line_numbers_are_those_of_the_file_as_it_stands():
    """DAT-1: two title rows and a blank one stand above SIMS' headings."""
    assert [row.line for row in parse(EXAMPLES / "sims.csv").rows] == [
        5,
        6,
        7,
        8,
        9,
        10,
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_dat_1_any_delimiter_in_any_encoding_reads_the_same(delimiter, encoding):
    text = "Adno,Forename,Surname,Class\r\n1,Zoë,Willow,4 Maple\r\n"

    row = only(text.replace(",", delimiter).encode(encoding))

    assert (row.external_id, row.first_name, row.class_slug) == ("1", "Zoë", "4-maple")


def test_dat_1_excels_sep_line_is_no_row():
    assert only(b"sep=;\nAdno;Forename;Surname;Class\n7;Ann;Bee;4M\n").line == 3


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_dat_1_a_cell_of_two_lines_does_not_shift_the_numbers(newline):
    """DAT-1: an address with a line break is one cell, and two lines of the file."""
    lines = (
        "Adno,Forename,Surname,Class,Address",
        '1,Ann,Bee,4M,"1 High St',
        'Town"',
        "",
        "2,,Dee,4M,x",
    )

    parsed = parse(newline.join(lines).encode())

    assert [row.line for row in parsed.rows] == [2]
    assert [row.line for row in parsed.bad] == [5]


def test_dat_1_blank_rows_and_empty_columns_at_the_end_are_nothing():
    row = only(b"Adno,Forename,Surname,Class,,,\n,,,,,,\n1,Ann,Bee,4M,,,\n \n,,,\n")

    assert row.line == 3


def test_dat_1_short_rows_are_rows_with_empty_cells():
    assert "class: empty" in reason("1,Ann,Bee")


def test_dat_1_a_name_in_one_cell_is_taken_apart_at_its_comma():
    row = only(b'Pupil Name,Reg\n"Heron, Amberly",4M\n')

    assert (row.first_name, row.last_name) == ("Amberly", "Heron")
    assert "surname, comma, forename" in reason("Ann Bee,4M", head="Name,Reg\n")


def test_dat_1_two_columns_for_the_name_go_before_one():
    row = only(b"Pupil,Forename,Surname,Reg\nA. Bee (4M),Ann,Bee,4M\n")

    assert (row.first_name, row.last_name) == ("Ann", "Bee")
    assert "last name: empty" in reason(
        "A. Bee,Ann,,4M", head="Pupil,Forename,Surname,Reg\n"
    )


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("Year 4", "4"),
        ("4", "4"),
        ("04", "4"),
        ("Yr 4", "4"),
        ("Y4", "4"),
        ("year group 4", "4"),
        ("R", "R"),
        ("Reception", "R"),
        ("Year R", "R"),
        ("YR", "R"),
        ("0", "R"),
        ("F2", "R"),
        ("N", "N"),
        ("Nursery", "N"),
        ("N2", "N"),
        ("-1", "N"),
        ("Year 13", "13"),
        ("", None),
    ],
)
def test_dat_1_years_as_schools_write_them(said, year):
    head = "Adno,Forename,Surname,Class,Year\n"

    assert only(csv(f"1,Ann,Bee,4M,{said}", head=head)).year == year


@pytest.mark.parametrize("said", ["Year 14", "3/4", "four", "Y"])
def test_dat_1_a_year_that_is_none_is_said(said):
    head = "Adno,Forename,Surname,Class,Year\n"

    assert "year: not understood" in reason(f"1,Ann,Bee,4M,{said}", head=head)


@pytest.mark.parametrize(
    ("said", "language"),
    [("English", "en"), ("POL", "pl"), ("Arabic (Sudan)", "ar"), ("Klingon", None)],
)
def test_dat_1_a_language_the_kiosk_does_not_speak_is_no_mistake(said, language):
    head = "Adno,Forename,Surname,Class,First Language\n"

    assert only(csv(f"1,Ann,Bee,4M,{said}", head=head)).language == language


def test_dat_1_excels_text_cells_are_unwrapped():
    assert only(csv('"=""00123""",Ann,Bee,4M')).external_id == "00123"


# ------------------------------------------------------------------------ bad rows


def test_dat_1_every_reason_of_a_row_is_said_at_once_without_its_content():
    """DAT-1: no name and no UID gets into a reason, only columns."""
    head = "Adno,UPN,Forename,Surname,Class,Year,Card,Locker\n"

    text = reason("1,A801200005001,,Quillfeather,,9Z,0812FEDC,0", head=head)

    assert [part.split(":")[0] for part in text.split("; ")] == [
        "first name",
        "class",
        "UPN",
        "year",
        "card",
        "compartment",
    ]
    for secret in ("Quillfeather", "A801200005001", "0812", "FEDC"):
        assert secret not in text


@pytest.mark.parametrize(
    ("first", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (".", "no letter"),
        ("A" * 101, "longer than 100"),
        ("An\u202en", "invisible"),
        ("An\x00n", "invisible"),
        ("An\x1bn", "invisible"),
        ('"An\nn"', "line break"),
        ("Jos\ufffd", "lost in the export"),
    ],
)
def test_dat_1_names_that_cannot_be_names(first, why):
    text = reason(f"1,{first},Bee,4M")

    assert text.startswith("first name:")
    assert why in text


@pytest.mark.parametrize("name", ["=1+1", "+Ann", "-Ann", "@Ann", "=HYPERLINK(1)"])
def test_dat_1_a_formula_as_a_name_stays_text_and_is_pointed_at(name):
    """DAT-1, SEC-3: kept as it is; exports guard it."""
    if not any(map(str.isalpha, name)):
        assert "no letter" in reason(f"1,{name},Bee,4M")
        return
    parsed = parse(csv(f"1,{name},Bee,4M"))

    assert parsed.rows[0].first_name == name
    assert [(note.line, "formula" in note.text) for note in parsed.notes] == [(2, True)]


def test_dat_1_a_name_that_was_read_wrongly_before_is_pointed_at():
    parsed = parse(csv("1,ZoÃ«,Bee,4M", "2,Zoë,Dee,4M"))

    assert [note.line for note in parsed.notes] == [2]


def test_dat_1_a_class_without_plain_letters_has_no_address():
    assert "plain name" in reason("1,Ann,Bee,❀")


@pytest.mark.parametrize(
    ("column", "one", "two"),
    [
        ("UPN", "B801200005001", "b 801200005001"),
        ("Card", "04:a1:b2:c3:d4:e5:f6", "04A1B2C3D4E5F6"),
        ("Locker", "7", "07"),
    ],
)
def test_dat_1_two_pupils_with_one_of_anything_are_both_bad(column, one, two):
    """DAT-1: each row is told the other's line, whatever the spelling."""
    parsed = parse(
        csv(
            f"1,Ann,Bee,4M,{one}",
            "2,Cat,Dee,4M,",
            f"3,Eve,Fox,4M,{two}",
            head=f"Adno,Forename,Surname,Class,{column}\n",
        )
    )

    assert [row.line for row in parsed.rows] == [3]
    assert [row.line for row in parsed.bad] == [2, 4]
    assert "the same as in line 4" in parsed.bad[0].reason
    assert "the same as in line 2" in parsed.bad[1].reason


def test_dat_1_many_rows_with_one_card_are_told_the_first_three():
    head = "Adno,Forename,Surname,Class,Card\n"
    lines = (f"{n},Ann,Bee,4M,04A1B2C3D4E5F6" for n in range(1, 6))

    bad = parse(csv(*lines, head=head)).bad

    assert "as in lines 3, 4, 5 and 1 more," in bad[0].reason
    four = parse(csv(*(f"{n},Ann,Bee,4M,04A1B2C3D4E5F6" for n in range(4)), head=head))
    assert "as in lines 3, 4 and 5," in four.bad[0].reason


def test_dat_1_two_pupils_with_one_number_are_both_bad_zeros_or_not():
    parsed = parse(csv("0012,Ann,Bee,4M", "12,Cat,Dee,4M"))

    assert [row.line for row in parsed.bad] == [2, 3]


def test_dat_1_two_classes_may_each_have_a_compartment_7():
    head = "Adno,Forename,Surname,Class,Locker\n"

    assert not parse(csv("1,Ann,Bee,4M,7", "2,Cat,Dee,5M,7", head=head)).bad


def test_dat_1_namesakes_in_a_class_need_a_number():
    head = "Forename,Surname,Class\n"

    parsed = parse(csv("Ann,Bee,4M", "ANN,Bee,4M", "Ann,Bee,5M", head=head))

    assert [row.line for row in parsed.bad] == [2, 3]
    assert not parse(csv("1,Ann,Bee,4M", "2,Ann,Bee,4M")).bad


def test_dat_1_a_pupil_written_once_for_each_parent_is_one_pupil():
    parsed = parse(csv("1,Ann,Bee,4M", "1,Ann,Bee,4M"))

    assert len(parsed.rows) == 1
    assert [(note.line, note.text) for note in parsed.notes] == [
        (3, "repeats line 2, read once")
    ]


def test_dat_1_a_quotation_mark_in_the_wrong_place_makes_one_bad_row():
    parsed = parse(csv('1,"Ann"y,Bee,4M', "2,Cat,Dee,4M"))

    assert [row.line for row in parsed.bad] == [2]
    assert [row.line for row in parsed.rows] == [3]


def test_dat_1_nothing_of_a_pupil_is_in_a_repr():
    head = "Adno,UPN,Forename,Surname,Class,Card\n"
    data = csv("771,B801200005001,Ann,Quill,4M,04A1B2C3D4E5F6", head=head)

    text = repr(parse(data))

    for secret in ("771", "B8012", "Ann", "Quill", "a1b2", "\\xa1"):
        assert secret not in text


# ------------------------------------------------------------------- whole refusals


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", RollHeadingsMissing),
        (b"\n\n", RollHeadingsMissing),
        (b"1,Ann,Bee,4M\n", RollHeadingsMissing),
        (b"Adno,Forename,Surname\n1,Ann,Bee\n", RollHeadingsMissing),
        (HEAD.encode(), RollEmpty),
        (b"Forename,Surname,Class,Class\nA,B,4M,5M\n", RollHeadingTwice),
        (HEAD.encode() + b'1,"Ann,Bee,4M\n2,Cat,Dee,4M\n', RollQuoteOpen),
        (HEAD.encode() + b"1,\x81\x8d,Bee,4M\n", RollNotText),
        (b"<html><table>", RollNotText),
        (b"%PDF-1.7", RollNotText),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", RollNotText),
        (b"x" * 5_000_001, RollTooLarge),
        (HEAD.encode() + b"1,Ann,Bee,4M\n" * 5001, RollTooLarge),
        ((",".join(["x"] * 301) + "\n").encode(), RollTooLarge),
    ],
)
def test_dat_1_what_is_no_roll_is_refused_whole_with_a_remedy(data, error):
    with pytest.raises(error) as caught:
        parse(data, "roll.csv")

    assert type(caught.value) is error
    assert caught.value.remedy
    assert "Ann" not in str(caught.value)


def test_dat_1_what_is_missing_is_named():
    with pytest.raises(RollHeadingsMissing, match="last name, class"):
        parse(b"Forename,Shoe size\nAnn,33\n")


def test_dat_1_an_open_quotation_mark_is_found_on_its_line():
    with pytest.raises(RollQuoteOpen, match="line 3"):
        parse(csv("1,Ann,Bee,4M", '2,"Cat,Dee,4M', "3,Eve,Fox,4M"))


@pytest.mark.parametrize("name", ["roll.xlsx", "Roll.XLS", "roll.ods", "roll.pdf"])
def test_dat_1_a_workbook_is_told_to_be_saved_as_csv(name):
    with pytest.raises(RollNotText) as caught:
        parse(b"PK\x03\x04 whatever", name)

    assert "CSV" in caught.value.remedy


def test_dat_1_a_path_that_is_not_there_is_a_roll_error(tmp_path):
    with pytest.raises(RollError, match=r"none\.csv: cannot be read"):
        parse(tmp_path / "none.csv")


def test_dat_1_a_roll_at_its_limits_is_read(tmp_path):
    data = csv(*(f"{n},Ann,Bee{chr(97 + n % 26)},4M" for n in range(5000)))
    path = tmp_path / "roll.csv"
    path.write_bytes(data)

    assert len(parse(path).rows) == 5000


# ---------------------------------------------------------------------------- laws

pieces = st.sampled_from(
    [
        HEAD,
        "1,Ann,Bee,4M\n",
        '"',
        ",",
        ";",
        "\r",
        "\n",
        "\0",
        "\ufeff",
        "Ü",
        "=",
        "\ud7ff",
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.sampled_from(["utf-8", "utf-16"]))
def test_dat_1_law_any_text_is_a_roll_or_a_roll_error(text, encoding):
    """DAT-1: whatever is uploaded, nothing else is ever raised."""
    try:
        parsed = parse(text.encode(encoding))
    except RollError:
        return
    lines = [row.line for row in (*parsed.rows, *parsed.bad)]
    assert len(lines) == len(set(lines))


@given(st.binary(max_size=300))
def test_dat_1_law_any_bytes_are_a_roll_or_a_roll_error(data):
    for bytes_ in (data, HEAD.encode() + data):
        with contextlib.suppress(RollError):
            parse(bytes_)


def test_dat_1_a_damaged_file_never_breaks_the_reader():
    """DAT-1: each example with a few bytes changed, 400 times, always the same ones."""
    chance = random.Random(20261123)
    for name in ("sims.csv", "bromcom.csv", "with-mistakes.csv"):
        sound = (EXAMPLES / name).read_bytes()
        for _ in range(400):
            data = bytearray(sound)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                parse(bytes(data), name)
            except RollError:
                continue
