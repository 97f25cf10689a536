"""ACC-8, SIM-3: the cards of a room keep what is written on them, and can be copied."""

from __future__ import annotations

import pytest

from hardware.errors import RoomRefused
from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.ports import Tapped, TokenOrder, Wrote
from hardware.taps import TapWatch
from hardware.twin.clock import VirtualClock
from hardware.twin.spec import ReaderSpec, WorldSpec
from hardware.twin.spidev_inprocess import install_spidev
from hardware.twin.wallet import KINDS, Wallet
from hardware.twin.world import World

UID, FOUR = "04A1B2C3D4E5F6", "04A1B2C3"
KEY, TOKEN = b"sixkey", b"eight by"
SPEC = WorldSpec(readers=(ReaderSpec("front", 0, 0),))


@pytest.fixture
def clock():
    return VirtualClock(start=10.0)


@pytest.fixture
def world(clock):
    return World(SPEC, clock)


@pytest.fixture
def watch(world, clock):
    """The real driver at the room's reader, reading every card."""
    with install_spidev({(0, 0): world.chip(0, 0)}, clock):
        watch = TapWatch(Mfrc522Reader("front", 0, 0, clock), clock)
        watch.key_of = lambda _uid: KEY
        yield watch


def run(watch, clock, seconds):
    until, told = clock.monotonic() + seconds, []
    while clock.monotonic() < until:
        told += watch.step(clock.monotonic())
        clock.sleep(watch.due_in())
    return told


def tap(world, watch, clock, name, write=None):
    """Bring a card, have it written if wanted, take it away; return what was read."""
    world.put_card("front", name)
    told = next(e for e in run(watch, clock, 0.3) if isinstance(e, Tapped))
    if write is not None:
        order = TokenOrder(told.card.uid, told.stay, 0, write, KEY, is_first=True)
        watch.write_token(order)
        (ended,) = run(watch, clock, 0.3)
        assert ended.wrote is Wrote.WRITTEN
    world.take_card("front", name)
    run(watch, clock, 0.6)
    return told.memory.slots[:1]


@pytest.mark.parametrize("uid", [UID, FOUR])
def test_acc_8_a_copy_is_another_card_with_the_same_uid(world, watch, clock, uid):
    """ACC-8: it holds what the card held then, and goes its own way from there."""
    tap(world, watch, clock, uid, TOKEN)
    copy = world.clone_card(uid, memory=True)
    assert copy == f"{uid}#1"

    tap(world, watch, clock, uid, b"moved on")

    assert tap(world, watch, clock, copy) == (TOKEN,)
    assert tap(world, watch, clock, uid) == (b"moved on",)


def test_acc_8_a_cheap_copy_has_the_uid_alone(world, watch, clock):
    """ACC-8: as the reader of a phone gives away."""
    tap(world, watch, clock, UID, TOKEN)

    assert tap(world, watch, clock, world.clone_card(UID, memory=False)) == (bytes(8),)


def test_what_is_written_on_cards_outlives_the_room(world, watch, clock):
    """Copies too; a room of an earlier version, which had no cards, is taken up."""
    tap(world, watch, clock, UID, TOKEN)
    world.clone_card(UID, memory=True)
    again = World(SPEC, VirtualClock())
    again.restore(world.state())

    assert again.wallet.state() == world.wallet.state()
    assert len(again.wallet.state()) == 2
    old = world.state()
    del old["cards"]
    World(SPEC, VirtualClock()).restore(old)


def test_sim_3_a_torn_write_leaves_neither_the_old_nor_the_new(world, watch, clock):
    """SIM-3: with hasty hands every write is cut in the middle."""
    world.fault("torn-write", None, active=True)
    world.put_card("front", UID)
    told = run(watch, clock, 0.2)[0]
    watch.write_token(TokenOrder(told.card.uid, told.stay, 0, TOKEN, KEY))

    assert not any(hasattr(event, "wrote") for event in run(watch, clock, 1))
    held = bytes.fromhex(world.wallet.state()[UID][1])[48:56]
    assert held not in (bytes(8), TOKEN)
    assert any(held)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda w: w.card("04A1#1"), "bad-uid"),
        (lambda w: w.card(f"{UID}#1"), "no-card"),
        (lambda w: w.card(f"{UID}#0"), "bad-uid"),
        (lambda w: w.make(UID, "gold"), "unknown-kind"),
        (lambda w: w.make(FOUR, "ntag213"), "unknown-kind"),
        (lambda w: [w.clone(UID, memory=True) for _ in range(100)], "too-many-copies"),
    ],
)
def test_what_cannot_be_is_refused(call, reason):
    with pytest.raises(RoomRefused) as refused:
        call(Wallet())

    assert refused.value.reason == reason


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_card_can_be_made(kind):
    wallet = Wallet()
    wallet.make(UID, kind)

    assert wallet.card(UID).uid == bytes.fromhex(UID)
