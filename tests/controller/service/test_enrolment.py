"""Enrolling cards: a class one after the other, or one person by one tap (ACC-9)."""

import base64

import msgspec
import pytest

from controller.domain import people_facts as p
from controller.protocol import EnrolmentView
from tests.rig_cast import Cast

NEW = [f"04E0E0E0E0E0{n:02X}" for n in range(1, 9)]


@pytest.fixture
def unenrolled(rig, monkeypatch):
    """The eight pupils of the class have no card yet."""
    for n in range(1, 9):
        rig.ask("office", "card_lost", id=f"p{n:04d}")
    return rig


def whole(answer: dict) -> dict:
    """Return a view with the fields that the wire leaves out."""
    fields = msgspec.structs.fields(EnrolmentView)
    return {f.name: f.default for f in fields if f.name != "running"} | answer


def view(rig, who: str = "teacher") -> dict:
    return whole(rig.ask(who, "enrolment"))


def test_acc_9_a_class_is_enrolled_card_by_card_with_progress(unenrolled):
    """ACC-9: each tap is the next child's card, in the order of the doors."""
    rig = unenrolled
    shown = whole(rig.ask("teacher", "enrolment_start", class_id="kestrels"))
    assert (shown["done"], shown["total"], shown["next_pupil"]) == (0, 8, "p0001")
    assert rig.hub.kiosk.show.screen == "enrol"

    for done, uid in enumerate(NEW, start=1):
        assert rig.tap(uid).result == "enrolled"
        assert view(rig)["done"] == done or not view(rig)["running"]

    assert view(rig)["running"] is False
    rig.run(7)
    assert rig.hub.kiosk.show.screen == "waiting"
    rig.clock_to("08:40")
    assert [rig.tap(uid).compartment for uid in NEW[:3]] == [1, 2, 3]


def test_acc_9_while_cards_are_enrolled_no_tap_opens_a_door(unenrolled):
    """ACC-9: the reader has one job at a time."""
    rig = unenrolled
    rig.clock_to("08:40")
    rig.ask("teacher", "enrolment_start", class_id="kestrels")

    assert rig.tap(NEW[0]).result == "enrolled"
    assert rig.coils_on == []
    assert rig.tap(NEW[0]).result == "not-enrolled"
    assert rig.coils_on == []


def test_acc_9_undo_takes_the_last_card_back(unenrolled):
    """ACC-9: the wrong child tapped; that card is nobody's again."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    rig.tap(NEW[0])
    rig.tap(NEW[1])

    shown = rig.ask("teacher", "enrolment_undo")

    assert (shown["done"], shown["next_pupil"]) == (1, "p0002")
    assert rig.tap(NEW[1]).result == "enrolled", "the same card may be tapped again"
    rig.ask("teacher", "enrolment_undo")
    rig.ask("teacher", "enrolment_undo")
    assert view(rig)["done"] == 0
    assert not view(rig).get("can_undo")


def test_acc_9_the_very_last_card_can_be_taken_back_too(rig):
    """ACC-9: the run had ended by itself; for ten minutes it can go on."""
    rig.ask("teacher", "card_replace", id="p0001")
    rig.tap(NEW[0])
    assert view(rig)["can_undo"]

    shown = rig.ask("teacher", "enrolment_undo")
    assert (shown["running"], shown["next_pupil"]) == (True, "p0001")
    assert rig.tap(NEW[0]).result == "enrolled"
    rig.skip(500)
    assert view(rig)["can_undo"]
    rig.skip(101)
    assert not view(rig)["can_undo"]
    rig.ask("teacher", "enrolment_undo")
    assert not view(rig)["running"]


def test_acc_9_a_child_who_is_away_is_skipped_and_comes_last(unenrolled):
    """ACC-9: the others need not wait."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    shown = rig.ask("teacher", "enrolment_skip", pupil="p0001")

    assert shown["next_pupil"] == "p0002"
    for uid in NEW[:7]:
        rig.tap(uid)
    assert view(rig)["next_pupil"] == "p0001"


def test_acc_9_the_same_card_for_two_people_is_refused(unenrolled):
    """ACC-9: with a sentence; the next card goes to the same child."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    rig.tap(NEW[0])

    assert rig.tap(NEW[0]).result == "not-enrolled"
    shown = view(rig)
    assert (shown["next_pupil"], shown["last_ok"]) == ("p0002", False)
    assert "enrolled already" in shown["last"]
    assert rig.tap("teacher").result == "not-enrolled", "a staff card is no pupil's"
    assert rig.tap(9).result == "not-enrolled", "nor is a child's of another class"
    assert view(rig)["done"] == 1


def test_acc_9_random_uids_and_two_cards_enrol_nobody(unenrolled):
    """ACC-7, ACC-9: a phone shows another number each time."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    rig.tap("08A1B2C3")
    rig.world.lay_cards("front", NEW[:2])
    rig.run(1)

    assert [tap.result for tap in rig.taps][-2:] == ["random-uid", "two-cards"]
    assert view(rig)["done"] == 0


def test_acc_9_an_enrolment_that_nobody_uses_ends(unenrolled):
    """ACC-9: or tomorrow's first tap would enrol instead of opening."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    rig.skip(400)
    rig.tap(NEW[0])
    rig.skip(400)
    assert rig.hub.enrolment.is_running, "ten minutes after the last card"
    rig.skip(201)

    assert not rig.hub.enrolment.is_running
    rig.clock_to("08:40")
    assert rig.tap(NEW[0]).result == "ordered"


def test_acc_9_what_was_enrolled_outlives_a_kill(unenrolled):
    """ACC-9, REL-1: the run itself is over; nobody is enrolled by surprise."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")
    rig.tap(NEW[0])
    rig.kill()

    assert view(rig)["running"] is False
    rig.clock_to("08:40")
    assert rig.tap(NEW[0]).compartment == 1
    assert rig.tap(NEW[1]).result == "unknown"


def test_day_9_a_lost_card_is_dead_at_once_and_replaced_by_one_tap(rig):
    """DAY-9, ACC-9: whoever found it opens nothing; the old one stays dead."""
    rig.clock_to("08:40")
    assert rig.ask("teacher", "card_lost", id="p0003")["card"] == "lost"
    assert rig.tap(3).result == "unknown"

    rig.ask("teacher", "card_replace", id="p0003")
    assert rig.tap(NEW[0]).result == "enrolled"
    assert view(rig)["running"] is False, "one tap, and taps open again"
    assert rig.tap(3).result == "unknown"
    assert rig.tap(NEW[0]).compartment == 3
    assert rig.ask("teacher", "pupil", id="p0003")["card"] == "enrolled"


def test_acc_9_a_new_card_ends_the_old_one(rig):
    """ACC-9: a child has one card."""
    rig.clock_to("08:40")
    rig.ask("teacher", "card_replace", id="p0003")
    rig.tap(NEW[0])

    assert rig.tap(3).result == "unknown"
    assert [fact.why for fact in rig.facts(p.CardRevoked)] == ["replaced"]
    rig.ask("teacher", "card_replace", id="p0004")
    assert rig.tap(3).result == "enrolled", "the old card may be another child's"


def test_acc_9_everybody_has_a_card_is_said(rig):
    """ACC-9: nothing to do is no error."""
    shown = rig.ask("teacher", "enrolment_start", class_id="kestrels")

    assert shown["running"] is False
    assert "has a card" in shown["last"]


def test_sec_2_an_enrolment_is_no_business_of_another_class(unenrolled):
    """SEC-2: a teacher neither sees nor stops what runs elsewhere."""
    rig = unenrolled
    rig.ask("office", "card_lost", id="p0009")
    rig.ask("office", "enrolment_start", class_id="wrens")

    assert Cast(8).other.first_name not in str(view(rig))
    for do, args in (
        ("enrolment_undo", {}),
        ("enrolment_stop", {}),
        ("enrolment_skip", {"pupil": "p0009"}),
        ("enrolment_start", {"class_id": "kestrels"}),
        ("card_replace", {"id": "p0001"}),
    ):
        assert rig.refused("teacher", do, **args).status == 403, do
    assert view(rig, "office")["next_pupil"] == "p0009"


def test_sec_2_a_staff_card_is_enrolled_by_whoever_keeps_the_accounts(rig):
    """ACC-5: by one tap; a teacher can neither see nor undo it."""
    rig.step_up("leadership")
    made = rig.ask(
        "leadership",
        "account_add",
        username="nina",
        first_name="Ninotchka",
        roles=["teacher"],
    )
    rig.ask("leadership", "account_card", id=made["line"]["id"])
    assert "Ninotchka" not in str(view(rig))
    assert rig.refused("teacher", "enrolment_stop").status == 403

    assert rig.tap(NEW[0]).result == "enrolled"
    assert "Ninotchka" not in str(view(rig))
    assert rig.tap(NEW[0]).result == "staff"


def csv(text: str) -> dict[str, str]:
    return {"filename": "cards.csv", "data": base64.b64encode(text.encode()).decode()}


def test_acc_9_a_list_of_cards_is_all_or_nothing(rig):
    """ACC-9: one bad line, and not one card changes."""
    rig.token("office")
    before = rig.entries
    bad = f"Admission Number,Card\n0001,{NEW[0]}\n0002,{NEW[0]}\n"
    answer = rig.ask("office", "cards_csv", **csv(bad))
    assert answer["applied"] == 0
    assert answer["bad"]
    assert rig.entries == before

    good = f"Admission Number,Card\n0001,{NEW[0]}\n0002,{NEW[1]}\n"
    assert rig.ask("office", "cards_csv", **csv(good)) == {"applied": 2, "bad": []}
    rig.clock_to("08:40")
    assert rig.tap(NEW[0]).compartment == 1
    assert rig.tap(1).result == "unknown"


def test_acc_9_a_child_not_on_the_roll_yet_gets_card_door_and_language(rig):
    """ACC-9: in one minute at the office, merged by the next import."""
    rig.clock_to("08:40")
    added = rig.ask(
        "office",
        "pupil_add",
        first_name="Ada",
        last_name="Newcome",
        class_id="kestrels",
        language="pl",
        compartment=10,
    )
    rig.ask("office", "card_replace", id=added["id"])
    rig.tap(NEW[0])
    assert rig.tap(NEW[0]).compartment == 10
    assert rig.hub.kiosk.show.language == "pl"

    roll = b"Forename,Surname,Class,Admission Number\nAda,Newcome,Kestrels,9001\n"
    data = base64.b64encode(roll).decode()
    ticket = rig.ask("office", "roll_preview", filename="r.csv", data=data)["ticket"]
    done = rig.ask("office", "roll_apply", ticket=ticket, accept_leavers=True)
    assert done["added"] == 0
    assert rig.tap(NEW[0]).compartment == 10, "the card still stands for the same child"


@pytest.mark.parametrize(
    "wrong",
    [
        {"class_id": "nowhere"},
        {"language": "xx"},
        {"compartment": 99},
        {"compartment": 1},
        {"compartment": -1},
        {"first_name": ""},
    ],
)
def test_acc_9_a_child_added_wrongly_is_not_added(rig, wrong):
    """ACC-9, SEC-3: nothing is written."""
    rig.token("office")
    before = rig.entries
    good = {"first_name": "Ada", "class_id": "kestrels", "language": "en"}
    fault = rig.refused("office", "pupil_add", **(good | wrong))

    assert 400 <= fault.status < 500
    assert rig.entries == before


def test_acc_7_what_is_no_card_to_enrol_is_explained_on_the_page(unenrolled):
    """ACC-7 ACC-9: a phone's random UID; who is next stays next."""
    rig = unenrolled
    rig.ask("teacher", "enrolment_start", class_id="kestrels")

    assert rig.tap("08A1B2C3").result == "random-uid"

    shown = view(rig)
    assert "another number at every tap" in shown["last"]
    assert (shown["last_ok"], shown["next_pupil"]) == (False, "p0001")
    assert rig.tap(NEW[0]).result == "enrolled"


def test_acc_9_a_new_pupil_gets_the_first_free_door_where_all_are_fixed(rig):
    """ACC-9: a card, a language and a door in one minute; nobody looks for a number."""
    new = {"first_name": "Ines", "last_name": "Duarte", "class_id": "kestrels"}

    first = rig.ask("office", "pupil_add", **new)
    second = rig.ask("office", "pupil_add", **new | {"first_name": "Teo"})

    given = {p.compartment for p in rig.state.pupils.values() if p.compartment}
    assert len(given) == len([p for p in rig.state.pupils.values() if p.compartment])
    assert 0 < first["compartment"] < second["compartment"]
