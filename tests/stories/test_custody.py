"""A story for each row of the table of bases: how it begins, and how it ends (CUS-1).

In between the owner's tap opens nothing, and the board shows a shut door like any
other. The tables at the top say where each story stands that is not here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controller.domain import custody_facts as f
from controller.domain.bases import BASES
from controller.domain.records import KINDS
from tests.rig_desk import at_home_time, desk_rig, hand_over, pupil_id, to_desk, use

HERE = "tests/stories/test_custody.py"
OWN = "tests/stories/test_own_devices.py"
FILED = "tests/browser/test_staff_records.py"
HOLDS = "tests/controller/domain/test_holds.py"

ROWS = {
    "deposit": (HERE, "handed_in_it_is_the_owners_again_after_the_release"),
    "confiscated": (HERE, "confiscated_it_goes_to_an_adult_of_the_list"),
    "safeguarding": (HERE, "a_concern_ends_with_two_people_at_the_lockers"),
    "police": (HERE, "the_polices_goes_to_an_officer_and_to_nobody_else"),
    "exception": (HERE, "an_exception_ends_with_its_review_date"),
    "staff": (OWN, "a_teacher_puts_the_own_device_away_and_takes_it_home"),
    "visitor": (OWN, "a_card_in_three_touches_then_the_own_tap"),
    "found": (HERE, "found_it_goes_to_its_owner_once_that_is_known"),
}

RECORDS = {
    "search": (FILED, "a_search_is_leaderships_and_the_safeguarding_lead_reads_it"),
    "exception": (FILED, "an_exception_is_filed_approved_and_covered"),
    "education": (FILED, "a_lesson_waits_for_leadership"),
    "exam": (FILED, "an_examination_lists_who_has_not_handed_in_and_shuts_taps"),
    "visitor": ("tests/browser/test_own_devices.py", "reception_gives_a_card_in_three"),
    "agreement": (FILED, "agreement_and_permission_are_two_touches"),
    "permission": (FILED, "agreement_and_permission_are_two_touches"),
    "breach": (FILED, "staff_tell_a_breach_and_ask_for_their_own_device"),
    "possession": (
        "tests/controller/domain/test_records.py",
        "what_was_found_is_open_until_it_has_been_reported",
    ),
    "own-use": (FILED, "staff_tell_a_breach_and_ask_for_their_own_device"),
}
"""Kind of record -> its story; the confiscation's and that of access stand apart."""

APART = {
    "REC-1": ("tests/browser/test_release_desk.py", "from_search_to_open_door_in_five"),
    "REC-8": (
        "tests/browser/test_second_factor.py",
        "the_head_signs_the_list_of_those",
    ),
}

FORBIDDEN = {
    "a police hold to pupil or parent": (HOLDS, "a_police_hold_never_goes_to_pupil_or"),
    "a concern to its subject": (HOLDS, "never_its_subject_and_the_heads_goes_past"),
    "the other way without two": (HOLDS, "never_the_other_way_without_a_second"),
    "never release": (
        "tests/controller/service/test_release_desk.py",
        "never_release_is_marked_and_last_and_refused",
    ),
    "evidence returned or disposed of": (
        "tests/controller/domain/test_bases.py",
        "what_may_be_evidence_is_never_returned_or_disposed_of",
    ),
    "custody changed by a look": (
        "tests/controller/domain/test_doors.py",
        "opening_as_staff_never_changes_custody",
    ),
    "a diagnosis stored": (
        "tests/controller/domain/test_records.py",
        "the_form_has_no_field_for_words",
    ),
    "a breach told to its subject": (
        "tests/controller/domain/test_records.py",
        "whoever_a_breach_is_about_never_sees_it",
    ),
    "a photograph": ("tests/controller/service/test_release_desk.py", "cus_11"),
    "one's own witness": (
        "tests/controller/service/test_two_at_the_bank.py",
        "nobody_is_their_own_witness",
    ),
}


@pytest.fixture
def rig(folder, cheap_hashes):
    """Half past ten: a policy, doors at the desk, two phones in."""
    with desk_rig(folder) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2)
        rig.clock_to("10:30")
        rig.token("kiosk")
        yield rig


def at_the_bank(rig, act: str, first: str, witness: str) -> None:
    """Do an act of two: card and PIN, the act, then the other's card and PIN."""
    rig.tap(first)
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults[first].pin)
    rig.ask("kiosk", "bank_act", act=act)
    rig.tap(witness)
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults[witness].pin)


def concern(rig) -> str:
    """Raise a concern about pupil 1; return the hold's id."""
    said = {"about": "pupil", "person": pupil_id(1), "reason": "It was shown round."}
    rig.ask("teacher", "concern_raise", **said)
    (hold,) = rig.state.holds
    return hold


def is_kept(rig) -> bool:
    """Whether the owner's tap opens nothing and the board shows shut doors only."""
    states = {door["state"] for door in rig.ask("nobody", "board")["doors"]}
    return rig.tap(1).result == "refused" and states == {"shut"}


def end(rig, hold: str, by: str = "office") -> f.HandOverPrepared:
    """Finish what was begun; return to whom it was prepared."""
    (given,) = rig.state.handovers
    rig.ask(by, "handover_finish", id=given, signed="paper")
    assert hold not in rig.state.holds
    assert rig.facts(f.HandedOver)[-1].handover == given
    return rig.facts(f.HandOverPrepared)[-1]


def test_cus_1_handed_in_it_is_the_owners_again_after_the_release(rig):
    """CUS-1 deposit."""
    assert is_kept(rig)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")

    rig.collect(1)

    assert pupil_id(1) not in rig.state.custody
    assert pupil_id(2) in rig.state.custody


def test_cus_1_confiscated_it_goes_to_an_adult_of_the_list(rig):
    """CUS-1 confiscated: held where it is, through home time, till the planned end."""
    said = {"clause": "4.3", "step": "parent"}
    hold = rig.ask("teacher", "hold_confiscate", pupil=pupil_id(1), **said)["id"]
    at_home_time(rig)
    rig.ask("teacher", "release_class", class_id="kestrels")
    assert is_kept(rig)
    rig.ask("office", "hold_fetch", id=hold)
    rig.tap("office")
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["office"].pin)
    rig.ask("kiosk", "bank_act", act=f"fetch:{hold}:1")
    use(rig, 1)
    door = to_desk(rig, hold)

    hand_over(rig, hold)
    use(rig, door)

    assert end(rig, hold).to == "adult"


def test_cus_1_a_concern_ends_with_two_people_at_the_lockers(rig):
    """CUS-1 safeguarding: any member of staff begins it, two end it."""
    hold = concern(rig)
    at_home_time(rig)
    rig.ask("teacher", "release_class", class_id="kestrels")
    assert is_kept(rig)
    assert rig.state.holds[hold].basis == "safeguarding"

    given = hand_over(rig, hold, by="dsl")["id"]
    at_the_bank(rig, f"give:{given}:1", "dsl", "teacher")
    use(rig, 1)

    told = end(rig, hold, by="dsl")
    assert (told.to, told.by) == ("adult", rig.cast.adults["dsl"].id)


def test_cus_1_the_polices_goes_to_an_officer_and_to_nobody_else(rig):
    """CUS-1 police: not to the mother, whoever asks."""
    hold = concern(rig)
    rig.step_up("dsl")
    rig.ask("dsl", "hold_reclassify", id=hold, basis="police")
    mother = {"holds": [hold], "to": "adult", "contact": rig.mother}
    fault = rig.refused("dsl", "handover_prepare", **mother, identity="known")
    assert fault.details == ["evidence"]
    assert is_kept(rig)

    officer = {"name": "Sergeant", "force": "County", "number": "1234"}
    officer |= {"to": "officer", "identity": "warrant-card", "reference": "CR/1"}
    given = rig.ask("dsl", "handover_prepare", holds=[hold], **officer)["id"]
    at_the_bank(rig, f"give:{given}:1", "dsl", "office")
    use(rig, 1)

    assert end(rig, hold, by="dsl").to == "officer"


def test_cus_1_an_exception_ends_with_its_review_date(rig):
    """CUS-1 REC-3 exception: approved by the head, over after its review date."""
    form = rig.ask("office", "record_form", kind="exception", about=pupil_id(3))
    values = {
        one["name"]: one.get("value", "")
        for one in form["fields"]
        if one["sort"] != "text"
    }
    values |= {"need": "medical", "agreed_on": "2026-11-20", "last": "2026-12-01"}
    said = {"kind": "exception", "about": pupil_id(3), "values": values, "words": {}}
    record = rig.ask("office", "record_file", **said)["id"]
    page = rig.ask("leadership", "record_approve", record=record)
    assert page["line"]["standing"] == "holds"

    rig.clock_to("2026-12-02 09:00")
    rig.run(2)

    line = rig.ask("leadership", "record", record=record)["line"]
    assert line["standing"] == "lapsed"


def test_cus_1_found_it_goes_to_its_owner_once_that_is_known(rig):
    """CUS-1 found: any of the staff begins it, the office ends it."""
    said = {"pupil": "", "basis": "found", "taken": True, "place": "safe"}
    hold = rig.ask("teacher", "hold_confiscate", **said)["id"]
    asked = {"holds": [hold], "to": "owner", "identity": "known"}
    fault = rig.refused("office", "handover_prepare", **asked)
    assert fault.details == ["owner-unknown"]

    rig.ask("office", "hold_owner", id=hold, pupil=pupil_id(3))
    rig.ask("office", "handover_prepare", **asked)

    assert end(rig, hold).to == "owner"


STORIES = {**ROWS, **APART, **FORBIDDEN} | {
    f"record: {k}": v for k, v in RECORDS.items()
}


def test_cus_1_every_row_every_record_and_every_never_has_its_story():
    """CUS-1 REC-2: a basis or a record that is added is red until it has one."""
    assert set(ROWS) == set(BASES)
    assert set(RECORDS) == set(KINDS)


@pytest.mark.parametrize("row", STORIES)
def test_cus_1_the_story_of_a_row_is_where_the_table_says(row, pytestconfig):
    """CUS-1: a story that is renamed or lost is red."""
    path, name = STORIES[row]
    text = Path(pytestconfig.rootpath, path).read_text("utf-8")

    assert re.search(rf"^def test_\w*{name}", text, re.MULTILINE)
