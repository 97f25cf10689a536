"""The board: what everyone who walks past may see (WEB-1, DAT-8, REL-6)."""

from __future__ import annotations

import gzip
import re

import pytest

from controller.protocol import BoardDoor, FeedEvent
from tests.web.fake_controller import AT_US, MINUTE_US, a_board
from web.app import create_app
from web.assets import assets
from web.public.board import what_next

DOOR = re.compile(r'class="door (\w+)" id="door-(\d+)"')


def test_web_1_the_cabinet_is_drawn_as_it_stands_on_the_wall(visitor):
    """WEB-1: every door in its place, told by shape, word, icon and colour."""
    page = visitor.get("/").text

    doors = [(int(n), state) for state, n in DOOR.findall(page)]
    assert [n for n, _ in doors] == list(range(1, 37))
    assert dict(doors)[9] == "open"
    assert dict(doors)[17] == "broken"
    assert "cols-6" in page
    assert page.count("Out of order") == 1
    assert page.count("#i-open") == 2


def test_web_1_the_board_says_what_is_next_and_the_day_as_a_line(visitor):
    """WEB-1: for a person, not a table of rows."""
    page = visitor.get("/").text

    assert "Next, in 23 minutes" in page
    assert "Monday 23 November" in page
    assert re.search(r'class="now" aria-current="step">.*Lessons', page)


@pytest.mark.parametrize(
    ("next_us", "when"),
    [
        (AT_US + MINUTE_US // 2, "in 1 minute"),
        (AT_US + 90 * MINUTE_US, "in 1 hour 30 minutes"),
        (AT_US + 24 * 60 * MINUTE_US, "on Tuesday"),
    ],
)
def test_the_next_change_is_told_in_words(site, next_us, when):
    board = a_board(next_at_us=next_us)
    with site.app_context():
        assert what_next(board, AT_US).when == when


def test_a_change_that_is_past_or_unknown_is_not_announced(site):
    with site.app_context():
        assert what_next(a_board(next_at_us=0), AT_US) is None
        assert what_next(a_board(next_at_us=AT_US), AT_US) is None


def test_the_board_says_when_there_is_no_school(site, feed, visitor):
    feed.take(
        FeedEvent(
            board=a_board(school_day=False, phase="closed-day", stops=[], next_at_us=0)
        )
    )

    assert "No school today" in visitor.get("/parts/board").text


def test_day_15_the_board_says_leave_it_go(feed, visitor):
    """DAY-15: an evacuation is told on every public screen."""
    feed.take(FeedEvent(board=a_board(evacuated=True)))

    page = visitor.get("/").text
    assert "Leave it. Go." in page
    assert 'aria-label="The day"' not in page  # what would be now is not now


def test_day_15_every_page_of_staff_says_that_no_door_opens(feed, visitor):
    """DAY-15: the office, too, may be the last to hear the bell."""
    assert "Evacuation" not in visitor.get("/parts/link").text

    feed.take(FeedEvent(board=a_board(evacuated=True)))

    assert "Evacuation: no door opens now." in visitor.get("/parts/link").text


def test_day_11_the_board_says_that_the_clock_is_guessed(feed, visitor):
    """DAY-11: nothing begins by itself, and the page says so.

    Nobody knows then what day it is, so the board does not say that there is no school.
    """
    board = a_board(clock="guessed", school_day=False, stops=[], next_at_us=0)
    feed.take(FeedEvent(board=board))

    page = visitor.get("/").text
    assert "The clock may be wrong" in page
    assert "No school today" not in page


def test_a_reader_that_is_out_is_told_without_its_cause(feed, visitor):
    feed.take(FeedEvent(board=a_board(readers_out=["front"])))

    assert "A card reader is out of order" in visitor.get("/").text


def test_dat_8_the_board_has_no_state_beside_shut_open_and_out_of_order(visitor):
    """DAT-8: a held device looks like any other."""
    assert {state for state, _ in DOOR.findall(visitor.get("/").text)} == {
        "shut",
        "open",
        "broken",
    }


def test_web_7_without_a_controller_the_last_state_is_shown_marked_old(feed, visitor):
    """WEB-7: says so and since when, still shows the last known state, comes back."""
    feed.lost()
    old = visitor.get("/").text
    feed.take(FeedEvent(board=a_board()))
    back = visitor.get("/").text

    assert "Not answering since 14:52" in old
    assert 'class="cabinet cols-6 old"' in old
    assert "Next, in" not in old
    assert len(DOOR.findall(old)) == 36
    assert "Not answering" not in back


def test_web_7_a_site_that_knows_nothing_says_so(config):
    """WEB-7: no state is better than an invented one."""
    page = create_app(config, follow=False).test_client().get("/").text

    assert "The lockers do not answer yet." in page
    assert not DOOR.findall(page)


def test_rel_6_a_flood_on_the_board_never_reaches_the_controller(visitor, controller):
    """REL-6: it is served from the feed's cache."""
    for _ in range(50):
        assert visitor.get("/").status_code == 200

    assert controller.asked == []


def test_rel_6_the_board_is_drawn_once_a_change(site, visitor, feed, mocker):
    """REL-6: fifty visitors cost one drawing."""
    draw = mocker.spy(site.jinja_env, "get_or_select_template")
    for _ in range(50):
        visitor.get("/")
    drawn = draw.call_count
    feed.take(FeedEvent(board=a_board(doors=[BoardDoor(1, "open")])))
    changed = visitor.get("/")

    assert drawn == 1
    assert len(DOOR.findall(changed.text)) == 1


def test_web_1_the_first_load_weighs_no_more_than_80_kb_compressed(visitor):
    """WEB-1: page, styles, drawings and scripts as they go over the wire."""
    page = visitor.get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(page.data).decode()
    files = set(re.findall(r'(?:href|src)="/static/([^?"#]+)', html))
    weight = len(page.data)
    for name in files:
        sent = visitor.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
        weight += len(sent.data)

    assert {"css/look.css", "img/symbols.svg"} <= files <= set(assets())
    assert weight <= 80_000


def test_web_2_nothing_on_the_board_comes_from_beyond_the_pi(visitor):
    """WEB-2: no network beyond the Pi."""
    page = visitor.get("/").text

    assert not re.findall(r'(?:href|src|action|connect|get)="(?:https?:)?//', page)


def test_no_public_page_sets_a_cookie(visitor):
    for path in ("/", "/parts/board", "/parts/link", "/healthz", "/metrics"):
        assert "Set-Cookie" not in visitor.get(path).headers


def test_every_screen_size_has_its_columns(feed, visitor):
    """A wall of five columns is drawn in five."""
    feed.take(
        FeedEvent(
            board=a_board(columns=5, doors=[BoardDoor(n, "shut") for n in range(1, 31)])
        )
    )

    assert "cols-5" in visitor.get("/").text
    assert ".cols-5 ol" in assets()["css/site.css"].body.decode()
