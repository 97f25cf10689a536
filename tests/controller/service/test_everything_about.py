"""DAT-4: everything about one person, without anybody else's name."""

from __future__ import annotations

import pytest

from controller.domain.people_facts import PersonExported
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
