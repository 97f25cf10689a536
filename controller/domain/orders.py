"""What people may order: one dataclass each, named in the imperative.

:data:`ORDERS` says for each the right it needs and whether that reaches only as far as
a class. Deciding is in :mod:`controller.domain.policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from controller.domain import custody_orders as c
from controller.domain import own_orders as w
from controller.domain import record_orders as r
from controller.domain import today_orders as t
from controller.domain.state import State


@dataclass(frozen=True, slots=True)
class ReleaseClass:
    """Let a class have its devices.

    ``mode`` is one of :data:`controller.domain.release.MODES`.
    """

    klass: str
    mode: str = "tap"


@dataclass(frozen=True, slots=True)
class ReleaseClub:
    """Let a club's pupils have their devices; its leader or leadership."""

    club: str


@dataclass(frozen=True, slots=True)
class OpenNextWave:
    """Say "go" before the doors of the present wave are shut."""

    klass: str


@dataclass(frozen=True, slots=True)
class StopRelease:
    """Stop a release: what waits for its coil is given up, taps open nothing."""

    klass: str


@dataclass(frozen=True, slots=True)
class EndSession:
    """End a class's home time by hand; what is left passes to the office."""

    klass: str


@dataclass(frozen=True, slots=True)
class ConfirmClass:
    """Say "class seen, all off": those said to be in have handed in, but for some."""

    klass: str
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkPupil:
    """Say what holds for a pupil today: none, absent, left-early, club, office."""

    pupil: str
    mark: str
    until: str = ""
    club: str = ""


@dataclass(frozen=True, slots=True)
class UnmarkPupil:
    """Take today's mark back."""

    pupil: str


@dataclass(frozen=True, slots=True)
class VouchFor:
    """Open a pupil's door on an adult's word (DAY-9)."""

    pupil: str


@dataclass(frozen=True, slots=True)
class OpenDropOff:
    """Begin drop-off by hand."""

    klass: str


@dataclass(frozen=True, slots=True)
class CloseDropOff:
    """End drop-off by hand."""

    klass: str


@dataclass(frozen=True, slots=True)
class Evacuate:
    """Say "Leave it. Go.": coils off, waves stopped, taps open nothing."""

    source: str = "page"


@dataclass(frozen=True, slots=True)
class Resume:
    """End the evacuation."""


@dataclass(frozen=True, slots=True)
class OpenForCheck:
    """Open a door as staff; custody is untouched (CUS-9)."""

    compartment: int
    reason: str


@dataclass(frozen=True, slots=True)
class ClearFault:
    """Clear every latched fault of a door."""

    compartment: int


@dataclass(frozen=True, slots=True)
class SetInUse:
    """Take a compartment out of use, or put it back."""

    compartment: int
    in_use: bool


@dataclass(frozen=True, slots=True)
class ExplainByKey:
    """Say that an opening was the mechanical key (HW-10)."""

    compartment: int


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """Close one of the office's questions (DAY-6)."""

    question: str
    how: str
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class SetPupil:
    """Change what the bank knows of a pupil; ``None`` leaves a field as it is."""

    pupil: str
    compartment: int | None = None
    group: str | None = None
    language: str | None = None
    kinds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportCardLost:
    """A person's card is dead from this moment."""

    person: str


@dataclass(frozen=True, slots=True)
class SetRule:
    """Set a rule of :data:`controller.domain.rules.RULE_SETTINGS`."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SetClub:
    """Make or change a club."""

    club: str
    name: str
    ends: str
    leader: str


@dataclass(frozen=True, slots=True)
class RemoveClub:
    """End a club for good; whoever is at it today goes with the class again."""

    club: str


@dataclass(frozen=True, slots=True)
class ReviewAccess:
    """Sign the list of those who have access, as it was looked at (REC-8)."""

    version: str
    note: str
    digest: str


Order = (
    ReleaseClass
    | ReleaseClub
    | OpenNextWave
    | StopRelease
    | EndSession
    | ConfirmClass
    | MarkPupil
    | UnmarkPupil
    | VouchFor
    | OpenDropOff
    | CloseDropOff
    | Evacuate
    | Resume
    | OpenForCheck
    | ClearFault
    | SetInUse
    | ExplainByKey
    | CloseQuestion
    | SetPupil
    | ReportCardLost
    | SetRule
    | SetClub
    | c.CustodyOrder
    | r.RecordOrder
    | t.TodayOrder
    | w.OwnOrder
    | RemoveClub
    | ReviewAccess
)


@dataclass(frozen=True, slots=True)
class Need:
    """The right an order needs, and the class it is about where it is about one."""

    act: str
    klass: Callable[[State, Any], str | None] = lambda _state, _order: None


def _its_class(_state: State, order: Any) -> str | None:  # noqa: ANN401  orders with a klass
    klass: str = order.klass
    return klass


def _pupils_class(state: State, order: Any) -> str | None:  # noqa: ANN401  orders with a pupil
    pupil = state.pupils.get(order.pupil)
    return pupil.klass if pupil else ""


def _persons_class(state: State, order: ReportCardLost) -> str | None:
    """A colleague's lost card may be reported by whoever is told of it."""
    if order.person in state.staff:
        return None
    pupil = state.pupils.get(order.person)
    return pupil.klass if pupil else ""


def _held_class(state: State, order: c.HoldDevice) -> str | None:
    """A found device is nobody's yet, so any of the roles may hand it in."""
    return _pupils_class(state, order) if order.pupil else None


def _holds_class(state: State, order: Any) -> str | None:  # noqa: ANN401  orders with a hold
    hold = state.holds.get(order.hold)
    if hold is None:
        return ""
    pupil = state.pupils.get(hold.person)
    return pupil.klass if pupil else None


def _outings_class(state: State, order: t.MoveOuting) -> str | None:
    outing = state.outings.get(order.outing)
    return outing.klass if outing else ""


ORDERS: Mapping[type, Need] = MappingProxyType(
    {
        ReleaseClass: Need("class.release", _its_class),
        ReleaseClub: Need("class.see"),
        OpenNextWave: Need("class.release", _its_class),
        StopRelease: Need("class.release", _its_class),
        EndSession: Need("class.release", _its_class),
        ConfirmClass: Need("class.confirm", _its_class),
        MarkPupil: Need("class.mark", _pupils_class),
        UnmarkPupil: Need("class.mark", _pupils_class),
        VouchFor: Need("class.vouch", _pupils_class),
        OpenDropOff: Need("class.drop-off", _its_class),
        CloseDropOff: Need("class.drop-off", _its_class),
        Evacuate: Need("evacuate"),
        Resume: Need("resume"),
        OpenForCheck: Need("door.open"),
        ClearFault: Need("fault.clear"),
        SetInUse: Need("fault.clear"),
        ExplainByKey: Need("fault.clear"),
        CloseQuestion: Need("desk.change"),
        SetPupil: Need("people.change"),
        ReportCardLost: Need("cards.enrol", _persons_class),
        SetRule: Need("settings.change"),
        SetClub: Need("calendar.change"),
        RemoveClub: Need("calendar.change"),
        ReviewAccess: Need("accounts.change"),
        t.BeginOuting: Need("class.outing", _its_class),
        t.MoveOuting: Need("class.outing", _outings_class),
        t.LeaveEarly: Need("class.early-leaver", _pupils_class),
        t.HandToSibling: Need("class.vouch", _pupils_class),
        t.SwapDevices: Need("class.vouch", _pupils_class),
        t.GiveCover: Need("cover.give"),
        t.EndCover: Need("cover.give"),
        t.EnterFromPaper: Need("sheet.keep"),
        t.BeginStock: Need("stock.take"),
        t.RecordStock: Need("stock.take"),
        t.StopStock: Need("stock.take"),
        c.HoldDevice: Need("custody.confiscate", _held_class),
        c.MoveHold: Need("custody.move", _holds_class),
        c.Reclassify: Need("custody.see"),
        c.NameOwner: Need("custody.hand-over"),
        c.PrepareHandOver: Need("custody.see"),
        c.BeginHandOver: Need("custody.end-hold"),
        c.AllowHandOver: Need("custody.unlisted"),
        c.OpenAgain: Need("custody.hand-over"),
        c.FinishHandOver: Need("custody.see"),
        c.UndoHandOver: Need("custody.see"),
        c.TellParent: Need("custody.told"),
        c.NoteTravel: Need("class.mark", _holds_class),
        c.AskFetch: Need("custody.see"),
        c.SetContact: Need("contacts.change"),
        c.RemoveContact: Need("contacts.change"),
        c.ImportContacts: Need("contacts.change"),
        c.Authorise: Need("policy.change"),
        c.SetClause: Need("policy.change"),
        c.RaiseConcern: Need("custody.concern"),
        c.SeeConcern: Need("custody.concern"),
        c.TellAgency: Need("custody.concern"),
        c.CloseConcern: Need("custody.concern"),
        w.OpenOwnDoor: Need("own.use"),
        w.GiveBackOwn: Need("custody.hand-over"),
        w.AdmitVisitor: Need("visitors.keep"),
        w.GiveVisitorCard: Need("visitors.keep"),
        w.EndVisitorCard: Need("visitors.keep"),
        r.FileRecord: Need("records.see"),
        r.AmendRecord: Need("records.see"),
        r.ApproveRecord: Need("records.approve"),
        r.ReadRecord: Need("records.sealed"),
        r.EndRecord: Need("records.see"),
    }
)
"""Order -> what it needs; a test holds it against ``Order``."""
