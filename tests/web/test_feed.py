"""The cache of the live feed (REL-6, WEB-7)."""

from __future__ import annotations

import threading

import pytest

from controller.client import ControllerDown
from controller.protocol import FeedEvent, KioskShow, TapOutcome
from tests.web.fake_controller import AT_US, a_board
from web.feed import SILENCE_S, Feed


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def feed(clock):
    return Feed(lambda: iter(()), monotonic=clock)


def test_web_7_a_feed_that_tells_is_up_and_one_that_is_silent_is_down(feed, clock):
    """WEB-7: silence means trouble, whatever the socket says."""
    assert not feed.link().up
    feed.take(FeedEvent(beat=AT_US))
    assert feed.link().up

    clock.now += SILENCE_S

    assert not feed.link().up
    assert feed.link().since_us == AT_US


def test_web_7_the_last_board_stays_after_a_loss_and_says_since_when(feed, clock):
    """WEB-7: the page still shows the last known state."""
    feed.take(FeedEvent(board=a_board()))
    clock.now += 3
    feed.take(FeedEvent(kiosk=KioskShow("waiting", 1)))

    feed.lost()

    assert feed.board == a_board()
    assert (feed.link().up, feed.link().since_us) == (False, AT_US + 3_000_000)


def test_web_7_a_site_that_starts_without_a_controller_reads_the_last_known(clock):
    """WEB-7: hometime.db tells what was, and when that was."""
    feed = Feed(lambda: iter(()), last_known=a_board, monotonic=clock)

    feed.lost()

    assert feed.board == a_board()
    assert feed.link().since_us == AT_US


def test_web_7_after_a_loss_everything_is_to_be_asked_anew(feed):
    """WEB-7: what was missed is not known, so pages ask again."""
    feed.take(FeedEvent(board=a_board()))
    before = feed.position()
    feed.lost()
    feed.take(FeedEvent(board=a_board()))

    assert {"link", "again", "board"} <= set(feed.news(before)[0])


def test_the_clock_goes_on_from_the_controllers_last_word(feed, clock):
    assert feed.now_us() == 0
    feed.take(FeedEvent(beat=AT_US))
    clock.now += 7

    assert feed.now_us() == AT_US + 7_000_000


def test_a_moved_clock_is_news_of_its_own(feed):
    before = feed.position()
    feed.take(FeedEvent(clock=AT_US - 5))

    assert feed.now_us() == AT_US - 5
    assert "clock" in feed.news(before)[0]


def test_topics_are_told_once_and_a_beat_is_no_news(feed):
    before = feed.position()
    feed.take(FeedEvent(changed=["class:kestrels", "people"]))
    feed.take(FeedEvent(changed=["people"]))
    news, position = feed.news(before)
    feed.take(FeedEvent(beat=AT_US))

    assert set(news) >= {"class-kestrels", "people"}
    assert feed.news(position)[0] == []


def test_a_stamp_of_another_process_stands_for_nothing(feed):
    feed.take(FeedEvent(beat=AT_US))

    assert feed.position_of(feed.stamp()) == feed.position()
    assert feed.position_of("0000.7") is None
    assert feed.position_of("nonsense") is None


def test_an_outcome_that_came_before_it_was_waited_for_is_found(feed):
    """Between the card and the look into the feed an outcome may slip in."""
    before = feed.position()
    outcome = TapOutcome("front", 1, "refused", reason="not-yet")
    feed.take(FeedEvent(tap=outcome))

    found = feed.find(before, lambda e: e.tap is not None, timeout_s=0)

    assert found == FeedEvent(tap=outcome)
    assert feed.find(feed.position(), lambda e: e.tap is not None, timeout_s=0) is None


def test_whoever_waits_is_woken_by_the_event(feed):
    found = []
    waiter = threading.Thread(
        target=lambda: found.append(feed.find(0, lambda e: e.gone == "front", 5))
    )
    waiter.start()
    feed.take(FeedEvent(gone="front"))
    waiter.join(5)

    assert found == [FeedEvent(gone="front")]


def test_the_feed_is_asked_for_again_until_it_is_there(clock):
    """WEB-7: comes back by itself."""
    tries = []

    def source():
        tries.append(1)
        if len(tries) == 1:
            raise ControllerDown
        yield FeedEvent(board=a_board())
        feed.stop()

    feed = Feed(source, monotonic=clock)
    feed.run()

    assert len(tries) == 2
    assert feed.board == a_board()
