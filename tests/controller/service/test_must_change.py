"""A password that somebody else has seen opens nothing but its own change (ACC-2)."""

from __future__ import annotations

import pytest

from controller.client import RequestRefused
from tests.rig import credentials

OWN = "seven green otters walk home"


@pytest.fixture
def newcomer(rig):
    """The token of somebody who has just signed in with the one-time password."""
    rig.step_up("leadership")
    made = rig.ask(
        "leadership",
        "account_add",
        username="n.quill",
        first_name="Nora",
        last_name="Quill",
        roles=["teacher"],
        classes=["kestrels"],
    )
    signed_in = rig.ask_with("", "sign_in", **credentials("n.quill", made["password"]))
    return signed_in["token"], made["password"]


@pytest.mark.parametrize(
    ("do", "args"),
    [
        ("classes", {}),
        ("class_page", {"class_id": "kestrels"}),
        ("release_class", {"class_id": "kestrels"}),
        ("people", {}),
        ("set_pin", {"secret": "", "pin": "739104"}),
        ("step_up", {"secret": ""}),
    ],
)
def test_acc_2_with_a_one_time_password_nothing_else_is_open(rig, newcomer, do, args):
    """ACC-1 ACC-2: the controller refuses; a page that forgets to ask cannot help."""
    token, _ = newcomer
    before = rig.entries

    with pytest.raises(RequestRefused) as refused:
        rig.ask_with(token, do, **args)

    assert refused.value.fault.error == "must-change"
    assert rig.entries == before


def test_acc_2_after_the_change_everything_is_as_the_role_has_it(rig, newcomer):
    """ACC-2: the same session goes on."""
    token, given = newcomer
    assert rig.ask_with(token, "me")["must_change"] is True

    rig.ask_with(token, "change_password", old=given, new=OWN)

    assert [one["class_id"] for one in rig.ask_with(token, "classes")] == ["kestrels"]


def test_day_15_the_alarm_waits_for_no_password(rig, newcomer):
    """DAY-15: whoever is there and signed in may raise it."""
    token, _ = newcomer

    rig.ask_with(token, "evacuate")

    assert rig.state.the_bank.evacuated_us
