"""Adults of the lists from a file: preview, then apply, all or nothing (CUS-4)."""

import base64
import time

import pytest

from controller.domain import custody_facts as f
from tests.rig import opened
from tests.rig_desk import (
    MOTHER,
    NEVER,
    UNCLE,
    add_adult,
    desk_rig,
    pupil_id,
    take_away,
    to_safe,
)

HEAD = "Adno,Contact ID,Contact Name,Relationship,Court Order,May collect\n"


@pytest.fixture
def desk(cheap_hashes, folder):
    """A bank with adults on the lists of pupils 1 and 2."""
    with desk_rig(folder) as rig:
        yield rig


def row(pupil: int, name: str, what: str = "", **more: str) -> str:
    said = [more.get(key, "") for key in ("id", "never", "collects")]
    return f"{pupil_id(pupil)},{said[0]},{name},{what},{said[1]},{said[2]}\n"


def preview(rig, *rows: str, by: str = "office") -> dict:
    data = base64.b64encode((HEAD + "".join(rows)).encode()).decode()
    return rig.ask(by, "adults_preview", filename="adults.csv", data=data)


def apply(rig, *rows: str, **choices: bool) -> dict:
    ticket = preview(rig, *rows)["ticket"]
    return rig.ask("office", "adults_apply", ticket=ticket, **choices)


def counts(added: int, changed: int, removed: int) -> dict:
    return {"added": added, "changed": changed, "removed": removed}


def on_list(rig, pupil: int) -> list[tuple[str, str, bool]]:
    lines = rig.ask("office", "contacts", pupil=pupil_id(pupil))
    return [
        (one["name"], one["relationship"], one.get("never", False)) for one in lines
    ]


def as_they_are() -> list[str]:
    """Return the lists of ``desk_rig`` as a file."""
    return [
        row(1, MOTHER, "Mother"),
        row(1, UNCLE, "Uncle"),
        row(1, NEVER, "", never="yes"),
        row(2, MOTHER, "Mother"),
    ]


def test_cus_4_a_file_is_shown_first_and_then_on_the_lists(desk):
    """CUS-4: names and classes in the preview; nothing has changed by it."""
    before = desk.state
    shown = preview(desk, row(3, "Ottoline Wren", "Aunt"), row(1, UNCLE, "Step Father"))

    assert [(x["name"], x["relationship"], x["pupil"]) for x in shown["added"]] == [
        ("Ottoline Wren", "aunt", "Zofia Quillfeather")
    ]
    assert [(x["name"], x["what"]) for x in shown["changed"]] == [
        (UNCLE, "relationship")
    ]
    assert {x["name"] for x in shown["absent"]} == {MOTHER}
    assert desk.state == before

    done = desk.ask("office", "adults_apply", ticket=shown["ticket"])
    assert done == counts(1, 1, 0)
    assert on_list(desk, 3) == [("Ottoline Wren", "aunt", False)]
    assert (UNCLE, "step father", False) in on_list(desk, 1)
    assert (MOTHER, "mother", False) in on_list(desk, 1)


def test_cus_4_the_same_file_again_changes_nothing_and_writes_nothing(desk):
    """CUS-4: imported every Monday."""
    rows = [*as_they_are(), row(4, "Ottoline Wren", "Aunt", id="7")]
    assert apply(desk, *rows) == counts(1, 0, 0)
    before = len(desk.facts())

    shown = preview(desk, *rows)
    assert (shown["added"], shown["changed"], shown["absent"]) == ([], [], [])
    assert shown["unchanged"] == 5
    assert apply(desk, *rows, take_off=True) == counts(0, 0, 0)
    assert len(desk.facts()) == before


def test_cus_4_telephone_and_spelling_of_the_page_stay(desk):
    """CUS-4: a file knows neither."""
    add_adult(desk, 1, MOTHER, "mother", id=desk.mother, phone="01632 960001")
    apply(desk, row(1, MOTHER.upper(), "Carer"))
    lines = desk.ask("office", "contacts", pupil=pupil_id(1))
    (line,) = [one for one in lines if one.get("phone")]

    assert (line["name"], line["relationship"]) == (MOTHER, "carer")
    assert line["phone"] == "01632 960001"
    assert (MOTHER, "mother", False) in on_list(desk, 2)


def test_cus_4_no_file_lifts_never_release(desk):
    """CUS-4: said no, or not in the file with the box ticked: it is told and stays."""
    shown = preview(desk, row(1, NEVER, "", never="no", collects="yes"))
    assert "the mark stays" in shown["notes"][0]["reason"]
    ticket = shown["ticket"]
    desk.ask("office", "adults_apply", ticket=ticket, take_off=True)
    assert on_list(desk, 1) == [(NEVER, "", True)]

    assert apply(desk, row(1, MOTHER, "Mother"), take_off=True) == counts(1, 0, 0)
    assert (NEVER, "", True) in on_list(desk, 1)


def test_cus_4_a_court_order_in_the_file_marks_and_the_desk_refuses(desk):
    """CUS-4: the mark of the file is the mark of the desk."""
    apply(desk, row(1, UNCLE, "Uncle", never="yes"))
    hold = take_away(desk, 1)
    to_safe(desk, hold)
    desk.clock_to("15:20")
    args = {"holds": [hold], "to": "adult", "identity": "known"}

    refused = desk.refused("office", "handover_prepare", contact=desk.uncle, **args)
    assert refused.details == ["never-release"]


def test_cus_4_adults_are_taken_off_by_choice_and_their_names_are_forgotten(desk):
    """CUS-4, DAT-3: off this list only; who is on none is nowhere any more."""
    assert apply(desk, row(1, "Ottoline Wren"), take_off=True) == counts(1, 0, 2)

    assert {name for name, *_ in on_list(desk, 1)} == {"Ottoline Wren", NEVER}
    assert on_list(desk, 2) == [(MOTHER, "mother", False)]
    kept = {one.name for one, _ in desk.hub.directory.store.contacts.everybody()}
    assert kept == {"Ottoline Wren", NEVER, MOTHER}


def test_cus_4_siblings_share_an_adult_where_the_id_says_so(desk):
    """CUS-4: then their devices go together."""
    apply(desk, row(3, "June Fox", id="7"), row(4, "June Fox", id="7"))
    apply(desk, row(5, "Otto Fox"), row(6, "Otto Fox"))

    def ids(pupil):
        return [c["id"] for c in desk.ask("office", "contacts", pupil=pupil_id(pupil))]

    assert ids(3) == ids(4)
    assert ids(5) != ids(6)


def test_dat_2_names_are_in_people_db_and_ids_alone_in_the_journal(desk):
    """CUS-4, DAT-2: one commit, with one fact that counts."""
    before = len(desk.facts())
    apply(desk, row(3, "Ottoline Wren", "Aunt"), row(4, "June Fox", never="yes"))

    facts = desk.facts()[before:]
    assert [type(fact) for fact in facts] == [
        f.ContactSet,
        f.ContactSet,
        f.ContactsImported,
    ]
    assert facts[-1] == f.ContactsImported(2, 0, 0, desk.cast.adults["office"].id)
    bodies = " ".join(e.body or "" for e in desk.hub.core.journal.entries(limit=9_999))
    assert not [n for n in ("Ottoline", "June", "aunt") if n in bodies]


def test_cus_4_nothing_is_applied_while_there_are_bad_rows(desk):
    """CUS-4: unless they are left out by choice; then nobody is taken off."""
    rows = (row(1, "Ottoline Wren"), row(99, "June Fox"))
    shown = preview(desk, *rows)
    assert [bad["line"] for bad in shown["bad"]] == [3]
    before = desk.state

    for choices, code in (
        ({}, "roll-bad-rows"),
        ({"take_off": True}, "roll-bad-rows"),
        ({"leave_out": True, "take_off": True}, "adults-left-out"),
    ):
        args = {"ticket": shown["ticket"], **choices}
        assert desk.refused("office", "adults_apply", **args).error == code
        assert desk.state == before

    done = desk.ask("office", "adults_apply", ticket=shown["ticket"], leave_out=True)
    assert done == counts(1, 0, 0)


def test_cus_4_what_was_shown_is_what_is_applied(desk):
    """CUS-4: a list that changed meanwhile is looked at once more."""
    ticket = preview(desk, row(3, "Ottoline Wren"))["ticket"]
    add_adult(desk, 3, "Ottoline Wren", "aunt")
    before = desk.state

    fault = desk.refused("office", "adults_apply", ticket=ticket)
    assert (fault.error, fault.status) == ("changed-meanwhile", 409)
    assert desk.state == before


def test_cus_4_a_preview_is_applied_once(desk):
    """CUS-4: twice sent is told; a roll's ticket is none of adults."""
    ticket = preview(desk, row(3, "Ottoline Wren"))["ticket"]
    desk.ask("office", "adults_apply", ticket=ticket)

    assert desk.refused("office", "adults_apply", ticket=ticket).status == 422
    data = base64.b64encode(b"Forename,Surname,Class\nA,B,C\n").decode()
    roll = desk.ask("office", "roll_preview", filename="r.csv", data=data)["ticket"]
    assert desk.refused("office", "adults_apply", ticket=roll).status == 422


@pytest.mark.parametrize("role", ["teacher", "cover", "dsl", "technician"])
def test_cus_4_acc_6_only_who_keeps_the_lists_imports_them(desk, role):
    """CUS-4, ACC-6: and a refusal names nobody."""
    data = base64.b64encode((HEAD + row(1, MOTHER)).encode()).decode()
    fault = desk.refused(role, "adults_preview", filename="a.csv", data=data)

    assert fault.status == 403
    assert MOTHER not in str(fault)

    ticket = preview(desk, row(3, "Ottoline Wren"))["ticket"]
    kept = desk.hub.directory.store.contacts.everybody()
    assert desk.refused(role, "adults_apply", ticket=ticket).status == 403
    assert desk.hub.directory.store.contacts.everybody() == kept


def test_cus_4_full_lists_are_written_in_a_moment(cheap_hashes, folder):
    """CUS-4: 12 adults for each of 30 children, in one act; in process time."""
    with opened(folder / "rig", pupils=30) as rig:
        rows = [
            row(child, f"Adult{chr(97 + n)} Fox")
            for child in range(1, 31)
            for n in range(12)
        ]
        rig.token("office")
        began = time.process_time()
        assert apply(rig, *rows) == counts(360, 0, 0)
        assert time.process_time() - began < 1.0
