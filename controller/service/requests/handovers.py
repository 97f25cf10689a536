"""Requests of hand-overs: prepare, open again, sign, finish, undo, receipt (CUS-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain.custody_records import HandOver, PastHold
from controller.people.tables.texts import Written
from controller.protocol.custody import HandOverView, Receipt
from controller.service.calls import Call, bad_input, not_found
from controller.service.requests.custody import (
    MOST_WORDS,
    bind,
    fact_of,
    keep_plain,
    keep_words,
    reader_of,
)
from controller.service.views.holds import handover_view
from controller.service.views.receipts import make_receipt

if TYPE_CHECKING:
    from controller.service.hub import Hub

WORDS = ("name", "relationship", "force", "number", "reference", "reason", "remarks")
"""Free fields of a hand-over: names, an officer's force and number, why."""

MOST_STROKES, MOST_POINTS, SIGN_SIZE = 60, 4_000, 1_000
"""Bounds of a signature: strokes, points in all, and its square in units."""


def prepare(hub: Hub, call: Call) -> HandOverView:
    """Say who is to be given what; doors in sight of the desk open at once."""
    holds = call.texts("holds", 20)
    _check_words(call)
    about = next((h.person for k, h in hub.core.state.holds.items() if k in holds), "")
    written = keep_words(hub, call, about, WORDS)
    order = c.PrepareHandOver(
        holds,
        call.text("to", most=20),
        call.text("contact", "", 40),
        call.text("identity", "", 20),
        call.flag("override", default=False),
        written.id,
        written.digest,
    )
    done = hub.order(order, call)
    bind(hub, written, done)
    prepared = fact_of(done, f.HandOverPrepared)
    return handover_view(reader_of(hub, call), _known(hub, prepared.handover))


def _check_words(call: Call) -> None:
    """Refuse a form without the words that its choice needs."""
    if call.flag("override", default=False) and not call.text("reason", "", MOST_WORDS):
        raise bad_input("reason", "nothing", "why it goes back before its end")
    named = call.text("to", most=20) in ("unlisted", "officer")
    if named and not call.text("name", "", MOST_WORDS):
        raise bad_input("name", "nothing", "the name of who it is for")


def _known(hub: Hub, key: str) -> HandOver:
    found = hub.core.state.handovers.get(key)
    if found is None:
        raise not_found("handover")
    return found


def view(hub: Hub, call: Call) -> HandOverView:
    """Return a hand-over under way, to somebody who may know of its devices."""
    reader, found = reader_of(hub, call), _known(hub, call.text("id"))
    holds = (reader.state.holds[key] for key in found.holds)
    if not all(reader.knows(hold) for hold in holds):
        raise not_found("handover")
    return handover_view(reader, found)


def allow(hub: Hub, call: Call) -> HandOverView:
    """Let somebody have it who is not on the list: leadership's word (CUS-4)."""
    hub.order(c.AllowHandOver(call.text("id")), call)
    return view(hub, call)


def again(hub: Hub, call: Call) -> HandOverView:
    """Open the doors again of a hand-over that got no further."""
    hub.order(c.OpenAgain(call.text("id")), call)
    return view(hub, call)


def finish(hub: Hub, call: Call) -> Receipt:
    """Say that the devices are in the right hands, and how that was signed for."""
    key, signed = call.text("id"), call.text("signed", most=20)
    found = _known(hub, key)
    about = hub.core.state.holds[found.holds[0]].person if found.holds else ""
    strokes = signature(call)
    if signed == "screen" and not strokes:
        raise bad_input("strokes", "nothing", "a signature")
    plain: dict[str, Any] = {"strokes": strokes} if strokes else {}
    if remarks := call.text("remarks", "", 500):
        plain["remarks"] = remarks
    written = keep_plain(hub, about, plain) if plain else Written("", "")
    order = c.FinishHandOver(key, signed, written.id, written.digest)
    bind(hub, written, hub.order(order, call))
    return receipt(hub, call)


def signature(call: Call) -> list[list[list[int]]]:
    """Return the strokes of a signature: points in a square of ``SIGN_SIZE`` units.

    Lines, never a picture: nothing is uploaded anywhere (CUS-11).
    """
    strokes = call.args.get("strokes", [])
    if not isinstance(strokes, list) or len(strokes) > MOST_STROKES:
        raise bad_input("strokes", "no signature", f"at most {MOST_STROKES} strokes")
    points = [
        point for stroke in strokes if isinstance(stroke, list) for point in stroke
    ]
    if len(points) > MOST_POINTS or not all(map(_is_point, points)):
        raise bad_input("strokes", "something else", "points of a signature")
    if not all(isinstance(stroke, list) for stroke in strokes):
        raise bad_input("strokes", "something else", "points of a signature")
    return [stroke for stroke in strokes if stroke]


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2  # noqa: PLR2004  x and y
        and all(type(v) is int and 0 <= v <= SIGN_SIZE for v in point)
    )


def undo(hub: Hub, call: Call) -> None:
    """Say that nothing was handed over, and why."""
    key = call.text("id")
    found = _known(hub, key)
    about = hub.core.state.holds[found.holds[0]].person if found.holds else ""
    written = keep_words(hub, call, about, ("remarks",))
    why = call.text("why", most=20)
    order = c.UndoHandOver(key, why, written.id, written.digest)
    bind(hub, written, hub.order(order, call))


def receipt(hub: Hub, call: Call) -> Receipt:
    """Return what a hand-over that is done leaves on paper."""
    key, reader = call.text("id"), reader_of(hub, call)
    past: list[PastHold] = [
        each for each in reader.state.past_holds.values() if each.handover == key
    ]
    if not past or not all(reader.knows(each.hold) for each in past):
        raise not_found("handover")
    return make_receipt(hub.core, reader, past)
