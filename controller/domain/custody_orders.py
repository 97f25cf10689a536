"""What people may order about held devices: one dataclass each (CUS).

Deciding is in :mod:`controller.domain.decide_custody`; who may is in
:data:`controller.domain.bases.VERDICTS`, for each device by its basis.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoldDevice:
    """Confiscate a pupil's device, or take a found one into custody.

    The pupil's device behind its door is held where it is; one that was taken elsewhere
    (``taken``) is in the hand of who took it, until it is put away.

    Attributes:
        pupil: the owner, or empty for ``found``.
        basis: ``confiscated``, ``safeguarding``, ``police`` or ``found``.
        taken: it was taken elsewhere, not out of the morning's hand-in.
        place: for ``taken``: ``carried`` or ``safe``.
        kind: for ``taken``: what it is.
        step, days: of the ladder; empty: as it proposes.
    """

    pupil: str
    basis: str = "confiscated"
    taken: bool = False
    place: str = "carried"
    kind: str = "phone"
    clause: str = ""
    where: str = ""
    step: str = ""
    days: int = 0
    individual: bool = False
    seal: str = ""
    condition: str = ""
    note: str = ""
    digest: str = ""
    paper: bool = False


@dataclass(frozen=True, slots=True)
class MoveHold:
    """Put a held device somewhere else: behind a door, in the safe, in one's hand.

    Attributes:
        hold: which.
        place: ``safe``, ``carried``, or ``door``: the first free holding door.
        seal: seal or bag number.
        at_bank: whether card and PIN were given at the bank; the site cannot say so.
    """

    hold: str
    place: str
    seal: str = ""
    at_bank: bool = False


@dataclass(frozen=True, slots=True)
class Reclassify:
    """Give a held device another basis (CUS-12)."""

    hold: str
    basis: str
    note: str = ""
    digest: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True)
class NameOwner:
    """Say whose a found device is."""

    hold: str
    pupil: str


@dataclass(frozen=True, slots=True)
class PrepareHandOver:
    """Say who is to be given which held devices (CUS-4, CUS-7).

    Where one person may do it, it goes on at once: doors in sight of the desk open.
    Where two must, it waits for both at the bank (CUS-8); for somebody who is not on
    the list it waits for leadership's word (:class:`AllowHandOver`).
    """

    holds: tuple[str, ...]
    to: str
    contact: str = ""
    identity: str = ""
    override: bool = False
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class BeginHandOver:
    """Go on with a hand-over; ``witness`` is given by the bank, never by the site."""

    handover: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class AllowHandOver:
    """Leadership's word that somebody who is not on the list may have the devices."""

    handover: str


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """Open the doors of a hand-over that was begun and got no further."""

    handover: str


@dataclass(frozen=True, slots=True)
class FinishHandOver:
    """Say that the devices are in the right hands, and how that was signed for."""

    handover: str
    signed: str
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class UndoHandOver:
    """Say that nothing was handed over, and why."""

    handover: str
    why: str
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class TellParent:
    """Say that home has been told of a hold, and how (CUS-10)."""

    hold: str
    how: str


@dataclass(frozen=True, slots=True)
class NoteTravel:
    """Say how the child gets home, and whether home knows (CUS-13)."""

    hold: str
    travels: str
    home_knows: bool


@dataclass(frozen=True, slots=True)
class AskFetch:
    """Ask for a held device to be brought to the desk; ``drop``: it need not be."""

    hold: str
    drop: bool = False


@dataclass(frozen=True, slots=True)
class SetContact:
    """Put an adult on a pupil's list, or change the mark; people.db knows who it is."""

    contact: str
    pupil: str
    never: bool = False


@dataclass(frozen=True, slots=True)
class RemoveContact:
    """Take an adult off a pupil's list."""

    contact: str
    pupil: str


@dataclass(frozen=True, slots=True)
class ImportContacts:
    """Put adults on lists, and take them off, from one file: all of it or nothing.

    A mark *never release* is not lifted: it stays where ``listed`` has none, and who is
    marked is not taken off.
    """

    listed: tuple[SetContact, ...]
    removed: tuple[RemoveContact, ...] = ()


@dataclass(frozen=True, slots=True)
class Authorise:
    """Let a member of staff confiscate, or not any more (``withdraw``)."""

    staff: str
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class SetClause:
    """Write, change or ``remove`` a clause of the school's policy."""

    clause: str
    name: str = ""
    longer: bool = False
    remove: bool = False


@dataclass(frozen=True, slots=True)
class RaiseConcern:
    """Say that something is wrong with or around a device (CUS-6).

    Attributes:
        about: ``pupil``, ``staff`` or ``head``.
        person: the pupil, or the member of staff; empty where ``compartment`` says it.
        compartment: a door, for whoever sees no names.
        taken: the device is in the hand of who raises it.
    """

    about: str
    person: str = ""
    compartment: int = 0
    taken: bool = False
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class SeeConcern:
    """Say that a concern has been read."""

    concern: str


@dataclass(frozen=True, slots=True)
class TellAgency:
    """Say that somebody outside was told of a concern, on a date."""

    concern: str
    agency: str
    date: str


@dataclass(frozen=True, slots=True)
class CloseConcern:
    """Close a concern that has been dealt with; the device's hold goes on."""

    concern: str
    note: str = ""
    digest: str = ""


CustodyOrder = (
    HoldDevice
    | MoveHold
    | Reclassify
    | NameOwner
    | PrepareHandOver
    | BeginHandOver
    | AllowHandOver
    | OpenAgain
    | FinishHandOver
    | UndoHandOver
    | TellParent
    | NoteTravel
    | AskFetch
    | SetContact
    | RemoveContact
    | ImportContacts
    | Authorise
    | SetClause
    | RaiseConcern
    | SeeConcern
    | TellAgency
    | CloseConcern
)
