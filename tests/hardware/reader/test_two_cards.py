"""ACC-7, SIM-3: two cards are told from one and from none."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hardware.ports import CardSeen, FieldCrowded, FieldEmpty
from hardware.twin.cards import Card, CardState, RandomUidCard
from tests.hardware.reader.rig import FOUR, OTHER, SEVEN, TEN, Bench
from tests.hardware.reader.test_whole_uids import lawful_uids


def put(bench, *uids):
    cards = [Card(uid) for uid in uids]
    for card in cards:
        bench.chip.put(card)
    return cards


def test_acc_7_two_cards_that_differ_in_one_bit_are_a_crowd(bench):
    """ACC-7, SIM-3: as long as they lie there."""
    put(bench, SEVEN, OTHER)

    assert [bench.poll() for _ in range(5)] == [FieldCrowded()] * 5


def test_acc_7_cards_of_different_length_are_a_crowd(bench):
    put(bench, FOUR, SEVEN, TEN)

    assert bench.poll() == FieldCrowded()


def test_acc_7_two_phones_are_a_crowd(bench):
    bench.chip.put(RandomUidCard(seed=1))
    bench.chip.put(RandomUidCard(seed=2))

    assert bench.poll() == FieldCrowded()


def test_acc_7_the_card_that_stays_is_read(bench):
    """ACC-7: "one at a time", and then it works."""
    first, _ = put(bench, SEVEN, OTHER)
    bench.poll()
    bench.chip.take(first)

    assert bench.poll().uid == OTHER
    bench.clock.sleep(0.001)
    assert [card.state for card in bench.chip.field] == [CardState.HALT]


def test_acc_7_a_second_card_is_noticed_beside_one_that_is_halted(bench):
    put(bench, SEVEN)
    bench.poll()
    put(bench, OTHER)

    assert bench.poll() == FieldCrowded()


@settings(max_examples=60)
@given(lawful_uids, lawful_uids)
def test_acc_7_no_uid_is_ever_made_of_two(one, other):
    """ACC-7: whatever two cards lie there, nobody else's door opens."""
    assume(one != other)
    with Bench() as bench:
        put(bench, one, other)
        seen = [bench.poll() for _ in range(3)]

    assert seen == [FieldCrowded()] * 3


@settings(max_examples=40)
@given(
    st.lists(lawful_uids, min_size=1, max_size=3, unique=True),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 12)), max_size=12),
)
def test_acc_7_cards_come_and_go_at_any_moment_and_only_real_uids_are_seen(uids, moves):
    """ACC-7: in the middle of an exchange too."""
    with Bench() as bench:
        cards = [Card(uid) for uid in uids]
        for which, millis in moves:
            card = cards[which % len(cards)]
            toggle = bench.chip.take if card in bench.chip.field else bench.chip.put
            bench.clock.call_at(
                bench.clock.monotonic() + 0.05 + millis / 1000,
                lambda toggle=toggle, card=card: toggle(card),
            )
            seen = bench.poll()
            bench.clock.sleep(0.02)

            assert isinstance(seen, FieldEmpty | FieldCrowded) or seen.uid in uids
            assert not isinstance(seen, CardSeen) or len(bench.chip.field) <= 3
