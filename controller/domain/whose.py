"""Whose an entry is: whom a fact names, and what it goes on with (DAT-4).

Many facts name nobody: they name a hold, a record, an order, and an earlier fact says
whose that is. A field that holds an id stands in one of these tables; a test looks over
the fields of all facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from controller.domain import custody_facts as c
from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import people_facts as p
from controller.domain import record_facts as r
from controller.domain import today_facts as t
from controller.domain import visitor_facts as v
from controller.domain.custody_records import carrier_of
from controller.domain.facts import Fact

SUBJECTS = (
    *("person", "pupil", "pupils", "staff", "visitor", "sibling", "leader"),
    *("first", "second", "excepted", "missing", "waves", "left_out"),
    *("about", "values"),
)
"""Fields, of whatever fact, that name whom it is about; a number in one is a door."""

ACTORS = ("by", "witness", "place", "origin")
"""Fields that name who did it, saw it, or carried the device: ``carried:`` and who."""

BEGINS: Mapping[type, tuple[str, tuple[str, ...]]] = {
    c.DeviceHeld: ("hold", ("person",)),
    c.OwnerNamed: ("hold", ("person",)),
    c.HandOverPrepared: ("handover", ()),
    c.ConcernRaised: ("concern", ("person",)),
    r.RecordFiled: ("record", ("about", "values")),
    r.RecordAmended: ("record", ("values",)),
    v.VisitorCardGiven: ("record", ("visitor",)),
    d.QuestionRaised: ("question", ("pupil",)),
    t.OutingBegan: ("outing", ("pupils",)),
    d.ReleaseStarted: ("release", ("waves", "left_out")),
    f.ReleaseOrdered: ("order", ("pupil", "by")),
    p.CardEnrolled: ("credential", ("person",)),
    p.ClubSet: ("club", ("leader",)),
}
"""A fact -> the field with the id of what begins, and those that say whose that is.

What goes on with something is whose that was: a hand-over is whose the holds are.
"""

FOLLOWS: Mapping[type, str] = {
    c.DeviceHeld: "hold",
    c.HoldMoved: "hold",
    c.HoldReclassified: "hold",
    c.OwnerNamed: "hold",
    c.ParentTold: "hold",
    c.TravelNoted: "hold",
    c.FetchAsked: "hold",
    c.FetchDropped: "hold",
    f.ReleaseOrdered: "hold",
    c.HandOverPrepared: "holds",
    c.HandOverBegun: "handover",
    c.HandOverDoorOpened: "handover",
    c.HandedOver: "handover",
    c.HandOverUndone: "handover",
    c.ConcernSeen: "concern",
    c.AgencyTold: "concern",
    c.ConcernClosed: "concern",
    r.RecordFiled: "record",
    r.RecordAmended: "record",
    r.RecordApproved: "record",
    r.RecordRead: "record",
    r.RecordEnded: "record",
    d.QuestionClosed: "question",
    t.OutingMoved: "outing",
    t.OutingOver: "outing",
    d.WaveStarted: "release",
    d.ReleaseStopped: "release",
    d.ReleaseEnded: "release",
    f.BoltPulsed: "order",
    f.ReleaseGivenUp: "order",
    f.NeverOpened: "order",
    f.OutcomeUnknown: "order",
    f.DoorOpened: "order",
    p.CardRevoked: "credential",
    p.ClubRemoved: "club",
}
"""A fact -> the field with the id of what it goes on with."""

_SINGULAR = {"holds": "hold"}

Thing = tuple[str, str]
"""What an id is of, such as ``hold``, and the id."""


def named(fact: Fact, fields: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids that stand in ``fields`` of a fact, beside other values.

    >>> [*named(c.HoldMoved("h1", "carried:s1", "safe", "s2"), ACTORS)]
    ['s2', 'safe', 's1']
    """
    for field in fields:
        yield from _ids(getattr(fact, field, ""))


def _ids(value: object) -> Iterator[str]:
    """Yield the texts of a value: of lists, of waves, of a form's ``a,b,c``."""
    match value:
        case str():
            yield from filter(None, (carrier_of(value) or value).split(","))
        case tuple():
            for each in value:
                yield from _ids(each)
        case d.Wave(_, pupils):
            yield from pupils
        case d.LeftOut(pupil, _):
            yield pupil


class Trail:
    """What is somebody's, learnt from facts in their order.

    Args:
        person: who.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._things: dict[Thing, bool] = {}

    def learn(self, fact: Fact, *, sealed: bool) -> None:
        """Note what a fact begins for this person, and whether it is sealed."""
        field, owners = BEGINS.get(type(fact), ("", ()))
        if not field:
            return
        follows = self._followed(fact)
        if follows or self._owns(fact, owners):
            thing = (field, getattr(fact, field))
            hidden = sealed or any(self._things[one] for one in follows)
            self._things[thing] = self._things.get(thing, False) or hidden

    def _owns(self, fact: Fact, owners: tuple[str, ...]) -> bool:
        """An order is the pupil's, or where there is none whoever's own tap it was."""
        if isinstance(fact, f.ReleaseOrdered):
            own = fact.pupil or (fact.by if fact.cause == "tap" else "")
            return own == self._person
        if isinstance(fact, r.RecordFiled | r.RecordAmended) and self._visit(fact):
            return True
        return self._person in named(fact, owners)

    def _visit(self, fact: r.RecordFiled | r.RecordAmended) -> bool:
        """Return whether a record names a visit of this person's."""
        return ("record", dict(fact.values).get("visitor", "")) in self._things

    def _followed(self, fact: Fact) -> list[Thing]:
        field = FOLLOWS.get(type(fact), "")
        ids = _ids(getattr(fact, field)) if field else ()
        things = ((_SINGULAR.get(field, field), one) for one in ids)
        return [thing for thing in things if thing in self._things]

    def is_subject(self, fact: Fact) -> bool:
        """Return whether a fact is about this person, or of what is theirs."""
        return self._person in named(fact, SUBJECTS) or bool(self._followed(fact))

    def is_theirs(self, fact: Fact) -> bool:
        """Return whether a fact is about this person, or says what they did."""
        return self.is_subject(fact) or self._person in named(fact, ACTORS)

    def is_hidden(self, fact: Fact) -> bool:
        """Return whether a fact goes on with something that is sealed."""
        return any(self._things[thing] for thing in self._followed(fact))
