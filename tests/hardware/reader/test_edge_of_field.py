"""SIM-3: a card held at the edge of the field."""

from __future__ import annotations

import pytest

from hardware.iso14443 import FieldUnclear
from hardware.ports import CardGone, CardSeen, FieldEmpty, Tapped
from hardware.twin.cards import Card, Fringe
from tests.hardware.reader.rig import SEVEN, Bench


def presences(fringe: Fringe, polls: int = 100) -> list:
    with Bench() as bench:
        bench.chip.put(Card(SEVEN, fringe=fringe))
        return [bench.poll() for _ in range(polls)]


@pytest.mark.parametrize("seed", range(5))
def test_sim_3_damaged_answers_are_tried_again_within_the_poll(seed):
    """SIM-3: one answer in ten damaged; it takes five good ones to read a card."""
    seen = presences(Fringe(seed, corrupt=0.1))

    assert sum(isinstance(each, CardSeen) for each in seen) >= 85
    assert FieldEmpty() not in seen


@pytest.mark.parametrize("seed", range(5))
def test_acc_7_damage_never_makes_another_uid(seed):
    """ACC-7: parity, check byte and CRC stand between noise and a wrong door."""
    seen = presences(Fringe(seed, corrupt=0.4), polls=200)

    assert {each.uid for each in seen if isinstance(each, CardSeen)} == {SEVEN}


def test_sim_3_a_card_that_cannot_be_read_is_unclear_and_not_gone():
    """SIM-3: something answers; nobody may act on it, and nothing has left."""
    seen = presences(Fringe(corrupt=1.0), polls=10)

    assert seen == [FieldUnclear()] * 10
    assert all(isinstance(each, FieldEmpty) for each in seen)


def test_sim_3_a_card_whose_first_answer_was_lost_is_called_again(bench, mocker):
    """SIM-3: it waits for an anticollision; the next WUPA only sends it to sleep."""
    card = Card(SEVEN)
    bench.chip.put(card)
    bench.poll()
    carried = iter([None])
    mocker.patch.object(Fringe, "carry", lambda _, bits: next(carried, bits))

    assert isinstance(bench.poll(), FieldEmpty)
    assert bench.poll().uid == SEVEN


@pytest.mark.parametrize("seed", range(10))
def test_acc_7_a_card_wobbling_at_the_edge_is_one_tap(bench, seed):
    """ACC-7: three seconds of missed commands, lost and damaged answers."""
    fringe = Fringe(seed, unheard=0.05, lost=0.05, corrupt=0.1)
    bench.chip.put(Card(SEVEN, fringe=fringe))

    told = bench.run(bench.watch(), 3)

    assert [type(event) for event in told] == [Tapped]


def test_acc_7_a_card_that_dips_out_of_the_field_is_one_tap(bench):
    """ACC-7: a shaking hand: 0.1 s in, 0.2 s out."""
    watch, card, told = bench.watch(), Card(SEVEN), []
    for _ in range(8):
        bench.chip.put(card)
        told += bench.run(watch, 0.1)
        bench.chip.take(card)
        told += bench.run(watch, 0.2)

    assert [type(event) for event in told] == [Tapped]
    assert [type(event) for event in bench.run(watch, 0.5)] == [CardGone]
