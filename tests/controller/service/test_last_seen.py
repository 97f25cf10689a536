"""When somebody was last seen is told by the clock on the wall, as all else is (ACC-4).

Ages of sessions go by the machine's own time, which nobody moves; the rig's is years
away from its wall, as a demo's is.
"""

from __future__ import annotations

import pytest


@pytest.fixture
def used(rig):
    """The teacher has used the site at 08:25, and it is two hours later."""
    rig.ask("teacher", "me")
    rig.skip(2 * 3600)
    rig.ask("leadership", "me")
    return rig


def test_acc_4_the_list_of_accounts_tells_the_day_on_the_wall(used):
    """ACC-4: not the machine's."""
    used.token("leadership")
    lines = {line["username"]: line for line in used.ask("leadership", "accounts")}
    assert lines["teacher"]["last_seen"] == "23 November 2026"
    assert not lines["technician"].get("last_seen")


def test_acc_4_the_own_sessions_tell_the_hour_on_the_wall(used):
    """ACC-4: as long ago as it was."""
    used.clock_to("10:25")
    (line,) = used.ask("leadership", "sessions")
    assert (line["since"], line["last_seen"]) == (
        "23 November, 10:25",
        "23 November, 10:25",
    )


def test_acc_4_a_wall_clock_that_is_set_takes_the_sessions_along(used):
    """ACC-4: a school that moves its clock has seen nobody in the future."""
    used.clock_to("2026-11-30 09:00")
    (line,) = used.ask("leadership", "sessions")
    assert line["last_seen"] == "30 November, 09:00"


def test_dat_4_everything_about_a_person_tells_the_same(used):
    """DAT-4: in the copy that is handed out."""
    staff = used.cast.adults["teacher"].id
    used.step_up("leadership")
    parts = used.ask("leadership", "person_everything", person=staff)["parts"]
    (sessions,) = [part for part in parts if part["title"] == "Sign-ins"]
    assert sessions["rows"][0][:2] == ["23 November 2026, 08:25"] * 2
