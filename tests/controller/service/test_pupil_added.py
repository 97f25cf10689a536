"""A pupil whom the roll does not know gets a door for pupils, and no other (ACC-9)."""

from __future__ import annotations

import pytest

from tests.rig_desk import DESK_DOORS, desk_rig


@pytest.fixture
def desk(folder, cheap_hashes):
    with desk_rig(folder) as rig:
        yield rig


def added(rig, n: int) -> dict[str, object]:
    return {"first_name": "Newcomer", "class_id": "kestrels", "compartment": n}


@pytest.mark.parametrize("n", DESK_DOORS)
def test_acc_9_a_holding_door_is_nobodys_own(desk, n):
    """ACC-9 CUS-2: what is held would lie behind it; nobody is added by halves."""
    before = len(desk.state.pupils)
    fault = desk.refused("office", "pupil_add", **added(desk, n))

    assert (fault.error, fault.status) == ("bad-input", 422)
    assert "not for pupils" in fault.message
    assert len(desk.state.pupils) == before
    assert "Newcomer" not in str(desk.ask("office", "people"))


@pytest.mark.parametrize(("n", "status"), [(1, 409), (99, 404), (-1, 404)])
def test_acc_9_a_door_that_is_taken_or_not_there_is_told_as_ever(desk, n, status):
    """ACC-9: each in its own words."""
    assert desk.refused("office", "pupil_add", **added(desk, n)).status == status
