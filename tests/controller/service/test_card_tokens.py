"""ACC-8: rolling tokens on cards, over the real driver and cards that keep them."""

from __future__ import annotations

import pytest

from controller.domain import card_facts as f
from controller.domain.card_tokens import doubted_cards, token_of
from controller.domain.day_facts import QuestionRaised
from controller.domain.tap_facts import CardTapped
from controller.service.tokens import HOLD_S
from hardware.twin.type2 import Type2Card

UID = "04A1B2C3D4E503"  # of the pupil behind door 3


@pytest.fixture
def school(rig):
    """The rule is on; the pupil of door 3 has tapped once, so the card is marked."""
    switch(rig, "on")
    rig.clock_to("08:40")
    rig.hand_in(3)
    return rig


def switch(rig, value):
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="card.token", value=value)


def credential(rig, pupil="p0003"):
    cards = rig.state.credentials.values()
    return next(c.credential for c in cards if c.person == pupil and not c.revoked)


def copy_of(rig, uid=UID, *, memory=True):
    return rig.world.clone_card(uid, memory=memory)


def go_home(rig):
    rig.clock_to("15:15")
    rig.ask("teacher", "release_class", class_id="kestrels", mode="tap")


# ------------------------------------------------------------------- off, on, rolling


def test_acc_8_it_is_off_by_default_and_no_card_is_asked_or_written(rig):
    """ACC-8: optional; a school that does not want it has nothing of it."""
    rig.clock_to("08:40")
    rig.hand_in(3)

    assert rig.world.wallet.state() == {}
    assert rig.hub.directory.store.tokens.all() == []
    assert not rig.config.bank.data.joinpath("secrets/card.key").exists()


def test_acc_8_a_card_is_marked_at_its_first_tap_and_rolls_at_each(school):
    """ACC-8: told once in the record; on the card another token after every tap."""
    assert school.facts(f.CardMarked) == [f.CardMarked(credential(school), "p0003")]
    seen = {school.world.wallet.state()[UID][1]}
    for _ in range(3):
        assert school.tap(3).result in ("ordered", "open")
        seen.add(school.world.wallet.state()[UID][1])

    assert len(seen) == 4
    assert school.facts(f.CardMarked) == [f.CardMarked(credential(school), "p0003")]
    (row,) = school.hub.directory.store.tokens.all()
    assert (row.current is not None, row.next) == (True, None)


def test_acc_8_it_rolls_where_the_tap_opens_nothing(school):
    """ACC-8: also at noon; what the pupil sees is as ever."""
    school.clock_to("12:00")
    before = school.world.wallet.state()[UID]

    assert school.tap(3).reason == "lessons"
    assert school.world.wallet.state()[UID] != before


@pytest.mark.parametrize("kind", ["ntag213", "ultralight", "classic"])
def test_acc_8_every_kind_of_card_that_can_be_written_is(rig, kind):
    """ACC-8: NTAG, Ultralight, MIFARE Classic with a key of its own."""
    rig.world.make_card(UID, kind)
    switch(rig, "on")
    rig.clock_to("08:40")
    rig.tap(3)
    rig.tap(3)

    assert token_of(rig.state, credential(rig)).marked
    assert rig.facts(f.CardDoubted, f.CardUnwritable) == []


def test_acc_8_enrolment_writes_the_first_token(rig):
    """ACC-8: a new Classic leaves the office with our key and without the factory's."""
    rig.world.make_card("04B0000000000A", "classic")
    switch(rig, "on")
    rig.ask("office", "card_replace", id="p0003")

    assert rig.tap("04B0000000000A").result == "enrolled"

    memory = bytes.fromhex(rig.world.wallet.state()["04B0000000000A"][1])
    assert memory[63 * 16 :][:6] not in (b"\xff" * 6, bytes(6))
    assert [fact.person for fact in rig.facts(f.CardMarked)] == ["p0003"]


# --------------------------------------------------------- cards that cannot be written


@pytest.mark.parametrize(
    ("kind", "why"),
    [("locked", "refused"), ("bus-pass", "keys"), ("plain", "no-memory")],
)
def test_acc_8_a_card_that_cannot_be_written_stays_usable_and_is_marked_as_such(
    rig, kind, why
):
    """ACC-8: said once; it opens as ever, and is not asked again."""
    rig.world.make_card(UID, kind)
    switch(rig, "on")
    rig.clock_to("08:40")
    rig.hand_in(3)
    rig.tap(3)
    go_home(rig)

    assert rig.tap(3).result == "ordered"
    assert rig.facts(f.CardUnwritable) == [
        f.CardUnwritable(credential(rig), "p0003", why)
    ]


# --------------------------------------------------------------------------- the copy


@pytest.mark.parametrize("memory", [True, False])
def test_acc_8_at_home_time_a_copy_opens_nothing(school, memory):
    """ACC-8: the pupil has tapped since it was made, or it has the UID alone."""
    copy = copy_of(school, memory=memory)
    school.tap(3)
    go_home(school)
    pulses = school.world.compartments[3].coil.pulses

    outcome = school.tap(copy)

    assert (outcome.result, outcome.reason) == ("refused", "card-doubted")
    school.run(2)
    assert school.world.compartments[3].coil.pulses == pulses
    (doubt,) = school.facts(f.CardDoubted)
    assert (doubt.person, doubt.why) == ("p0003", "other-token")
    assert school.state.custody["p0003"].compartment == 3


@pytest.mark.parametrize("kind", ["classic", "plain"])
def test_acc_8_a_copy_on_another_kind_of_card_is_known_by_that(school, kind):
    """ACC-8: a blank Classic knows no key of ours, another card has no memory."""
    copy = copy_of(school)
    school.world.make_card(copy, kind)
    go_home(school)

    assert school.tap(copy).reason == "card-doubted"


def test_acc_8_whoever_comes_second_is_found_and_then_neither_opens(school):
    """ACC-8: the copy took the token along; nobody knows which is which."""
    copy = copy_of(school)
    school.clock_to("12:00")
    assert school.tap(copy).reason == "lessons"
    go_home(school)

    assert school.tap(3).reason == "card-doubted"
    assert school.tap(copy).reason == "card-doubted"
    assert len(school.facts(f.CardDoubted)) == 1


def test_acc_8_a_card_that_does_not_answer_for_its_token_opens_nothing_now(
    school, monkeypatch
):
    """ACC-8: no proof against it: the office is told, and a better tap opens."""
    go_home(school)
    with monkeypatch.context() as patch:
        patch.setattr(Type2Card, "_read", lambda card, _page: card._fall_back())
        assert school.tap(3).reason == "card-unread"

    (asked,) = school.facts(QuestionRaised)
    assert asked.about == "card-unread"
    assert school.tap(3).result == "ordered"


def test_acc_8_in_class_nothing_shows_that_a_card_is_doubted(school):
    """ACC-8: no scene: the same screen and sound, the alarm is the staff's."""
    copy = copy_of(school)
    school.clock_to("12:00")
    school.tap(3)
    usual = school.hub.kiosk.show

    outcome = school.tap(copy)

    shown = school.hub.kiosk.show
    assert outcome.reason == "lessons"
    assert (shown.screen, shown.sound) == (usual.screen, usual.sound)
    assert len(school.facts(f.CardDoubted)) == 1


def test_acc_8_where_a_door_would_open_the_kiosk_is_kind(school):
    """ACC-8: the words for a device that is held; the sound of every tap."""
    copy = copy_of(school)
    school.tap(3)
    go_home(school)
    school.tap(copy)

    show = school.hub.kiosk.show
    assert (show.screen, show.sound) == ("teacher", "soft")


def test_acc_8_staff_are_alarmed_on_the_desk_and_the_health_page(school):
    """ACC-8: the office reads whose card it is, the technician that there is one."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)

    (asked,) = school.facts(QuestionRaised)
    assert (asked.about, asked.pupil, asked.compartment) == ("card-doubted", "p0003", 3)
    (line,) = school.ask("office", "desk")["questions"]
    assert "copy" in line["words"]
    assert line["name"]
    health = school.ask("technician", "health")
    (part,) = [part for part in health["parts"] if part["key"] == "cards"]
    assert not part["ok"]
    assert not any(name in str(health) for name in school.cast.pupil_names)


@pytest.mark.parametrize("kind", ["locked", "ntag213"])
def test_acc_8_the_office_sees_on_the_pupils_page_what_is_known_of_the_card(rig, kind):
    """ACC-8: it carries a token, cannot, or is doubted; nothing while it is off."""

    def token():
        return rig.ask("office", "pupil", id="p0003").get("token", "")

    rig.world.make_card(UID, kind)
    rig.clock_to("08:40")
    rig.tap(3)
    assert token() == ""
    switch(rig, "on")
    rig.tap(3)
    assert token() == {"locked": "cannot", "ntag213": "carried"}[kind]
    if kind == "ntag213":
        rig.tap(copy_of(rig, memory=False))
        assert token() == "doubted"


def test_acc_8_the_teacher_vouches_meanwhile(school):
    """ACC-8: the child goes home with the phone, on an adult's word."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)
    go_home(school)

    school.ask("teacher", "vouch", pupil="p0003")

    school.until(lambda: school.world.compartments[3].bolt.is_retracted)


def test_acc_8_once_explained_the_next_card_is_marked_anew(school):
    """ACC-8: the office has looked into it; the doubt is over and the card opens."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)
    (line,) = school.ask("office", "desk")["questions"]
    school.ask("office", "question_close", id=line["id"], how="explained")
    go_home(school)

    assert doubted_cards(school.state) == ()
    assert school.tap(3).result == "ordered"
    assert len(school.facts(f.CardTrusted)) == 1


def test_acc_8_a_new_card_ends_the_doubt(school):
    """ACC-8: the old number is dead, with its copies."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)
    school.ask("office", "card_replace", id="p0003")
    school.tap("04B0000000000A")
    go_home(school)

    assert school.tap(copy).result == "unknown"
    assert school.tap("04B0000000000A").result == "ordered"
    assert doubted_cards(school.state) == ()


def test_acc_8_a_colleagues_copied_card_asks_for_no_pin(school):
    """ACC-8: card and PIN is two things only while the card is one."""
    card = school.uid("teacher")
    assert school.tap(card).result == "staff"
    copy = copy_of(school, card, memory=False)

    assert school.tap(copy).reason == "card-doubted"
    assert school.hub.kiosk.who_may_give_pin() is None


# ------------------------------------------------------------------------- bad luck


def test_acc_8_hasty_hands_cost_nothing(school):
    """ACC-8: pulled away in the middle of every write, the card stays good."""
    school.world.fault("torn-write", None, active=True)
    for _ in range(4):
        assert school.tap(3).result in ("ordered", "open")
    school.world.fault("torn-write", None, active=False)
    go_home(school)

    assert school.tap(3).result == "ordered"
    assert school.facts(f.CardDoubted) == []


def test_acc_8_a_tap_is_told_though_its_card_can_never_be_written(school):
    """ACC-8: the reader is free within a second, whatever the card does."""
    school.world.fault("torn-write", None, active=True)
    began = school.clock.monotonic()
    school.tap(3)

    assert school.clock.monotonic() - began < HOLD_S + 1


def test_acc_8_killed_between_card_and_store_the_card_stays_good(school):
    """ACC-8: kill -9 the moment the card is written, before anybody knows."""
    landed = []
    school.hub.tokens._book.landed = landed.append  # as if it had not come to that
    school.tap(3)
    assert landed
    school.kill()
    go_home(school)

    assert school.tap(3).result == "ordered"
    assert school.facts(f.CardDoubted) == []


def test_acc_8_a_doubt_outlives_a_restart(school):
    """ACC-8: it is a fact."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)
    go_home(school)
    school.kill()

    assert school.tap(3).reason == "card-doubted"


def test_acc_8_switched_off_everything_is_forgotten(school):
    """ACC-8: no doubt stands, no digest is kept; on again, every card is begun anew."""
    copy = copy_of(school)
    school.tap(3)
    school.tap(copy)
    switch(school, "off")

    assert school.hub.directory.store.tokens.all() == []
    assert doubted_cards(school.state) == ()
    school.kill()
    assert school.state.tokens == {}
    switch(school, "on")
    go_home(school)
    assert school.tap(3).result == "ordered"


def test_acc_8_a_store_whose_key_was_lost_begins_anew(school):
    """ACC-8: digests of another key say nothing, against nobody."""
    school.stop()
    school.config.bank.data.joinpath("secrets/card.key").unlink()
    school.start()
    go_home(school)

    assert school.tap(3).result == "ordered"
    assert school.facts(f.CardDoubted) == []


def test_dat_2_neither_token_nor_uid_is_in_any_file(school):
    """DAT-2, ACC-8: the token is on the card alone; the journal has neither."""
    memory = bytes.fromhex(school.world.wallet.state()[UID][1])
    token = next(slot for slot in (memory[48:56], memory[56:64]) if any(slot))
    school.stop()

    for name, data in school.files():
        assert token not in data, name
        if "people" not in name:
            assert bytes.fromhex(UID) not in data, name
    school.start()


def test_acc_8_the_key_is_for_the_controller_alone(school):
    """ACC-8: mode 0600, made when the rule is first on; 32 bytes."""
    path = school.config.bank.data / "secrets/card.key"

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_bytes()) == 32


def test_acc_8_every_tap_is_in_the_record_whatever_its_token(school):
    """ACC-8: a doubted tap is a tap."""
    copy = copy_of(school)
    before = len(school.facts(CardTapped))
    school.tap(3)
    school.tap(copy)

    assert len(school.facts(CardTapped)) == before + 2
