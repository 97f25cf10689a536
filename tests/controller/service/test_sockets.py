"""The controller's socket: lines in, lines out; no client holds up another (REL-6)."""

import socket
import stat
import threading

import msgspec
import pytest

from controller.client import Client, ControllerDown
from controller.protocol import MAX_LINE_BYTES, Answer, FeedEvent, Request
from controller.service import sockets
from controller.service.process import ControllerProcess
from controller.service.sockets import SocketServer
from tests.rig import encode

LONG_S = 10  # never waited for unless something is broken


@pytest.fixture
def taken():
    return []


@pytest.fixture
def server(folder, taken):
    """A server that answers each line turned round; not run, but stepped."""

    def take(connection, line):
        taken.append(line)
        server.send(connection, line[::-1] + b"\n")
        return not line.startswith(b"bad")

    server = SocketServer(folder / "s.sock", take)
    yield server
    server.stop()
    server.run()


@pytest.fixture
def connect(server, folder):
    ends = []

    def connect():
        end = socket.socket(socket.AF_UNIX)
        end.settimeout(LONG_S)
        end.connect(str(folder / "s.sock"))
        ends.append(end)
        server.step(LONG_S)
        return end

    yield connect
    for end in ends:
        end.close()


def said(server, end, data: bytes) -> bytes:
    end.sendall(data)
    server.step(LONG_S)
    return end.recv(100_000)


def test_lines_are_answered_whole_however_they_come(server, connect, taken):
    """Half a line is no line; two lines at once are two."""
    end = connect()
    end.sendall(b"abc")
    server.step(LONG_S)
    assert taken == []

    assert said(server, end, b"def\nghi\njk") == b"fedcba\nihg\n"
    assert taken == [b"abcdef", b"ghi"]


def test_whoever_sends_nonsense_is_cut_off_and_nobody_else_is(server, connect):
    """SEC-3: and the server sleeps again: nothing of the client is left."""
    bad, good = connect(), connect()
    bad.sendall(b"bad\n")
    server.step(LONG_S)

    assert bad.recv(100) == b""
    assert said(server, good, b"ab\n") == b"ba\n"
    assert len(server._connections) == 1
    server.step(0)
    assert server._selector.select(0) == []


def test_rel_6_a_line_without_an_end_is_cut_off(server, connect, monkeypatch):
    """REL-6: memory is bounded."""
    monkeypatch.setattr(sockets, "MAX_LINE_BYTES", 1_000)
    end = connect()
    end.sendall(b"x" * 1_001)
    server.step(LONG_S)

    assert end.recv(100) == b""


def test_rel_6_a_client_that_never_reads_is_dropped(server, connect, monkeypatch):
    """REL-6: it comes back with a whole new board."""
    monkeypatch.setattr(sockets, "MAX_BACKLOG_BYTES", 1_000)
    sleepy, awake = connect(), connect()
    connection = next(iter(server._connections))
    for _ in range(2_000):
        server.send(connection, b"x" * 1_000)
    server.step(LONG_S)

    assert connection.is_open is False
    assert len(server._connections) == 1
    del sleepy, awake


def test_rel_6_more_clients_than_there_can_be_are_turned_away(
    server, connect, monkeypatch
):
    """REL-6: those who are there stay."""
    monkeypatch.setattr(sockets, "MAX_CLIENTS", 2)
    first, _second, third = connect(), connect(), connect()

    assert third.recv(100) == b""
    assert said(server, first, b"ab\n") == b"ba\n"


def test_whoever_hangs_up_is_told_of_once(server, connect):
    """The feed drops its subscriber."""
    end = connect()
    (connection,) = server._connections
    told = []
    connection.on_close.append(lambda: told.append("gone"))
    end.close()
    server.step(LONG_S)

    assert told == ["gone"]
    server.send(connection, b"late\n")
    server.step(0)


def test_sec_2_only_the_group_may_open_the_socket(server, folder):
    """SEC-2: not everybody on the machine."""
    assert stat.S_IMODE((folder / "s.sock").stat().st_mode) == 0o660


def test_a_socket_left_by_a_killed_controller_is_replaced(folder):
    """REL-1: the name is taken, nobody listens."""
    path = folder / "old.sock"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()

    server = SocketServer(path, lambda *_: True)
    server.stop()
    server.run()
    assert not path.exists()


NONSENSE = [
    b"",
    b"[]",
    b"{",
    b"\xff\xfe\x00",
    b'{"id":1}',
    b'{"id":"x","do":"me"}',
    b'{"id":1e400,"do":"me"}',
    b'{"id":1,"do":"me","args":[]}',
    b'{"id":1,"do":"me","args":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    b'{"id":1,"do":"\\ud800"}',
]


@pytest.mark.parametrize("line", NONSENSE)
def test_sec_3_nonsense_on_the_socket_ends_that_connection_only(rig, line):
    """SEC-3: whatever the site, taken over, may send."""
    process = ControllerProcess(rig.config, None, "9")

    assert process._take_line(None, line) is False
    assert process._inbox.is_empty


# ---------------------------------------------------------------------- the client


@pytest.fixture
def answering(folder):
    """A server whose answers a test scripts by the request's name."""

    def take(connection, line):

        request = msgspec.json.decode(line, type=Request)
        if request.do == "hang":
            return False
        if request.do == "feed":
            server.send(connection, encode(FeedEvent(beat=1)) + b"\n")
            server.send(connection, encode(FeedEvent(gone="front")) + b"\n")
            return True
        answer = Answer(request.id, [request.do, request.args])
        server.send(connection, encode(answer) + b"\n")
        return True

    server = SocketServer(folder / "c.sock", take)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield folder / "c.sock"
    server.stop()
    thread.join(LONG_S)


def test_the_client_gives_back_what_was_answered(answering):
    client = Client(answering)
    assert client.ask("me", "t", a=1) == ["me", {"a": 1}]
    client.close()


def test_the_client_is_told_when_the_connection_is_lost_and_comes_back(answering):
    """WEB-7: a request may or may not have been done; the next one works again."""
    client = Client(answering)
    with pytest.raises(ControllerDown):
        client.ask("hang")
    assert client.ask("me")[0] == "me"
    client.close()


def test_without_a_controller_the_client_says_so(folder):
    """WEB-7: at once."""
    client = Client(folder / "nobody.sock")
    with pytest.raises(ControllerDown):
        client.ask("board")
    with pytest.raises(ControllerDown):
        next(client.feed())


def test_each_thread_has_a_connection_of_its_own(answering):
    """Answers never cross between two threads of the site."""
    client, wrong = Client(answering), []

    def ask(name):
        wrong.extend(n for n in range(30) if client.ask(name, n=n)[1] != {"n": n})
        wrong.extend(n for n in range(30) if client.ask(name, n=n)[0] != name)
        client.close()

    threads = [threading.Thread(target=ask, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_S)
    assert wrong == []


def test_the_feed_is_a_stream_that_ends_when_the_connection_does(answering):
    feed = Client(answering).feed()
    assert next(feed).beat == 1
    assert next(feed).gone == "front"
    feed.close()


def test_the_longest_line_takes_a_roll_of_five_megabytes():
    """DAT-1: in base64, with room for the rest."""
    assert MAX_LINE_BYTES > 5 * 1024 * 1024 * 4 / 3 + 1_000
