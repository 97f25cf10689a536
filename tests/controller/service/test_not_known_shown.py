"""REL-3: what nobody knows after a cut is said where it is looked for: on the tile."""

from __future__ import annotations

import pytest

from tests.web.over_rig import Site

WORDS = "It is not known whether this door opened before the power went."


def notes(rig, role: str = "teacher") -> dict[str, str]:
    """Return the notes of the class page's tiles, of those that have one."""
    page = rig.ask(role, "class_page", class_id="kestrels")
    tiles = [tile for group in page["groups"] for tile in group["tiles"]]
    return {tile["pupil"]: tile["note"] for tile in tiles if tile.get("note")}


@pytest.fixture
def cut_off(rig):
    """Killed at home time while pupil 2's door was being opened."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2, 3)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels", mode="tap")
    assert rig.tap(2).result == "ordered"
    assert notes(rig) == {}
    rig.kill()
    return rig


def test_rel_3_the_tile_says_that_it_is_not_known_whether_the_door_opened(cut_off):
    """REL-3 DAY-6: of this pupil alone, and what to do about it."""
    told = notes(cut_off)

    assert list(told) == ["p0002"]
    assert told["p0002"].startswith(WORDS)
    assert "Look whether the device is there." in told["p0002"]


@pytest.mark.parametrize("role", ["cover", "office", "leadership", "dsl"])
def test_rel_3_everybody_who_sees_the_class_sees_it(cut_off, role):
    """REL-3: a door is no secret."""
    assert notes(cut_off, role) == notes(cut_off, "teacher")


def test_rel_3_it_goes_once_the_pupil_has_been_at_the_door(cut_off):
    """REL-3: the question has answered itself."""
    cut_off.collect(2)
    assert notes(cut_off) == {}


def test_rel_3_what_is_known_to_be_broken_is_said_first(cut_off):
    """REL-3: a door out of order is told as such, whatever else is not known of it."""
    cut_off.ask("technician", "out_of_use", n=2, on=True)
    assert "out of order" in notes(cut_off)["p0002"]


def test_rel_3_the_page_shows_it(cut_off):
    """REL-3 WEB-1: word for word."""
    page = Site(cut_off).look("teacher", "/classes/kestrels").text
    assert WORDS in page
