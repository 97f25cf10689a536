"""A form that is sent twice does what it says once."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as f
from controller.service import replays
from tests.rig_desk import desk_rig, pupil_id


@pytest.fixture
def rig(folder, cheap_hashes):
    """Half past ten, with a policy; nobody has handed in."""
    with desk_rig(folder) as rig:
        rig.clock_to("10:30")
        yield rig


def take(rig, by="teacher", **more):
    """Take a telephone out of a hand, into the safe."""
    args = {"pupil": pupil_id(1), "clause": "4.2", "taken": True, "place": "safe"}
    return rig.ask(by, "hold_confiscate", **(args | more))


def test_cus_5_a_confiscation_sent_twice_is_one_and_counts_once(rig):
    """CUS-5, WEB-6: the ladder's next step does not come early."""
    first = take(rig, once="a1")
    entries = rig.entries

    assert take(rig, once="a1") == first
    assert rig.entries == entries
    assert [held.occurrence for held in rig.facts(f.DeviceHeld)] == [1]


def test_cus_5_a_second_device_is_another_form_or_says_something_else(rig):
    """CUS-5: a key alone swallows nothing that was meant."""
    take(rig, once="a1")
    take(rig, once="a2")
    take(rig, once="a1", kind="watch")
    take(rig)
    take(rig)

    assert len(rig.facts(f.DeviceHeld)) == 5


def test_cus_6_a_concern_sent_twice_is_one(rig):
    """CUS-6: and whoever raised it reads the same words again."""
    said = {"about": "pupil", "person": pupil_id(2), "taken": True, "once": "c"}
    said |= {"reason": "She cried."}
    first = rig.ask("teacher", "concern_raise", **said)

    assert rig.ask("teacher", "concern_raise", **said) == first
    assert len(rig.facts(f.ConcernRaised)) == 1
    assert rig.ask("office", "concern_raise", **said) != first, "another person's"
    assert len(rig.facts(f.ConcernRaised)) == 2


def test_web_6_a_form_that_was_refused_can_be_sent_again(rig):
    """WEB-6: only what has been done is remembered."""
    rig.refused("teacher", "hold_confiscate", pupil=pupil_id(1), clause="4.2", once="b")
    rig.clock_to("10:31")
    rig.refused("teacher", "hold_confiscate", pupil=pupil_id(1), clause="4.2", once="b")

    assert take(rig, once="b")["id"]


def test_acc_4_no_answer_is_given_to_who_is_signed_out_meanwhile(rig):
    """ACC-4: the book is behind the door, not before it."""
    take(rig, once="a1")
    rig.ask("teacher", "sign_out")

    fault = rig.refused(
        "teacher", "hold_confiscate", pupil=pupil_id(1), clause="4.2", once="a1"
    )
    assert fault.status == 401


def test_sec_3_the_book_is_bounded_and_keys_are_short(rig, monkeypatch):
    """SEC-3: nobody fills the memory."""
    monkeypatch.setattr(replays, "MOST", 2)
    for key in ("a", "b", "c"):
        take(rig, once=key)
    take(rig, once="c")
    assert len(rig.facts(f.DeviceHeld)) == 3
    take(rig, once="a")
    assert len(rig.facts(f.DeviceHeld)) == 4, "the oldest is forgotten"

    fault = rig.refused("teacher", "hold_confiscate", once="x" * 41)
    assert fault.status == 422
