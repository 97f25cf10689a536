"""ACC-9, DAY-1, REP-5: what the office and leadership set."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import Refusal
from controller.domain.rules import MAX_WORDS, RULE_SETTINGS
from tests.controller.domain.kit import HEAD, OFFICE


def test_a_pupils_door_table_language_and_kinds_are_changed_and_the_rest_stays(school):
    """DAY-1, DAY-2, WEB-3: ``None`` leaves a field as it is."""
    (told,) = school.order(
        o.SetPupil("p3", compartment=9, group="elm", language="cy", kinds=("watch",)),
        OFFICE,
    )
    (again,) = school.order(o.SetPupil("p3", compartment=0), OFFICE)

    assert told == p.PupilSet("p3", "kestrels", "elm", 9, "cy", ("watch",), by="o1")
    assert again == p.PupilSet("p3", "kestrels", "elm", 0, "cy", ("watch",), by="o1")


@pytest.mark.parametrize(
    "change",
    [
        {"compartment": 10},  # a holding compartment
        {"compartment": 99},
        {"compartment": -1},
        {"language": "xx"},
        {"language": ""},
        {"kinds": ()},
        {"kinds": ("toaster",)},
        {"group": "Row 1"},  # bodies hold codes (DAT-2)
        {"group": "dŵr"},
        {"group": "x" * 41},
    ],
    ids=str,
)
def test_dat_2_what_a_pupil_cannot_have_is_refused(school, change):
    """DAT-2, SEC-3: no body of the journal can be made to hold words."""
    assert school.order(o.SetPupil("p3", **change), OFFICE) == Refusal("bad-value")


def test_day_1_a_door_belongs_to_one_pupil(school):
    """DAY-1: not given twice, and not changed under a device."""
    assert school.order(o.SetPupil("p3", compartment=4), OFFICE) == Refusal("taken")
    school.at("08:40")
    school.hand_in("p3")

    moved = school.order(o.SetPupil("p3", compartment=9), OFFICE)

    assert moved == Refusal("device-inside")


def test_rep_5_a_rule_carries_version_and_who(school):
    """REP-5: set twice, second version."""
    school.order(o.SetRule("left_open_s", "30"), HEAD)
    school.order(o.SetRule("left_open_s", "90"), HEAD)

    rule = school.state.settings["left_open_s"]
    assert (rule.value, rule.version, rule.by) == ("90", 2, "h1")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("left_open_s", "9"),
        ("left_open_s", "601"),
        ("left_open_s", "-30"),
        ("left_open_s", "3０"),  # noqa: RUF001  a full-width nought is no digit here
        ("sound", "loud"),
        ("school.name", "x" * (MAX_WORDS + 1)),
        ("school.name", "St Anne's\nschool"),
    ],
)
def test_rep_5_a_value_out_of_bounds_is_refused(school, key, value):
    """REP-5: each rule knows what it can be."""
    assert school.order(o.SetRule(key, value), HEAD) == Refusal("bad-value")


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("left_open_s", "9", "found 9, wanted a whole number from 10 to 600 seconds."),
        ("left_open_s", "12.5", "found 12.5, wanted a whole number from 10 to 600 sec"),
        ("left_open_s", "", "found nothing, wanted a whole number"),
        ("left_open_s", "Amina", "found no number, wanted a whole number"),
        ("idle_lock_min", "61", "found 61, wanted a whole number from 1 to 60 minutes"),
        ("password_days", "400", "found 400, wanted a whole number from 0 to 365 days"),
        ("sound", "loud", "found something else, wanted one of Yes, No."),
        ("school.name", "x" * 81, "found 81 characters, wanted one line of at most 80"),
        ("school.name", "a\nb", "found more than one line, wanted one line"),
    ],
)
def test_web_6_a_refused_value_is_told_with_what_is_wanted(school, key, value, says):
    """WEB-6, REP-5: where, found, wanted with bounds and unit, what to do."""
    refused = school.order(o.SetRule(key, value), HEAD)

    assert refused.words.startswith(RULE_SETTINGS[key].title.split(" (")[0] + ": ")
    assert says in refused.words
    assert refused.remedy.endswith(".")
    assert "Amina" not in refused.words


def test_rep_5_every_number_says_what_it_counts():
    """REP-5: a bound without its unit is no bound."""
    numbers = [rule for rule in RULE_SETTINGS.values() if rule.kind == "number"]

    assert all(rule.unit and rule.bounds[0] < rule.bounds[1] for rule in numbers)


@pytest.mark.parametrize("key", RULE_SETTINGS)
def test_rep_5_every_rule_can_be_set_to_its_default(school, key):
    """REP-5: back to the beginning."""
    assert school.order(o.SetRule(key, RULE_SETTINGS[key].default), HEAD)


def test_day_5_a_club_has_a_name_an_end_and_a_leader(school):
    """DAY-5: made and changed by the office."""
    school.order(o.SetClub("choir", "Choir", "16:30", "t2"), OFFICE)

    club = school.state.clubs["choir"]
    assert (club.name, club.ends, club.leader) == ("Choir", "16:30", "t2")


@pytest.mark.parametrize(
    ("club", "name", "ends", "leader", "rule"),
    [
        ("Choir!", "Choir", "16:30", "t2", "bad-value"),
        ("choir", "", "16:30", "t2", "bad-value"),
        ("choir", "x" * 41, "16:30", "t2", "bad-value"),
        ("choir", "Choir", "24:00", "t2", "bad-value"),
        ("choir", "Choir", "half four", "t2", "bad-value"),
        ("choir", "Choir", "16:30", "p1", "unknown"),
        ("choir", "Choir", "16:30", "", "unknown"),
    ],
)
def test_day_5_a_club_that_cannot_be_is_refused(school, club, name, ends, leader, rule):
    """DAY-5: only an active colleague leads one."""
    order = o.SetClub(club, name, ends, leader)

    assert school.order(order, OFFICE) == Refusal(rule)


def test_day_5_a_colleague_who_left_leads_no_club(school):
    """DAY-5: nor releases one."""
    school.tell(p.StaffLeft("t2"))

    refused = school.order(o.SetClub("choir", "Choir", "16:30", "t2"), OFFICE)

    assert refused == Refusal("unknown")
