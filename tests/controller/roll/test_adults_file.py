"""CUS-4: adults of lists from a file: what is read, and what it would do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.roll import CurrentPupil, RollError, parse
from controller.roll.adult_lists import preview_adults
from controller.roll.adult_model import CurrentAdult
from controller.roll.adults import parse_adults
from controller.roll.errors import RollEmpty, RollHeadingsMissing, RollHeadingTwice

EXAMPLES = Path("examples/rolls")
HEAD = (
    "Pupil ID,UPN,Forename,Surname,Class,"
    "Contact ID,Contact Name,Relationship,Never release,May collect\n"
)
ANN = CurrentPupil("p-ann", "Ann", "Bee", "4-maple", external_id="001")
CAT = CurrentPupil(
    "p-cat", "Cat", "Bee", "4-maple", external_id="2", upn="B801200005001"
)
TWIN = CurrentPupil("p-twin", "Cat", "Dee", "5-oak", external_id="3")
HEADS = """\
Adno,Contact Forename,Contact Surname,Relationship,Court Order
\ufeffStudent ID;Guardian: Forename;Guardian: Surname;Relation to student;Court order
Pupil ID|Parent/carer forename|Parent/carer surname|Relation|Never release to
Admission Number,Contact's First Name,Contact's Last Name,Relation,Do not release
""".splitlines()
PUPILS = (ANN, CAT, TWIN)
JUNE = CurrentAdult("a1", "p-ann", "June Bee", "mother", never=False)
OTTO = CurrentAdult("a2", "p-ann", "Otto Bee", "father", never=True)


def of(pupil: str, adult: str, what: str = "", **more: str) -> str:
    """Return one row under :data:`HEAD`, the pupil by number."""
    said = [more.get(name, "") for name in ("id", "never", "collects")]
    return f'{pupil},,,,,{said[0]},"{adult}",{what},{said[1]},{said[2]}'


def compare(*rows: str, current=(), head: str = HEAD):
    """Return what the rows would do to the lists."""
    data = (head + "\n".join(rows)).encode()
    return preview_adults(parse_adults(data), PUPILS, current)


def listed(found) -> list[tuple[str, str, str]]:
    """Return pupil, adult and relationship of who is added."""
    return [(one.pupil, one.name, one.relationship) for one in found.added]


def reasons(found) -> list[tuple[int, str]]:
    """Return line and beginning of the reason of each bad row."""
    return [(bad.line, bad.reason.partition(",")[0]) for bad in found.bad]


def as_they_would_be(found, current=()) -> list[CurrentAdult]:
    """Return the lists once a preview is applied, nobody taken off."""
    after = {(one.contact, one.pupil): one for one in current}
    for new in found.added:
        key = new.contact or f"n{new.one_with}"
        after[key, new.pupil] = CurrentAdult(
            key, new.pupil, new.name, new.relationship, new.never
        )
    for one in found.altered:
        was = one.before
        after[was.contact, was.pupil] = CurrentAdult(
            was.contact, was.pupil, was.name, one.relationship, one.never
        )
    return list(after.values())


# --------------------------------------------------------------------- what is read


def test_cus_4_the_example_of_adults_fits_the_example_of_a_roll():
    """CUS-4: a father who is marked, a child minder of two, a contact passed over."""
    roll = parse(EXAMPLES / "sims.csv").rows
    pupils = [
        CurrentPupil(
            f"p{n}", row.first_name, row.last_name, row.class_slug, row.external_id
        )
        for n, row in enumerate(roll, 1)
    ]

    data = (EXAMPLES / "adults.csv").read_bytes()
    found = preview_adults(parse_adults(data), pupils, ())

    assert (found.bad, found.notes, found.passed) == ((), (), 1)
    assert [one.pupil for one in found.added] == [
        "p1",
        "p1",
        *(f"p{n}" for n in range(2, 7)),
    ]
    assert [one.name for one in found.added if one.never] == ["Barnaby Heron"]
    minder = {one.one_with for one in found.added if one.relationship == "childminder"}
    assert len(minder) == 1


@pytest.mark.parametrize(
    "head",
    HEADS,
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_cus_4_headings_delimiters_and_encodings_of_each_system(head, encoding):
    """CUS-4: as SIMS, Arbor and Bromcom call the columns, and as people do."""
    mark = next(mark for mark in ";|," if mark in head)
    row = mark.join(["0001", "Siân", "Bee", "Mother", "Yes"])
    text = f"{head}\n{row}\n"
    if encoding == "cp1252":
        text = text.lstrip("\ufeff")
    (one,) = preview_adults(parse_adults(text.encode(encoding)), PUPILS, ()).added

    assert (one.pupil, one.name, one.relationship) == ("p-ann", "Siân Bee", "mother")
    assert one.never


def test_cus_4_a_column_that_is_not_used_is_never_read():
    """CUS-4, DAT-5: telephone, address, notes: in nothing that is kept."""
    head = HEAD.rstrip() + ",Contact Number,Contact Phone,Contact Email,Address\n"
    row = of("1", "June Bee", "mother") + ",01632 960001,01632 960002,j@x.org,1 Way"
    parsed = parse_adults((head + row).encode())

    assert len(parsed.rows) == 1
    everything = " ".join(str(getattr(parsed.rows[0], name)) for name in FIELDS)
    assert not [no for no in ("01632", "j@x", "Way") if no in everything]


FIELDS = ("number", "upn", "name", "class_slug", "adult", "adult_id", "relationship")


@pytest.mark.parametrize(
    "whose",
    ["1,,,,", "0001,,,,", "P-ANN,,,,", ",,Ann,Bee,4 Maple", ",,Ann,Bee,"],
)
def test_cus_4_a_pupil_is_known_by_number_or_by_name_and_class(whose):
    """CUS-4."""
    assert listed(compare(f"{whose},,June Bee,Mother,,")) == [
        ("p-ann", "June Bee", "mother")
    ]


def test_cus_4_a_pupil_is_known_by_upn():
    """CUS-4."""
    assert listed(compare(",b801200005001,,,,,June Bee,,,")) == [
        ("p-cat", "June Bee", "")
    ]


@pytest.mark.parametrize("name", ["Bee, June", "June Bee", " June  Bee "])
def test_cus_4_a_name_in_one_cell_is_read_either_way(name):
    """CUS-4."""
    assert listed(compare(of("1", name))) == [("p-ann", "June Bee", "")]


def test_cus_4_a_file_without_the_adults_name_is_no_list_of_adults():
    """CUS-4: a roll sent to the wrong page says what it lacks."""
    with pytest.raises(RollHeadingsMissing, match="adult's last name"):
        parse_adults(b"Adno,Forename,Surname,Class\n1,Ann,Bee,4 Maple\n")
    with pytest.raises(RollEmpty):
        parse_adults(HEAD.encode())


@pytest.mark.parametrize(
    "more", ["Guardian Forename,Contact Forename", "Contact ID,Adult ID"]
)
def test_cus_4_two_columns_that_could_be_two_adults_are_refused(more):
    """CUS-4: the first name of one and the last name of another are nobody."""
    with pytest.raises(RollHeadingTwice):
        parse_adults(f"Adno,{more},Contact Surname\n1,June,Otto,Bee\n".encode())


def test_cus_4_yes_in_one_of_two_columns_marks_and_no_in_one_forbids():
    """CUS-4: never release beats whatever stands beside it."""
    head = "Adno,Contact,Never release,Court order,May collect,Authorised to collect\n"
    found = compare("1,June Bee,no,yes,,", "1,Otto Bee,,,yes,no", head=head)

    assert [(one.name, one.never) for one in found.added] == [("June Bee", True)]
    assert found.passed == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (of("99", "June Bee"), "admission number: nobody on the roll has it"),
        (of("", "June Bee"), "name: empty"),
        (",,Dan,Moe,4 Maple,,June Bee,,,", "name and class: nobody on the roll has it"),
        ("1,,Dan,Moe,,,June Bee,,,", "admission number or UPN: on the roll"),
        (of("1", ""), "adult's name: empty"),
        (of("1", "12"), "adult's name: has no letter in it"),
        (of("1", "J" * 81), "adult's name: longer than 80 characters"),
        (of("1", "J" * 100_000), "adult's name: longer than 100 characters"),
        (of("1", "June\x00Bee"), "adult's name: has a line break"),
        (of("1", "June", "x" * 81), "relationship: longer than 80 characters"),
        (of("1", "June", never="residence"), "never release: not understood"),
        (of("1", "June", collects="on Mondays"), "may collect: not understood"),
        (of("1", "June", id="7.00E+03"), "adult's id: a spreadsheet"),
    ],
)  # fmt: skip
def test_cus_4_a_bad_row_has_its_line_and_reason_and_stops_only_itself(row, reason):
    """CUS-4."""
    found = compare(of("2", "Ivy Bee"), row)

    ((line, said),) = reasons(found)
    assert line == 3
    assert said.startswith(reason)
    assert listed(found) == [("p-cat", "Ivy Bee", "")]


def test_cus_4_no_reason_quotes_a_cell():
    """CUS-4, DAT-2: a reason is shown and may be logged."""
    found = compare(*(of(n, "Zebediah\x00", "Zebediah") for n in ("1", "99", "")))

    assert len(found.bad) == 3
    assert "Zebediah" not in repr(found)


@pytest.mark.parametrize("name", ["=1+1 Bee", "@June", "+June", "-June"])
def test_sec_3_a_name_like_a_formula_is_kept_as_text_and_told(name):
    """SEC-3, CUS-4."""
    found = compare(of("1", name))

    assert [one.name for one in found.added] == [name]
    assert found.notes[0].text.startswith("adult's name: begins like a formula")


@given(st.text(max_size=300))
def test_sec_3_law_no_text_is_more_than_told(text):
    """SEC-3, CUS-4: whatever comes, it is read or refused in words."""
    try:
        preview_adults(
            parse_adults((HEAD + text).encode("utf-8", "replace")), PUPILS, ()
        )
    except RollError as told:
        assert told.remedy  # noqa: PT017  the point is that nothing else comes


def test_cus_4_two_thousand_pupils_take_well_under_a_second():
    """CUS-4: 5,000 rows against 5,000 adults; the loop has doors to serve."""
    pupils = [
        CurrentPupil(f"p{n}", f"First{n}", "Bee", "4-maple", external_id=str(n))
        for n in range(2_000)
    ]
    rows = "\n".join(
        of(str(n % 2_000), f"Adult{n} Bee", "Mother") for n in range(5_000)
    )
    data = (HEAD + rows).encode()
    current = as_they_would_be(preview_adults(parse_adults(data), pupils, ()))

    began = time.process_time()
    found = preview_adults(parse_adults(data), pupils, current)

    assert found.unchanged == 5_000
    assert time.process_time() - began < 1.0


# -------------------------------------------------------------- who is added, changed


def test_cus_4_the_same_file_again_changes_nothing():
    """CUS-4: imported every Monday, with siblings, marks and namesakes."""
    rows = [
        of("1", "June Bee", "Mother", id="7"),
        of("2", "June Bee", "Mother", id="7"),
        of("1", "Otto Bee", "Father", id="8", never="yes"),
        of("1", "Otto Bee", "Brother", id="9"),
        of("3", "Ivy Dee", "", collects="yes"),
        of("3", "Max Dee", "", collects="no"),
    ]
    first = compare(*rows)
    again = compare(*rows, current=as_they_would_be(first))

    assert (len(first.added), first.bad, first.apart) == (5, (), 0)
    assert (again.added, again.altered, again.absent) == ((), (), ())
    assert (again.unchanged, again.bad, again.notes) == (5, (), ())


def test_cus_4_what_changes_is_the_relationship_and_the_mark():
    """CUS-4: the spelling of the page stays; an empty cell changes nothing."""
    found = compare(
        of("1", "JUNE BEE", "Carer", never="yes"),
        of("1", "Otto Bee"),
        current=(JUNE, OTTO),
    )

    assert [(one.before.contact, one.relationship, one.never, one.what)
            for one in found.altered] == [
        ("a1", "carer", True, "marked never release, relationship")
    ]  # fmt: skip
    assert found.unchanged == 1
    assert found.added == ()


def test_cus_4_a_file_never_lifts_never_release():
    """CUS-4: said "no", not said, may collect, or not in the file: the mark stays."""
    for row in (
        of("1", "Otto Bee", never="no"),
        of("1", "Otto Bee", "Father", never="no", collects="yes"),
        of("1", "Otto Bee", "Uncle"),
        of("1", "Otto Bee", collects="no", never="no"),
        of("1", "June Bee"),
    ):
        found = compare(row, current=(JUNE, OTTO))
        assert all(one.never for one in found.altered), row
        assert "a2" not in {one.contact for one in found.absent}, row
        assert not [one for one in found.added if "Otto" in one.name], row
        told = [note.text for note in found.notes if "the mark stays" in note.text]
        assert bool(told) == ('no"' in row or ",no," in row), row


def test_cus_4_who_is_not_in_the_file_is_told_and_only_of_pupils_who_are_in_it():
    """CUS-4: a file of one year group empties no other list."""
    other = CurrentAdult("a3", "p-cat", "Ivy Bee", "aunt", never=False)
    uncle = CurrentAdult("a4", "p-ann", "Max Bee", "uncle", never=False)
    found = compare(of("1", "June Bee"), current=(JUNE, OTTO, other, uncle))

    assert found.absent == (uncle,)


def test_cus_4_who_may_not_collect_is_not_listed_and_counts_as_not_in_the_file():
    """CUS-4: passed over where new, to be taken off by choice where on the list."""
    found = compare(
        of("1", "June Bee", collects="no"),
        of("1", "Ivy Bee", collects="no"),
        of("1", "Max Bee", collects="no", never="yes"),
        current=(JUNE,),
    )

    assert found.absent == (JUNE,)
    assert found.passed == 1
    assert [(one.name, one.never) for one in found.added] == [("Max Bee", True)]


def test_cus_4_a_list_has_an_end():
    """CUS-4: the thirteenth is told; those on the list have the first claim."""
    rows = [of("1", f"Adult{chr(97 + n)} Bee") for n in range(12)]
    found = compare(*rows, current=(JUNE,))

    assert len(found.added) == 11
    assert reasons(found) == [(13, "the list has 12 adults")]


# --------------------------------------------------------------- one adult or two


def test_cus_4_one_id_is_one_adult_on_the_lists_of_siblings():
    """CUS-4: new on both lists, or joined to the one who is here."""
    rows = [of("1", "June Bee", id="7"), of("2", "June Bee", id="7")]
    new, joined = compare(*rows), compare(*rows, current=(JUNE,))

    assert [(one.contact, one.one_with) for one in new.added] == [("", 2), ("", 2)]
    assert [(one.pupil, one.contact) for one in joined.added] == [("p-cat", "a1")]


def test_cus_4_without_an_id_one_name_on_two_lists_is_two_adults_and_told():
    """CUS-4: two people are never made one because they are called alike."""
    found = compare(of("1", "June Bee", "mother"), of("2", "June Bee", "mother"))
    later = compare(of("2", "June Bee", "mother"), current=(JUNE,))

    assert len({one.one_with for one in found.added}) == 2
    assert [one.contact for one in later.added] == [""]
    assert (found.apart, later.apart) == (1, 1)


def test_cus_4_an_adult_whom_the_office_joined_stays_joined():
    """CUS-4: rows without an id change nothing about that."""
    both = (JUNE, CurrentAdult("a1", "p-cat", "June Bee", "mother", never=False))
    found = compare(of("1", "June Bee"), of("2", "June Bee"), current=both)

    assert (found.unchanged, found.added, found.apart) == (2, (), 0)


def test_cus_4_one_id_with_two_names_is_nobody():
    """CUS-4: an id that is a household's, or a typing error: both rows are told."""
    found = compare(of("1", "June Bee", id="7"), of("2", "Otto Bee", id="7"))

    assert reasons(found) == [
        (2, "adult's id: stands for another name in line 3"),
        (3, "adult's id: stands for another name in line 2"),
    ]


def test_cus_4_one_name_twice_for_a_pupil_needs_both_id_and_relationship():
    """CUS-4: father and son of one name; else the rows contradict one another."""
    father = of("1", "Otto Bee", "father", id="7")
    son = of("1", "Otto Bee", "brother", id="8")

    assert len(compare(father, son).added) == 2
    for other in (of("1", "Otto Bee", "brother"), of("1", "Otto Bee", "father", id="8"),
                  of("1", "Otto Bee", "brother", id="7")):  # fmt: skip
        assert [line for line, _ in reasons(compare(father, other))] == [2, 3], other


def test_cus_4_a_row_that_repeats_another_is_read_once():
    """CUS-4: exports write an adult once for each telephone."""
    found = compare(*[of("1", "June Bee", "Mother", id="7")] * 3)

    assert len(found.added) == 1
    assert found.bad == ()


def test_cus_4_a_name_that_the_list_has_twice_is_left_to_the_office():
    """CUS-4: which of the two is meant nobody can tell."""
    twin = CurrentAdult("a5", "p-ann", "June Bee", "aunt", never=False)

    assert reasons(compare(of("1", "June Bee"), current=(JUNE, twin))) == [
        (2, "adult's name: the list has it more than once")
    ]
    found = compare(of("1", "June Bee", "Aunt"), current=(JUNE, twin))
    assert (found.unchanged, found.bad) == (1, ())


def test_cus_4_an_id_that_the_lists_contradict_joins_nobody():
    """CUS-4: one id for two here, two ids for one here: told, and left as it is."""
    two = (JUNE, CurrentAdult("a6", "p-cat", "June Bee", "mother", never=False))
    same = [of(n, "June Bee", id="7") for n in ("1", "2", "3")]
    found = compare(*same, current=two)
    assert [one.contact for one in found.added] == [""]
    assert "two on the lists" in found.notes[0].text

    one = (JUNE, CurrentAdult("a1", "p-cat", "June Bee", "mother", never=False))
    differ = [
        of(n, "June Bee", id=key) for n, key in (("1", "7"), ("2", "8"), ("3", "8"))
    ]
    found = compare(*differ, current=one)
    assert [one.contact for one in found.added] == [""]
    assert "two ids" in found.notes[0].text


def test_cus_4_a_mark_for_one_child_of_an_adult_and_not_for_another_is_told():
    """CUS-4: an order mostly means both."""
    found = compare(
        of("1", "Otto Bee", id="8"), of("2", "Otto Bee", id="8", never="yes")
    )

    assert [(note.line, note.text[:14]) for note in found.notes] == [
        (2, "never release:")
    ]
    assert [one.never for one in found.added] == [False, True]
