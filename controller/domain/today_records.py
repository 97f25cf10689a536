"""What is so of outings, covers, habits, sheets, stock-takes: records of the state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outing:
    """Devices out of the bank before home time.

    Attributes:
        stage: ``taking`` (a tap gives back), ``away``, ``returning`` (a tap hands in)
            or ``over``.
        stage_us: since when.
        out, back: who took the device out; who of them handed it in again.
        date: local date; empty until a guessed clock is believed.
    """

    outing: str
    klass: str
    why: str
    pupils: tuple[str, ...]
    by: str
    date: str
    at_us: int
    stage: str = "taking"
    stage_us: int = 0
    out: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    record: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose device went out and has not come back."""
        return tuple(pupil for pupil in self.out if pupil not in self.back)


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover teacher's classes, and until when, UTC microseconds since 1970."""

    staff: str
    classes: tuple[str, ...]
    until_us: int
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a pupil hands in, on days on which the class did.

    Attributes:
        known: days that are known, :data:`controller.domain.habits.DAYS` at most.
        handed: one bit a day, the newest lowest.
    """

    pupil: str
    known: int
    handed: int


@dataclass(frozen=True, slots=True)
class SheetSent:
    """When the sheet last left the Pi one way.

    Attributes:
        at_us: when; 0: never.
        inside, held: what stood on it.
        stuck_us, why: since when it does not, and a code why; 0 while it does.
    """

    way: str
    at_us: int = 0
    inside: int = 0
    held: int = 0
    stuck_us: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class StockTake:
    """The last stock-take. ``state``: ``running``, ``taken`` or ``stopped``."""

    stock: str
    doors: tuple[int, ...]
    by: str
    at_us: int
    state: str = "running"
    agreed: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    taken_us: int = 0
