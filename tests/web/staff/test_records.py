"""Journal, desk and proof of the day (REP-3, DAY-6)."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from controller.protocol import CustodyDesk, DayReport, Desk, JournalPage
from tests.web.staff.conftest import words


def links(response):
    """Return the addresses of "newer" and "older", as their parameters."""
    found = {}
    for tag in response.text.split("<a ")[1:]:
        head = tag.partition(">")[0].replace("&amp;", "&")
        for rel in ("prev", "next"):
            if f'rel="{rel}"' in head:
                address = head.partition('href="')[2].partition('"')[0]
                found[rel] = (address, parse_qs(urlsplit(address).query))
    return found


def test_rep_3_the_journal_is_in_words_and_each_entry_says_where_it_stands(office):
    """REP-3."""
    page = office.text("/journal")

    assert "Monday 23 November 2026" in page
    assert "Door 1 was shut. Amina has collected." in page
    assert "1·1841" in page


def test_rep_3_filters_by_day_door_kind_and_person(office, controller):
    """REP-3."""
    office.get("/journal?day=2026-11-23&door=7&kind=DoorOpened&person=p07")

    assert controller.last("journal").args == {
        "before": [],
        "limit": 50,
        "day": "2026-11-23",
        "door": 7,
        "kind": "DoorOpened",
        "person": "p07",
    }


def test_rep_3_older_and_newer_find_their_way_and_keep_the_filter(office, controller):
    """REP-3: three pages down and up again."""
    pages = {(): [1, 100], (1, 100): [1, 50], (1, 50): []}
    full = controller.answers["journal"]

    def journal(before, **_):
        page = full()
        return JournalPage(page.lines, pages[tuple(before)], page.entries, page.head)

    controller.answers["journal"] = journal
    first = links(office.get("/journal?kind=DoorOpened"))
    second = links(office.get(first["next"][0]))
    third = links(office.get(second["next"][0]))

    assert "prev" not in first
    assert "next" not in third
    assert third["prev"][1]["before"] == ["1.100"]
    assert third["prev"][1]["kind"] == ["DoorOpened"]
    assert "before" not in links(office.get(third["prev"][0]))["prev"][1]


@pytest.mark.parametrize("before", ["x", "1", "1.x", "-1.5", "1.2.3"])
def test_a_position_that_is_none_is_the_newest(office, controller, before):
    assert office.get("/journal", query_string={"before": before}).status_code == 200
    assert controller.last("journal").args["before"] == []


def test_rep_3_a_day_without_entries_says_so(office):
    """REP-3."""
    assert "No entry is like that." in office.text("/journal?day=2026-11-22")


def test_rep_3_staff_are_offered_where_the_role_may_know(office, controller):
    """REP-3: "who did what" begins with who."""
    full = controller.answers["journal"]
    page = full()
    page.staff, page.narrow = [["s0001", "Teresa Reed"]], True
    controller.answers["journal"] = lambda **_: page

    shown = office.get("/journal?person=s0001").text

    assert '<optgroup label="Staff">' in shown
    assert '<option value="s0001" selected>Teresa Reed</option>' in shown
    assert "Sealed entries are left out here" in shown


def test_rep_3_dat_4_entries_as_a_file_are_safe_in_a_spreadsheet(office, controller):
    """REP-3, DAT-4, SEC-3: the filters go along, no cell is run, each has its place."""
    page = controller.answers["journal"]()
    page.lines[0].words = '=HYPERLINK("http://x","y")'
    page.older = [1, 1801]
    asked = []

    def journal_file(before, **how):
        asked.append((before, how))
        page.older = [1, 1801] if len(asked) == 1 else []
        return page

    controller.answers["journal_file"] = journal_file
    answer = office.post("/journal/file", {"day": "2026-11-23", "door": "7"})

    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["Place", "Day", "Time", "Clock", "Kind", "What"]
    assert rows[1][0] == "bank1 1/1841"
    assert rows[1][-1] == "'" + page.lines[0].words
    assert len(rows) == 1 + 2 * len(page.lines)
    assert [before for before, _ in asked] == [[], [1, 1801]]
    assert all(how["day"] == "2026-11-23" and how["door"] == 7 for _, how in asked)


def test_rep_3_a_file_that_ends_before_the_entries_do_says_so(office, controller):
    """REP-3: nobody takes a part for the whole."""
    page = controller.answers["journal"]()
    page.older = [1, 5]
    controller.answers["journal_file"] = lambda **_: page

    answer = office.post("/journal/file")

    assert "Older entries are not in this file" in answer.text.splitlines()[-1]


def test_cus_10_the_proof_says_what_was_held_and_where_it_stands(office):
    """CUS-10: held, handed over, overdue; each with its entry."""
    page = office.text("/reports")

    assert "10:35 Zofia Phone: confiscated 1·1300" in page
    assert "Overdue since Friday Jayden" in page


def test_acc_6_the_technician_chooses_no_person_in_the_journal(technician, controller):
    """ACC-6: the technician sees no pupil's name."""
    page = technician.get("/journal").text

    assert 'id="person"' not in page
    assert not controller.count("people")


def test_day_6_the_desk_lists_what_stayed_and_what_nobody_explained(office):
    """DAY-6: nights and weekends are marked."""
    page = office.text("/desk")

    assert "5 nights Luca" in page
    assert "over a weekend" in page
    assert "Seen open, not seen shut." in page


def test_day_6_a_question_is_closed_with_how_and_a_note(office, controller):
    """DAY-6."""
    form = {"how": "explained", "note": " pushed shut "}

    assert office.post("/desk/q4/close", form).status_code == 303
    assert controller.last("question_close").args == {
        "id": "q4",
        "how": "explained",
        "note": "pushed shut",
    }


def test_day_6_who_may_only_read_the_desk_closes_nothing(staff):
    """DAY-6."""
    assert "Close it" not in staff("dsl").text("/desk")


def test_day_6_an_empty_desk_is_good_news(office, controller):
    """DAY-6."""
    controller.answers["desk"] = lambda: Desk([], [])
    controller.answers["custody"] = lambda: CustodyDesk([], [], [], [])

    assert "The desk is clear" in office.text("/desk")


def test_day_6_the_proof_has_every_step_of_every_door(office, controller):
    """DAY-6: asked, pulsed, seen open, seen shut, not collected."""
    page = office.text("/reports?day=2026-11-20")

    assert controller.last("day_report").args == {"day": "2026-11-20"}
    assert "1 Amina Kestrels 15:16:10 15:16:11 15:16:12 15:16:40 Collected" in page
    assert "Not collected" in page


def test_day_6_a_day_without_anything_says_so(office, controller):
    """DAY-6."""
    controller.answers["day_report"] = lambda day: DayReport("2026-11-22", [], [], [])

    assert "No door was asked to open for home time" in words(office.get("/reports"))
