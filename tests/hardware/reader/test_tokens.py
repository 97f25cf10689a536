"""ACC-8: eight bytes on a card, through the real driver, whatever the hand does."""

from __future__ import annotations

import pytest

from hardware.card_memory import (
    CLASSIC_TRAILER,
    SLOT_BYTES,
    TRANSPORT_KEY,
    TYPE2_FIRST_PAGE,
)
from hardware.ports import (
    CardGone,
    CardMemory,
    MemoryKind,
    Tapped,
    TokenOrder,
    TokenWritten,
    Wrote,
)
from hardware.twin.cards import Card, Fringe
from hardware.twin.classic import BLOCK_BYTES, ClassicCard
from hardware.twin.type2 import Type2Card
from tests.hardware.reader.rig import FOUR, SEVEN, TEN

KEY = bytes.fromhex("A1B2C3D4E5F6")
OLD, NEW = b"oldtoken", b"newtoken"
UNASKED = b"\0" * SLOT_BYTES


def ntag(uid=SEVEN, **more):
    return Type2Card(uid, pages=45, **more)


def ultralight(uid=SEVEN, **more):
    return Type2Card(uid, pages=16, **more)


def classic(uid=FOUR, key=KEY, **more):
    return ClassicCard(uid, key=key, **more)


def slots_of(card):
    """What lies in the two slots, read from the card itself."""
    if isinstance(card, ClassicCard):
        places = (60 * BLOCK_BYTES, 61 * BLOCK_BYTES)
    else:
        places = (TYPE2_FIRST_PAGE * 4, TYPE2_FIRST_PAGE * 4 + SLOT_BYTES)
    return tuple(card.memory[at : at + SLOT_BYTES] for at in places)


CARDS = pytest.mark.parametrize(
    "make",
    [ntag, ultralight, classic, lambda **more: classic(uid=SEVEN, **more)],
    ids=["ntag", "ultralight", "classic", "classic-7"],
)


@pytest.fixture
def watch(bench):
    """A reader that is told to read every card."""
    watch = bench.watch()
    watch.key_of = lambda _uid: KEY
    bench.run(watch, 0.1)
    return watch


def tapped(bench, watch, card, seconds=0.25):
    """Lay a card down; return how its coming was told."""
    bench.chip.put(card)
    (told,) = bench.run(watch, seconds)
    assert isinstance(told, Tapped)
    return told


def order(told, token=NEW, slot=0, **more):
    return TokenOrder(told.card.uid, told.stay, slot, token, KEY, **more)


def written(bench, watch, asked, seconds=0.5):
    watch.write_token(asked)
    return [event.wrote for event in bench.run(watch, seconds)]


# ---------------------------------------------------------------------------- reading


@CARDS
def test_acc_8_what_is_written_is_read_when_the_card_comes_again(bench, watch, make):
    """ACC-8: the slot that was named and no other; told once."""
    card = make()
    told = tapped(bench, watch, card)
    assert told.memory.slots == (UNASKED, UNASKED)

    assert written(bench, watch, order(told, slot=1)) == [Wrote.WRITTEN]

    assert slots_of(card) == (UNASKED, NEW)
    bench.chip.take(card)
    assert bench.run(watch, 0.6) == [CardGone("r00")]
    assert tapped(bench, watch, card).memory.slots == (UNASKED, NEW)


def test_acc_8_a_reader_that_is_not_told_to_asks_no_card(bench):
    """ACC-8: off by default; the UID is read as ever."""
    watch = bench.watch()
    told = tapped(bench, watch, classic(key=b"others"))

    assert (told.card.uid, told.memory) == (FOUR, None)


def test_acc_8_a_card_that_is_none_of_our_business_is_left_alone(bench, watch):
    """ACC-8: a stranger's card is not talked to."""
    watch.key_of = lambda uid: None if uid == FOUR else KEY

    assert tapped(bench, watch, classic()).memory is None


@pytest.mark.parametrize(
    ("card", "memory"),
    [
        (Card(TEN), CardMemory(MemoryKind.NONE)),
        (Card(SEVEN, sak=0x20), CardMemory(MemoryKind.NONE)),
        (classic(key=b"others"), CardMemory(MemoryKind.CLASSIC, why="keys")),
    ],
    ids=["none", "iso-14443-4", "foreign"],
)
def test_acc_8_cards_that_hold_nothing_for_us_say_so_at_once(
    bench, watch, card, memory
):
    """ACC-8: told apart from silence, so that they stay usable."""
    assert tapped(bench, watch, card).memory == memory


def test_acc_8_a_card_that_never_answers_for_its_memory_is_told_all_the_same(
    bench, watch
):
    """ACC-8: within half a second, as silent; it must not seem absent."""

    class Mute(Type2Card):
        def _command(self, body, at):
            self._fall_back()

    told = tapped(bench, watch, Mute(SEVEN, pages=45), seconds=0.5)

    assert told.memory == CardMemory(MemoryKind.TYPE2, why="silent")


@CARDS
def test_acc_8_at_the_edge_of_the_field_it_is_read_late_and_never_wrongly(
    bench, watch, make
):
    """ACC-8: what is lost or damaged is asked for again, and is no refusal."""
    for seed in range(12):
        card = make(fringe=Fringe(seed, unheard=0.1, lost=0.1, corrupt=0.05))
        bench.chip.put(card)
        told = [event for event in bench.run(watch, 2) if isinstance(event, Tapped)]
        bench.chip.take(card)
        bench.run(watch, 0.6)

        assert [event.memory.slots for event in told] == [(UNASKED, UNASKED)], seed


def test_acc_8_after_a_card_with_keys_the_next_card_is_found(bench, watch):
    """ACC-8: the cipher is off again, the timer is as it was."""
    card = classic()
    told = tapped(bench, watch, card)
    written(bench, watch, order(told))
    bench.chip.take(card)
    bench.run(watch, 0.6)

    assert tapped(bench, watch, ntag()).card.uid == SEVEN
    assert bench.reader.failures == 0


# ---------------------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("card", "wrote"),
    [
        (ntag(locked=True), Wrote.REFUSED),
        (ultralight(locked=True), Wrote.REFUSED),
        (classic(key=b"others"), Wrote.KEYS),
        (Card(TEN), Wrote.NO_MEMORY),
    ],
    ids=["locked", "locked-ultralight", "foreign", "none"],
)
def test_acc_8_a_card_that_cannot_be_written_says_why(bench, watch, card, wrote):
    """ACC-8: within two polls, also where it may be a new one."""
    told = tapped(bench, watch, card)

    assert written(bench, watch, order(told, is_first=True)) == [wrote]


def test_acc_8_a_new_card_gets_our_key_and_keeps_no_transport_key(bench, watch):
    """ACC-8: FFFFFFFFFFFF is left on neither key of our sector; the others stay."""
    card = classic(key=TRANSPORT_KEY)
    told = tapped(bench, watch, card)
    assert told.memory.why == "keys"

    assert written(bench, watch, order(told, is_first=True)) == [Wrote.WRITTEN]

    trailer = card.memory[CLASSIC_TRAILER * BLOCK_BYTES :]
    assert (trailer[:6], trailer[10:]) == (KEY, KEY)
    assert card.memory[59 * BLOCK_BYTES :][:6] == TRANSPORT_KEY
    bench.chip.take(card)
    bench.run(watch, 0.6)
    assert tapped(bench, watch, card).memory.slots[0] == NEW


def test_acc_8_a_card_with_our_key_already_can_be_begun_anew(bench, watch):
    """ACC-8: enrolled for somebody else, or cut off after its keys were written."""
    told = tapped(bench, watch, classic())

    assert written(bench, watch, order(told, is_first=True)) == [Wrote.WRITTEN]


@CARDS
@pytest.mark.parametrize("slot", [0, 1])
def test_acc_8_a_card_pulled_away_while_it_is_written_keeps_its_other_slot(
    bench, watch, make, slot
):
    """ACC-8: at any instant of the write; what is torn is the slot being written."""
    seen = set()
    for step in range(30):
        card = make()
        told = tapped(bench, watch, card)
        assert written(bench, watch, order(told, OLD, 1 - slot)) == [Wrote.WRITTEN]
        watch.write_token(order(told, NEW, slot))
        pulled = bench.clock.monotonic() + watch.due_in() + 0.006 + step * 0.001
        bench.clock.call_at(pulled, lambda card=card: bench.chip.take(card))
        told = bench.run(watch, 0.6)

        assert slots_of(card)[1 - slot] == OLD, step
        seen.add(slots_of(card)[slot])
        is_told = TokenWritten("r00", 0, Wrote.WRITTEN).wrote in [
            event.wrote for event in told if isinstance(event, TokenWritten)
        ]
        assert not is_told or slots_of(card)[slot] == NEW, step
    assert {UNASKED, NEW} < seen  # from not begun, over torn, to whole


def test_acc_8_what_does_not_read_back_is_written_again(bench, watch):
    """ACC-8: a cell that took the write and kept something else."""

    class Weak(Type2Card):
        weak = 2

        def _program(self, cell, data, at):
            self.weak -= 1
            return super()._program(cell, data if self.weak < 0 else b"weak", at)

    card = Weak(SEVEN, pages=45)
    told = tapped(bench, watch, card)

    assert written(bench, watch, order(told)) == [Wrote.WRITTEN]
    assert slots_of(card)[0] == NEW


def test_acc_8_an_order_for_an_earlier_stay_writes_to_nobody(bench, watch):
    """ACC-8: whoever comes with that UID next has not been looked at yet."""
    card = ntag()
    told = tapped(bench, watch, card)
    bench.chip.take(card)
    bench.run(watch, 0.6)
    late = order(told)
    watch.write_token(late)
    tapped(bench, watch, card)
    watch.write_token(late)

    assert bench.run(watch, 0.3) == []
    assert slots_of(card) == (UNASKED, UNASKED)


def test_acc_8_what_is_secret_shows_in_no_log(bench, watch):
    """ACC-8: neither UID, token nor key."""
    told = tapped(bench, watch, ntag())
    shown = repr(order(told)) + repr(CardMemory(MemoryKind.TYPE2, (OLD, NEW)))

    for secret in (NEW, OLD, KEY, SEVEN):
        assert repr(secret) not in shown
