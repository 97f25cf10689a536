"""What systemd hears from the service (HW-8)."""

import socket
from contextlib import closing

import pytest

from controller.service.notify import Notifier, watchdog_period_s


@pytest.fixture(params=["path", "abstract"])
def systemd(request, tmp_path):
    """A notification socket as systemd opens one, and its address as it writes it."""
    path = str(tmp_path / "notify")
    name, address = (
        (path, path) if request.param == "path" else ("\0" + path, "@" + path)
    )
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(name)
        listening.setblocking(False)
        yield listening, address


def test_hw_8_systemd_is_told_ready_alive_and_stopping_each_as_one_datagram(systemd):
    """HW-8: by a path and by an abstract name."""
    listening, address = systemd
    notifier = Notifier.from_environment({"NOTIFY_SOCKET": address})

    told = [notifier.ready(), notifier.watchdog(), notifier.stopping()]

    assert told == [True, True, True]
    assert [listening.recv(99) for _ in told] == [
        b"READY=1",
        b"WATCHDOG=1",
        b"STOPPING=1",
    ]
    with pytest.raises(BlockingIOError):
        listening.recv(99)


def test_without_systemd_nobody_is_told():
    assert Notifier.from_environment({}).ready() is False


@pytest.mark.parametrize("address", ["/nowhere/notify", "@nobody-here", "vsock:2:1"])
def test_a_socket_that_is_gone_takes_no_door_with_it(address):
    assert Notifier(address).watchdog() is False


def test_hw_8_a_full_socket_does_not_hold_the_control_loop(systemd, monkeypatch):
    """HW-8: the loop goes on; systemd kills only what stays silent."""
    monkeypatch.setattr("controller.service.notify.PATIENCE_S", 0.001)
    notifier = Notifier(systemd[1])

    assert notifier.watchdog() is True
    assert any(notifier.watchdog() is False for _ in range(5000))


@pytest.mark.parametrize(
    ("environment", "period_s"),
    [
        ({"WATCHDOG_USEC": "10000000"}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "7"}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "8"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_hw_8_the_watchdog_is_fed_twice_in_the_time_it_allows(environment, period_s):
    """HW-8: sd_watchdog_enabled(3)."""
    assert watchdog_period_s(environment, pid=7) == period_s
