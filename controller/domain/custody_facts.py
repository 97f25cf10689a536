"""Facts about devices that are held: why, where, by whom, and how that ended.

Words (a reason, a name, a signature) are one text in people.db for each fact, named by
``note`` with its salted ``digest``; codes and numbers stand here (DAT-2).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceHeld:
    """A device is held from now on.

    Attributes:
        hold: id of the hold.
        basis: ``confiscated``, ``safeguarding``, ``police`` or ``found``.
        person: the owner, or empty where nobody knows (``found``).
        kinds: what it is.
        place: where it is: ``door:7``, ``safe`` or ``carried:`` and a member of staff.
        by: who holds it from the pupil.
        deposit: it lay behind the pupil's own door and is held where it is.
        clause: of the school's policy (REC-1), or empty.
        where: a code of :data:`WHERE`: where it was taken.
        occurrence: this pupil's confiscations this term, this one counted.
        step: of the ladder: ``same-day``, ``parent`` or ``days-3`` (CUS-5).
        until: local date at whose home time it may go back, or empty.
        review_by: local date by which somebody looks again, or empty.
        individual: individual circumstances were considered.
        seal: seal or bag number, or empty. condition: a code of :data:`CONDITIONS`.
        note, digest: the words.
        concern: id of the concern it comes from, or empty.
        paper: typed in from paper, later.
    """

    hold: str
    basis: str
    person: str
    kinds: tuple[str, ...]
    place: str
    by: str
    deposit: bool = False
    clause: str = ""
    where: str = ""
    occurrence: int = 0
    step: str = ""
    until: str = ""
    review_by: str = ""
    individual: bool = False
    seal: str = ""
    condition: str = ""
    note: str = ""
    digest: str = ""
    concern: str = ""
    paper: bool = False


WHERE = ("class", "corridor", "yard", "toilets", "hall", "gate", "trip", "other")
"""Where a device was taken."""

CONDITIONS = ("good", "worn", "cracked", "damaged", "not-seen")
"""What a held device looked like from outside; nobody switches it on (CUS-7)."""


@dataclass(frozen=True, slots=True)
class HoldMoved:
    """A held device is at another place (CUS-3): from, to, who, seal or bag number."""

    hold: str
    origin: str
    place: str
    by: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class HoldReclassified:
    """A held device has another basis from now on (CUS-12)."""

    hold: str
    basis: str
    by: str
    witness: str = ""
    note: str = ""
    digest: str = ""
    concern: str = ""


@dataclass(frozen=True, slots=True)
class OwnerNamed:
    """Somebody knows whose the found device is."""

    hold: str
    person: str
    by: str


@dataclass(frozen=True, slots=True)
class HandOverPrepared:
    """Somebody is to be given held devices; nothing has been given yet.

    Attributes:
        handover: id.
        holds: which.
        to: ``adult``, ``unlisted``, ``officer`` or ``owner``.
        contact: the adult of the pupil's list, for ``adult``.
        identity: a code of :data:`IDENTITY`.
        by: who prepared it.
        override: before the planned end, by the head's word.
        note, digest: the words: names, the reason of an override, an officer's number.
    """

    handover: str
    holds: tuple[str, ...]
    to: str
    by: str
    contact: str = ""
    identity: str = ""
    override: bool = False
    note: str = ""
    digest: str = ""


IDENTITY = ("known", "passport", "licence", "password", "warrant-card", "other")
"""How identity was checked; ``known`` to staff, ``password`` of the family."""


@dataclass(frozen=True, slots=True)
class HandOverBegun:
    """The hand-over goes on: doors are ordered; with a witness where two are needed."""

    handover: str
    by: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class HandOverDoorOpened:
    """The door of a device that is to be handed over was seen open."""

    handover: str
    compartment: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The devices are in the hands of whom they were for; their holds are over.

    ``signed``: ``screen``, ``paper`` or ``not``; ``note``: signature and remarks.
    """

    handover: str
    by: str
    signed: str
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class HandOverUndone:
    """A hand-over was not gone through with; the devices are held as before."""

    handover: str
    by: str
    why: str
    note: str = ""
    digest: str = ""


UNDONE_WHY = ("nobody-came", "wrong-person", "door-stuck", "mistake", "other")
"""Why a hand-over was undone."""


@dataclass(frozen=True, slots=True)
class ParentTold:
    """Home was told of a hold (CUS-10): ``how`` is a code of :data:`TOLD_HOW`."""

    hold: str
    how: str
    by: str


TOLD_HOW = ("phone", "in-person", "message", "letter", "not-yet-safe")
"""How home was told; ``not-yet-safe``: the safeguarding lead decided to wait."""


@dataclass(frozen=True, slots=True)
class TravelNoted:
    """How a child whose device is held gets home, and whether home knows (CUS-13)."""

    hold: str
    travels: str
    home_knows: bool
    by: str


TRAVELS = ("collected", "bus", "walks", "cycles", "club", "other")
"""How a child gets home."""


@dataclass(frozen=True, slots=True)
class FetchAsked:
    """The office needs a held device that is elsewhere (CUS-4)."""

    hold: str
    by: str


@dataclass(frozen=True, slots=True)
class FetchDropped:
    """It need not be fetched any more."""

    hold: str
    by: str


@dataclass(frozen=True, slots=True)
class ContactSet:
    """An adult is on a pupil's list; who that is stands in people.db.

    The same adult may be on the lists of several pupils, so that siblings' devices go
    together. ``never``: never release this pupil's to this adult.
    """

    contact: str
    pupil: str
    never: bool
    by: str


@dataclass(frozen=True, slots=True)
class ContactRemoved:
    """An adult is on a pupil's list no more."""

    contact: str
    pupil: str
    by: str


@dataclass(frozen=True, slots=True)
class ContactsImported:
    """A file of adults was applied; what it changed stands beside it.

    ``added``, ``changed`` and ``removed`` count adults of lists, one for each pupil.
    """

    added: int
    changed: int
    removed: int
    by: str


@dataclass(frozen=True, slots=True)
class AuthorityGiven:
    """The head authorised a member of staff to confiscate (REC-1)."""

    staff: str
    by: str


@dataclass(frozen=True, slots=True)
class AuthorityWithdrawn:
    """A member of staff may not confiscate any more."""

    staff: str
    by: str


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """A clause of the school's policy that confiscations refer to.

    ``longer``: it allows holding for longer than the day (CUS-5).
    """

    clause: str
    name: str
    longer: bool
    by: str


@dataclass(frozen=True, slots=True)
class ClauseRemoved:
    """A clause is in the policy no more; what referred to it still does."""

    clause: str
    by: str


@dataclass(frozen=True, slots=True)
class ConcernRaised:
    """A member of staff is worried about what may be on or behind a device (CUS-6).

    Attributes:
        concern: id.
        about: ``pupil``, ``staff`` or ``head``: who is told depends on it.
        person: the pupil, or the member of staff, or empty.
        by: who raised it.
        note, digest: the words, which only whom they are for may read.
    """

    concern: str
    about: str
    person: str
    by: str
    note: str = ""
    digest: str = ""


CONCERN_ABOUT = ("pupil", "staff", "head")


@dataclass(frozen=True, slots=True)
class ConcernSeen:
    """Whom the concern is for has read it."""

    concern: str
    by: str


@dataclass(frozen=True, slots=True)
class AgencyTold:
    """Somebody outside was told of a concern, on a date (CUS-6): a dated fact."""

    concern: str
    agency: str
    date: str
    by: str


AGENCIES = ("lado", "police", "social-care", "chair-of-governors", "parents")
"""Who may be told of a concern."""


@dataclass(frozen=True, slots=True)
class ConcernClosed:
    """A concern has been dealt with; the rest is in the school's own record."""

    concern: str
    by: str
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class OwnDeviceIn:
    """Staff or a visitor put the own device behind a door set aside for it."""

    person: str
    compartment: int
    basis: str


@dataclass(frozen=True, slots=True)
class OwnDeviceOut:
    """Staff or a visitor have the own device back.

    ``by``: the office gave it. ``quick``: the door was shut again so soon that perhaps
    nothing was taken, so it stays its owner's.
    """

    person: str
    compartment: int
    by: str = ""
    quick: bool = False


CustodyFact = (
    DeviceHeld
    | HoldMoved
    | HoldReclassified
    | OwnerNamed
    | HandOverPrepared
    | HandOverBegun
    | HandOverDoorOpened
    | HandedOver
    | HandOverUndone
    | ParentTold
    | TravelNoted
    | FetchAsked
    | FetchDropped
    | ContactSet
    | ContactRemoved
    | ContactsImported
    | AuthorityGiven
    | AuthorityWithdrawn
    | ClauseSet
    | ClauseRemoved
    | ConcernRaised
    | ConcernSeen
    | AgencyTold
    | ConcernClosed
    | OwnDeviceIn
    | OwnDeviceOut
)
