"""Each fact of the journal as a sentence (one function a subject, one arm a fact).

A test holds that every kind has its words. Names come from ``who``; a role that sees no
names is given a ``who`` that says "a pupil".
"""

from __future__ import annotations

from typing import Protocol, assert_never

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import people_facts as p
from controller.domain import tap_facts as t
from controller.domain.facts import Fact
from controller.domain.faults import FAULTS
from controller.domain.refusals import RULES
from controller.service.views.names import in_words


class Who(Protocol):
    """How people and classes are named in sentences."""

    def pupil(self, pupil: str) -> str:
        """Return a pupil's name, or "a pupil"."""

    def staff(self, staff: str) -> str:
        """Return a staff member's name, or "a member of staff"; empty: "somebody"."""

    def person(self, person: str) -> str:
        """Return the name of either."""

    def klass(self, klass: str) -> str:
        """Return the class as its door sign says it."""


def in_plain_words(fact: Fact, who: Who) -> str:
    """Return what ``fact`` says, as a sentence."""
    return _sentence(_words(fact, who))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by(staff: str, who: Who) -> str:
    """Return " by" and the name, or nothing where the program did it by itself."""
    return f" by {who.staff(staff)}" if staff else ""


def _words(fact: Fact, who: Who) -> str:
    if isinstance(fact, f.DoorFact):
        return _door(fact, who)
    if isinstance(fact, t.TapFact):
        return _tap(fact, who)
    if isinstance(fact, d.DayFact):
        return _day(fact, who)
    return _people(fact, who)


# ---------------------------------------------------------------------------- doors

_PURPOSE = {
    "in": "to hand in",
    "out": "to collect",
    "check": "for a look",
}


def _ordered(fact: f.ReleaseOrdered, who: Who) -> str:
    door = f"door {fact.compartment}"
    match fact.cause:
        case "tap":
            return (
                f"{door} ordered open for {who.pupil(fact.pupil)}'s own tap, "
                + (_PURPOSE[fact.purpose])
            )
        case "vouch":
            return (
                f"{door} ordered open for {who.pupil(fact.pupil)}: "
                f"{who.staff(fact.by)} vouched, {_PURPOSE[fact.purpose]}"
            )
        case "wave":
            return f"{door} ordered open for {who.pupil(fact.pupil)} in a wave"
        case _:
            return (
                f"{door} ordered open by {who.staff(fact.by)} for a look "
                f"({fact.reason}); nothing changed hands"
            )


def _door(fact: f.DoorFact, who: Who) -> str:  # noqa: C901, PLR0911, PLR0912  one arm a fact
    match fact:
        case f.ReleaseOrdered():
            return _ordered(fact, who)
        case f.BoltPulsed():
            cut = "when the door opened" if fact.cut_by == "opened" else "by its time"
            return f"door {fact.compartment}: bolt back {fact.on_ms} ms, let go {cut}"
        case f.ReleaseGivenUp():
            return f"door {fact.compartment}: the order was given up ({fact.why})"
        case f.NeverOpened():
            return f"door {fact.compartment} was released and nobody opened it"
        case f.OutcomeUnknown():
            return (
                f"door {fact.compartment}: the program stopped before it knew whether "
                "the door opened. It was not tried again"
            )
        case f.DoorOpened():
            return f"door {fact.compartment} opened"
        case f.DoorForced():
            early = "before its bolt was back" if fact.early else "without an order"
            return f"door {fact.compartment} came open {early}"
        case f.DoorShut():
            after = f" after {fact.open_ms / 1000:.0f} s" if fact.open_ms else ""
            return f"door {fact.compartment} was shut{after}"
        case f.DoorLeftOpen():
            return f"door {fact.compartment} has stood open for {fact.open_s} s"
        case f.DoorFound():
            found = "open" if fact.is_open else "shut"
            return f"door {fact.compartment} was found {found} at the start"
        case f.OpenedByKey():
            return f"{who.staff(fact.by)} said: door {fact.compartment} was the key"
        case f.FaultLatched():
            return f"{_part(fact.part)}: {FAULTS[fact.code].words}"
        case f.FaultCleared():
            by = _by(fact.by, who) or " by itself"
            return f"{_part(fact.part)}: fault cleared{by} ({fact.code})"
        case f.TakenOutOfUse():
            return f"{who.staff(fact.by)} took door {fact.compartment} out of use"
        case f.PutBackInUse():
            return f"{who.staff(fact.by)} put door {fact.compartment} back in use"
        case _:
            assert_never(fact)


def _part(part: str) -> str:
    kind, _, name = part.partition(":")
    return f"{kind} {name}"


# ----------------------------------------------------------------------------- taps


def _tap(fact: t.TapFact, who: Who) -> str:
    match fact:
        case t.CardTapped():
            return f"{who.person(fact.person)}'s card at reader {fact.reader}"
        case t.TapRefused():
            return f"{who.pupil(fact.person)}'s tap opened nothing. {_rule(fact.rule)}"
        case t.OrderRefused():
            return f"{who.staff(fact.by)} asked for {fact.order}. {_rule(fact.rule)}"
        case t.StrangeCardsSeen():
            return _strangers(fact)
        case t.ReaderLost():
            return f"reader {fact.reader} stopped answering ({fact.cause})"
        case t.ReaderRestored():
            return f"reader {fact.reader} works again"
        case _:
            assert_never(fact)


def _rule(name: str) -> str:
    return RULES[name].words if name in RULES else name


def _strangers(fact: t.StrangeCardsSeen) -> str:
    parts = [
        (fact.unknown, "unknown card"),
        (fact.random, "phone or random card"),
        (fact.crowded, "time two cards at once"),
    ]
    told = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in parts if n]
    return f"reader {fact.reader}: {', '.join(told)}"


# ------------------------------------------------------------------------------ day

_MARKS = {
    "none": "has no device today",
    "absent": "is absent",
    "left-early": "left early",
    "club": "is at a club",
    "office": "is with the office",
}
_ABOUT = {
    "left-behind": "a device stayed",
    "door-open": "the door stood open",
    "outcome-unknown": "it is not known whether the door opened",
    "forced": "the door came open without an order",
}
_MODES = {
    "tap": "each child taps",
    "tables": "table by table",
    "rows": "row by row",
    "all": "all at once",
}


def _day(fact: d.DayFact, who: Who) -> str:  # noqa: C901, PLR0911, PLR0912  one arm a fact
    match fact:
        case d.DayBegan():
            return f"a new day began: {fact.date}"
        case d.DropOffOpened():
            return f"{who.staff(fact.by)} opened drop-off for {who.klass(fact.klass)}"
        case d.DropOffClosed():
            return f"{who.staff(fact.by)} closed drop-off for {who.klass(fact.klass)}"
        case d.DeviceSaidIn() | d.DeviceCollected():
            return _moved(fact, who)
        case d.ClassConfirmed():
            return _confirmed(fact, who)
        case d.ReleaseStarted() | d.WaveStarted():
            return _released(fact, who)
        case d.ReleaseStopped():
            return f"{who.staff(fact.by)} stopped a release"
        case d.ReleaseEnded():
            return f"a release ended{_by(fact.by, who)}"
        case d.PupilMarked():
            until = f" until {fact.until}" if fact.until else ""
            words = _MARKS.get(fact.mark, fact.mark)
            return f"{who.staff(fact.by)}: {who.pupil(fact.pupil)} {words}{until}"
        case d.PupilUnmarked():
            return f"{who.staff(fact.by)} took {who.pupil(fact.pupil)}'s mark back"
        case d.SessionClosed():
            return f"home time of {who.klass(fact.klass)} is over"
        case d.QuestionRaised():
            whose = f" of {who.pupil(fact.pupil)}" if fact.pupil else ""
            about = _ABOUT.get(fact.about, fact.about)
            return f"for the office, door {fact.compartment}: {about}{whose}"
        case d.QuestionClosed():
            how = in_words(fact.how)
            return f"a question of the office was closed{_by(fact.by, who)}: {how}"
        case d.Evacuated():
            by = who.staff(fact.by) if fact.by else "the alarm contact"
            return f"evacuation, ordered by {by}: coils off"
        case d.Resumed():
            return f"{who.staff(fact.by)} ended the evacuation"
        case _:
            assert_never(fact)


def _moved(fact: d.DeviceSaidIn | d.DeviceCollected, who: Who) -> str:
    name = who.pupil(fact.pupil)
    quick = ", but the door was shut again at once" if fact.quick else ""
    if isinstance(fact, d.DeviceSaidIn):
        kinds = " and ".join(fact.kinds)
        return f"{name}'s {kinds} is said to be in door {fact.compartment}{quick}"
    return f"{name} collected from door {fact.compartment}{quick}"


def _confirmed(fact: d.ClassConfirmed, who: Who) -> str:
    but = f", but {len(fact.excepted)}" if fact.excepted else ""
    return (
        f"{who.staff(fact.by)} has seen {who.klass(fact.klass)}: "
        f"{len(fact.pupils)} handed in{but}"
    )


def _released(fact: d.ReleaseStarted | d.WaveStarted, who: Who) -> str:
    if isinstance(fact, d.WaveStarted):
        return f"wave {fact.wave + 1} began{_by(fact.by, who) or ' by itself'}"
    whom = who.klass(fact.klass) if fact.klass else f"club {in_words(fact.club)}"
    early = ", before home time" if fact.early else ""
    return f"{who.staff(fact.by)} released {whom}, {_MODES[fact.mode]}{early}"


# --------------------------------------------------------------------------- people


def _people(fact: p.PeopleFact, who: Who) -> str:
    if isinstance(fact, _AccountFact):
        return _account(fact, who)
    if isinstance(fact, _RollFact):
        return _roll(fact, who)
    if isinstance(fact, _RuleFact):
        return _rules(fact, who)
    return _program(fact, who)


_RollFact = (
    p.ClassSet
    | p.PupilSet
    | p.PupilLeft
    | p.CardEnrolled
    | p.CardRevoked
    | p.RollImported
)


def _roll(fact: _RollFact, who: Who) -> str:
    match fact:
        case p.ClassSet():
            return f"class {fact.name} is known"
        case p.PupilSet():
            door = f", door {fact.compartment}" if fact.compartment else ""
            return f"{who.pupil(fact.pupil)} is in {who.klass(fact.klass)}{door}"
        case p.PupilLeft():
            return f"{who.pupil(fact.pupil)} left the roll"
        case p.CardEnrolled():
            return f"a card was enrolled for {who.person(fact.person)}"
        case p.CardRevoked():
            return f"a card is dead ({fact.why})"
        case p.RollImported():
            return (
                f"the roll was imported: {fact.added} added, {fact.changed} changed, "
                f"{fact.left} left"
            )
        case _:
            assert_never(fact)


_AccountFact = (
    p.StaffSet
    | p.StaffLeft
    | p.SignedIn
    | p.SignedOut
    | p.SecretsRefused
    | p.SecretChanged
)


def _account(fact: _AccountFact, who: Who) -> str:
    match fact:
        case p.StaffSet():
            return f"{who.staff(fact.staff)} may act as {', '.join(fact.roles)}"
        case p.StaffLeft():
            return f"{who.staff(fact.staff)}'s account ended"
        case p.SignedIn():
            place = "at the lockers" if fact.where == "bank" else "on the page"
            return f"{who.staff(fact.person)} signed in {place}"
        case p.SignedOut():
            everywhere = " everywhere" if fact.everywhere else ""
            return f"{who.staff(fact.person)} signed out{everywhere}"
        case p.SecretsRefused():
            whose = f" for {who.staff(fact.person)}" if fact.person else ""
            return (
                f"{fact.count} wrong {fact.what}{'s' if fact.count > 1 else ''}{whose}"
            )
        case p.SecretChanged():
            return f"{who.staff(fact.person)}'s {fact.what} was set"
        case _:
            assert_never(fact)


_RuleFact = p.SettingSet | p.CalendarSet | p.ClubSet | p.ClubRemoved


def _rules(fact: _RuleFact, who: Who) -> str:
    by = who.staff(fact.by)
    match fact:
        case p.SettingSet():
            return f"{by} set the rule {fact.key} to “{fact.value}”"
        case p.CalendarSet():
            return f"{by} set the school calendar"
        case p.ClubSet():
            return f"{by} set the club {fact.name}, until {fact.ends}"
        case p.ClubRemoved():
            return f"{by} removed the club {in_words(fact.club)}"
        case _:
            assert_never(fact)


_ProgramFact = (
    p.KioskPaired
    | p.KioskUnpaired
    | p.BankDescribed
    | p.Started
    | p.Stopped
    | p.ClockMoved
)


def _program(fact: _ProgramFact, who: Who) -> str:
    match fact:
        case p.KioskPaired():
            return f"{who.staff(fact.by)} made a browser the kiosk"
        case p.KioskUnpaired():
            return f"{who.staff(fact.by)} ended a kiosk's pairing"
        case p.BankDescribed():
            return f"the bank has {len(fact.places)} doors, {fact.columns} in a row"
        case p.Started():
            after = " after it had been cut off" if fact.after != "stop" else ""
            return f"the program started{after}"
        case p.Stopped():
            return f"the program was stopped ({fact.why})"
        case p.ClockMoved():
            moved = f"by {fact.by_ms / 1000:+.0f} s" if fact.by_ms else "in trust"
            return f"the clock moved {moved}; it is now {fact.state}"
        case _:
            assert_never(fact)
