"""The live stream (SSE): what it tells, and how many may listen (WEB-1, REL-6)."""

from __future__ import annotations

import itertools
import re

import msgspec
import pytest

from controller.protocol import FeedEvent, KioskShow
from tests.web.fake_controller import a_board
from web.errors import TooManyStreams
from web.public import stream
from web.public.stream import Places, events
from web.serve import THREADS


def parsed(chunk):
    lines = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n"))
    return lines.get("event"), msgspec.json.decode(lines["data"]), lines["id"]


def test_a_stream_begins_with_the_time_then_tells_what_is_newer(feed):
    seen = feed.position()
    feed.take(FeedEvent(changed=["people"]))
    told = events(feed, seen, heartbeat_s=0)

    assert next(told).startswith(b"retry: ")
    assert parsed(next(told))[0] == "clock"
    assert parsed(next(told)) == ("people", {}, feed.stamp())


def test_web_1_a_change_of_a_door_is_told_with_the_whole_public_state(feed):
    """WEB-1: live."""
    seen = feed.position()
    feed.take(FeedEvent(board=a_board()))

    event, data, _ = parsed(list(itertools.islice(events(feed, seen, 0), 3))[2])

    assert event == "board"
    assert data["doors"][8] == {"n": 9, "state": "open"}


def test_a_browser_from_before_a_restart_asks_for_everything_anew(feed):
    told = [
        parsed(chunk)[0]
        for chunk in list(itertools.islice(events(feed, None, 0), 6))[1:]
    ]

    assert told == ["clock", "link", "board", "kiosk", "again"]


def test_a_broken_stream_goes_on_where_it_was(feed, visitor):
    feed.take(FeedEvent(changed=["desk"]))
    answer = visitor.get(
        "/stream", headers={"Last-Event-ID": feed.stamp()}, buffered=False
    )
    chunks = list(itertools.islice(answer.response, 2))
    answer.close()

    assert [c.split(b"\n")[0][:5] for c in chunks] == [
        b"retry",
        b"id: " + feed.boot[:1].encode(),
    ]


def test_silence_is_filled_with_a_heartbeat(feed):
    told = events(feed, feed.position(), heartbeat_s=0)

    assert list(itertools.islice(told, 4))[2:] == [b": beat\n\n"] * 2


def test_every_stream_ends_with_the_site(feed):
    told = events(feed, feed.position(), heartbeat_s=60)
    next(told)
    feed.stop()

    assert len(list(told)) == 1  # the time, and no waiting


def test_dat_8_the_kiosks_screen_is_not_told_on_the_public_stream(feed):
    """DAT-8: only the paired screen learns what it shows."""
    seen = feed.position()
    feed.take(FeedEvent(kiosk=KioskShow("opened", 7, compartment=7, language="uk")))

    chunk = list(itertools.islice(events(feed, seen, 0), 3))[2]

    assert parsed(chunk)[:2] == ("kiosk", {})


def test_rel_6_streams_beyond_the_places_are_shed_with_503(site, visitor):
    """REL-6: streams never take all threads; strangers never take all places."""
    site.extensions["hometime-places"] = Places(places=2, kept=1)
    first = visitor.get("/stream", buffered=False)
    second = visitor.get("/stream", headers={"Accept": "text/event-stream"})

    assert (first.status_code, second.status_code) == (200, 503)
    assert "Too many screens" in second.text
    first.close()
    again = visitor.get("/stream", buffered=False)
    assert again.status_code == 200
    again.close()


def test_rel_6_places_are_kept_for_screens_that_are_paired(site, visitor, kiosk):
    """REL-6: a flood of strangers does not blind the kiosk."""
    site.extensions["hometime-places"] = Places(places=2, kept=1)
    stranger = visitor.get("/stream", buffered=False)
    paired = kiosk.get("/stream", buffered=False)
    too_many = kiosk.get("/stream", buffered=False)

    assert [r.status_code for r in (stranger, paired, too_many)] == [200, 200, 503]
    stranger.close()
    paired.close()


def test_there_are_fewer_places_than_threads():
    assert stream.PLACES <= THREADS - 20


def test_a_place_is_given_back():
    places = Places(places=1, kept=0)
    places.take(known=False)
    with pytest.raises(TooManyStreams):
        places.take(known=True)
    places.leave()
    places.take(known=False)


@pytest.mark.parametrize("path", ["/desk", "/classes/kestrels", "/health"])
def test_web_1_what_changes_while_a_page_is_made_is_told_by_its_stream(
    site, feed, signed_in, mocker, path
):
    """WEB-1: a door that opens after the answer and before the page is there."""
    visitor = signed_in("office")
    client = site.extensions["hometime-client"]
    ask = client.ask

    def and_then_it_changes(do, *args, **more):
        answer = ask(do, *args, **more)
        if do != "me":  # which the bar asks, once the page is being written
            feed.take(FeedEvent(changed=["desk"]))
        return answer

    mocker.patch.object(client, "ask", side_effect=and_then_it_changes)
    page = visitor.get(path).text

    (since,) = re.findall(r"/stream[?]since=([^\"]+)", page)
    topics, _ = feed.news(feed.position_of(since))
    assert "desk" in topics
