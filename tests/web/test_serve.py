"""The site as a service: many streams, a quick end, coming back by itself."""

from __future__ import annotations

import http.client
import logging
import socket
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from waitress.buffers import OverflowableBuffer

from tests.web.fake_controller import a_board
from web import serve
from web.public.stream import HEARTBEAT_S, KEPT_PLACES, PLACES
from web.serve import TAB_CLOSED, is_worth_a_line

MB = 1024 * 1024


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


# ------------------------------------------------------------------- what is too large


def send_file(served, megabytes, *, chunked=False, **headers):
    """Send a file of that size with a form, as a browser does; return the answer."""
    connection = http.client.HTTPConnection(
        served.url.removeprefix("http://"), timeout=20
    )
    head = b'--x\r\nContent-Disposition: form-data; name="roll"; filename="a"\r\n\r\n'
    body = head + bytes(round(megabytes * MB)) + b"\r\n--x--\r\n"
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    sent = (body[k : k + MB] for k in range(0, len(body), MB)) if chunked else body
    with closing(connection):
        connection.request(
            "POST", "/people/import", sent, headers, encode_chunked=chunked
        )
        with connection.getresponse() as answer:
            return answer.status, answer.read().decode()


@pytest.mark.parametrize("megabytes", [5.2, 6, 20, 40])
def test_web_6_a_file_that_is_too_large_is_told_on_a_page(served, megabytes):
    """WEB-6: the browser is not cut off in the midst of sending; it shows the page."""
    status, page = send_file(served, megabytes)

    assert status == 413
    assert "That is larger than 5 MB." in page
    assert "Send a smaller file" in page


def test_web_6_a_file_that_is_too_large_is_told_to_programs_in_the_one_shape(served):
    """WEB-6: as JSON where JSON is asked for."""
    status, told = send_file(served, 20, Accept="application/json")

    assert status == 413
    assert '"too-large"' in told


def test_web_6_a_file_of_five_megabytes_is_taken(served):
    """WEB-6: the limit is the limit; what is wrong is the form's missing token."""
    assert send_file(served, 5)[0] == 400


def test_rel_6_what_is_too_large_is_kept_nowhere(served, mocker):
    """REL-6: neither in memory nor in files, however many send it."""
    appended = mocker.spy(OverflowableBuffer, "append")
    send_file(served, 20)

    assert sum(len(call.args[1]) for call in appended.call_args_list) < MB


def test_rel_6_nothing_without_a_length_is_read_beyond_the_limit(served):
    """REL-6: no browser sends so; a program is told and cut off."""
    try:
        status, _ = send_file(served, 20, chunked=True)
    except ConnectionError:
        status = 413  # told, but it was still sending

    assert status == 413
    assert get(served, "/")[0] == 200


# -------------------------------------------------------------- who says nothing at all


@pytest.fixture
def impatient(monkeypatch):
    """A server that closes silent connections after one second."""
    monkeypatch.setattr(serve, "IDLE_S", 1)


def half_open(served, many):
    host, port = served.url.removeprefix("http://").split(":")
    ends = [socket.create_connection((host, int(port)), 5) for _ in range(many)]
    for end in ends[::2]:
        end.sendall(b"GET / HT")
    return ends


def test_rel_6_half_open_connections_keep_the_board_away_for_one_idle_time(
    impatient, served
):
    """REL-6: more of them than there are places; people wait no longer than that."""
    ends = half_open(served, 300)
    began = time.monotonic()
    try:
        assert get(served, "/")[0] == 200
        waited_s = time.monotonic() - began
    finally:
        for end in ends:
            end.close()

    assert waited_s < serve.IDLE_S + 2 * serve.CLEANED_EVERY_S + 1
    assert serve.CONNECTIONS < 300


def test_rel_6_a_live_stream_that_has_nothing_to_say_stays(
    impatient, served, controller
):
    """REL-6: silence of the school is no silence of the line."""
    connection, answer = open_stream(served)
    while b"event: board" not in answer.readline():
        pass
    end = half_open(served, 1)[0]
    assert end.recv(1) == b"", "closed, for saying nothing"

    controller.push(board=a_board(class_name="Owls"))
    seen = b""
    while b"Owls" not in seen:
        seen += answer.readline()
    for each in (answer, connection, end):
        each.close()


def test_rel_6_a_live_stream_speaks_more_often_than_connections_are_closed():
    """REL-6: also where a proxy before us goes by the same time."""
    assert serve.IDLE_S > HEARTBEAT_S
