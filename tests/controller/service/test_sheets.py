"""DAY-13: the paper sheet leaves by folder, printer and e-mail, or says why not."""

from __future__ import annotations

import os

import pytest

from controller.errors import SheetNotSent
from controller.protocol import Sheet, SheetRow
from controller.service.sheets import to_folder, to_printer
from controller.service.views.sheet import as_html, as_text, counted
from tests.rig import opened

KESTRELS = {"class_id": "kestrels"}


def a_sheet(school="Otter Lane", doors=30):
    """Return a sheet of many doors, one of them not to be opened."""
    rows = [
        SheetRow(n, "" if n == 3 else "ÀK", "Kestrels", "held" if n == 3 else "in")
        for n in range(1, doors + 1)
    ]
    made = "Monday 23 November 2026, 09:31"
    return Sheet("front", school, "2026-11-23", made, rows, [])


@pytest.fixture
def printer(tmp_path, monkeypatch):
    """An ``lp`` that keeps what it is given; ``printer("1")`` makes it refuse."""
    lp, kept = tmp_path / "lp", tmp_path / "kept"

    def make(status):
        lp.write_text(f'#!/bin/sh\necho "$@" > {kept}\ncat >> {kept}\nexit {status}\n')
        lp.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        return kept

    return make


def test_day_13_the_text_fits_one_page_of_a_printer():
    """DAY-13: thirty doors, 80 columns, 60 lines; do not open is there in words."""
    lines = as_text(a_sheet()).splitlines()

    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    assert sum("DO NOT OPEN" in line for line in lines) == 2  # its door, and the foot
    assert "29 in, 1 not to be opened" in lines[1]


def test_sec_3_the_page_of_the_sheet_runs_no_script():
    """SEC-3 DAY-13: whatever the school is called."""
    page = as_html(a_sheet("<script>alert(1)</script>"))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_day_13_a_sheet_is_printed_through_lp(printer):
    """DAY-13: with the queue's name, or the machine's own; letters of plain ASCII."""
    kept = printer(0)
    to_printer("office")(a_sheet())
    assert kept.read_text().startswith("-d office -t Hometime front -\nHOMETIME")

    to_printer("default")(a_sheet())
    assert kept.read_text().startswith("-t Hometime front -\n")


def test_day_13_a_printer_that_refuses_or_is_not_there_is_told(printer, monkeypatch):
    """DAY-13."""
    printer(1)
    with pytest.raises(SheetNotSent) as refused:
        to_printer("office")(a_sheet())
    assert refused.value.why == "printer-refused"
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SheetNotSent) as missing:
        to_printer("office")(a_sheet())
    assert missing.value.why == "no-printing"


def test_day_13_a_file_is_whole_or_the_old_one(tmp_path, monkeypatch):
    """DAY-13: the disk fills up between two sheets."""
    send = to_folder(tmp_path)
    send(a_sheet())
    before = (tmp_path / "hometime-front.txt").read_text()

    def full(_number):
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SheetNotSent) as stuck:
        send(a_sheet("Another"))

    assert stuck.value.why == "cannot-write"
    assert (tmp_path / "hometime-front.txt").read_text() == before


PAPER = '[paper]\nmail_to = ["office@school.example", "head@school.example"]\n'


def test_day_13_by_e_mail_one_letter_an_address_when_drop_off_closes(
    folder, cheap_hashes
):
    """DAY-13: initials; not one letter a child."""
    settings = {"[contacts]": f"{PAPER}\n[contacts]"}
    with opened(folder / "rig", settings=settings) as rig:
        letters = []
        rig.hub.sheets._all[0].send = letters.append
        rig.clock_to("08:40")
        rig.hand_in(1, 2, 3)
        assert letters == []
        rig.clock_to("09:31")
        rig.run(10)
        assert len(letters) == 1
        rig.clock_to("09:40")
        rig.ask("teacher", "vouch", pupil="p0004")
        rig.until(lambda: rig.pull(4))
        rig.run(2)
        rig.push(4)
        rig.skip(600)
        rig.run(6)
        assert len(letters) == 1, "at most every half hour"
        rig.skip(1_300)
        rig.run(6)
        assert [counted(sheet.rows) for sheet in letters] == [(3, 0), (4, 0)]


def test_day_13_without_a_mail_server_the_page_says_so(folder, cheap_hashes):
    """DAY-13: mail_to without [mail]."""
    settings = {"[contacts]": f"{PAPER}\n[contacts]"}
    with opened(folder / "rig", settings=settings) as rig:
        rig.ask("office", "sheet_now")
        rig.run(1)
        (way,) = rig.ask("office", "sheet")["ways"]
        assert "no mail can be sent from here" in way["stuck"]


def test_day_13_nothing_is_sent_of_an_empty_bank(folder, cheap_hashes):
    """DAY-13: in the holidays the folder stays as it is."""
    out = folder / "share"
    out.mkdir()
    settings = {"[contacts]": f'[paper]\nfolder = "{out}"\n\n[contacts]'}
    with opened(folder / "rig", settings=settings) as rig:
        rig.skip(600)
        rig.run(6)
        assert list(out.iterdir()) == []


def test_day_13_a_day_without_a_way_out_says_so_on_the_page(rig):
    """DAY-13: nothing configured: the sheet is there to print, and no way is named."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    sheet = rig.ask("office", "sheet")
    assert sheet["ways"] == []
    assert [row["state"] for row in sheet["rows"][:2]] == ["in", "empty"]
    assert rig.ask("office", "sheet_now")["ways"] == []
    assert rig.hub.sheets is None
