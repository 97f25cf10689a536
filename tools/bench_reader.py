"""The reader's rows of `make bench`: transfers and time, on the simulated chip.

Each figure is measured in the same run as what it is compared with: the package's own
loop, or the time that the air alone takes. Time is virtual: 1 MHz, 20 µs a transfer.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from hardware.iso14443 import SAK_BYTES, UID_PART_BYTES, WAKE_UP, Frame
from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.pi.rpi_gpio_shim import in_place_of_rpi_gpio
from hardware.ports import Tapped, TokenOrder
from hardware.taps import TapWatch
from hardware.twin.cards import Card
from hardware.twin.classic import ClassicCard
from hardware.twin.clock import VirtualClock
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.spidev_inprocess import SpiWires, install_spidev
from hardware.twin.type2 import Type2Card

Row = tuple[str, str, str, str, bool]
"""Measure, ours, compared with, bound, and whether the bound holds."""

PLACE: Final = (0, 0)
UID: Final = bytes.fromhex("04A1B2C3D4E5F6")
IDLE_BOUND: Final = 10
READ_BOUND: Final = 50
TIMES_AIR: Final = 1.5
MOST_FOR_TOKEN_MS: Final = 10.0
NTAG213_PAGES: Final = 45
CARD_KEY: Final = bytes.fromhex("A1B2C3D4E5F6")


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: chip-selects, and milliseconds of bus and air."""

    transfers: int
    ms: float


class Bench:
    """One chip on a simulated bus, in virtual time."""

    def __init__(self, wires: SpiWires, clock: VirtualClock, chip: Mfrc522Chip) -> None:
        self._wires = wires
        self._clock = clock
        self._chip = chip

    @classmethod
    @contextmanager
    def ready(cls) -> Iterator[Bench]:
        """Install the bus for the time of the block."""
        clock = VirtualClock()
        chip = Mfrc522Chip(clock)
        with install_spidev({PLACE: chip}, clock) as wires:
            yield cls(wires, clock, chip)

    def reader(self) -> Mfrc522Reader:
        """Return our driver, up and polling."""
        reader = Mfrc522Reader("bench", *PLACE, self._clock)
        reader.poll()
        return reader

    def library(self) -> Any:  # noqa: ANN401  mfrc522 has no annotations
        """Return the package's own object."""
        with in_place_of_rpi_gpio():
            from mfrc522 import MFRC522  # noqa: PLC0415  needs the installed bus
        return MFRC522(*PLACE, pin_rst=None)

    @property
    def clock(self) -> VirtualClock:
        """What all here goes by."""
        return self._clock

    def put(self, uid: bytes) -> None:
        """Lay a card on the reader and let it wake."""
        self.lay(Card(uid))

    def lay(self, card: Card) -> None:
        """Lay this card on the reader and let it wake."""
        self._chip.put(card)
        self._clock.sleep(0.05)

    def cost(self, act: Callable[[], object]) -> Cost:
        """Measure ``act``."""
        transfers, began = self._wires.transfers, self._clock.monotonic()
        act()
        spent_ms = (self._clock.monotonic() - began) * 1000
        return Cost(self._wires.transfers - transfers, spent_ms)


def idle_poll() -> Cost:
    """Measure a poll that finds no card, heartbeat included."""
    with Bench.ready() as bench:
        return bench.cost(bench.reader().poll)


def idle_poll_of_the_library() -> Cost:
    """Measure the package's own request for a card that is not there."""
    with Bench.ready() as bench, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its ~bool
        library = bench.library()
        return bench.cost(lambda: library.MFRC522_Request(library.PICC_REQIDL))


def read_7_bytes() -> Cost:
    """Measure a poll that reads a 7-byte UID, heartbeat and halt included."""
    with Bench.ready() as bench:
        reader = bench.reader()
        bench.put(UID)
        return bench.cost(reader.poll)


def air_of_7_bytes_ms() -> float:
    """Return the time that the frames and answers themselves take, no halt."""
    level = [Frame(bytes(2), UID_PART_BYTES), Frame(bytes(9), SAK_BYTES)]
    return sum(frame.air_s + frame.answer_s for frame in [WAKE_UP, *level * 2]) * 1000


def read_with_token(card: Card) -> Cost:
    """Measure what the poll in which a card comes costs with its token (ACC-8)."""
    with Bench.ready() as bench:
        watch = TapWatch(bench.reader(), bench.clock)
        watch.key_of = lambda _uid: CARD_KEY
        bench.lay(card)
        return bench.cost(lambda: watch.step(bench.clock.monotonic()))


def write_token(card: Card) -> Cost:
    """Measure the poll in which the next token is written and read back."""
    with Bench.ready() as bench:
        watch = TapWatch(bench.reader(), bench.clock)
        watch.key_of = lambda _uid: CARD_KEY
        bench.lay(card)
        (tapped,) = watch.step(bench.clock.monotonic())
        stay = tapped.stay if isinstance(tapped, Tapped) else 0
        watch.write_token(TokenOrder(card.uid, stay, 0, bytes(8), CARD_KEY))
        bench.clock.sleep(watch.due_in())
        return bench.cost(lambda: watch.step(bench.clock.monotonic()))


def token_row() -> Row:
    """Return what looking for tokens costs a door: reading them; writing is later."""
    plain = read_7_bytes()
    ntag = Type2Card(UID, pages=NTAG213_PAGES)
    classic = ClassicCard(UID, key=CARD_KEY)
    reads = [read_with_token(card) for card in (ntag, classic)]
    more = [read.ms - plain.ms for read in reads]
    later = [write_token(card) for card in (ntag, classic)]
    ours = (
        f"{more[0]:.1f} ms NTAG, {more[1]:.1f} ms MIFARE Classic "
        f"({reads[0].transfers}, {reads[1].transfers} transfers); written behind the "
        f"coil in {later[0].ms:.0f}, {later[1].ms:.0f} ms"
    )
    return (
        "the same with its token: what a door waits longer",
        ours,
        f"without: {plain.ms:.2f} ms",
        f"≤ {MOST_FOR_TOKEN_MS:.0f} ms",
        max(more) <= MOST_FOR_TOKEN_MS,
    )


def rows() -> list[Row]:
    """Return the reader's part of the benchmark table."""
    idle, library = idle_poll(), idle_poll_of_the_library()
    read, air_ms = read_7_bytes(), air_of_7_bytes_ms()
    return [
        (
            "SPI transfers, a poll that finds no card",
            f"{idle.transfers} ({idle.ms:.2f} ms)",
            f"the package's loop: {library.transfers} ({library.ms:.0f} ms)",
            f"≤ {IDLE_BOUND}",
            idle.transfers <= IDLE_BOUND,
        ),
        (
            "SPI transfers to a 7-byte UID, halt included",
            str(read.transfers),
            "the package: cannot",
            f"≤ {READ_BOUND}",
            read.transfers <= READ_BOUND,
        ),
        (
            "bus and air to a 7-byte UID, halt sent (1 MHz, 20 µs a transfer)",
            f"{read.ms:.2f} ms",
            f"air alone: {air_ms:.2f} ms",
            f"≤ {TIMES_AIR} × air = {TIMES_AIR * air_ms:.2f} ms",
            read.ms <= TIMES_AIR * air_ms,
        ),
        token_row(),
    ]


def main() -> int:
    """Print the rows; 1 if a bound is broken."""
    table = rows()
    for measure, ours, compared, bound, holds in table:
        print(f"{'ok ' if holds else 'BAD'} {measure}: {ours}; {compared}; {bound}")
    return 0 if all(holds for *_, holds in table) else 1


if __name__ == "__main__":
    sys.exit(main())
