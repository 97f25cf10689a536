"""What contacts and coils tell, turned into facts. Nothing here is ever refused."""

from __future__ import annotations

from collections.abc import Iterator

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import own
from controller.domain.context import Context
from controller.domain.custody import moved_by_door, opened_for
from controller.domain.facts import Fact
from controller.domain.faults import NEVER_OPENED_LIMIT
from controller.domain.questions import about_door, ask, owner_of, settled
from controller.domain.state import Compartment, OpenOrder, State


def opened(state: State, n: int, context: Context) -> Iterator[Fact]:
    """Yield the facts of a contact that now tells "open"."""
    place = state.compartment(n)
    waiting = _orders_for(state, n)
    powered = [o for o in waiting if o.pulsed or o.order in context.powered]
    if powered:
        yield f.DoorOpened(n, powered[-1].order)
        yield from opened_for(state, powered[-1].hold, n)
        return
    yield f.DoorForced(n, early=bool(waiting))
    for order in waiting:
        yield f.ReleaseGivenUp(order.order, n, "forced")
    code = "early" if waiting else "forced"
    if code not in place.faults:
        yield f.FaultLatched(f"door:{n}", code)
    if not waiting and (owner := _owner(state, n)):
        yield from ask(state, "forced", n, owner, context)


def _owner(state: State, n: int) -> str:
    return owner_of(state, n) or own.owner_behind(state, n)


def _orders_for(state: State, n: int) -> list[OpenOrder]:
    return [order for order in state.orders.values() if order.compartment == n]


def shut(state: State, n: int, context: Context) -> Iterator[Fact]:
    """Yield the facts of a contact that now tells "shut"."""
    place = state.compartment(n)
    open_ms = int(context.open_for_s.get(n, 0.0) * 1_000)
    yield f.DoorShut(n, open_ms)
    for question in about_door(state, "door-open", n):
        yield d.QuestionClosed(question.question, "by-itself")
    quick = open_ms < context.timings.quick_ms
    if place.door.is_open and place.pupil:
        yield from _handed(state, place, context, quick=quick)
    elif place.door.is_open and place.purpose in own.PURPOSES:
        yield from own.shut(state, place, quick=quick)
    elif place.door.is_open and place.hold:
        yield from moved_by_door(state, place)


def _handed(
    state: State, place: Compartment, context: Context, *, quick: bool
) -> Iterator[Fact]:
    pupil = state.pupils.get(place.pupil)
    kinds = pupil.kinds if pupil else ("phone",)
    if place.purpose == "in":
        yield from _came_in(state, place, kinds, context, quick=quick)
    elif place.purpose == "out" and place.pupil in state.custody:
        yield d.DeviceCollected(place.pupil, place.n, quick)
        yield from settled(state, place.pupil, "collected")


def _came_in(
    state: State,
    place: Compartment,
    kinds: tuple[str, ...],
    context: Context,
    *,
    quick: bool,
) -> Iterator[Fact]:
    """A second opening in the window says nothing new, but for three.

    The first was hurried; the device is from another day; or an adult had seen it in,
    who must be told that the door was open once more.
    """
    now = state.custody.get(place.pupil)
    days = ("", context.today.isoformat())
    if now is None or now.quick or now.stage == "in" or now.date not in days:
        yield d.DeviceSaidIn(place.pupil, place.n, kinds, quick)
        yield from settled(state, place.pupil, "by-itself")


def pulse_ended(
    state: State, order: str, n: int, on_ms: int, cut_by: str
) -> Iterator[Fact]:
    """Yield the fact of a coil that was cut; whether the door opened is told later."""
    yield f.BoltPulsed(order, n, on_ms, cut_by)
    place = state.compartment(n)
    if cut_by == "overrun" and "overrun" not in place.faults:
        yield f.FaultLatched(f"door:{n}", "overrun")


def not_opened(state: State, order: str) -> Iterator[Fact]:
    """Yield the facts of an order whose time to open the door is over."""
    waiting = state.orders.get(order)
    if waiting is None:
        return
    place = state.compartment(waiting.compartment)
    if place.door.is_open:
        yield f.ReleaseGivenUp(order, place.n, "open")
        return
    yield f.NeverOpened(order, place.n)
    last = len(_orders_for(state, place.n)) == 1
    suspected = last and place.missed + 1 >= NEVER_OPENED_LIMIT
    if suspected and "not-opening" not in place.faults:
        yield f.FaultLatched(f"door:{place.n}", "not-opening")


def left_open(state: State, context: Context) -> Iterator[Fact]:
    """Yield each door that has stood open too long, once an opening."""
    for place in state.compartments.values():
        open_s = context.open_for_s.get(place.n, 0.0)
        long_open = place.door.is_open and open_s >= context.timings.left_open_s
        if long_open and not place.left_open:
            yield f.DoorLeftOpen(place.n, int(open_s))


def at_start(
    state: State, contacts: dict[int, bool], context: Context
) -> Iterator[Fact]:
    """Yield what start finds: orders without an outcome, doors that moved unwatched."""
    for order in state.orders.values():
        yield f.OutcomeUnknown(order.order, order.compartment)
    unknown = {
        (o.compartment, o.pupil or own.whose(state, o)): None
        for o in state.orders.values()
    }
    for n, pupil in unknown:
        yield from ask(state, "outcome-unknown", n, pupil, context)
    for n, is_open in contacts.items():
        if state.compartment(n).door.is_open is not is_open:
            yield f.DoorFound(n, is_open)
            if not _orders_for(state, n):
                yield from _moved_unwatched(state, n, context, is_open=is_open)


def _moved_unwatched(
    state: State, n: int, context: Context, *, is_open: bool
) -> Iterator[Fact]:
    """Ask about a device whose door was opened, or was shut by its pupil, meanwhile."""
    place = state.compartment(n)
    at_door = place.pupil or own.whose(state, place)
    if person := _owner(state, n) if is_open else at_door:
        about = "forced" if is_open else "outcome-unknown"
        yield from ask(state, about, n, person, context)
