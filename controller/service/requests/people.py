"""Requests of the people pages: pupils, cards, enrolment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.context import Actor
from controller.domain.decide_people import LANGUAGES, check_compartment, is_for_pupils
from controller.domain.rights import may
from controller.domain.state import Pupil
from controller.domain.taps import first_free
from controller.people.directory import new_id
from controller.people.records import Person
from controller.people.records import Pupil as RollPupil
from controller.protocol import EnrolmentView, PupilLine
from controller.service.calls import Call, bad_input, by_rule, no_right, not_found
from controller.service.handling import Handling, for_act, lazily
from controller.service.views.people import pupil_line

if TYPE_CHECKING:
    from controller.service.hub import Hub

MAX_NAME = 60


def _people(hub: Hub, call: Call) -> list[PupilLine]:
    query = call.text("query", "", 80).casefold()
    klass = call.text("class_id", "", 80)
    found = [
        pupil_line(hub, pupil)
        for pupil in hub.core.state.pupils.values()
        if pupil.on_roll
        and klass in ("", pupil.klass)
        and may(call.actor, "people.see", pupil.klass)
        and query in hub.directory.full(pupil.pupil).casefold()
    ]
    return sorted(found, key=lambda line: (line.class_id, line.name.casefold()))


def _pupil_of(hub: Hub, call: Call, act: str) -> Pupil:
    """Return the pupil a request is about, if its class is the actor's business."""
    pupil = hub.core.state.pupils.get(call.text("id"))
    if pupil is None or not pupil.on_roll:
        raise not_found("pupil")
    if not may(call.actor, act, pupil.klass):
        raise no_right()
    return pupil


def _pupil(hub: Hub, call: Call) -> PupilLine:
    return pupil_line(hub, _pupil_of(hub, call, "people.see"))


def _add(hub: Hub, call: Call) -> PupilLine:
    """A pupil whom the roll does not know yet: one minute at the office (ACC-9)."""
    first = call.text("first_name", most=MAX_NAME)
    klass = call.text("class_id", most=80)
    language = call.text("language", "en", 2)
    compartment = _door_for(hub, call)
    if not first:
        raise bad_input("first_name", "nothing", "a name")
    if klass not in hub.core.state.classes:
        raise not_found("class")
    if language not in LANGUAGES:
        raise bad_input("language", "an unknown one", ", ".join(LANGUAGES))
    pupil = Pupil(new_id("p"), klass, compartment=compartment, provisional=True)
    if compartment and compartment not in hub.core.layout.places:
        raise not_found("door")
    if compartment and not is_for_pupils(compartment, hub.core.context(call.actor)):
        raise bad_input("compartment", "a door that is not for pupils", "a pupil's")
    if refusal := check_compartment(
        hub.core.state, Pupil(pupil.pupil, klass), compartment
    ):
        raise by_rule(refusal)
    hub.directory.put(
        Person(
            pupil.pupil,
            "pupil",
            first,
            call.text("last_name", "", MAX_NAME),
            hub.core.wall.now_us(),
            language=language,
        ),
        RollPupil(pupil.pupil, klass, provisional=True),
    )
    fact = p.PupilSet(
        pupil.pupil,
        klass,
        "",
        compartment,
        language,
        provisional=True,
        by=call.actor.person,
    )
    hub.core.commit([fact])
    return pupil_line(hub, hub.core.state.pupils[pupil.pupil])


def _door_for(hub: Hub, call: Call) -> int:
    """Return the door that is asked for; 0 is the first free one where all are fixed.

    Where doors are given out each morning 0 stays 0, as it does when none is free.
    """
    asked = call.whole("compartment", 0)
    context = hub.core.context(call.actor)
    if asked or context.layout.assignment != "fixed":
        return asked
    free = first_free(hub.core.state, call.text("id", ""), context)
    return free.n if free is not None else 0


def _change(hub: Hub, call: Call) -> PupilLine:
    pupil = _pupil_of(hub, call, "people.change")
    from controller.roll.folding import slug  # noqa: PLC0415  see handling.lazily

    group = slug(call.text("group", most=40)) if "group" in call.args else None
    order = o.SetPupil(
        pupil.pupil,
        _door_for(hub, call) if "compartment" in call.args else None,
        group,
        call.text("language", most=2) if "language" in call.args else None,
        call.texts("kinds", 6) if "kinds" in call.args else None,
    )
    hub.order(order, call)
    return pupil_line(hub, hub.core.state.pupils[pupil.pupil])


# ----------------------------------------------------------------------------- cards


def _card_lost(hub: Hub, call: Call) -> PupilLine:
    pupil = _pupil_of(hub, call, "cards.enrol")
    done = hub.order(o.ReportCardLost(pupil.pupil), call)
    for fact in done.facts if done else ():
        if isinstance(fact, p.CardRevoked):
            hub.directory.revoke(fact.credential, hub.core.wall.now_us())
    return pupil_line(hub, hub.core.state.pupils[pupil.pupil])


def _card_replace(hub: Hub, call: Call) -> EnrolmentView:
    pupil = _pupil_of(hub, call, "cards.enrol")
    _check_theirs(hub, call)
    hub.enrolment.start_person(pupil.pupil, hub.readers[0], call.actor.person)
    return _view(hub, call.actor)


def _start(hub: Hub, call: Call) -> EnrolmentView:
    klass = call.text("class_id", most=80)
    reader = call.text("reader", "", 40) or hub.readers[0]
    if klass not in hub.core.state.classes:
        raise not_found("class")
    if reader not in hub.readers:
        raise not_found("reader")
    if not may(call.actor, "cards.enrol", klass):
        raise no_right()
    _check_theirs(hub, call)
    hub.enrolment.start_class(klass, reader, call.actor.person)
    return _view(hub, call.actor)


def _view(hub: Hub, actor: Actor) -> EnrolmentView:
    """Return the enrolment, without names of a class that is not the actor's."""
    view = hub.enrolment.view()
    act = "cards.enrol" if view.class_id else "accounts.see"
    theirs = may(actor, act, view.class_id or None)
    return view if theirs else EnrolmentView(view.running)


def _enrolment(hub: Hub, call: Call) -> EnrolmentView:
    return _view(hub, call.actor)


def _check_theirs(hub: Hub, call: Call) -> None:
    """Refuse a hand in an enrolment of somebody else's class, or of staff."""
    klass = hub.enrolment.about
    act = "cards.enrol" if klass else "accounts.change"
    if klass is not None and not may(call.actor, act, klass or None):
        raise no_right()


def _undo(hub: Hub, call: Call) -> EnrolmentView:
    _check_theirs(hub, call)
    hub.enrolment.undo()
    return _view(hub, call.actor)


def _skip(hub: Hub, call: Call) -> EnrolmentView:
    _check_theirs(hub, call)
    hub.enrolment.skip(call.text("pupil"))
    return _view(hub, call.actor)


def _stop(hub: Hub, call: Call) -> EnrolmentView:
    _check_theirs(hub, call)
    hub.enrolment.stop()
    return _view(hub, call.actor)


_ROLL = "controller.service.requests.roll"

PEOPLE: dict[str, Handling] = {
    "people": for_act("people.see", _people),
    "pupil": for_act("people.see", _pupil),
    "pupil_add": for_act("people.change", _add),
    "pupil_change": for_act("people.change", _change),
    "card_lost": for_act("cards.enrol", _card_lost),
    "card_replace": for_act("cards.enrol", _card_replace),
    "enrolment_start": for_act("cards.enrol", _start),
    "enrolment": for_act("cards.enrol", _enrolment),
    "enrolment_undo": for_act("cards.enrol", _undo),
    "enrolment_skip": for_act("cards.enrol", _skip),
    "enrolment_stop": for_act("cards.enrol", _stop),
    "cards_csv": for_act("people.change", lazily(_ROLL, "cards_csv")),
    "roll_preview": for_act("roll.import", lazily(_ROLL, "roll_preview")),
    "roll_apply": for_act("roll.import", lazily(_ROLL, "roll_apply")),
}
