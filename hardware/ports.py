"""What may be asked of the outside world, and no more.

Everything below the controller's decisions is one of these protocols. ``hardware.pi``
implements them over real chips; the twin simulates the chips, not these protocols, so
that the code in ``hardware.pi`` is what runs in tests, in the demo and on a wall.

Rules that hold for every implementation:

* Time is injected. Nothing here reads a clock of its own or sleeps by itself.
* A ``step(now)`` never blocks for longer than one bus exchange; threads only call it.
* ``now`` is seconds on the monotonic clock of :class:`Clock`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol


class Clock(Protocol):
    """The monotonic clock: intervals, deadlines, debounce. Never the record's time."""

    def monotonic(self) -> float:
        """Return seconds since an arbitrary start; never goes back."""

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass; in virtual time this moves the clock."""


class ClockState(Enum):
    """How far the wall clock can be believed (docs/decisions/0011)."""

    SYNCED = "synced"
    RTC = "rtc"
    GUESSED = "guessed"


class WallClock(Protocol):
    """The clock that people and the journal read."""

    def now_us(self) -> int:
        """Return UTC in microseconds since 1970."""

    def state(self) -> ClockState:
        """Return how far :meth:`now_us` can be believed at this moment."""


# ---------------------------------------------------------------------- readers


@dataclass(frozen=True, slots=True)
class CardSeen:
    """One ISO/IEC 14443-3 Type A card in the field.

    Attributes:
        uid: 4, 7 or 10 bytes, cascade tag and check byte already removed.
        atqa: answer to request, 16 bits.
        sak: select acknowledge, 8 bits, from the last cascade level.
    """

    uid: bytes
    atqa: int
    sak: int

    @property
    def is_random(self) -> bool:
        """Whether the UID is made anew each time: 4 bytes that begin with 08."""
        return len(self.uid) == 4 and self.uid[0] == 0x08  # noqa: PLR2004  ISO 14443-3


@dataclass(frozen=True, slots=True)
class FieldEmpty:
    """No card answered."""


@dataclass(frozen=True, slots=True)
class FieldCrowded:
    """Two cards or more answered at once; which ones is not known."""


Presence = CardSeen | FieldEmpty | FieldCrowded


class MemoryKind(Enum):
    """What kind of memory a card has for us."""

    CLASSIC = "classic"  # MIFARE Classic: behind keys
    TYPE2 = "type2"  # MIFARE Ultralight, NTAG: open
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CardMemory:
    """What was read from the two slots that we keep on a card.

    Attributes:
        kind: of memory.
        slots: eight bytes each, whatever they hold; empty if they could not be read.
        why: why not: ``keys`` (the sector is not open to us), ``refused``, ``silent``
            (the card does not answer when its memory is asked for); empty if they were,
            or if it has no memory.
    """

    kind: MemoryKind
    slots: tuple[bytes, ...] = field(default=(), repr=False)
    why: str = ""


class Wrote(Enum):
    """What came of writing to a card; a card that has gone tells nothing."""

    WRITTEN = "written"
    KEYS = "keys"
    REFUSED = "refused"
    NO_MEMORY = "no-memory"


@dataclass(frozen=True, slots=True)
class TokenOrder:
    """Write ``token`` into ``slot`` of the card that lies there since ``stay``.

    Attributes:
        uid: of the card.
        stay: as :class:`Tapped` told it; on any later stay nothing is written.
        slot: 0 or 1.
        token: eight bytes.
        key: key A of our sector, where the card has keys.
        is_first: the card may still have the keys that it left the factory with.
    """

    uid: bytes = field(repr=False)
    stay: int
    slot: int
    token: bytes = field(repr=False)
    key: bytes = field(repr=False)
    is_first: bool = False


KeyOf = Callable[[bytes], bytes | None]
"""UID -> key A of our sector on that card; None if its memory is none of our business.
Called in a reader's thread."""


class TokenWriter(Protocol):
    """A reader that keeps tokens on cards (ACC-8)."""

    key_of: KeyOf | None
    """Which cards' memory is read as they come; None: no card's."""

    def write_token(self, order: TokenOrder) -> None:
        """Write to the card that lies there; from any thread, the newest order counts.

        :class:`TokenWritten` tells the end, unless the card leaves before.
        """


Visit = Callable[[CardSeen], Generator[Any, bytes, None]]
"""What to say to a card while it is selected (:data:`hardware.iso14443.Step`); called
anew at every try of a poll."""


class Reader(Protocol):
    """One RFID reader (ISO 14443: PCD)."""

    name: str

    def poll(self, visit: Visit | None = None) -> Presence:
        """Look once into the field, waking halted cards (WUPA), leaving them halted.

        Args:
            visit: what is said to a card before it is halted; while it cannot be said
                to its end, the card counts as unclear.

        Raises:
            ReaderDead: the chip does not answer or has lost its configuration. The
                next call tries to bring it back, and raises until that has worked.
        """


@dataclass(frozen=True, slots=True)
class Tapped:
    """A card came into the field; said once however long it stays.

    Attributes:
        reader: the reader's name.
        card: which.
        memory: what it holds for us; None if it was not asked.
        stay: number of this stay at this reader.
    """

    reader: str
    card: CardSeen
    memory: CardMemory | None = None
    stay: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CardGone:
    """The field is empty again after a card, two cards or a random UID."""

    reader: str


@dataclass(frozen=True, slots=True)
class TwoCards:
    """Two cards or more lie in the field; said once while they lie there."""

    reader: str


@dataclass(frozen=True, slots=True)
class RandomUid:
    """A phone or a privacy card with a random UID; said once while it lies there."""

    reader: str


@dataclass(frozen=True, slots=True)
class ReaderFailed:
    """The reader stopped answering or was reset. ``cause`` is a short stable code."""

    reader: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReaderBack:
    """The reader works again after :class:`ReaderFailed`."""

    reader: str


@dataclass(frozen=True, slots=True)
class TokenWritten:
    """A :class:`TokenOrder` has ended; ``wrote`` says how."""

    reader: str
    stay: int
    wrote: Wrote


TapEvent = (
    Tapped | CardGone | TwoCards | RandomUid | ReaderFailed | ReaderBack | TokenWritten
)


# ------------------------------------------------------------- strikes and coils


class Coil(Protocol):
    """The coil of one strike."""

    def on(self) -> None:
        """Power the coil. Only the pulse queue calls this."""

    def off(self) -> None:
        """Cut the coil; harmless when it is off."""

    @property
    def is_on(self) -> bool:
        """Whether the output is driven now."""


@dataclass(frozen=True, slots=True)
class LockLimits:
    """What one lock bears, from its data sheet.

    Attributes:
        current_a: what its coil draws, amperes.
        release_time_s: how long an ordinary release powers it; at most ``max_on_s``.
        max_on_s: longest time the coil may be powered at a stretch.
        min_off_s: shortest rest between two pulses of the same coil.
    """

    current_a: float
    release_time_s: float
    max_on_s: float
    min_off_s: float


class Patience(Enum):
    """Whether somebody stands at the door: when an order's turn comes, and until when.

    Attributes:
        SHORT: somebody stands there. The order goes before every lasting one, and is
            given up after a while: a door must not open for a person who has gone.
        LASTING: nobody stands there yet. The order comes after every short one, and
            waits until its coil is powered or it is taken back.
    """

    SHORT = "short"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class PulseStarted:
    """The coil of ``compartment`` is powered for ``order``."""

    order: str
    compartment: int
    at: float


@dataclass(frozen=True, slots=True)
class PulseEnded:
    """The coil was cut. ``why`` is ``opened``, ``time``, ``stopped`` or ``overrun``."""

    order: str
    compartment: int
    at: float
    on_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class PulseDropped:
    """An order was given up before its coil was powered (stopped, or too old)."""

    order: str
    compartment: int
    at: float
    why: str


PulseEvent = PulseStarted | PulseEnded | PulseDropped


# ----------------------------------------------------------------- door contacts


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """A debounced change of a door contact. A cut wire reads as open."""

    compartment: int
    is_open: bool
    at: float


@dataclass(frozen=True, slots=True)
class ContactChattering:
    """A contact changed too often to be a door: a loose wire, a dying switch."""

    compartment: int
    changes: int
    at: float


@dataclass(frozen=True, slots=True)
class ContactSettled:
    """A chattering contact has been quiet for long enough to be believed again."""

    compartment: int
    is_open: bool
    at: float


ContactEvent = ContactChanged | ContactChattering | ContactSettled


# -------------------------------------------------------------- lights and sound


class Signal(Enum):
    """What a reader's light and buzzer say. Never a scolding one (DAY-3).

    ``LEAVE`` is the kiosk's "Leave it. Go." in an evacuation (DAY-15).
    """

    READY = "ready"
    HEARD = "heard"
    FAULT = "fault"
    LEAVE = "leave"


class Signals(Protocol):
    """Lights and buzzer beside the readers."""

    def show(self, reader: str, signal: Signal) -> None:
        """Begin ``signal``; :meth:`step` carries it on and ends it."""

    def step(self, now: float) -> None:
        """Advance blinking and sounding to ``now``."""
