"""What the benchmark compares with, and how it judges: sums that can be checked."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from controller.service.notify import Notifier
from hardware.twin.spec import CompartmentSpec, ReaderSpec, WorldSpec
from tools import bench_page
from tools.bench_page import Answer, asked_by_text, board_row
from tools.bench_process import ReadySocket, cpu_s, environment, resident_bytes
from tools.bench_queue import hands_alone_s
from tools.bench_room import WatchedRoom
from tools.bench_taps import Measured, flood_row, tap_row
from tools.bench_wave import wave_s


@pytest.mark.parametrize(
    ("doors", "pulse_s", "gap_s", "at_once", "wanted"),
    [
        (1, 2.0, 0.15, 4, 2.0),
        (4, 2.0, 0.15, 4, 2.45),
        (5, 2.0, 0.15, 4, 4.0),
        (30, 2.0, 0.15, 4, 16.15),
        (30, 0.3, 0.15, 1, 9.0),
        (3, 0.1, 0.5, 2, 1.1),
    ],
)
def test_day_4_a_wave_by_arithmetic(doors, pulse_s, gap_s, at_once, wanted):
    """DAY-4: pulses of one length, a gap between starts, so many at once."""
    assert wave_s(doors, pulse_s, gap_s, at_once) == pytest.approx(wanted)


def test_day_14_hands_alone_at_three_doors():
    """DAY-14: each child takes the door that is free first."""
    assert hands_alone_s([10, 10, 10], 3) == 10
    assert hands_alone_s([9, 5, 7, 4, 1], 3) == 9
    assert hands_alone_s([9, 5, 7, 4, 3], 3) == 10


def taps(whole, commit=0.001, count=100):
    return [Measured(whole / 2, whole / 2, commit)] * count


@pytest.mark.parametrize(("whole", "holds"), [(0.016, True), (0.0162, False)])
def test_a_tap_may_take_15_ms_more_than_a_commit(whole, holds):
    assert tap_row(taps(whole)).holds is holds


@pytest.mark.parametrize(("whole", "holds"), [(0.029, True), (0.031, False)])
def test_rel_6_a_flood_may_make_the_slowest_taps_three_times_slower(whole, holds):
    """REL-6: judged by the 99th percentile; one outlier in a hundred is no verdict."""
    flooded = [*taps(whole, count=99), Measured(1, 1, 1)]

    row = flood_row(taps(0.010), flooded, 200.0, Counter({"200": 9, "503": 2}))

    assert row.holds is holds
    assert "2 not 200" in row.ours


PAGES = {
    "http://pi/": b'<link rel="stylesheet" href="/a.css?v=1"><script src="/b.js">'
    b'</script><svg><use href="/s.svg#door"></use></svg><a href="http://x/">',
    "http://pi/a.css?v=1": b"@import '/c.css'; i { background: url(d.png) }",
    "http://pi/c.css": b"",
    "http://pi/b.js": b"'<img src=\"http://elsewhere/\">'",
    "http://pi/s.svg": b"",
    "http://pi/d.png": b"",
}


@pytest.fixture
def pages(monkeypatch):
    """A site of a few files, and no browser."""
    pages = dict(PAGES)
    monkeypatch.setattr(
        bench_page, "fetch", lambda url: Answer(len(pages[url]), pages[url])
    )
    monkeypatch.setattr(bench_page, "asked_by_browser", lambda _url: None)
    return pages


def test_web_7_a_page_asks_for_what_it_and_its_style_sheets_refer_to(pages):
    """WEB-7: links that a person may follow are no request."""
    assert asked_by_text("http://pi/") == set(PAGES)


def test_web_7_a_board_that_asks_elsewhere_or_is_heavy_does_not_hold(pages):
    """WEB-7: no request leaves the Pi."""
    assert board_row("http://pi").holds
    pages["http://pi/b.js"] = bytes(80_000)
    assert not board_row("http://pi").holds
    pages["http://pi/b.js"] = b""
    pages["http://pi/"] = b'<img src="https://fonts.example/x">'
    row = board_row("http://pi")
    assert not row.holds
    assert "1 requests to elsewhere" in row.ours


def test_a_process_is_measured_through_proc():
    ourselves = Path("/proc") / str(os.getpid())

    assert cpu_s(ourselves) > 0
    assert resident_bytes(ourselves) > 1_000_000


def test_a_measured_service_keeps_its_bytecode_out_of_the_tree(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    seen = environment(tmp_path)

    assert "PYTHONDONTWRITEBYTECODE" not in seen
    assert seen["PYTHONPYCACHEPREFIX"].startswith(str(tmp_path))


def test_ready_is_heard_as_systemd_hears_it(tmp_path):
    ready = ReadySocket(tmp_path / "notify")
    notifier = Notifier.from_environment(ready.environment)
    notifier.watchdog()
    notifier.ready()

    assert ready.wait() > 0
    ready.close()


def test_the_watched_room_sees_poll_halt_and_coil(tmp_path):
    """The three instants of a tap, seen at the chip's pins and at the supply."""
    spec = WorldSpec(
        readers=(ReaderSpec("front", 0, 0),),
        compartments=(CompartmentSpec(1, "room:locks:0", "room:contacts:0"),),
    )
    room = WatchedRoom(spec, tmp_path)
    chip, tap = room.world.readers["front"].chip, room.expect()

    for bits, frame in ((7, [0x52]), (0, [0x93, 0x20]), (0, [0x50, 0x00])):
        assert not tap.read
        chip.transfer([0x0D << 1, bits])
        chip.transfer([0x09 << 1, *frame])
    assert not tap.powered
    room.world.set_output("room:locks:0", True)

    assert 0 < tap.entered <= tap.polled <= tap.read <= tap.powered
