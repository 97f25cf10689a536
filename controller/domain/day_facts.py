"""Facts about the school day: drop-off, home time, marks, evacuation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayBegan:
    """A calendar day that the clock vouches for: its first moment, or found once more.

    Once more where the clock was only guessed for a part of it: what was written
    meanwhile is of this day (DAY-11).

    Attributes:
        date: local.
        since_us, opens_us: its midnight and its first drop-off (the next midnight where
            there is none), UTC microseconds since 1970; what was written under a
            guessed clock may be of this day from then on.
    """

    date: str
    since_us: int = 0
    opens_us: int = 0


@dataclass(frozen=True, slots=True)
class DropOffOpened:
    """Staff opened drop-off by hand (DAY-11, or a late start)."""

    klass: str
    by: str


@dataclass(frozen=True, slots=True)
class DropOffClosed:
    """Staff closed drop-off by hand; ``by`` empty: what they opened has run out."""

    klass: str
    by: str


@dataclass(frozen=True, slots=True)
class DeviceSaidIn:
    """A pupil's door was seen open and shut again: the device is said to be in.

    ``paper``: typed in from the paper sheet (DAY-13), where ``written`` stands, local
    ``YYYY-MM-DDTHH:MM``.
    """

    pupil: str
    compartment: int
    kinds: tuple[str, ...]
    quick: bool = False
    paper: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True)
class ClassConfirmed:
    """An adult saw the class: ``pupils`` have handed in; ``excepted`` have not."""

    klass: str
    by: str
    pupils: tuple[str, ...]
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who a release leaves out, and the mark that says why."""

    pupil: str
    why: str


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave of a release: what it is called and whose doors it opens."""

    name: str
    pupils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseStarted:
    """A class may take its devices home.

    Attributes:
        release: id of this release.
        klass: the class, or empty for a club's release.
        mode: ``tap``, ``tables``, ``rows`` or ``all``.
        waves: in order; one wave of everybody for ``tap``.
        left_out: absent, left early, at a club, office (DAY-5).
        by: the member of staff.
        early: it was not home time by the calendar.
        club: the club whose pupils are released, or empty.
    """

    release: str
    klass: str
    mode: str
    waves: tuple[Wave, ...]
    left_out: tuple[LeftOut, ...]
    by: str
    early: bool = False
    club: str = ""


@dataclass(frozen=True, slots=True)
class WaveStarted:
    """A wave's doors open; its teacher vouches for it (DAY-4).

    ``by`` is empty where it came by itself, after the wave before.
    """

    release: str
    wave: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseStopped:
    """A release was stopped by a member of staff or by the evacuation."""

    release: str
    by: str


@dataclass(frozen=True, slots=True)
class ReleaseEnded:
    """A release is over: ``by`` a member of staff, or by the clock (empty)."""

    release: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class DeviceCollected:
    """A pupil's door was seen open and shut again after a release.

    ``quick``: it was shut again so soon that perhaps nothing was taken. ``paper`` and
    ``written`` as in :class:`DeviceSaidIn`.
    """

    pupil: str
    compartment: int
    quick: bool = False
    paper: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True)
class PupilMarked:
    """What holds for a pupil today.

    Attributes:
        pupil: whom it is about.
        mark: ``none``, ``absent``, ``left-early``, ``club`` or ``office``.
        by: the member of staff.
        until: local ``HH:MM`` where the mark ends by itself, or empty.
        club: which club, for ``club``.
    """

    pupil: str
    mark: str
    by: str
    until: str = ""
    club: str = ""


@dataclass(frozen=True, slots=True)
class PupilUnmarked:
    """Today's mark was taken back; ``by`` empty: its ``until`` has come."""

    pupil: str
    by: str


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """Home time of a class is over; what stayed passes to the office (DAY-6)."""

    klass: str
    date: str


@dataclass(frozen=True, slots=True)
class QuestionRaised:
    """Something the office must explain or hand back (DAY-6).

    Attributes:
        question: id.
        about: ``left-behind``, ``door-open``, ``outcome-unknown``,
            ``forced``, ``card-doubted`` or ``card-unread``.
        compartment: number of the compartment.
        pupil: whose device, or empty.
        date: local date.
    """

    question: str
    about: str
    compartment: int
    pupil: str
    date: str


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """A question is over.

    ``how``: ``collected``, ``handed-over``, ``kept``, ``explained`` or ``by-itself``.
    ``note`` is the id of a text in people.db, ``digest`` what it must be.
    """

    question: str
    how: str
    by: str = ""
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Evacuated:
    """Coils off, waves stopped, taps open nothing.

    ``source``: ``page``, ``bank`` or ``contact``.
    """

    by: str
    source: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Staff ended the evacuation."""

    by: str


DayFact = (
    DayBegan
    | DropOffOpened
    | DropOffClosed
    | DeviceSaidIn
    | ClassConfirmed
    | ReleaseStarted
    | WaveStarted
    | ReleaseStopped
    | ReleaseEnded
    | DeviceCollected
    | PupilMarked
    | PupilUnmarked
    | SessionClosed
    | QuestionRaised
    | QuestionClosed
    | Evacuated
    | Resumed
)
