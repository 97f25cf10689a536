"""Staff act at the bank with card and PIN, never with a card alone (ACC-5)."""

import pytest

from controller.domain import people_facts as p


def pin(rig, digits: str):
    return rig.ask("kiosk", "bank_pin", pin=digits)


def no_pin(rig, digits: str):
    return rig.refused("kiosk", "bank_pin", pin=digits)


@pytest.fixture
def bank(rig):
    """Home time, with two phones in, before a paired kiosk."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("15:16")
    rig.token("kiosk")
    return rig


def test_acc_5_card_and_pin_release_the_class_at_the_bank(bank):
    """ACC-5, DAY-4: the teacher has no tablet at hand."""
    assert bank.tap("teacher").result == "staff"
    assert bank.ask("kiosk", "kiosk", bank="kestrels-bank")["screen"] == "pin"

    shown = pin(bank, bank.cast.adults["teacher"].pin)
    assert (shown["screen"], shown["unlocked"]) == ("staff", True)
    assert "release:kestrels" in shown["acts"]
    assert "release:wrens" not in shown["acts"]

    bank.ask("kiosk", "bank_act", act="release:kestrels")
    assert bank.tap(1).result == "ordered"


def test_acc_5_a_card_alone_opens_and_releases_nothing(bank):
    """ACC-5: a found card is worth nothing."""
    bank.tap("teacher")

    fault = bank.refused("kiosk", "bank_act", act="release:kestrels")
    assert (fault.status, fault.error) == (409, "no-card-read")
    assert bank.tap(1).reason == "not-released"


def test_acc_5_a_pin_without_a_card_counts_for_nobody(bank):
    """ACC-5: nor does one thirty seconds after the card."""
    right = bank.cast.adults["teacher"].pin
    assert no_pin(bank, right).error == "no-card-read"

    bank.tap("teacher")
    bank.skip(30.1)
    assert no_pin(bank, right).error == "no-card-read"
    assert bank.ask("kiosk", "kiosk", bank="kestrels-bank")["screen"] == "waiting"

    bank.tap("teacher")
    bank.skip(25)
    assert pin(bank, right)["unlocked"]


def test_acc_5_a_childs_tap_in_between_ends_the_wait_for_the_pin(bank):
    """ACC-5: the PIN is not typed for whoever comes next."""
    bank.tap("teacher")
    bank.tap(1)

    assert no_pin(bank, bank.cast.adults["teacher"].pin).error == "no-card-read"


def test_acc_5_another_persons_pin_does_not_count(bank):
    """ACC-5: card and PIN belong together."""
    bank.tap("teacher")
    assert no_pin(bank, bank.cast.adults["office"].pin).error == "wrong-secret"


def test_acc_5_guessing_a_pin_gets_slow_and_a_restart_does_not_help(bank):
    """ACC-5: throttled per card, durable; the right PIN waits as well."""
    statuses = []
    for _ in range(6):
        bank.tap("teacher")
        statuses.append(no_pin(bank, "000001").error)
    assert statuses == ["wrong-secret"] * 3 + ["throttled"] * 3

    bank.kill()
    bank.tap("teacher")
    fault = no_pin(bank, bank.cast.adults["teacher"].pin)
    assert fault.status == 429
    assert int(fault.details[0]) > 0
    bank.skip(20)
    bank.tap("teacher")
    assert pin(bank, bank.cast.adults["teacher"].pin)["unlocked"]


def test_acc_5_wrong_pins_are_one_entry_a_minute(bank):
    """ACC-5: told in the record, and cannot fill it."""
    for _ in range(3):
        bank.tap("teacher")
        no_pin(bank, "000001")
    bank.skip(61)

    told = bank.facts(p.SecretsRefused)
    assert 1 <= len(told) <= 2
    assert sum(fact.count for fact in told) == 3


def test_acc_5_what_the_bank_offers_ends_by_itself(bank):
    """ACC-5: a teacher who walks away leaves nothing open."""
    bank.tap("teacher")
    pin(bank, bank.cast.adults["teacher"].pin)
    bank.skip(61)

    assert bank.refused("kiosk", "bank_act", act="release:kestrels").status == 409
    assert bank.ask("kiosk", "kiosk", bank="kestrels-bank")["screen"] == "waiting"


def test_acc_5_done_locks_the_bank_at_once(bank):
    """ACC-5: the teacher presses Done."""
    bank.tap("teacher")
    pin(bank, bank.cast.adults["teacher"].pin)
    bank.ask("kiosk", "bank_done")

    assert bank.refused("kiosk", "bank_act", act="release:kestrels").status == 409


def test_acc_5_at_the_bank_rights_are_the_persons_own(bank):
    """ACC-5, ACC-6: the technician's PIN releases no class; the act is checked."""
    bank.tap("technician")
    shown = pin(bank, bank.cast.adults["technician"].pin)

    assert shown["acts"] == ["concern", "evacuate"]
    fault = bank.refused("kiosk", "bank_act", act="release:kestrels")
    assert (fault.status, fault.error) == (403, "no-right")
    assert bank.tap(1).reason == "not-released"


def test_acc_5_whoever_left_while_the_bank_was_unlocked_may_do_nothing(bank):
    """ACC-4, ACC-5: rights are those of this moment."""
    bank.tap("cover")
    pin(bank, bank.cast.adults["cover"].pin)
    bank.step_up("leadership")
    bank.ask("leadership", "account_change", id=bank.cast.adults["cover"].id, left=True)

    fault = bank.refused("kiosk", "bank_act", act="release:kestrels")
    assert fault.status in (403, 409)
    assert bank.tap(1).reason == "not-released"


@pytest.mark.parametrize("act", ["", "release", "release:nowhere", "open:1", "x" * 50])
def test_acc_5_an_act_that_is_not_on_the_screen_does_nothing(bank, act):
    """ACC-5, SEC-3: the kiosk's browser is not trusted either."""
    bank.tap("teacher")
    pin(bank, bank.cast.adults["teacher"].pin)

    assert 400 <= bank.refused("kiosk", "bank_act", act=act).status < 500
    assert bank.tap(1).reason == "not-released"


def test_a_kiosk_that_is_unpaired_shows_nothing_any_more(bank):
    """SEC-2: the pairing is a row that can be taken back, durable."""
    (kiosk,) = bank.ask("technician", "settings")["kiosks"]
    bank.ask("technician", "kiosk_unpair", id=kiosk[0])

    fault = bank.refused("kiosk", "kiosk", bank="kestrels-bank")
    assert (fault.status, fault.error) == (403, "not-a-kiosk")
    bank.kill()
    assert bank.refused("kiosk", "kiosk", bank="kestrels-bank").status == 403
