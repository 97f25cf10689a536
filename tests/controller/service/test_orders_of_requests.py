"""Which order each request of the tables gives, and with what; no bank is needed."""

from types import SimpleNamespace

import pytest

from controller.domain import orders as o
from controller.service.calls import Call
from controller.service.requests.table import REQUESTS

KLASS, PUPIL, DOOR = {"class_id": "kestrels"}, {"pupil": "p0001"}, {"n": 7}
GIVEN = [
    ("wave_next", KLASS, o.OpenNextWave("kestrels")),
    ("release_stop", KLASS, o.StopRelease("kestrels")),
    ("release_end", KLASS, o.EndSession("kestrels")),
    ("drop_off_start", KLASS, o.OpenDropOff("kestrels")),
    ("drop_off_end", KLASS, o.CloseDropOff("kestrels")),
    (
        "confirm_class",
        {**KLASS, "except_pupils": ["p0002"]},
        o.ConfirmClass("kestrels", ("p0002",)),
    ),
    (
        "mark",
        {**PUPIL, "mark": "club", "club": "chess"},
        o.MarkPupil("p0001", "club", "", "chess"),
    ),
    (
        "mark",
        {**PUPIL, "mark": "absent", "until": "2026-11-27"},
        o.MarkPupil("p0001", "absent", "2026-11-27", ""),
    ),
    ("unmark", PUPIL, o.UnmarkPupil("p0001")),
    ("vouch", PUPIL, o.VouchFor("p0001")),
    ("release_club", {"club": "chess"}, o.ReleaseClub("chess")),
    ("fault_clear", DOOR, o.ClearFault(7)),
    ("out_of_use", {**DOOR, "on": True}, o.SetInUse(7, in_use=False)),
    ("door_open", {**DOOR, "reason": "check"}, o.OpenForCheck(7, "check")),
    ("opened_by_key", DOOR, o.ExplainByKey(7)),
    (
        "club_set",
        {"club": "chess", "name": "Chess", "ends": "16:30", "leader": "s1"},
        o.SetClub("chess", "Chess", "16:30", "s1"),
    ),
    ("club_remove", {"club": "chess"}, o.RemoveClub("chess")),
]


class Given(Exception):
    """The order, caught on its way; nothing is answered."""


@pytest.mark.parametrize(("do", "args", "order"), GIVEN)
def test_a_request_gives_its_own_order(do, args, order):
    with pytest.raises(Given) as caught:
        REQUESTS[do].serve(SimpleNamespace(order=give), Call(do, "", args))

    assert caught.value.args == (order,)


def give(order, _call):
    raise Given(order)
