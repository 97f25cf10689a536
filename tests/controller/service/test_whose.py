"""DAT-4: each fact that names a person, or goes on with what is theirs, is found.

Every field of every fact stands in one of the tables; who adds a fact and forgets to
say whether it names somebody turns the first test red.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import typing

import pytest

from controller.domain.day_facts import LeftOut, Wave
from controller.domain.facts import FACTS
from controller.domain.state import State
from controller.domain.whose import ACTORS, BEGINS, FOLLOWS, SUBJECTS, Trail
from controller.journal.codec import Codec
from controller.journal.searching import oldest_first
from controller.journal.store import COLUMNS
from controller.service.core import WORDS_OF_NOBODY
from controller.service.views.search import about_person, everything_about

WHO = "p0007"

THINGS = {
    *("hold", "holds", "handover", "concern", "record", "question", "outing"),
    *("release", "credential", "order", "club"),
}
"""Fields with the id of something that may be somebody's."""

NOBODYS = {
    # what, where, when, how
    *("kinds", "kind", "basis", "deposit", "clause", "where", "occurrence", "step"),
    *("until", "until_us", "review_by", "individual", "seal", "condition", "paper"),
    *("written", "quick", "date", "since_us", "opens_us", "mode", "early"),
    *("wave", "purpose", "cause", "reason", "why", "how", "what", "mark", "stage"),
    *("travels", "home_knows", "agency", "signed", "identity", "override", "to"),
    *("whom", "never", "longer", "rule", "code", "part", "source", "worded"),
    *("out", "back", "left", "count", "everywhere", "language", "group", "year"),
    *("provisional", "roles", "classes", "klass", "name", "ends", "key", "value"),
    # doors, readers, the program
    *("compartment", "first_door", "second_door", "doors", "agreed", "extra"),
    *("on_ms", "cut_by", "open_ms", "open_s", "is_open", "reader", "unknown"),
    *("random", "crowded", "ways", "way", "inside", "held", "plain", "added"),
    *("changed", "removed", "bank", "columns", "places", "timezone", "blocks"),
    *("version", "after", "was_off", "by_ms", "state", "accounts"),
    # ids of what is nobody's: words, an adult of a list, a kiosk, a stock-take
    *("note", "digest", "contact", "kiosk", "stock"),
}
"""Fields with no id of a person and of nothing that is one's."""

MENTIONS = {
    ("ReleaseOrdered", "release"): "the release of a class, of which this is one door",
    ("OutingBegan", "record"): "the approved lesson of a class; pupils stand beside it",
    ("PupilMarked", "club"): "the club is its leader's; the pupil stands beside it",
    ("ReleaseStarted", "club"): "the club is its leader's; pupils stand beside it",
    ("DeviceHeld", "concern"): "the hold is the owner's, and so is the concern",
    ("HoldReclassified", "concern"): "as DeviceHeld",
    ("OrderRefused", "order"): "the name of a kind of order",
    ("CardTapped", "credential"): "whose card it is stands beside it",
    ("CardMarked", "credential"): "as CardTapped",
    ("CardUnwritable", "credential"): "as CardTapped",
    ("CardDoubted", "credential"): "as CardTapped",
    ("CardTrusted", "credential"): "as CardTapped",
}
"""Fields with the id of something, by which an entry is not found, and why not."""

FIELDS = [
    (kind, one.name)
    for kind, shape in FACTS.items()
    for one in dataclasses.fields(shape)
]
NAMING = [(kind, name) for kind, name in FIELDS if name in {*SUBJECTS, *ACTORS}]


def hints(kind):
    return typing.get_type_hints(FACTS[kind])


def names_a_person(kind, name):
    """A list of numbers is of doors; about a class, or a code of what, is no person."""
    codes = {("ConcernRaised", "about"), ("QuestionRaised", "about")}
    return hints(kind)[name] != tuple[int, ...] and (kind, name) not in codes


PERSONS = [pair for pair in NAMING if names_a_person(*pair)]


def value(hint, who):
    """Return something of a type with ``who`` in it, among others."""
    if hint == tuple[Wave, ...]:
        return (Wave("otters", ("p1", who)),)
    if hint == tuple[LeftOut, ...]:
        return (LeftOut("p1", "club"), LeftOut(who, "absent"))
    if hint == tuple[tuple[str, str], ...]:
        return (("day", "2026-11-23"), ("pupils", f"p1,{who},p2"))
    if hint == tuple[str, ...]:
        return ("p1", who)
    assert hint is str, hint
    return who


PLAIN = {int: 1, bool: False, str: "x", dict[str, typing.Any]: {}}


def a_fact(kind, name, who=WHO):
    """Return a fact of ``kind`` with ``who`` in one field and nobody in the others."""
    shape, known = FACTS[kind], hints(kind)
    given = {
        one.name: PLAIN.get(known[one.name], ())
        for one in dataclasses.fields(shape)
        if one.default is dataclasses.MISSING
        and one.default_factory is dataclasses.MISSING
    }
    carried = name in ("place", "origin")
    given[name] = value(known[name], f"carried:{who}" if carried else who)
    return shape(**given)


@pytest.fixture
def found():
    """Return the kinds of those facts that a search finds in a journal of them."""
    codec = Codec(FACTS, exempt=WORDS_OF_NOBODY)
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE entry ({COLUMNS})")
    blank = dict.fromkeys(COLUMNS.replace(" ", "").split(","), "")

    def search(wanted, *facts):
        connection.execute("DELETE FROM entry")
        for seq, fact in enumerate(facts):
            kind, body = codec.encode(fact)
            row = blank | {"node": "n", "epoch": 1, "seq": seq, "at": 0}
            row |= {"kind": kind, "body": body}
            marks = ",".join("?" * len(row))
            connection.execute(f"INSERT INTO entry VALUES ({marks})", [*row.values()])  # noqa: S608  question marks only
        return [entry.kind for entry in oldest_first(connection, "n", wanted)]

    yield search
    connection.close()


def test_dat_4_of_every_field_it_is_known_whether_it_names_somebody():
    """DAT-4: a fact that is added later is thought about, or this is red."""
    known = {*SUBJECTS, *ACTORS, *THINGS, *NOBODYS}
    assert [pair for pair in FIELDS if pair[1] not in known] == []
    tables = [{*SUBJECTS}, {*ACTORS}, THINGS, NOBODYS]
    assert sum(map(len, tables)) == len(set.union(*tables)), "each in one table"


def test_dat_4_of_every_id_it_is_known_where_it_leads():
    """DAT-4: an entry that names a hold, a record, an order is found by it."""
    begun = {(kind.__name__, field) for kind, (field, _) in BEGINS.items()}
    follows = {(kind.__name__, field) for kind, field in FOLLOWS.items()}
    ids = {pair for pair in FIELDS if pair[1] in THINGS}

    assert ids == begun | follows | set(MENTIONS)
    assert not (begun | follows) & set(MENTIONS)


@pytest.mark.parametrize(("kind", "name"), PERSONS)
def test_dat_4_each_field_with_a_person_leads_to_its_entry(found, kind, name):
    """DAT-4: alone, in a list, in a wave, in a form's list, as a carrier."""
    fact, other = a_fact(kind, name), a_fact(kind, name, "p00071")

    assert found(about_person(State(), WHO), fact, other) == [kind]
    assert kind in found(everything_about(WHO), fact)
    trail = Trail(WHO)
    assert trail.is_theirs(fact)
    assert not trail.is_theirs(other)


@pytest.mark.parametrize("begins", BEGINS, ids=lambda kind: kind.__name__)
def test_dat_4_what_goes_on_with_somebodys_leads_to_its_entry(found, begins):
    """DAT-4: and not with what is somebody else's."""
    thing, owners = BEGINS[begins]
    follows = [kind for kind, field in FOLLOWS.items() if field == thing]
    assert follows
    if not owners:
        return  # a hand-over: below
    trail = Trail(WHO)
    first = a_fact(begins.__name__, owners[0])
    trail.learn(dataclasses.replace(first, **{thing: "h1"}), sealed=False)

    for kind in follows:
        mine = a_fact(kind.__name__, thing, "h1")
        assert trail.is_theirs(mine), kind
        assert not trail.is_theirs(a_fact(kind.__name__, thing, "h2"))
        assert kind.__name__ in found(everything_about(WHO), mine)


def test_dat_4_a_hand_over_is_whose_the_holds_are():
    """DAT-4, CUS-4: of siblings, each one's."""
    trail = Trail(WHO)
    held = a_fact("DeviceHeld", "person")
    trail.learn(dataclasses.replace(held, hold="h1"), sealed=False)
    given = dataclasses.replace(
        a_fact("HandOverPrepared", "holds", "h1"), handover="g1"
    )
    trail.learn(given, sealed=False)

    assert trail.is_theirs(given)
    assert trail.is_theirs(a_fact("HandedOver", "handover", "g1"))
    assert not trail.is_theirs(a_fact("HandedOver", "handover", "g2"))


def test_dat_4_what_goes_on_with_something_sealed_is_hidden_too():
    """DAT-4, CUS-6: a door that opened for it, and how long its coil was on."""
    trail = Trail(WHO)
    held = dataclasses.replace(a_fact("DeviceHeld", "person"), hold="h1")
    order = dataclasses.replace(a_fact("ReleaseOrdered", "hold", "h1"), order="o1")
    trail.learn(held, sealed=True)
    trail.learn(order, sealed=False)

    assert trail.is_hidden(order)
    assert trail.is_hidden(a_fact("BoltPulsed", "order", "o1"))
