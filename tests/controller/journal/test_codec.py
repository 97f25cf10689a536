"""Bodies have versions; old ones are read for ever."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from controller.errors import JournalTooNew
from controller.journal.codec import Codec
from tests.controller.journal.toy import (
    TOY,
    HandedIn,
    NothingChanged,
    Toy,
    fill,
    open_toy,
    stamp,
)


@dataclass(frozen=True, slots=True)
class Moved:
    door: int
    metres: float
    tags: frozenset[str] = frozenset()


def in_metres(values):
    return {"door": values["door"], "metres": values["cm"] / 100}


def renamed(values):
    values["door"] = values.pop("compartment")
    return values


CODEC = Codec({"Moved": Moved}, {("Moved", 1): renamed, ("Moved", 2): in_metres})


def test_the_current_version_is_one_more_than_the_newest_upcaster():
    assert CODEC.encode(Moved(7, 1.5)) == (
        "Moved",
        '{"v":3,"door":7,"metres":1.5,"tags":[]}',
    )


@pytest.mark.parametrize(
    "body",
    [
        '{"v":1,"compartment":7,"cm":150}',
        '{"v":2,"door":7,"cm":150}',
        '{"v":3,"door":7,"metres":1.5}',
        '{"v":3,"metres":1.5,"door":7,"later":"ignored"}',
    ],
)
def test_every_version_that_was_ever_written_is_read(body):
    assert CODEC.decode("Moved", body) == Moved(7, 1.5)


def test_a_later_version_is_not_guessed_at():
    with pytest.raises(JournalTooNew, match="found version 4, wanted at most 3"):
        CODEC.decode("Moved", '{"v":4,"door":7}')
    with pytest.raises(JournalTooNew, match="entry kind Flown"):
        CODEC.decode("Flown", '{"v":1}')


def test_a_set_is_written_in_one_order_only():
    bodies = {CODEC.encode(Moved(7, 1.0, frozenset(t)))[1] for t in ("abc", "cba")}
    assert bodies == {'{"v":3,"door":7,"metres":1.0,"tags":["a","b","c"]}'}


def test_a_fact_without_fields_is_its_version_alone():
    assert Codec({"NothingChanged": NothingChanged}).encode(NothingChanged()) == (
        "NothingChanged",
        '{"v":1}',
    )


def test_words_of_nobody_may_stand_in_an_exempt_kind():
    codec = Codec({"HandedIn": HandedIn}, exempt={"HandedIn"})
    assert codec.encode(HandedIn(1, "Year 4 Oak"))[1].count("Year 4 Oak") == 1


def test_a_kind_of_the_journals_own_or_a_field_v_is_refused_at_the_start():
    @dataclass(frozen=True)
    class Clash:
        v: int

    with pytest.raises(ValueError, match="journal's own"):
        Codec({"Snapshot": HandedIn})
    with pytest.raises(ValueError, match="without a field v"):
        Codec({"Clash": Clash})


def test_a_snapshot_of_an_older_shape_is_passed_over_and_the_past_read_again(data):
    """A new state version starts from the entries; its upcaster makes it start late."""
    fill(data, 4)
    journal = open_toy(data)
    journal.snapshot(stamp(9))
    state = journal.state
    journal.close()

    newer = open_toy(data, domain=replace(TOY, state_version=2))
    assert newer.rebuild().entries == 5
    assert newer.state == state
    newer.close()

    seen = []

    def emptied(values):
        seen.append(values)
        return {"state": {"doors": {}, "counts": {"p0": 9}}}

    upcast = replace(TOY, state_version=2, upcasters={("Snapshot", 1): emptied})
    journal = open_toy(data, domain=upcast)
    assert journal.state == Toy(counts={"p0": 9})
    assert len(seen) == 1
    journal.close()
