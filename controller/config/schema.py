"""The settings of one bank: each with its kind, its default and what it means.

These classes are the one place where a setting is declared. The check reads them, the
program is handed them filled in, and docs/reference/settings.md is written from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, dataclass_transform

from controller.config import kinds
from controller.config.kinds import Kind
from hardware.ports import LockLimits

_T = TypeVar("_T")


def setting(kind: Kind, says: str, *, default: Any = MISSING, key: str = "") -> Any:  # noqa: ANN401  as dataclasses.field
    """Declare one setting; without ``default`` it must be written.

    Args:
        kind: what its value may be.
        says: what it means, one or two sentences, for docs/reference/settings.md.
        default: the value where none is written.
        key: its name in the file, where Python cannot have that name.
    """
    return field(default=default, metadata={"kind": kind, "says": says, "key": key})


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(setting,)
)
def table(cls: type[_T]) -> type[_T]:
    """Make a class of settings: frozen, by keyword only."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting, as the check and the documentation see it."""

    attribute: str
    key: str
    kind: Kind
    says: str
    default: Any

    @property
    def is_required(self) -> bool:
        """Whether it must be written."""
        return self.default is MISSING


def settings_of(cls: type) -> tuple[Setting, ...]:
    """Return the settings of one table in the order of their declaration."""
    return tuple(
        Setting(
            attribute=each.name,
            key=each.metadata["key"] or each.name,
            kind=each.metadata["kind"],
            says=each.metadata["says"],
            default=each.default,
        )
        for each in fields(cls)
    )


@table
class Bank:
    """The cabinet that one Pi drives."""

    name: str = setting(
        kinds.slug(),
        "The bank's name, also its node in the journal: never change it later.",
    )
    class_slug: str = setting(
        kinds.slug(),
        "The class whose day the board shows. Left out: the bank has no class.",
        key="class",
        default="",
    )
    columns: int = setting(
        kinds.whole(1, 20),
        "Doors in a row, as they stand on the wall.",
        default=6,
    )
    data: Path = setting(
        kinds.path(),
        "Folder of the journal, of the names and of their keys.",
        default=Path("/var/lib/hometime"),
    )
    socket: Path = setting(
        kinds.path(),
        "Where the controller listens for the site.",
        default=Path("/run/hometime/controller.sock"),
    )
    timezone: str = setting(
        kinds.timezone(),
        "The school's clock; summer time comes with it.",
        default="Europe/London",
    )
    assignment: Literal["fixed", "first-free"] = setting(
        kinds.choice("fixed", "first-free"),
        "Whether a pupil has one compartment for good, or the first free one each day.",
        default="fixed",
    )
    kiosk_side: Literal["left", "right"] = setting(
        kinds.choice("left", "right"),
        "Where the kiosk's screen stands, seen from in front of the doors.",
        default="right",
    )


@table
class Web:
    """Where the site listens. Encryption is the front server's work, on the same Pi."""

    host: str = setting(kinds.host(), "The address it listens on.", default="127.0.0.1")
    port: int = setting(kinds.whole(1, 65535), "The port it listens on.", default=8080)
    trusted_hosts: tuple[str, ...] = setting(
        kinds.list_of(kinds.host()),
        "The names by which browsers may ask for the site; any other gets 400.",
        default=("localhost", "127.0.0.1"),
    )


@table
class Supply:
    """What feeds the locks, and how many of them at once (HW-2)."""

    volts: float = setting(
        kinds.number(3, 48, "V"), "The supply's voltage, from its label."
    )
    amps: float = setting(
        kinds.number(0.1, 100, "A"), "The supply's current, from its label."
    )
    headroom: float = setting(
        kinds.number(0.1, 1),
        "Share of the current that the locks may draw together.",
        default=0.8,
    )
    gap_s: float = setting(
        kinds.number(0, 2, "s"),
        "Between the starts of two pulses, so that one's inrush is over.",
        default=0.15,
    )
    max_coils: int = setting(
        kinds.whole(1, 30),
        "Coils powered at once, at most; the current above binds as well.",
        default=1,
    )
    max_wait_s: float = setting(
        kinds.number(1, 120, "s"),
        "An order of a tap still waiting after this is given up: nobody stands there "
        "any more. Orders of a wave wait as long as it runs.",
        default=10.0,
    )


@table
class Lock:
    """What a lock bears, from its data sheet.

    ``[lock]`` holds for every compartment that names no other; a second kind of lock is
    a table ``[locks.NAME]``, taken by ``lock = "NAME"`` in a compartment.
    """

    current_a: float = setting(kinds.number(0.01, 20, "A"), "What its coil draws.")
    release_time_s: float = setting(
        kinds.number(0.05, 10, "s"),
        "How long an ordinary release powers the coil, unless the door opens first.",
    )
    max_on_s: float = setting(
        kinds.number(0.05, 10, "s"),
        "The longest time that the coil bears power at a stretch.",
    )
    min_off_s: float = setting(
        kinds.number(0, 600, "s"), "The shortest rest between two pulses of one coil."
    )

    @property
    def limits(self) -> LockLimits:
        """The same figures as the hardware takes them."""
        return LockLimits(
            current_a=self.current_a,
            release_time_s=self.release_time_s,
            max_on_s=self.max_on_s,
            min_off_s=self.min_off_s,
        )


@table
class Contacts:
    """The doors' contacts (HW-3)."""

    debounce_ms: int = setting(
        kinds.whole(1, 500, "ms"),
        "How long a contact must keep still to be believed; 30 to 50 ms suit a reed.",
        default=40,
    )
    alarm: str = setting(
        kinds.line(),
        "The school's alarm contact: a loop that is closed while all is well. When it "
        "opens the bank is evacuated. Left out: none.",
        default="",
    )


@table
class Paper:
    """Where the paper sheet goes by itself, so that it exists when the Pi is dead."""

    folder: Path | None = setting(
        kinds.path(),
        "A folder that is copied elsewhere, such as a share of the school's. The sheet "
        "is written there within a minute of each change. Left out: none.",
        default=None,
    )
    printer: str = setting(
        kinds.printer(),
        'The name of a CUPS queue, or "default" for the machine\'s own: the sheet is '
        "printed when drop-off closes, and later at most every half hour. Left out: "
        "none.",
        default="",
    )
    mail_to: tuple[str, ...] = setting(
        kinds.list_of(kinds.mail_address()),
        "Addresses that get it by e-mail, when it is printed or would be.",
        default=(),
    )


@table
class Mail:
    """The school's mail server, by which those who must know are told (CUS-6, REC-2).

    A mail of a concern, a search or a breach holds no name and no word of it: it says
    that there is one to read.
    """

    host: str = setting(
        kinds.host(), "Its name or address. Left out: no mail is sent.", default=""
    )
    port: int = setting(
        kinds.whole(1, 65535),
        "Its port: 587 with STARTTLS, 465 with TLS, 25 inside a school.",
        default=587,
    )
    security: Literal["starttls", "tls", "none"] = setting(
        kinds.choice("starttls", "tls", "none"),
        "How the way to it is encrypted. Without encryption no password is sent.",
        default="starttls",
    )
    ca_file: Path | None = setting(
        kinds.path(),
        "The certificate of the school's own authority, where its server has one of "
        "that. Left out: those that the system trusts.",
        default=None,
    )
    user: str = setting(
        kinds.words(128), "Whom to sign in as. Left out: nobody.", default=""
    )
    password_file: Path | None = setting(
        kinds.path(),
        "The file whose first line is the password; only its owner may read it.",
        default=None,
    )
    sender: str = setting(
        kinds.mail_address(), "The address in From.", key="from", default=""
    )
    to_dsl: tuple[str, ...] = setting(
        kinds.list_of(kinds.mail_address()),
        "Who is told of a search, of a breach that is for the safeguarding lead, and "
        "of a concern about a pupil; the head is told of that as well.",
        default=(),
    )
    to_head: tuple[str, ...] = setting(
        kinds.list_of(kinds.mail_address()),
        "Who is told of a concern about a pupil or a member of staff, and of a breach "
        "that is for the head.",
        default=(),
    )
    to_chair: tuple[str, ...] = setting(
        kinds.list_of(kinds.mail_address()),
        "The chair of governors, who is told of a concern about the head, and of a "
        "breach that is for the chair.",
        default=(),
    )


@table
class Reader:
    """One card reader, an MFRC522 on SPI."""

    name: str = setting(
        kinds.slug(), "What pages and the journal call it, such as `front`."
    )
    bus: int = setting(kinds.whole(0, 1), "Its SPI bus: B in `/dev/spidevB.D`.")
    device: int = setting(
        kinds.whole(0, 2), "Its chip select there: D in `/dev/spidevB.D`."
    )
    reset: str = setting(
        kinds.line(),
        "The line to its RST pin. Left out: RST is wired to 3.3 V.",
        default="",
    )
    light: str = setting(
        kinds.line(),
        "The line of its light: steady while it reads, a short blink in trouble, as "
        "long on as off in an evacuation. Left out: none.",
        default="",
    )
    buzzer: str = setting(
        kinds.line(), "The line of its buzzer. Left out: none.", default=""
    )
    poll_hz: int = setting(
        kinds.whole(1, 50), "How often a second it looks for a card.", default=20
    )


@table
class Compartment:
    """One numbered space behind one door."""

    n: int = setting(kinds.whole(1, 200), "The number on the door, from 1.")
    coil: str = setting(kinds.line(), "The line that powers its lock's coil.")
    contact: str = setting(
        kinds.line(), "The line of its door contact: closed loop, closed door."
    )
    lock: str = setting(
        kinds.slug(),
        "Which of the `[locks.NAME]` it has. Left out: `[lock]`.",
        default="",
    )
    purpose: Literal["pupil", "holding", "staff"] = setting(
        kinds.choice("pupil", "holding", "staff"),
        "Whose devices it takes: pupils', held ones, or staff's own.",
        default="pupil",
    )
    at_desk: bool = setting(
        kinds.flag(),
        "Whether it stands in sight of the office's desk: only such a holding door "
        "opens from the page.",
        default=False,
    )
    active_low: bool = setting(
        kinds.flag(),
        "Whether the coil is powered while the line is low. Such a coil is powered for "
        "an instant at every start; a driver that is active high is not.",
        default=False,
    )


@table
class Twin:
    """The simulated world, only where this table stands; a real bank has none."""

    room: Path = setting(kinds.path(), "The socket of `hometime room`.")
    state: Path = setting(kinds.path(), "Where the room keeps its state.")
    simulated: bool = setting(
        kinds.flag(),
        "Must be true: says that no real door is meant, and allows lines such as "
        '`"room:locks:12"`.',
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One checked configuration.

    Attributes:
        path: the file it was read from.
        locks: the further kinds of lock, by name.
        compartments: in the order of their numbers.
        twin: the simulated world, or None on a real bank.
    """

    path: Path
    bank: Bank
    web: Web
    supply: Supply
    lock: Lock
    locks: Mapping[str, Lock]
    contacts: Contacts
    paper: Paper
    mail: Mail
    readers: tuple[Reader, ...]
    compartments: tuple[Compartment, ...]
    twin: Twin | None

    @property
    def is_simulated(self) -> bool:
        """Whether the doors are the twin's."""
        return self.twin is not None

    @property
    def budget_a(self) -> float:
        """What the locks may draw together, amperes."""
        return self.supply.amps * self.supply.headroom

    @property
    def limits(self) -> dict[int, LockLimits]:
        """What each compartment's lock bears, by the compartment's number."""
        return {
            each.n: (self.locks[each.lock] if each.lock else self.lock).limits
            for each in self.compartments
        }
