"""What the desk lists, and the lists it goes by (CUS-3, CUS-4, CUS-10, CUS-13)."""

from __future__ import annotations

import pytest

from controller.client import RequestRefused
from controller.domain import custody_facts as f
from controller.domain import people_facts as p
from controller.people.connection import PeopleConnection
from controller.people.records import Person, Pupil
from tests.rig_desk import (
    DESK_DOORS,
    MOTHER,
    NEVER,
    UNCLE,
    add_adult,
    at_home_time,
    desk_rig,
    hand_over,
    pupil_id,
    take_away,
    to_desk,
    to_safe,
    use,
)


@pytest.fixture
def rig(folder, cheap_hashes):
    """A bank with a desk, adults on two lists, a policy; lessons."""
    with desk_rig(folder) as rig:
        rig.clock_to("11:00")
        yield rig


def desk(rig, by: str = "office"):
    """Return the desk's lists as ``by`` sees them."""
    return rig.ask(by, "custody")


# ------------------------------------------------------------------------------ search


def test_cus_4_search_forgives_accents_hyphens_and_haste(rig):
    """CUS-4: the beginning of any word of the name, in any order."""
    name = ("Noëlle", "Nowak-O'Brien")
    rig.hub.directory.put(
        Person("p0900", "pupil", *name, 0), Pupil("p0900", "kestrels", "4")
    )
    rig.hub.core.commit([p.PupilSet("p0900", "kestrels")])

    for typed in ("noelle", "NOËLL", "obrien noel", "nowak", "  no   now "):
        found = rig.ask("office", "custody_find", q=typed)
        assert [one["id"] for one in found] == ["p0900"], typed
    assert rig.ask("office", "custody_find", q="brien") == []
    assert rig.ask("office", "custody_find", q="   ") == []


def test_cus_4_what_is_held_is_found_first(rig):
    """CUS-4: whoever has something at the desk is probably who is meant."""
    take_away(rig, 8)

    found = rig.ask("office", "custody_find", q="quillfeather")
    assert found[0]["id"] == pupil_id(8)
    assert [one["name"] for one in found[1:]] == sorted(
        one["name"] for one in found[1:]
    )


def test_cus_4_a_search_over_two_thousand_reads_no_table_and_each_name_once(
    rig, monkeypatch
):
    """CUS-4: the work is counted, not timed: 2,000 names from memory, 20 answers."""
    facts = []
    for n in range(1_000, 3_000):
        rig.hub.directory._people[f"p{n}"] = Person(
            f"p{n}", "pupil", "Ada", f"Number{n}", 0
        )
        facts.append(p.PupilSet(f"p{n}", "kestrels"))
    rig.hub.core.commit(facts)
    looked_up, asked = [], []
    full, rows = rig.hub.directory.full, PeopleConnection.rows

    def counted(self, sql, *values):
        asked.append(sql)
        return rows(self, sql, *values)

    monkeypatch.setattr(
        rig.hub.directory, "full", lambda who: looked_up.append(who) or full(who)
    )
    monkeypatch.setattr(PeopleConnection, "rows", counted)

    found = rig.ask("office", "custody_find", q="ada num")

    assert len(found) == 20
    assert len(looked_up) == len(set(looked_up)) <= 2_010
    assert not [sql for sql in asked if "FROM person" in sql or "contact" in sql]


# ---------------------------------------------------------------- overdue and not told


def test_cus_10_overdue_is_listed_first_with_nights_and_reminders(rig):
    """CUS-10: each reminder is a dated fact; how often and when last is shown."""
    late, fresh = take_away(rig, 1), take_away(rig, 2)
    rig.clock_to("2026-11-25 10:00")
    today = take_away(rig, 3)
    for how in ("letter", "phone"):
        rig.ask("office", "hold_told", id=late, how=how)

    lines = desk(rig)["held"]
    assert [line["id"] for line in lines] == [late, fresh, today]
    assert [line.get("nights", 0) for line in lines] == [2, 2, 0]
    assert lines[0]["told_times"] == 2
    assert lines[0]["told"] == "Phone, 25 November 10:00, Olga Stonecrop"
    assert [fact.how for fact in rig.facts(f.ParentTold)] == ["letter", "phone"]


def test_cus_10_home_not_told_is_a_list_until_it_is(rig):
    """CUS-10: the office sees who has not been told, for how many hours."""
    hold = take_away(rig, 1)
    rig.clock_to("14:10")

    assert [line["hours"] for line in desk(rig)["not_told"]] == [3]
    rig.ask("office", "hold_told", id=hold, how="phone")
    assert desk(rig)["not_told"] == []


@pytest.mark.parametrize("by", ["office", "dsl"])
def test_cus_10_of_a_safeguarding_hold_only_dsl_and_head_decide_and_see(rig, by):
    """CUS-10: the office's answer has no field about it, not even that nobody told."""
    hold = take_away(rig, 1)
    rig.step_up("dsl")
    rig.ask("dsl", "hold_reclassify", id=hold, basis="safeguarding", reason="See file")

    mine = desk(rig, by)
    if by == "office":
        assert mine["not_told"] == []
        assert set(mine["held"][0]) == {
            *("id", "person", "name", "class_name", "title", "place", "ask")
        }
        assert mine["held"][0]["place"] == ""
        fault = rig.refused("office", "hold_told", id=hold, how="phone")
        assert fault.status == 403
    else:
        rig.ask("dsl", "hold_told", id=hold, how="not-yet-safe")
        assert desk(rig, "dsl")["not_told"] == []


def test_cus_13_how_the_child_travels_is_noted_by_whoever_knows(rig):
    """CUS-13: by the teacher; the desk shows it beside "home not told"."""
    hold = take_away(rig, 1)
    rig.ask("teacher", "hold_travel", id=hold, travels="bus", home_knows=True)

    line = desk(rig)["not_told"][0]
    assert (line["travels"], line["home_knows"]) == ("Bus", True)


# ------------------------------------------------------------------ fetches and places


def test_cus_4_a_fetch_is_asked_for_and_dropped(rig):
    """CUS-4: it stays on the list until it is here, or not wanted any more."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.clock_to("11:00")
    args = {"pupil": pupil_id(1), "clause": "4.2"}
    hold = rig.ask("teacher", "hold_confiscate", **args)["id"]

    rig.ask("office", "hold_fetch", id=hold)
    line = desk(rig)["fetches"][0]
    assert (line["place"], line["fetch"]) == ("Door 1", "Olga Stonecrop")
    rig.ask("office", "hold_fetch", id=hold, drop=True)
    assert desk(rig)["fetches"] == []


def test_cus_4_no_door_opens_out_of_the_desks_sight(rig):
    """CUS-4: neither for a move nor for a hand-over; the remedy says fetch."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.clock_to("11:00")
    args = {"pupil": pupil_id(1), "clause": "4.2"}
    hold = rig.ask("teacher", "hold_confiscate", **args)["id"]
    at_home_time(rig)

    move = rig.refused("office", "hold_move", id=hold, place="carried")
    assert move.details == ["not-in-sight"]
    with pytest.raises(RequestRefused) as refused:
        hand_over(rig, hold)
    assert refused.value.fault.details == ["fetch-first"]
    assert rig.coils_on == []


def test_cus_3_from_hand_to_safe_to_door_each_move_is_an_entry(rig):
    """CUS-3: who, from where, to where, which bag."""
    hold = take_away(rig, 1)
    rig.ask("office", "hold_move", id=hold, place="carried")
    rig.ask("office", "hold_move", id=hold, place="safe", seal="B-0412")
    door = to_desk(rig, hold)
    rig.ask("office", "hold_move", id=hold, place="carried")
    use(rig, door)

    office = f"carried:{rig.cast.adults['office'].id}"
    teacher = f"carried:{rig.cast.adults['teacher'].id}"
    assert [(m.origin, m.place, m.seal) for m in rig.facts(f.HoldMoved)] == [
        (teacher, office, ""),
        (office, "safe", "B-0412"),
        ("safe", f"door:{door}", ""),
        (f"door:{door}", office, ""),
    ]


def test_cus_3_a_door_that_is_ordered_for_a_move_is_said(rig):
    """CUS-3: which door opens, until it is shut again."""
    hold = take_away(rig, 1)
    line = rig.ask("office", "hold_move", id=hold, place="door")

    assert line["opening"] == DESK_DOORS[0]
    use(rig, DESK_DOORS[0])
    line = rig.ask("office", "hold", id=hold)
    assert (line.get("opening", 0), line["door"]) == (0, DESK_DOORS[0])


def test_cus_2_no_holding_door_is_free(rig):
    """CUS-2: told so, with the safe as what to do."""
    for pupil in (1, 2):
        to_desk(rig, take_away(rig, pupil))

    third = take_away(rig, 3)
    fault = rig.refused("office", "hold_move", id=third, place="door")
    assert fault.details == ["no-holding-room"]
    assert "safe" in fault.remedy


# ------------------------------------------------------------------------ lists, policy


def test_cus_4_the_list_is_changed_and_leaves_no_name_in_the_journal(rig):
    """CUS-4, DAT-2: add, change, mark never, take off; ids alone in the journal."""
    added = add_adult(rig, 3, "Ottoline Wrenfield", "aunt", phone="01632 960002")
    args = {"pupil": pupil_id(3), "id": added}
    lines = rig.ask(
        "office", "contact_set", **args, name="Ottoline Wrenfield", never=True
    )
    assert lines[0]["never"]
    assert rig.ask("office", "contact_remove", **args) == []

    facts = rig.facts(f.ContactSet, f.ContactRemoved)[-3:]
    assert [getattr(fact, "never", None) for fact in facts] == [False, True, None]
    bodies = " ".join(e.body or "" for e in rig.hub.core.journal.entries(limit=9_999))
    assert not [n for n in ("Ottoline", MOTHER, UNCLE, NEVER) if n in bodies]
    assert rig.hub.directory.store.contacts.get(added, pupil_id(3)) is None


def test_cus_4_one_adult_on_two_lists_is_one_adult(rig):
    """CUS-4: a new telephone number is new on both."""
    args = {"pupil": pupil_id(1), "id": rig.mother, "name": MOTHER}
    rig.ask("office", "contact_set", **args, relationship="mother", phone="01632 1")

    both = [rig.ask("office", "contacts", pupil=pupil_id(n)) for n in (1, 2)]
    phones = [
        line["phone"] for lines in both for line in lines if line["name"] == MOTHER
    ]
    assert phones == ["01632 1", "01632 1"]


@pytest.mark.parametrize(
    ("args", "where"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Ada", "phone": "0" * 31}, "phone"),
        ({"name": "Ada\nEve"}, "name"),
        ({"name": "Ada", "never": "perhaps"}, "never"),
    ],
)
def test_cus_4_a_list_takes_no_nonsense(rig, args, where):
    """CUS-4: told what is wrong with which field; nothing kept."""
    before = rig.state
    fault = rig.refused("office", "contact_set", pupil=pupil_id(3), **args)

    assert fault.status == 422
    assert fault.message.startswith(f"{where}:")
    assert rig.state == before
    assert rig.ask("office", "contacts", pupil=pupil_id(3)) == []


def test_cus_4_a_list_has_an_end(rig):
    """CUS-4: twelve adults are a family; the thirteenth is turned away."""
    for n in range(12):
        add_adult(rig, 4, f"Adult Number{n}", "")

    args = {"pupil": pupil_id(4), "name": "One More"}
    assert rig.refused("office", "contact_set", **args).status == 422


def test_cus_4_nobody_reads_a_list_who_has_no_need(rig):
    """CUS-4, ACC-6: teachers and technicians do not see who may come."""
    for role in ("teacher", "cover", "technician"):
        for do in ("contacts", "custody_visit", "custody_find", "custody"):
            fault = rig.refused(role, do, pupil=pupil_id(1), q="ami")
            assert fault.status == 403
            assert MOTHER not in str(fault)


def test_rec_1_the_policy_says_who_and_which_clause(rig):
    """REC-1, CUS-5: withdrawn and removed, it holds from the next device on."""
    rig.step_up("leadership")
    teacher = rig.cast.adults["teacher"].id
    rig.ask("leadership", "policy_authorise", staff=teacher, withdraw=True)
    left = rig.ask("leadership", "policy_clause", clause="4.3", remove=True)

    assert [clause[0] for clause in left["clauses"]] == ["4.2"]
    assert teacher in [staff[0] for staff in left["staff"]]
    args = {"pupil": pupil_id(5), "taken": True}
    fault = rig.refused("teacher", "hold_confiscate", **args, clause="4.2")
    assert fault.details == ["not-authorised"]
    fault = rig.refused("office", "hold_confiscate", **args, clause="4.3")
    assert fault.status == 404


@pytest.mark.parametrize("number", ["", "4 2", "x" * 13, "<b>", "4.2."])
def test_rec_1_a_clause_has_a_number_as_printed(rig, number):
    """REC-1: what is no clause's number is turned away."""
    args = {"clause": number, "name": "Phones"}
    fault = rig.refused("leadership", "policy_clause", **args)

    assert fault.status in (409, 422)
    assert [k.clause for k in rig.state.clauses.values()] == ["4.2", "4.3"]


def test_cus_2_whose_a_found_device_is_is_said_before_it_goes(rig):
    """CUS-2, CUS-4: nobody is given what is nobody's."""
    args = {"basis": "found", "taken": True, "pupil": ""}
    hold = rig.ask("office", "hold_confiscate", **args)["id"]
    to_safe(rig, hold)

    with pytest.raises(RequestRefused) as refused:
        hand_over(rig, hold)
    assert refused.value.fault.details == ["owner-unknown"]
    assert rig.ask("office", "hold_owner", id=hold, pupil=pupil_id(1))["name"]
    assert hand_over(rig, hold)["state"] == "ready"
