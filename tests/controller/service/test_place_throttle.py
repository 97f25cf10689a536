"""One address that many share: a guesser there slows nobody down for long (ACC-5)."""

from __future__ import annotations

import pytest

SCHOOL = "192.0.2.7"
WAIT_S = 5


def sign_in(rig, role: str, password: str = "") -> str:
    """Sign in from the school's address; return ``ok`` or the error's code."""
    known = rig.credentials(role) | {"remote": SCHOOL}
    if password:
        known["password"] = password
    if not password:
        return "ok" if rig.ask("nobody", "sign_in", **known) else ""
    return rig.refused("nobody", "sign_in", **known).error


@pytest.fixture
def guessed_at(rig):
    """Eleven wrong sign-ins came from the school's address, on four accounts."""
    for role in ("cover", "office", "dsl", "technician"):
        for _ in range(3 if role != "technician" else 2):
            assert sign_in(rig, role, "wrong horse battery lamp") == "wrong-sign-in"
    return rig


def test_acc_5_right_sign_ins_after_a_guesser_do_not_wait_for_each_other(guessed_at):
    """ACC-5: the wait of a place is served once, not once for each person."""
    rig = guessed_at
    assert sign_in(rig, "teacher", "whatever it is, it waits") == "throttled"
    rig.run(WAIT_S)

    assert [sign_in(rig, "teacher") for _ in range(3)] == ["ok", "ok", "ok"]


def test_acc_5_right_sign_ins_put_off_no_forgetting_of_a_place(guessed_at):
    """ACC-5: a quarter of an hour after the last wrong one, ten are free again."""
    rig = guessed_at
    rig.run(WAIT_S)
    for _ in range(3):
        rig.skip(4 * 60)
        assert sign_in(rig, "teacher") == "ok"
    rig.skip(4 * 60)

    assert sign_in(rig, "leadership", "wrong horse battery lamp") == "wrong-sign-in"
    assert sign_in(rig, "teacher") == "ok"
