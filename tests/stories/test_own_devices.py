"""CUS-1, REC-6: own devices of staff and visitors, behind two doors set aside."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as c
from controller.domain import tap_facts as t
from controller.domain import visitor_facts as v
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.taps import TapDecision
from controller.people.records import Person
from controller.protocol import TapOutcome
from controller.service.tapdesk import Heard
from tests.rig import opened
from tests.rig_desk import use

DOORS = (10, 11)
FIRST, SECOND = DOORS
"""The rig's spare doors; the second stands in sight of the desk."""

CARD, OTHER_CARD = "045A112233AA01", "045A112233AA02"
NAME = "Thaddeus Wetherspoon"
ORGANISATION = "Brightwater Plumbing"

_DOOR = 'n = {n}\ncoil = "room:locks:{bit}"\ncontact = "room:contacts:{bit}"\n'


def own_doors():
    """Return the settings by which the spare doors are set aside."""
    was = {n: _DOOR.format(n=n, bit=n - 1) for n in DOORS}
    return {
        was[FIRST] + 'purpose = "pupil"': was[FIRST] + 'purpose = "staff"',
        was[SECOND] + 'purpose = "pupil"': was[SECOND]
        + 'purpose = "staff"\nat_desk = true',
    }


@pytest.fixture
def rig(folder, cheap_hashes):
    """Twenty to nine, a bank with two doors set aside."""
    with opened(folder / "rig", settings=own_doors()) as rig:
        rig.clock_to("08:40")
        yield rig


def touch(rig, role="teacher"):
    """Tap a staff card, then touch "My own device"."""
    assert rig.tap(role).result == "staff"
    return rig.ask("kiosk", "bank_own")


def admit(rig, card=CARD, name=NAME, risk="", **values):
    """Give a card in three touches: form, button, card."""
    by, words = "office", {"name": name, "organisation": ORGANISATION, "risk": risk}
    asked = {
        field["name"]: field.get("value", "")
        for field in rig.ask(by, "visitors")["form"]["fields"]
        if field["sort"] != "text"
    }
    asked |= {"notice": "yes"} | values
    page = rig.ask(by, "visitor_give", values=asked, words=words)
    if card:
        rig.tap(card)
    return page


def line_of(rig, name=NAME):
    lines = rig.ask("office", "visitors")["lines"]
    return next(line for line in lines if line["name"] == name)


# ----------------------------------------------------------------------------- staff


def test_cus_1_a_teacher_puts_the_own_device_away_and_takes_it_home(rig):
    """CUS-1: card and one touch in the morning, card and one touch in the afternoon."""
    shown = touch(rig)
    assert (shown["screen"], shown["compartment"]) == ("opened", FIRST)
    use(rig, FIRST)
    assert rig.facts(c.OwnDeviceIn)[-1].compartment == FIRST

    rig.clock_to("15:30")
    assert touch(rig)["compartment"] == FIRST
    use(rig, FIRST)
    assert rig.facts(c.OwnDeviceOut)[-1].person == rig.cast.adults["teacher"].id
    assert not rig.state.own


def test_acc_5_the_touch_counts_within_thirty_seconds_of_the_card(rig):
    """ACC-5: and without a card, or after a child's, not at all."""
    assert rig.refused("kiosk", "bank_own").error == "no-card-read"
    rig.tap("teacher")
    rig.run(30.1)
    assert rig.refused("kiosk", "bank_own").error == "no-card-read"
    rig.tap("teacher")
    rig.tap(1)
    assert rig.refused("kiosk", "bank_own").error == "no-card-read"
    assert rig.refused("teacher", "bank_own").status == 403
    assert not [f for f in rig.facts(ReleaseOrdered) if f.purpose.startswith("own")]


def test_acc_5_a_found_staff_card_opens_one_door_at_most(rig):
    """ACC-5: the owner's; reported lost, none; nothing else is offered without PIN."""
    touch(rig)
    use(rig, FIRST)
    touch(rig, "office")
    use(rig, SECOND)
    before = len(rig.facts(ReleaseOrdered))

    assert touch(rig)["compartment"] == FIRST
    assert rig.refused("kiosk", "bank_act", act="release:kestrels").error
    assert rig.refused("kiosk", "bank_act", act="own").error
    assert [f.compartment for f in rig.facts(ReleaseOrdered)[before:]] == [FIRST]

    rig.ask("teacher", "my_card_lost")
    assert rig.tap("teacher").result == "unknown"
    assert rig.refused("kiosk", "bank_own").error == "no-card-read"
    rig.step_up("leadership")
    rig.ask("leadership", "account_card_lost", id=rig.cast.adults["office"].id)
    assert rig.tap("office").result == "unknown"


def test_acc_5_a_school_can_ask_for_the_pin_for_this_too(rig):
    """ACC-5: then the button stands on the screen after the PIN alone."""
    rig.tap("teacher")
    assert rig.hub.kiosk.show.own
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="own.pin", value="on")
    rig.tap("teacher")
    assert not rig.hub.kiosk.show.own
    assert rig.refused("kiosk", "bank_own").details == ["own-needs-pin"]

    shown = rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["teacher"].pin)
    assert "own" in shown["acts"]
    assert rig.ask("kiosk", "bank_act", act="own")["compartment"] == FIRST


def test_cus_1_with_every_door_taken_the_kiosk_is_kind(rig):
    """CUS-1: no error, no reason; the office helps."""
    for role, n in (("teacher", FIRST), ("office", SECOND)):
        touch(rig, role)
        use(rig, n)
    assert touch(rig, "leadership")["screen"] == "no-door"
    assert rig.facts(t.OrderRefused)[-1].rule == "no-own-door"


def test_cus_1_a_bank_without_such_doors_offers_nothing(folder, cheap_hashes):
    """CUS-1: the PIN screen is as it was."""
    with opened(folder / "rig") as rig:
        rig.tap("teacher")
        assert not rig.hub.kiosk.show.own
        pin = rig.cast.adults["teacher"].pin
        assert "own" not in rig.ask("kiosk", "bank_pin", pin=pin)["acts"]


def test_day_15_in_an_evacuation_it_is_leave_it_go(rig):
    """DAY-15: for staff as for children."""
    touch(rig)
    use(rig, FIRST)
    rig.ask("teacher", "evacuate")
    rig.tap("teacher")
    assert rig.ask("kiosk", "bank_own")["screen"] == "leave"
    assert not rig.coils_on


def test_rel_3_killed_at_the_open_door_the_device_is_still_its_owners(rig):
    """REL-3: asked about, and no colleague is given that door meanwhile."""
    touch(rig)
    rig.until(lambda: rig.pull(FIRST))
    rig.die()
    rig.world.push(FIRST)
    rig.start()

    (question,) = rig.ask("office", "desk")["questions"]
    assert question["compartment"] == FIRST
    rig.tap("office")
    assert rig.ask("kiosk", "bank_own")["compartment"] == SECOND
    assert touch(rig)["compartment"] == FIRST


def test_dat_8_public_screens_and_class_pages_never_know_of_it(rig):
    """DAT-8: shut or open, and of nobody."""
    admit(rig)
    rig.tap(CARD)
    use(rig, FIRST)
    board = rig.ask("nobody", "board")
    door = next(door for door in board["doors"] if door["n"] == FIRST)
    page = str(rig.ask("teacher", "class_page", class_id="kestrels"))
    assert door == {"n": FIRST, "state": "shut"}
    assert "Wetherspoon" not in page
    assert "Wetherspoon" not in str(rig.feed)


# -------------------------------------------------------------------------- visitors


def test_rec_6_a_card_in_three_touches_then_the_own_tap(rig):
    """REC-6: notice, button, card; no PIN and no screen of staff."""
    page = admit(rig, card="")
    assert (page["waits"], page["lines"][0]["standing"]) == (NAME, "tap")
    assert rig.tap(CARD).result == "enrolled"
    assert line_of(rig)["standing"] == "here"

    tap = rig.tap(CARD)
    assert (tap.result, tap.compartment) == ("ordered", FIRST)
    assert rig.hub.kiosk.show.screen == "opened"
    use(rig, FIRST)
    assert line_of(rig)["door"] == FIRST
    assert rig.tap(CARD).compartment == FIRST
    use(rig, FIRST)
    assert line_of(rig)["door"] == 0
    assert [type(f).__name__ for f in rig.facts(c.OwnDeviceIn, c.OwnDeviceOut)] == [
        "OwnDeviceIn",
        "OwnDeviceOut",
    ]


def test_rec_6_what_was_filed_is_the_record_of_the_visit(rig):
    """REC-6: name, organisation, whom, why, until when, the notice; the same record."""
    admit(rig)
    page = rig.ask("office", "record", record=line_of(rig)["record"])
    rows = dict(page["rows"])
    assert rows["Name"] == NAME
    assert rows["Organisation"] == ORGANISATION
    assert rows["Comes to"] == "Olga Stonecrop"
    assert rows["The notice was shown and accepted"] == "Yes"


def test_rec_6_without_the_notice_there_is_no_card(rig):
    """REC-6: nothing is filed, nobody is known."""
    with pytest.raises(Exception, match="not complete"):
        admit(rig, notice="")
    assert rig.ask("office", "visitors")["lines"] == []
    assert rig.hub.directory.store.persons.of_sort("visitor") == []


def test_rec_6_use_with_pupils_waits_for_the_head_and_the_door_does_not(rig):
    """REC-6: a device that is put away needs nobody's approval."""
    admit(rig, with_pupils="yes", risk="RA 12")
    assert line_of(rig)["waits"]
    assert rig.tap(CARD).result == "ordered"


def test_rec_6_the_card_ends_at_midnight_and_says_so_kindly(rig):
    """REC-6: then it can be the next visitor's, without anybody's doing."""
    admit(rig)
    rig.clock_to("2026-11-24 08:00")
    rig.run(2)

    assert rig.tap(CARD).reason == "card-ended"
    assert rig.hub.kiosk.show.screen == "card-ended"
    assert rig.ask("office", "visitors")["lines"] == []
    admit(rig, name="Ottoline Fairweather")
    assert line_of(rig, "Ottoline Fairweather")["standing"] == "here"
    rig.tap(CARD)
    use(rig, FIRST)
    assert line_of(rig, "Ottoline Fairweather")["door"] == FIRST


def test_rec_6_a_visitor_is_never_sent_to_a_teacher(rig):
    """REC-6 ACC-8: a card that is doubted: the office, not "your teacher"."""
    admit(rig)
    visitor = next(iter(rig.state.visitors))
    refused = TapDecision((), "refused", rule="card-doubted")
    outcome = TapOutcome("front", 99, "refused", reason="card-doubted")
    rig.hub.kiosk.heard(Heard(outcome, refused, visitor))
    assert rig.hub.kiosk.show.screen == "office"


def test_rec_6_a_card_in_use_is_nobody_elses(rig):
    """ACC-9: the same card for two people is refused, with words."""
    admit(rig)
    admit(rig, card="", name="Ottoline Fairweather")
    assert rig.tap(CARD).result == "not-enrolled"
    page = rig.ask("office", "visitors")
    assert "already" in page["said"]
    assert rig.tap(OTHER_CARD).result == "enrolled"


def test_rec_6_left_behind_it_is_the_offices_and_goes_back_at_the_lockers(rig):
    """REC-6 DAY-6: a question, a list, card and PIN, and the door is free again."""
    admit(rig)
    rig.tap(CARD)
    use(rig, FIRST)
    rig.clock_to("2026-11-24 08:00")
    rig.run(2)

    (left,) = rig.ask("office", "visitors")["left"]
    assert (left["name"], left["door"], left["at_desk"]) == (NAME, FIRST, False)
    (asked,) = rig.ask("office", "desk")["left_behind"]
    assert asked["name"] == NAME
    person = left["person"]
    refused = rig.refused("office", "own_give_back", person=person)
    assert refused.details == ["not-in-sight"]

    rig.tap("office")
    shown = rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["office"].pin)
    act = next(act for act in shown["acts"] if act.startswith("give-back"))
    assert act == f"give-back:{person}:{FIRST}"
    assert rig.ask("kiosk", "bank_act", act=act)["compartment"] == FIRST
    use(rig, FIRST)

    out = rig.facts(c.OwnDeviceOut)[-1]
    assert (out.person, out.by) == (person, rig.cast.adults["office"].id)
    assert rig.ask("office", "visitors")["left"] == []
    assert rig.ask("office", "desk")["left_behind"] == []


def test_rec_6_in_sight_of_the_desk_the_page_opens_it(rig):
    """CUS-4: a door that the desk sees."""
    touch(rig)
    use(rig, FIRST)
    admit(rig)
    assert rig.tap(CARD).compartment == SECOND
    use(rig, SECOND)
    visitor = line_of(rig)["id"]
    page = rig.ask("office", "visitor_end", id=visitor)
    assert page["left"][0]["at_desk"]
    rig.ask("office", "own_give_back", person=visitor)
    use(rig, SECOND)
    assert visitor not in rig.state.own


def test_rec_6_a_visit_of_two_days_takes_a_card_each_day(rig):
    """REC-6: filed once; nothing is asked twice."""
    admit(rig, last="2026-11-24")
    first = line_of(rig)["id"]
    rig.clock_to("2026-11-24 08:00")
    rig.run(2)
    assert line_of(rig)["standing"] == "expected"

    rig.ask("office", "visitor_card", record=line_of(rig)["record"])
    assert rig.tap(CARD).result == "enrolled", "yesterday's card is free again"
    assert (line_of(rig)["standing"], line_of(rig)["id"]) == ("here", first)


def test_rec_6_a_visit_filed_under_records_is_given_its_card_here(rig):
    """REC-6: somebody filed it the day before; the words are the visitor's from now."""
    values = {"sponsor": rig.cast.adults["office"].id, "purpose": "speaker"}
    values |= {"first": "2026-11-23", "last": "2026-11-23", "notice": "yes"}
    rig.ask(
        *("leadership", "record_file"),
        kind="visitor",
        about="",
        values=values,
        words={"name": NAME},
    )
    assert line_of(rig)["standing"] == "expected"
    rig.ask("office", "visitor_card", record=line_of(rig)["record"])
    rig.tap(CARD)
    visitor = line_of(rig)["id"]

    assert line_of(rig)["standing"] == "here"
    store = rig.hub.directory.store
    assert [x.text for x in store.texts.about(visitor)] == [f'{{"name": "{NAME}"}}']
    store.erase_person(visitor)
    assert not any(NAME.encode() in data for _, data in rig.files())


def test_day_11_under_a_guessed_clock_the_page_says_that_none_ends(rig):
    """DAY-11: reception ends each by hand."""
    admit(rig)
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)
    rig.clock_to("2026-11-24 08:00")
    rig.run(2)
    page = rig.ask("office", "visitors")
    assert page["by_hand"]
    assert rig.tap(CARD).result == "ordered"
    rig.ask("office", "visitor_end", id=next(iter(rig.state.visitors)))
    assert rig.tap(CARD).reason == "card-ended"
    assert rig.facts(v.VisitorCardEnded)[-1].by == rig.cast.adults["office"].id


def test_acc_6_only_the_office_and_the_head_know_of_visitors(rig):
    """ACC-6: their names are in nobody else's answer; the journal says "a visitor"."""
    admit(rig)
    for role in ("teacher", "cover", "dsl", "technician", "kiosk"):
        for do, args in (
            ("visitors", {}),
            ("visitor_give", {"values": {}, "words": {}}),
            ("visitor_end", {"id": line_of(rig)["id"]}),
        ):
            assert rig.refused(role, do, **args).status in (401, 403)
    told = str(rig.ask("technician", "journal"))
    assert "Wetherspoon" not in told
    assert "a visitor" in told
    assert NAME in str(rig.ask("office", "journal"))


def test_dat_2_the_journal_holds_no_word_of_a_visitor(rig):
    """DAT-2: nor of where they come from, nor the card."""
    admit(rig)
    rig.tap(CARD)
    use(rig, FIRST)
    rig.hub.core.journal.head_writer.flush()
    secret = (NAME, "Wetherspoon", ORGANISATION, CARD)
    for name, data in rig.files():
        if not name.startswith("people.db"):
            for each in secret:
                assert each.lower().encode() not in data.lower(), name


def test_dat_4_everything_about_a_visitor_is_given_out(rig):
    """DAT-4: name, card, words, entries."""
    admit(rig)
    rig.step_up("leadership")
    found = rig.ask("leadership", "person_everything", person=line_of(rig)["id"])
    text = str(found)
    assert "Thaddeus" in text
    assert ORGANISATION in text
    assert CARD in text
    assert "Olga" not in text


def test_rel_1_a_kill_leaves_no_visitor_half(rig):
    """REL-1: a name without an entry is swept; a visitor that is known stays."""
    admit(rig)
    store = rig.hub.directory.store
    store.persons.put(Person("v-orphan", "visitor", "Nobody", "", 1))
    rig.kill()

    store = rig.hub.directory.store
    assert [p.first_name for p in store.persons.of_sort("visitor")] == ["Thaddeus"]
    assert line_of(rig)["standing"] == "here"
    assert rig.tap(CARD).result == "ordered"
