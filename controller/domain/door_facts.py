"""Facts about bolts and doors: what was ordered, what coils did, what contacts told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReleaseOrdered:
    """A durable order to open one compartment; no coil is powered without one (HW-2).

    Attributes:
        order: id of the order.
        compartment: number of the compartment.
        purpose: ``in`` (hand in), ``out`` (collect), ``check`` (staff; CUS-9); for a
            held device ``fetch``, ``store`` or ``hand-over``; for an own device
            ``own-in`` or ``own-out``.
        cause: ``tap``, ``vouch``, ``wave``, ``staff`` or ``stock``, as :data:`CAUSES`
            has them.
        pupil: whose device it is about, or empty.
        by: the member of staff, or the visitor, behind it; empty for a pupil's own tap.
        release: id of the class release that allowed it, or empty.
        wave: number of the wave, from 0; -1 without one.
        reason: a code of :data:`CHECK_REASONS` where ``purpose`` is ``check``.
        hold: the held device it is about, where ``purpose`` is ``fetch``, ``store`` or
            ``hand-over``.
    """

    order: str
    compartment: int
    purpose: str
    cause: str
    pupil: str = ""
    by: str = ""
    release: str = ""
    wave: int = -1
    reason: str = ""
    hold: str = ""


CAUSES = ("tap", "vouch", "wave", "staff", "stock")
"""What stands behind an order: the pupil's own tap, an adult's word for one pupil, a
teacher's release of many, staff who want to look, a stock-take of all empty doors."""

CHECK_REASONS = ("check", "repair", "clean", "stuck", "lost-property")
"""Why staff may open a door without touching custody: codes, as bodies hold no text."""


@dataclass(frozen=True, slots=True)
class BoltPulsed:
    """The coil was powered for ``on_ms``.

    ``cut_by``: ``opened``, ``time``, ``stopped`` or ``overrun``.
    """

    order: str
    compartment: int
    on_ms: int
    cut_by: str


GIVEN_UP_WHY: Final = ("too-old", "stopped", "evacuated", "failed", "forced", "open")


@dataclass(frozen=True, slots=True)
class ReleaseGivenUp:
    """The order ended without an opening of its own.

    ``why``, of :data:`GIVEN_UP_WHY`: before its coil was powered ``too-old`` (its
    person has gone), ``stopped`` (a wave's order: its release was, or its pupil was
    marked meanwhile), ``evacuated`` or ``failed`` (the coil could not be driven);
    ``forced`` where the door gave way first, ``open`` where it stood open already.
    """

    order: str
    compartment: int
    why: str


@dataclass(frozen=True, slots=True)
class NeverOpened:
    """The bolt was back for its whole time and nobody opened the door."""

    order: str
    compartment: int


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """The controller stopped between order and outcome; never fired again (REL-3)."""

    order: str
    compartment: int


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """The contact told of an opening that ``order`` explains."""

    compartment: int
    order: str


@dataclass(frozen=True, slots=True)
class DoorForced:
    """The contact told of an opening that no order explains.

    Attributes:
        compartment: number of the compartment.
        early: an order was waiting, but its coil had not been powered yet: the door was
            pulled before the bolt was back and gave way all the same.
    """

    compartment: int
    early: bool = False


@dataclass(frozen=True, slots=True)
class DoorShut:
    """The contact told of a closing, ``open_ms`` after the opening (0: not known)."""

    compartment: int
    open_ms: int = 0


@dataclass(frozen=True, slots=True)
class DoorLeftOpen:
    """The door has stood open for ``open_s`` seconds; said once an opening."""

    compartment: int
    open_s: int


@dataclass(frozen=True, slots=True)
class DoorFound:
    """At start the contact told otherwise than the record: it moved unwatched."""

    compartment: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class OpenedByKey:
    """Staff explained an opening: it was the mechanical key (HW-10)."""

    compartment: int
    by: str


@dataclass(frozen=True, slots=True)
class FaultLatched:
    """A part failed; the fault stays until cleared.

    Attributes:
        part: ``door:7``, ``reader:front`` and the like.
        code: a key of :data:`controller.domain.faults.FAULTS`.
    """

    part: str
    code: str


@dataclass(frozen=True, slots=True)
class FaultCleared:
    """A fault ended: by a technician (``by``), or by itself (empty)."""

    part: str
    code: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class TakenOutOfUse:
    """A compartment is given to nobody until it is put back."""

    compartment: int
    by: str


@dataclass(frozen=True, slots=True)
class PutBackInUse:
    """A compartment is in use again."""

    compartment: int
    by: str


DoorFact = (
    ReleaseOrdered
    | BoltPulsed
    | ReleaseGivenUp
    | NeverOpened
    | OutcomeUnknown
    | DoorOpened
    | DoorForced
    | DoorShut
    | DoorLeftOpen
    | DoorFound
    | OpenedByKey
    | FaultLatched
    | FaultCleared
    | TakenOutOfUse
    | PutBackInUse
)
