"""ACC-7: from presences to taps. One stay is one tap, however long."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ReaderSilent
from hardware.iso14443 import FieldUnclear
from hardware.ports import (
    CardGone,
    CardSeen,
    FieldCrowded,
    FieldEmpty,
    RandomUid,
    ReaderBack,
    ReaderFailed,
    Tapped,
    TwoCards,
)
from hardware.taps import GONE_POLLS, UNCLEAR_POLLS, TapWatch
from hardware.twin.clock import VirtualClock

A = CardSeen(bytes.fromhex("04A1B2C3D4E5F6"), 0x44, 0)
B = CardSeen(bytes.fromhex("04A1B2C3D4E5F7"), 0x44, 0)
R1 = CardSeen(bytes.fromhex("08A1B2C3"), 0x04, 0x20)
R2 = CardSeen(bytes.fromhex("08000001"), 0x04, 0x20)
NONE, CROWD, UNCLEAR = FieldEmpty(), FieldCrowded(), FieldUnclear()
DEAD = "dead"
GONE = [NONE] * GONE_POLLS


class ScriptedReader:
    """Shows a given presence at each poll."""

    name = "front"

    def __init__(self, script):
        self.script = iter(script)
        self.polls = 0

    def poll(self):
        self.polls += 1
        presence = next(self.script, NONE)
        if presence is DEAD:
            raise ReaderSilent(self.name, "VersionReg reads 00: no chip")
        return presence


def told(*script):
    """Return what a watch tells of ``script``, poll by poll."""
    clock = VirtualClock()
    watch = TapWatch(ScriptedReader(script), clock)
    events = []
    for _ in script:
        events += watch.step(clock.monotonic())
        clock.sleep(watch.due_in())
    return events


TAP_A, TAP_B, GONE_NOW = Tapped("front", A), Tapped("front", B), CardGone("front")
TWO, RANDOM = TwoCards("front"), RandomUid("front")


@pytest.mark.parametrize(
    ("script", "events"),
    [
        ([NONE] * 20, []),
        ([A] * 100, [TAP_A]),
        ([A, *GONE], [TAP_A, GONE_NOW]),
        ([A, *GONE[1:], A], [TAP_A]),
        ([A, *GONE, A], [TAP_A, GONE_NOW, TAP_A]),
        ([A, *GONE[1:], A, *GONE[1:], A], [TAP_A]),
        ([A, B], [TAP_A, TAP_B]),
        ([A, B, A], [TAP_A, TAP_B]),
        ([A, *[B] * GONE_POLLS, A], [TAP_A, TAP_B, TAP_A]),
        ([A, B, *GONE], [TAP_A, TAP_B, GONE_NOW]),
        ([CROWD] * 50, [TWO]),
        ([CROWD, NONE, CROWD, *GONE, CROWD], [TWO, GONE_NOW, TWO]),
        ([CROWD, A, A], [TWO, TAP_A]),
        ([A, *[CROWD] * 50, A], [TAP_A, TWO]),
        ([A, CROWD, B], [TAP_A, TWO, TAP_B]),
        ([R1, R2, R1], [RANDOM]),
        ([R1, *GONE, R2], [RANDOM, GONE_NOW, RANDOM]),
        ([R1, A], [RANDOM, TAP_A]),
        ([UNCLEAR] * 10, []),
        ([A, *[UNCLEAR] * UNCLEAR_POLLS, A], [TAP_A]),
        ([A, *[UNCLEAR] * (UNCLEAR_POLLS + GONE_POLLS), A], [TAP_A, GONE_NOW, TAP_A]),
    ],
)
def test_acc_7_what_lies_on_a_reader_is_told_once(script, events):
    """ACC-7: by example."""
    assert told(*script) == events


FAILED, BACK = ReaderFailed("front", "no-answer"), ReaderBack("front")


@pytest.mark.parametrize(
    ("script", "events"),
    [
        ([DEAD, DEAD, NONE], [FAILED, BACK]),
        ([NONE, DEAD, NONE, DEAD], [FAILED, BACK, FAILED]),
        ([A, *[DEAD] * 100, A], [TAP_A, FAILED, BACK]),
        ([A, DEAD, *GONE], [TAP_A, FAILED, BACK, GONE_NOW]),
        ([DEAD, A], [FAILED, BACK, TAP_A]),
    ],
)
def test_hw_4_a_dead_reader_is_told_at_once_and_once(script, events):
    """HW-4: and what lay there before is still there after."""
    assert told(*script) == events


@given(st.lists(st.sampled_from([NONE, A, B]), max_size=120))
def test_acc_7_there_are_as_many_taps_as_stays(script):
    """ACC-7: a stay of a card ends where it is missed GONE_POLLS times in a row.

    Counted here another way round: by the gaps between sightings.
    """
    taps = [event.card for event in told(*script) if isinstance(event, Tapped)]

    for card in (A, B):
        gaps = [len(list(run)) for here, run in groupby(s == card for s in script)]
        first_is_gap = bool(script) and script[0] != card
        inner = gaps[1 + first_is_gap :: 2] if card in script else []
        if script and script[-1] != card:
            inner = inner[:-1]
        long_gaps = sum(gap >= GONE_POLLS for gap in inner)
        assert taps.count(card) == (card in script) + long_gaps


@given(
    st.lists(st.sampled_from([NONE, A, B, R1, R2, CROWD, UNCLEAR, DEAD]), max_size=120)
)
def test_acc_7_nothing_is_told_that_was_not_there(script):
    """ACC-7: whatever a reader sees, told events make sense in their order."""
    events = told(*script)

    occupied = failed = False
    for event in events:
        match event:
            case Tapped(card=card):
                assert card in script
                occupied = True
            case TwoCards() | RandomUid():
                occupied = True
            case CardGone():
                assert occupied
                occupied = False
            case ReaderFailed() | ReaderBack():
                assert failed == isinstance(event, ReaderBack)
                failed = not failed


def test_acc_7_twenty_polls_a_second_and_none_made_up_for():
    """ACC-7: after the machine was busy the reader is polled once, not many times."""
    clock, reader = VirtualClock(), ScriptedReader([])
    watch = TapWatch(reader, clock)
    for _ in range(1000):
        watch.step(clock.monotonic())
        clock.sleep(0.001)
    assert reader.polls == 20

    clock.sleep(10)
    watch.step(clock.monotonic())
    watch.step(clock.monotonic())
    assert reader.polls == 21
    assert watch.due_in() == pytest.approx(0.05)
