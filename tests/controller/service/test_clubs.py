"""Clubs over the socket: who may, and what becomes of their pupils (DAY-5)."""


def test_day_5_the_office_removes_a_club_and_its_pupils_go_with_the_class(rig):
    """DAY-5: over the socket: by right, told where unknown, in the journal in words."""
    rig.clock_to("08:40")
    rig.hand_in(2)
    rig.ask("office", "mark", pupil="p0002", mark="club", club="football")
    for other in ("teacher", "cover", "dsl", "technician"):
        assert rig.refused(other, "club_remove", club="football").status == 403

    left = rig.ask("office", "club_remove", club="football")

    assert left == rig.ask("teacher", "clubs") == []
    fault = rig.refused("office", "club_remove", club="football")
    assert (fault.status, fault.error) == (404, "unknown")
    assert "club" in fault.message
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")
    assert rig.tap(2).result == "ordered"
    told = rig.ask("office", "journal", kind="ClubRemoved")
    assert "removed the club Football" in str(told)
    rig.kill()
    assert rig.ask("office", "clubs") == []
