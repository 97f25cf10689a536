"""The site as a service: many streams, a quick end, coming back by itself."""

from __future__ import annotations

import http.client
import logging
import urllib.error
import urllib.request

import pytest

from tests.web.fake_controller import a_board
from web.public.stream import KEPT_PLACES, PLACES
from web.serve import TAB_CLOSED, is_worth_a_line


def open_stream(served):
    connection = http.client.HTTPConnection(
        served.url.removeprefix("http://"), timeout=5
    )
    connection.request("GET", "/stream")
    return connection, connection.getresponse()


def get(served, path):
    with urllib.request.urlopen(served.url + path, timeout=5) as answer:  # noqa: S310  our own
        return answer.status, answer.read().decode()


@pytest.fixture
def listeners(served):
    """As many streams as strangers may have, all open at once."""
    opened = [open_stream(served) for _ in range(PLACES - KEPT_PLACES)]
    yield opened
    for connection, answer in opened:
        answer.close()
        connection.close()


def test_rel_6_with_every_place_taken_the_board_still_comes(served, listeners):
    """REL-6: too many live streams are shed, pages are not."""
    assert {answer.status for _, answer in listeners} == {200}
    connection, shed = open_stream(served)

    assert shed.status == 503
    assert get(served, "/")[0] == 200
    shed.close()
    connection.close()


def test_the_site_ends_within_a_second_with_streams_open(served, listeners):
    assert served.end() < 1.0
    _, answer = listeners[0]
    assert answer.read().startswith(b"retry:")  # up to its proper end


def test_web_1_a_door_that_opens_is_told_to_every_stream(served, controller):
    """WEB-1: live, over HTTP."""
    connection, answer = open_stream(served)
    controller.push(board=a_board(class_name="Owls"))
    seen = b""
    while b"Owls" not in seen:
        seen += answer.readline()

    assert b"event: board" in seen
    answer.close()
    connection.close()


def test_a_closed_tab_is_not_worth_a_line(served, controller, caplog):
    """A log that says something at every closed tab is a log nobody reads."""
    caplog.set_level(logging.INFO)
    connection, answer = open_stream(served)
    while b"event: board" not in answer.readline():
        pass
    answer.close()
    connection.close()

    seats = served.places
    for n in range(1000):  # until the stream writes to whoever is gone
        if not seats.taken:
            break
        controller.push(board=a_board(class_name=f"Owls {n}"))
        served.feed.wait(served.feed.position(), 0.05)
    assert not seats.taken
    assert served.end() < 1.0  # whatever was to be logged is logged by then

    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    ("level", "message"),
    [
        (logging.INFO, "Client disconnected while serving /people/import"),
        (logging.ERROR, "Exception while serving /stream"),
        (logging.WARNING, TAB_CLOSED),
    ],
)
def test_every_other_line_of_the_server_stays(level, message):
    record = logging.LogRecord("waitress", level, __file__, 1, message, None, None)

    assert is_worth_a_line(record)


def test_web_7_the_site_comes_back_by_itself(served, controller):
    """WEB-7: the controller is killed, and started again."""
    before = served.feed.position()
    controller.stop()
    served.feed.wait(before, 5)
    with pytest.raises(urllib.error.HTTPError) as down:
        get(served, "/healthz")
    down.value.close()
    page = get(served, "/")[1]
    lost = served.feed.position()
    controller.start()
    served.feed.find(lost, lambda event: event.board is not None, 5)

    assert down.value.code == 503
    assert "Not answering since" in page
    assert get(served, "/healthz")[0] == 200
    assert "Not answering" not in get(served, "/")[1]
