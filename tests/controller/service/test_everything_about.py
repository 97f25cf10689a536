"""DAT-4: everything about one person, without anybody else's name."""

from __future__ import annotations

import pytest

from controller.domain.card_facts import CardDoubted
from controller.domain.custody_facts import DeviceHeld, HoldMoved
from controller.domain.door_facts import ReleaseGivenUp, ReleaseOrdered
from controller.domain.people_facts import PersonExported
from tests.controller.service.test_record_requests import a_search, file
from tests.rig_desk import set_policy, take_away, to_safe


@pytest.fixture
def school(rig):
    """A morning with hand-ins, an adult on the list, a remark that names another."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("15:20")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)
    amina = rig.cast.children[0].id
    rig.ask(
        "office", "contact_set", pupil=amina, name="Marigold Finch", relationship="aunt"
    )
    rig.step_up("leadership")
    rig.ask(
        "leadership",
        "hold_confiscate",
        pupil=amina,
        taken=True,
        reason="Lent to OLIVER, said Teresa; Marigold was told. It is Amina's.",
    )
    return rig


def everything(rig, door: int = 1) -> dict:
    """Ask for everything about the pupil of a door."""
    rig.step_up("leadership")
    return rig.ask(
        "leadership", "person_everything", person=rig.cast.children[door - 1].id
    )


def words(answer: dict) -> str:
    """All cells of an answer."""
    parts = answer["parts"]
    return "\n".join(" | ".join(row) for part in parts for row in part["rows"])


def test_dat_4_it_is_all_there(school):
    """DAT-4: who, card, adults by what they are, words, entries with their places."""
    answer = everything(school)
    told = words(answer)

    assert [part["title"] for part in answer["parts"]] == [
        "Who this is",
        "Cards",
        "Adults of the list",
        "Words",
        "Entries of the journal",
    ]
    for piece in ("Amina", school.cast.children[0].uid, "aunt", "phone is said to be"):
        assert piece in told, piece
    assert "Language | English\n" in told
    assert "Class | Kestrels\n" in told
    entries = answer["parts"][-1]["rows"]
    assert len(entries) >= 6
    assert all("/" in place for *_, place in entries)


def test_dat_4_nobody_elses_name_is_in_it(school):
    """DAT-4: not in entries, nor in words that somebody wrote, in whatever case."""
    told = words(everything(school)).casefold()
    others = [child.first_name for child in school.cast.children[1:]]
    adults = [adult.first_name for adult in school.cast.adults.values()]

    for name in (*others, *adults, "Marigold", "Finch"):
        assert name.casefold() not in told, name
    assert "it is amina" in told


def test_dat_4_what_the_safeguarding_lead_keeps_is_counted_and_not_shown(school):
    """DAT-4, CUS-6: the head decides what of it is given."""
    amina = school.cast.children[0].id
    school.ask("teacher", "concern_raise", about="pupil", person=amina, reason="Fig")

    answer = everything(school)

    assert answer["left_out"] >= 2
    assert "fig" not in words(answer).casefold()
    assert "concern" not in words(answer).casefold()
    assert "safeguarding" not in words(answer).casefold()


def test_dat_4_that_it_was_given_out_is_a_fact(school):
    """DAT-4: before anything is handed out."""
    everything(school)

    (told,) = school.facts(PersonExported)
    assert told.by == school.cast.adults["leadership"].id


@pytest.mark.parametrize("role", ["teacher", "cover", "office", "dsl", "technician"])
def test_dat_4_only_the_head_gives_it_out(school, role):
    """DAT-4, ACC-6: nobody else's role has a need of it."""
    amina = school.cast.children[0].id
    assert school.refused(role, "person_everything", person=amina).status == 403


def test_dat_4_a_person_who_is_not_there_is_said_so(school):
    """DAT-4: nothing is written then."""
    school.step_up("leadership")
    fault = school.refused("leadership", "person_everything", person="p9999")

    assert fault.status == 404
    assert not school.facts(PersonExported)


def test_dat_4_what_became_of_a_held_device_is_among_it(school):
    """DAT-4, CUS-3: those entries name the hold, and it is this pupil's."""
    set_policy(school)
    to_safe(school, take_away(school, 1))

    assert "a held device from" in words(everything(school)).casefold()
    assert "a held device from" not in words(everything(school, 2)).casefold()


# ------------------------------------------------------- what is easily left out


def rows_of(answer: dict, title: str = "Entries of the journal") -> list[str]:
    """Return the rows of a part, each as one line."""
    parts = {part["title"]: part["rows"] for part in answer["parts"]}
    return [" | ".join(row) for row in parts.get(title, [])]


def is_told(answer: dict, *pieces: str) -> bool:
    """Return whether one entry says all of ``pieces``."""
    return any(all(p in row for p in pieces) for row in rows_of(answer))


def about_adult(rig, role: str) -> dict:
    """Ask for everything about an adult."""
    rig.step_up("leadership")
    adult = rig.cast.adults[role].id
    return rig.ask("leadership", "person_everything", person=adult)


@pytest.fixture
def morning(rig):
    """Twenty to nine on a Monday."""
    rig.clock_to("08:40")
    return rig


def test_dat_4_an_examination_is_everybodys_who_sits_it(morning):
    """DAT-4, REC-5: in a list of a form, with what it says, until it is over."""
    exam = file(
        *(morning, "teacher", "exam", "kestrels"),
        paper="ks2-maths",
        starts="09:00",
        ends="10:00",
        room="Hall",
    )
    morning.ask("leadership", "record_end", record=exam, why="over")

    for door in (1, 5, 8):
        found = everything(morning, door)
        assert is_told(found, "filed a record: Examination", "To: 10:00"), door
        assert is_told(found, "ended a record: it is over"), door
        assert any("Room: Hall" in row for row in rows_of(found, "Words"))


def test_dat_4_an_outing_and_a_release_are_everybodys_who_is_of_it(morning):
    """DAT-4, DAY-7: begun, away, over, whose did not come back; waves of a release."""
    morning.hand_in(1, 2)
    klass = {"class_id": "kestrels"}
    morning.ask("teacher", "outing_begin", why="trip", **klass)
    (outing,) = morning.state.outings
    morning.ask("teacher", "outing_move", id=outing, stage="away")
    morning.ask("teacher", "outing_move", id=outing, stage="over")
    morning.clock_to("15:20")
    morning.ask("teacher", "release_class", **klass)
    morning.ask("teacher", "release_end", **klass)

    mine = [row.casefold() for row in rows_of(everything(morning, 2))]
    others = [row.casefold() for row in rows_of(everything(morning, 3))]
    assert sum("trip" in row for row in mine) >= 1
    assert sum("release" in row for row in mine) > 1
    assert len(mine) > len(others)


def test_dat_4_whom_a_child_left_with_is_there_and_not_that_ones_name(morning):
    """DAT-4, DAY-7: that there are words is told; the name in them is left out."""
    words = "Mrs Byron, a neighbour"
    morning.hand_in(1)
    morning.ask("office", "leave_early", pupil="p0001", whom="other", who=words)

    found = everything(morning)
    assert rows_of(found, "Words") == [
        f"{morning.now:%-d %B %Y, %H:%M} | Who: [name left out]"
    ]
    assert is_told(found, "Whom: Other")
    assert "Byron" not in str(found)


def test_dat_4_what_came_from_paper_and_a_doubted_card_are_there(morning):
    """DAT-4, DAY-13, ACC-8."""
    morning.clock_to("10:00")
    morning.ask("office", "sheet_enter", day="2026-11-23", lines=["p0001,in,08:45,1"])
    doubt = CardDoubted("front", "c1", "p0001", "other-token")
    morning.hub.core.commit([doubt])

    found = everything(morning)
    assert is_told(found, "from paper")
    assert is_told(found, "Reader: Front", "Why: Other token")


def test_dat_4_a_door_that_opened_for_a_pupil_is_the_pupils(morning):
    """DAT-4: ordered, the coil, seen open: an order says whose; nobody else's does."""
    morning.hand_in(1, 2)

    mine = rows_of(everything(morning))
    opened = [row for row in mine if "door 1" in row.casefold()]
    assert len(opened) >= 3
    assert not [row for row in mine if "door 2" in row.casefold()]


def test_dat_4_a_found_device_is_the_owners_from_its_beginning(morning):
    """DAT-4: what was written before anybody knew whose it is."""
    morning.hub.core.commit([DeviceHeld("h1", "found", "", ("phone",), "safe", "s3")])
    morning.ask("office", "hold_owner", id="h1", pupil="p0002")

    assert is_told(everything(morning, 2), "phone is held, found")
    assert not is_told(everything(morning, 1), "phone is held, found")


def test_dat_4_no_hold_is_too_old_to_be_found(morning):
    """DAT-4: the journal's page looks for the newest sixty, this for all of them."""
    for n in range(80):
        held = DeviceHeld(f"h{n}", "confiscated", "p0001", ("phone",), "safe", "s0001")
        moved = HoldMoved(f"h{n}", "safe", "door:9", "s0001", f"seal-{n}")
        morning.hub.core.commit([held, moved])

    moves = [row for row in rows_of(everything(morning)) if "moved a held" in row]
    assert len(moves) == 80
    assert "Seal 0" in moves[0]


def test_dat_4_staff_find_what_they_did_and_nobody_elses_details(morning):
    """DAT-4: confiscated, vouched, filed; not why, nor the words of another's form."""
    set_policy(morning)
    take_away(morning, 1, reason="Plumage in the lesson")
    morning.ask("teacher", "vouch", pupil="p0002")

    found = about_adult(morning, "teacher")
    assert is_told(found, "Teresa Stonecrop: another pupil's phone is held")
    assert not is_told(found, "phone is held", "Corridor")
    assert is_told(found, "Teresa Stonecrop vouched")
    assert is_told(found, "authorised Teresa Stonecrop to confiscate")
    assert "Plumage" not in str(found)
    assert is_told(everything(morning), "phone is held", "Where: Corridor")


def test_dat_4_a_search_is_kept_back_for_each_who_stands_in_it(morning):
    """DAT-4, REC-2: the pupil, the witness; the head decides what of it is given."""
    search = a_search(morning)
    morning.ask("dsl", "record_read", record=search)

    pupil, witness = everything(morning), about_adult(morning, "teacher")
    assert pupil["left_out"] == 2
    assert witness["left_out"] == 2
    for found in (pupil, witness):
        assert "Search" not in str(found)
        assert "CP-1" not in str(found)


def test_dat_4_a_door_that_opened_for_what_is_sealed_is_kept_back(morning):
    """DAT-4, CUS-6: it would point to a hold that nobody may know of."""
    morning.hand_in(1)
    morning.ask("teacher", "concern_raise", about="pupil", person="p0001", reason="Fig")
    (hold,) = morning.state.holds
    before = everything(morning)
    by = morning.cast.adults["dsl"].id
    order = ReleaseOrdered("o99", 1, "fetch", "staff", by=by, hold=hold)
    morning.hub.core.commit([order, ReleaseGivenUp("o99", 1, "stopped")])

    after = everything(morning)
    opened = [row for row in rows_of(after) if "ordered open" in row]
    assert len(opened) == 1, "the own tap alone"
    assert after["left_out"] == before["left_out"] + 2
