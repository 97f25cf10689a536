"""CUS-8: acts of two: both cards with both PINs at the bank, within a minute."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as f
from controller.domain.tap_facts import OrderRefused
from tests.rig import opened


def pin(rig, who: str):
    """Card and PIN of somebody at the kiosk."""
    rig.tap(who)
    return rig.ask("kiosk", "bank_pin", pin=rig.cast.adults[who].pin)


def refused_pin(rig, who: str):
    """Card and PIN of somebody, where what follows is turned away."""
    rig.tap(who)
    return rig.refused("kiosk", "bank_pin", pin=rig.cast.adults[who].pin)


def shown(rig) -> str:
    """The kiosk's screen."""
    return rig.ask("kiosk", "kiosk", bank="kestrels-bank")["screen"]


HOLDING = 10


@pytest.fixture
def rig(folder, cheap_hashes):
    """Eight pupils, and one door for held devices."""
    door = (
        f'n = {HOLDING}\ncoil = "room:locks:9"\ncontact = "room:contacts:9"\npurpose = '
    )
    settings = {f'{door}"pupil"': f'{door}"holding"'}
    with opened(folder / "rig", settings=settings) as rig:
        yield rig


@pytest.fixture
def bank(rig):
    """Half past ten, two phones in; the first is on a police hold behind its door."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("10:30")
    rig.token("kiosk")
    rig.ask("teacher", "concern_raise", about="pupil", person=rig.cast.children[0].id)
    (hold,) = rig.state.holds
    rig.step_up("dsl")
    rig.ask("dsl", "hold_reclassify", id=hold, basis="police")
    return rig


def prepared(rig) -> str:
    """Prepare the hand-over to an officer on the page; return its act at the bank."""
    (hold,) = rig.state.holds
    view = rig.ask(
        "dsl",
        "handover_prepare",
        holds=[hold],
        to="officer",
        identity="warrant-card",
        name="Sergeant",
        force="County",
        number="1234",
        reference="CR/1",
    )
    assert view["state"] == "needs-two"
    return f"give:{view['id']}:1"


def test_cus_8_two_cards_and_two_pins_open_the_door(bank):
    """CUS-8: the safeguarding lead begins, a colleague is the witness."""
    act = prepared(bank)
    assert act in pin(bank, "dsl")["acts"]
    bank.ask("kiosk", "bank_act", act=act)
    assert shown(bank) == "witness"
    assert bank.coils_on == []

    assert pin(bank, "office")["screen"] == "opened"
    bank.until(lambda: bank.coils_on == [1])
    (begun,) = bank.facts(f.HandOverBegun)
    assert begun.witness == bank.cast.adults["office"].id


def test_cus_8_nobody_is_their_own_witness(bank):
    """CUS-8: refused, in the record, and no coil is powered."""
    bank_act(bank, prepared(bank))

    fault = refused_pin(bank, "dsl")

    assert fault.details == ["own-witness"]
    assert bank.facts(OrderRefused)[-1].rule == "own-witness"
    assert not bank.facts(f.HandOverBegun)


def bank_act(rig, act: str) -> None:
    """Let the safeguarding lead begin an act of two."""
    pin(rig, "dsl")
    rig.ask("kiosk", "bank_act", act=act)


def test_cus_8_after_a_minute_it_is_too_late_and_written_down(bank):
    """CUS-8: the second card then is like any other staff card."""
    bank_act(bank, prepared(bank))
    bank.skip(61)

    last = bank.facts(OrderRefused)[-1]
    assert (last.order, last.rule) == ("BeginHandOver", "witness-too-late")
    assert pin(bank, "office")["screen"] == "staff"
    assert not bank.facts(f.HandOverBegun)


def test_cus_8_a_wrong_pin_of_the_witness_counts_and_is_throttled_for_good(bank):
    """CUS-8, ACC-5: three wrong ones; a restart gives none back and opens nothing."""
    bank_act(bank, prepared(bank))
    for _ in range(5):
        bank.tap("office")
        bank.refused("kiosk", "bank_pin", pin="000001")
    bank.kill()

    bank.tap("office")
    right = bank.cast.adults["office"].pin
    assert bank.refused("kiosk", "bank_pin", pin=right).status == 429
    assert not bank.facts(f.HandOverBegun)


def test_cus_8_cancel_calls_it_off(bank):
    """CUS-8: the next card is an ordinary one."""
    bank_act(bank, prepared(bank))
    bank.ask("kiosk", "bank_done")

    assert pin(bank, "office")["screen"] == "staff"


@pytest.mark.parametrize("who", ["teacher", "office", "technician"])
def test_cus_8_only_the_entitled_begin(bank, who):
    """CUS-8: the act is not offered, and is refused when the site sends it."""
    act = prepared(bank)
    assert act not in pin(bank, who)["acts"]

    assert bank.refused("kiosk", "bank_act", act=act).status in (403, 404, 409)
    assert shown(bank) != "witness"


def test_cus_8_the_site_cannot_name_a_witness(bank):
    """CUS-8, SEC-2: a field in a request is not a person with card and PIN."""
    act = prepared(bank)
    (hold,) = bank.state.holds
    bank.step_up("dsl")

    fault = bank.refused(
        "dsl",
        "hold_reclassify",
        id=hold,
        basis="safeguarding",
        witness=bank.cast.adults["office"].id,
    )

    assert fault.details == ["needs-witness"]
    assert act


def test_cus_12_a_concern_at_a_police_hold_leaves_the_hand_over_as_it_is(bank):
    """CUS-12 CUS-6: the button is for everybody; what was prepared can go on."""
    act = prepared(bank)

    bank.ask("technician", "concern_raise", about="pupil", compartment=1, reason="")

    (hold,) = bank.state.holds.values()
    assert hold.basis == "police"
    bank_act(bank, act)
    pin(bank, "office")
    bank.until(lambda: bank.coils_on == [1])


def test_cus_7_the_officers_device_is_handed_over_and_the_paper_says_where_it_was(bank):
    """CUS-7: chain of custody with positions and the journal's end; then it is over."""
    act = prepared(bank)
    bank_act(bank, act)
    pin(bank, "office")
    bank.until(lambda: bank.coils_on == [1])
    bank.run(0.3)
    bank.pull(1)
    bank.take(1)
    bank.push(1)

    receipt = bank.ask("dsl", "handover_finish", id=act.split(":")[1], signed="paper")

    assert ["Number", "1234"] in receipt["lines"]
    assert receipt["moves"][0][2] == "Door 1"
    assert len(receipt["refs"]) >= 5
    assert receipt["head"] == bank.hub.core.journal.tail.hash.hex()
    assert not bank.state.holds


def test_cus_2_at_the_bank_a_door_is_chosen_and_its_device_held(bank):
    """CUS-2: card and PIN, "hold", door 2; nothing opens."""
    bank.step_up("leadership")
    bank.ask("leadership", "policy_clause", clause="4.2", name="Phones in lessons")
    teacher = bank.cast.adults["teacher"].id
    bank.ask("leadership", "policy_authorise", staff=teacher)
    assert "hold" in pin(bank, "teacher")["acts"]

    chosen = bank.ask("kiosk", "bank_act", act="hold")
    assert (chosen["screen"], chosen["doors"]) == ("doors", [2])
    bank.ask("kiosk", "bank_act", act="hold:2")

    assert [h.basis for h in bank.state.holds.values()] == ["police", "confiscated"]
    assert bank.coils_on == []


def test_cus_3_who_carries_a_device_puts_it_behind_a_holding_door(bank):
    """CUS-2, CUS-3: the corridor's phone, at the bank, card and PIN."""
    bank.step_up("leadership")
    bank.ask("leadership", "policy_clause", clause="4.2", name="Phones in lessons")
    bank.ask(
        "leadership",
        "hold_confiscate",
        pupil=bank.cast.children[1].id,
        taken=True,
        clause="4.2",
    )
    acts = pin(bank, "leadership")["acts"]
    (store,) = [act for act in acts if act.startswith("store:")]

    assert bank.ask("kiosk", "bank_act", act=store)["screen"] == "opened"
    door = bank.ask("kiosk", "kiosk", bank="kestrels-bank")["compartment"]
    bank.until(lambda: bank.coils_on == [HOLDING])
    bank.run(0.3)
    bank.pull(door)
    bank.put(door)
    bank.push(door)

    assert f"door:{HOLDING}" in {hold.place for hold in bank.state.holds.values()}


def test_cus_6_at_the_bank_a_concern_is_raised_by_door(bank):
    """CUS-6: any member of staff, the technician too, without a name."""
    assert "concern" in pin(bank, "technician")["acts"]
    assert 2 in bank.ask("kiosk", "bank_act", act="concern")["doors"]

    bank.ask("kiosk", "bank_act", act="concern:2")

    assert {h.basis for h in bank.state.holds.values()} == {"police", "safeguarding"}
