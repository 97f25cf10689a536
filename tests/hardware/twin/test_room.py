"""The room as a process: its wires, its clock, its end, and being killed."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from datetime import datetime

import msgspec
import pytest

from hardware.clock import RealClock
from hardware.errors import RoomBusy, RoomGone, RoomRefused
from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.ports import CardSeen, ClockState, FieldEmpty
from hardware.twin.room import serve
from hardware.twin.room_client import RoomClient, RoomWallClock, RoomWires
from hardware.twin.spidev_inprocess import LIBRARIES
from hardware.twin.spidev_remote import make_module
from hardware.twin.wire import LONGEST_ADDRESS, connect
from tests.hardware.twin.room_process import SPEC, RoomProcess

UID = "04A1B2C3D4E5F6"
READ_VERSION = [0x37 << 1 | 0x80, 0]
LONG_S = 10.0


@pytest.fixture
def wires(room):
    wires = RoomWires(room.socket)
    yield wires
    wires.close()


def compartment(room, n):
    shown = room.call("world")["compartments"]
    return next(each for each in shown if each["n"] == n)


def open_door(room, wires):
    wires.set_output("header:17", True)
    assert room.call("wait_bolt", compartment=8, retracted=True)["reached"]
    assert room.call("door", compartment=8, do="pull") == {"moved": True}
    wires.set_output("header:17", False)
    assert room.call("wait_bolt", compartment=8, retracted=False)["reached"]


class Told:
    """Waits for what a thread tells."""

    def __init__(self):
        self.all = []
        self._news = threading.Condition()

    def __call__(self, *what):
        with self._news:
            self.all.append(what)
            self._news.notify_all()

    def wait_for(self, wanted):
        with self._news:
            return self._news.wait_for(lambda: wanted(self.all), LONG_S)


# ------------------------------------------------------------------------ SPI


def test_the_chips_answer_over_the_socket(idle_room):
    with make_module(idle_room.socket).SpiDev(0, 1) as spi:
        assert spi.xfer2(READ_VERSION) == [0, 0x92]
        assert spi.xfer2([0x09 << 1, *range(60)]) == [0] * 61
        assert spi.xfer2([0x0A << 1 | 0x80, 0]) == [0, 60]


def test_where_nothing_is_wired_nothing_opens(idle_room):
    with pytest.raises(FileNotFoundError, match="SPI bus 1, device 0"):
        make_module(idle_room.socket).SpiDev(1, 0)


def test_a_closed_device_is_an_error_of_the_caller(idle_room):
    spi = make_module(idle_room.socket).SpiDev(0, 0)
    spi.close()

    with pytest.raises(OSError, match="Bad file descriptor"):
        spi.xfer2(READ_VERSION)


def test_hw_4_a_room_that_is_killed_looks_like_a_dead_chip_and_comes_back(room):
    """HW-4: it must not look like a chip that sees no card."""
    clock = SteppedClock()
    spi = make_module(room.socket, clock).SpiDev(0, 0)
    room.end(signal.SIGKILL)

    assert spi.xfer2(READ_VERSION) == [0, 0]
    room.start()
    assert spi.xfer2(READ_VERSION) == [0, 0x92]

    room.end(signal.SIGKILL)
    assert spi.xfer2(READ_VERSION) == [0, 0]
    assert spi.xfer2(READ_VERSION) == [0, 0]  # the one try of this instant
    room.start()
    assert spi.xfer2(READ_VERSION) == [0, 0]
    clock.now += 1
    assert spi.xfer2(READ_VERSION) == [0, 0x92]
    spi.close()


class SteppedClock:
    now = 0.0

    def monotonic(self):
        return self.now


def test_a_device_may_be_opened_before_there_is_a_room(tmp_path):
    room = RoomProcess(SPEC, tmp_path)
    clock = SteppedClock()
    spi = make_module(room.socket, clock).SpiDev(0, 0)
    assert spi.xfer2(READ_VERSION) == [0, 0]

    room.start()
    clock.now += 1
    assert spi.xfer2(READ_VERSION) == [0, 0x92]
    spi.close()
    room.end()


@pytest.fixture
def rooms_spidev(room, monkeypatch):
    """The room's spidev for whoever imports that name, the mfrc522 package too."""
    for library in LIBRARIES:
        monkeypatch.delitem(sys.modules, library, raising=False)
    monkeypatch.setitem(sys.modules, "spidev", make_module(room.socket))
    yield room
    for library in LIBRARIES:
        sys.modules.pop(library, None)


def test_sim_1_the_real_driver_reads_a_card_through_the_room(rooms_spidev):
    """SIM-1, HW-1: over the unmodified mfrc522 package."""
    reader = Mfrc522Reader("front", 0, 0, RealClock())
    assert reader.poll() == FieldEmpty()

    rooms_spidev.call("put_card", reader="front", uid=UID)
    seen = until(reader, lambda presence: isinstance(presence, CardSeen))
    assert seen.uid == bytes.fromhex(UID)

    rooms_spidev.call("take_card", reader="front", uid=UID)
    until(reader, lambda presence: presence == FieldEmpty())
    reader.close()


def until(reader, wanted):
    """Poll until the answer is wanted: the card's power-up takes its real time."""
    end = time.monotonic() + LONG_S
    while not wanted(presence := reader.poll()):
        assert time.monotonic() < end
    return presence


# ----------------------------------------------------------------------- pins


def test_contacts_are_told_as_they_change(room, wires):
    told = Told()
    unwatch = wires.watch("header:27", told)
    assert wires.loop_is_closed("header:27")

    open_door(room, wires)

    assert told.wait_for(lambda told: told[-1:] == [(False,)] and len(told) == 6)
    unwatch()
    assert not wires.loop_is_closed("header:27")


def test_hw_2_a_level_stays_when_its_process_is_gone_and_the_monostable_cuts(room):
    """HW-2: Raspberry Pi OS keeps the level; the 12 V rail's monostable bounds it."""
    wires = RoomWires(room.socket)
    wires.watch("room:locks:107", lambda closed: None)  # so that it is connected
    wires.set_output("header:17", True)
    wires.set_output("room:locks:7", True)
    assert room.call("wait_bolt", compartment=8, retracted=True)["reached"]

    wires.close()

    assert room.call("wait_bolt", compartment=7, retracted=False)["reached"]
    seven, eight = compartment(room, 7), compartment(room, 8)
    assert not seven["coil"]
    assert 0.12 <= seven["coil_on_s_max"] < 1
    assert eight["coil"]

    again = RoomWires(room.socket)
    again.set_output("header:17", False)  # as the next start does first of all
    again.watch("header:27", lambda closed: None)
    assert not compartment(room, 8)["coil"]
    again.close()


def test_pins_say_their_levels_again_to_a_room_that_comes_back(room, wires):
    told = Told()
    wires.watch("header:27", told)
    wires.set_output("header:17", True)
    assert room.call("wait_bolt", compartment=8, retracted=True)["reached"]

    room.end(signal.SIGKILL)
    assert wires.loop_is_closed("header:27")  # a room that is gone opens no door
    room.start()

    assert room.call("wait_bolt", compartment=8, retracted=True, timeout_s=LONG_S)[
        "reached"
    ]
    assert told.all == [(True,)]


def test_pins_may_be_opened_before_there_is_a_room(tmp_path):
    """Thirty doors do not wait for it one after the other, and read open meanwhile."""
    room, told = RoomProcess(SPEC, tmp_path), Told()
    wires = RoomWires(room.socket)
    began = time.monotonic()
    for n in range(30):
        wires.watch(f"room:locks:{n}", told)
    wires.watch("header:27", told)
    assert time.monotonic() - began < 1
    assert not wires.loop_is_closed("header:27")

    room.start()

    assert told.wait_for(lambda told: told == [(True,)])
    assert wires.loop_is_closed("header:27")
    wires.close()
    room.end()


def test_a_door_that_moved_while_nobody_listened_is_told_afterwards(room, wires):
    told = Told()
    wires.watch("header:27", told)
    open_door(room, wires)
    room.end(signal.SIGKILL)
    room.start()
    assert room.call("door", compartment=8, do="push") == {"moved": True}

    assert told.wait_for(lambda told: told[-1:] == [(True,)])


# ----------------------------------------------------------------------- clock


def test_the_clock_goes_by_the_wall_and_acknowledges_each_change(room):
    told = Told()
    clock = RoomWallClock(room.socket, told)
    assert clock.state() is ClockState.SYNCED
    assert abs(clock.now_us() - wall_us(room)) < 2_000_000

    answer = threading.Thread(
        target=lambda: told(room.call("clock", at="2026-11-23T15:15:00+00:00"))
    )
    answer.start()
    assert told.wait_for(lambda told: () in told)
    assert 0 <= clock.now_us() - 1_795_446_900_000_000 < LONG_S * 1e6
    assert len(told.all) == 1  # not answered before the change is followed
    clock.ack(clock.change)
    answer.join()

    assert told.all[-1][0]["followed"] is True
    clock.close()


def wall_us(room):
    at = datetime.fromisoformat(room.call("world")["clock"])
    return int(at.timestamp() * 1e6)


def test_day_11_the_room_says_how_far_its_clock_is_to_be_believed(room):
    """DAY-11."""
    told = Told()
    clock = RoomWallClock(room.socket, told)
    before = clock.now_us()

    room.call("faults", kind="guessed-clock", active=True)

    assert told.wait_for(len)
    assert clock.state() is ClockState.GUESSED
    assert 0 <= clock.now_us() - before < LONG_S * 1e6
    clock.close()


def test_the_clock_runs_on_while_the_room_is_gone(room):
    told = Told()
    clock = RoomWallClock(room.socket, told)
    room.end(signal.SIGKILL)
    first = clock.now_us()
    assert clock.now_us() > first

    room.start()
    assert told.wait_for(len)  # it stood still while it was gone
    assert abs(clock.now_us() - wall_us(room)) < 2_000_000
    clock.close()


def test_a_clock_without_a_room_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("hardware.twin.room_client.ANSWER_S", 0.01)

    with pytest.raises(RoomGone, match="told no time"):
        RoomWallClock(tmp_path / "room.sock")


# ----------------------------------------------------------------------- calls


def test_hands_through_the_socket(room, wires):
    with pytest.raises(RoomRefused) as refused:
        room.call("device", compartment=8, do="put", label="a phone")
    assert refused.value.reason == "door-shut"
    open_door(room, wires)

    assert room.call("device", compartment=8, do="put", label="a phone") == {
        "device": "a phone"
    }
    assert room.call("device", compartment=8, do="take") == {"device": "a phone"}
    assert room.call("door", compartment=8, do="push") == {"moved": True}
    assert room.call("door", compartment=8, do="push") == {"moved": False}
    assert compartment(room, 8)["bolt"] == "thrown"


def test_cards_through_the_socket(room):
    room.call("cards", reader="front", uids=[UID])
    room.call("put_card", reader="back", uid=UID)
    assert [r["cards"] for r in room.call("world")["readers"]] == [[UID], [UID]]

    room.call("take_card", reader="back", uid=UID)
    room.call("cards", reader="front", uids=[])
    assert [r["cards"] for r in room.call("world")["readers"]] == [[], []]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"rubbish", "bad-call"),
        (b"[]", "bad-call"),
        (b'{"more":' + b"[" * 60_000 + b"]" * 60_000 + b',"call":"world"}', "bad-call"),
        (b'{"call":"dance"}', "bad-call"),
        (b'{"call":"door","compartment":8,"do":"kick"}', "bad-call"),
        (b'{"call":"door","compartment":"8","do":"pull"}', "bad-call"),
        (b'{"call":"door","compartment":8,"do":"pull","twice":true}', "bad-call"),
        (b'{"call":"door","compartment":99,"do":"pull"}', "no-such-compartment"),
        (b'{"call":"device","compartment":8,"do":"put"}', "bad-call"),
        (b'{"call":"clock"}', "bad-call"),
        (b'{"call":"clock","at":"2026-11-23T08:40:00"}', "bad-call"),
        (b'{"call":"clock","at":"1926-11-23T08:40:00Z"}', "bad-call"),
        (b'{"call":"clock","at":"2026-11-23T08:40:00Z","advance_s":1}', "bad-call"),
        (b'{"call":"clock","at":"0001-01-01T00:00:00+14:00"}', "bad-call"),
        (b'{"call":"clock","at":"9999-12-31T23:59:59-14:00"}', "bad-call"),
        (b'{"call":"put_card","reader":"front","uid":"88A1B2C3"}', "bad-uid"),
        (b'{"call":"clock","advance_s":1e300}', "bad-call"),
        (b'{"call":"faults","kind":"rain"}', "unknown-fault"),
        (
            b'{"call":"wait_bolt","compartment":8,"retracted":true,"timeout_s":61}',
            "bad",
        ),
    ],
)
def test_a_call_that_is_none_is_refused_and_the_next_one_is_heard(
    idle_room, line, reason
):
    lines = connect(idle_room.socket, {"hello": "calls"})
    lines.sock.sendall(line + b'\n{"call":"world"}\n')

    refused, world = lines.receive(), lines.receive()

    assert refused["ok"] is False
    assert refused["error"].startswith(reason)
    assert refused["message"]
    assert world["ok"] is True
    lines.close()


@pytest.mark.parametrize("hello", [{"hello": "telnet"}, {"hello": "spi"}, {}])
def test_a_connection_that_does_not_say_what_it_is_for_is_refused(idle_room, hello):
    with pytest.raises(RoomRefused, match="wanted spi, pins, clock or calls"):
        connect(idle_room.socket, hello)


def test_a_peer_that_hangs_up_or_talks_rubbish_harms_nobody(idle_room):
    deep = b'{"hello":' + b"[" * 60_000 + b"]" * 60_000 + b"}\n"
    wrong_pin = b'{"hello":"pins"}\n{"out":7}\n[]\n'
    for rubbish in (b"", b"\n", b"\xff\xfe\n", deep, wrong_pin):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(idle_room.socket))
            peer.sendall(rubbish)

    assert idle_room.call("world")["compartments"]


def test_the_readers_looks_can_be_waited_for(room):
    """A tap may begin once the last card is seen gone."""
    assert room.call("wait_looks", reader="front", timeout_s=0) == {"reached": False}

    told = Told()
    threading.Thread(
        target=lambda: told(room.call("wait_looks", reader="front", looks=3))
    ).start()
    with make_module(room.socket).SpiDev(0, 0) as spi:
        while not told.all:
            call_for_cards(spi)

    assert told.all == [({"reached": True},)]


def call_for_cards(spi):
    """Send one WUPA, as plainly as the chip allows."""
    for register, value in (
        (0x01, 0x00),  # CommandReg: idle
        (0x14, 0x83),  # TxControlReg: antenna on
        (0x0A, 0x80),  # FIFOLevelReg: flush
        (0x09, 0x52),  # FIFODataReg: WUPA
        (0x01, 0x0C),  # CommandReg: transceive
        (0x0D, 0x87),  # BitFramingReg: send, 7 bits
    ):
        spi.xfer2([register << 1, value])
    while not spi.xfer2([0x04 << 1 | 0x80, 0])[1] & 0x40:  # ComIrqReg.TxIRq
        pass
    spi.xfer2([0x04 << 1, 0x7F])
    spi.xfer2([0x0D << 1, 0x00])


# ------------------------------------------------------------ beginning and end


def test_a_killed_room_goes_on_where_it_was(room, wires):
    """design.md, "The demo": room, clock and devices in doors too."""
    open_door(room, wires)
    room.call("device", compartment=8, do="put", label="a phone")
    room.call("cards", reader="front", uids=[UID])
    room.call("put_card", reader="back", uid=UID)
    clock = RoomWallClock(room.socket, lambda: clock.ack())  # noqa: PLW0108  not yet made
    assert room.call("clock", at="2026-12-01T09:00:00Z")["followed"]
    clock.close()
    before = room.call("world")
    wires.close()

    room.end(signal.SIGKILL)
    room.start()

    after = room.call("world")
    assert after["compartments"] == before["compartments"]
    assert after["readers"][0]["cards"] == [UID]
    assert after["readers"][1]["cards"] == []
    assert "2026-12-01T09:00:00" <= after["clock"] < "2026-12-01T09:01"
    assert after["supply"] == before["supply"]


def test_the_room_ends_within_a_second_whoever_is_connected(room, wires):
    clock = RoomWallClock(room.socket)
    spi = make_module(room.socket).SpiDev(0, 0)
    waiting = connect(room.socket, {"hello": "calls"})
    waiting.send(
        {"call": "wait_bolt", "compartment": 8, "retracted": True, "timeout_s": 60}
    )
    room.call("world")

    began = time.monotonic()
    assert room.end(signal.SIGTERM) == 0

    assert time.monotonic() - began < 1
    assert not room.socket.exists()
    assert waiting.receive() in (None, {"ok": True, "result": {"reached": False}})
    for each in (clock, spi, waiting):
        each.close()


def test_nobody_else_may_open_doors(idle_room):
    assert idle_room.socket.stat().st_mode & 0o777 == 0o600


def test_a_socket_that_a_kill_left_is_replaced_and_one_in_use_is_not(room):
    with pytest.raises(RoomBusy, match="another room answers"):
        serve(SPEC, room.socket, room.state, threading.Event())

    room.end(signal.SIGKILL)
    assert room.socket.exists()
    room.start()
    assert room.call("world")


def test_a_damaged_state_stops_the_room_before_anybody_connects(tmp_path):
    state, path = tmp_path / "room.json", tmp_path / "room.sock"
    state.write_text("{")

    with pytest.raises(RoomRefused, match="not a saved room"):
        serve(SPEC, path, state, threading.Event())

    assert not path.exists()


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="Linux only")  # noqa: PTH110
def test_a_folder_may_lie_deeper_than_a_sockets_address(tmp_path):
    folder = tmp_path / ("deep" * 30)
    folder.mkdir()
    assert len(str(folder)) > LONGEST_ADDRESS
    room = RoomProcess(SPEC, folder).start()

    assert room.call("world")["readers"]
    assert room.end() == 0


def test_a_room_that_is_not_there_says_so(tmp_path):
    with pytest.raises(RoomGone, match="No such file"):
        RoomClient(tmp_path / "room.sock").call("world")


def test_every_answer_is_json(idle_room):
    lines = connect(idle_room.socket, {"hello": "calls"})
    lines.send({"call": "world"})

    assert msgspec.json.decode(lines.receive_line())["ok"]
    lines.close()
