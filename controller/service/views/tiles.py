"""One pupil on the class page: state, what to do, and why once the PIN was given."""

from __future__ import annotations

from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.faults import FAULTS
from controller.domain.records_now import held_by
from controller.domain.rights import may
from controller.domain.state import Custody, Mark, Pupil, State
from controller.protocol import Tile, TileState

COVERED = ("absent", "left-early", "club", "office")
"""Marks that the tile covers as "Not this time", always the same (look/README.md)."""


def make_tile(
    state: State,
    pupil: Pupil,
    names: dict[str, str],
    context: Context,
    *,
    reasons: bool,
) -> Tile:
    """Return the tile of ``pupil``; without ``reasons`` it is safe on a whiteboard."""
    custody = state.custody.get(pupil.pupil)
    mark = state.marks.get(pupil.pupil)
    word = _tile_state(state, pupil, custody, mark, context)
    kept = word == "expected" and pupil.pupil in held_by(state, "exception", context)
    word = "covered" if kept else word
    since = _since(state, pupil, custody, mark, word)
    return Tile(
        pupil=pupil.pupil,
        name=names[pupil.pupil],
        compartment=custody.compartment if custody else pupil.compartment,
        state=word,
        asked=any(o.pupil == pupil.pupil for o in state.orders.values()),
        note=_note(state, pupil, custody),
        since=context.local_hm(since) if since and word != "covered" else "",
        reason=_reason(mark, kept=kept, word=word) if reasons else "",
        # Whoever is covered alike: a button less would tell held from absent.
        marked=(mark is not None or word == "covered")
        and may(context.actor, "class.mark", pupil.klass),
    )


def _reason(mark: Mark | None, *, kept: bool, word: TileState) -> str:
    """Return why a tile is covered: a mark, an exception (REC-3), a hold.

    A hold is "office", which never says why (CUS-6).
    """
    if mark and mark.mark in COVERED:
        return mark.mark
    if kept:
        return "exception"
    return "office" if word == "covered" else ""


def _tile_state(
    state: State,
    pupil: Pupil,
    custody: Custody | None,
    mark: Mark | None,
    context: Context,
) -> TileState:
    if _door_open_for(state, pupil.pupil):
        return "open"
    if pupil.pupil in state.collected:
        return "collected"
    held = custody is None and bool(holds_of(state, pupil.pupil))
    if held or (mark is not None and mark.mark in COVERED):
        return "covered"
    if custody is not None:
        return _in_state(custody, context)
    return "none" if mark is not None and mark.mark == "none" else "expected"


def _in_state(custody: Custody, context: Context) -> TileState:
    if not context.is_guessed and custody.date < context.today.isoformat():
        return "left-behind"
    return "in" if custody.stage == "in" else "said"


def _door_open_for(state: State, pupil: str) -> bool:
    return any(
        place.pupil == pupil and place.door.is_open
        for place in state.compartments.values()
    )


def _since(
    state: State, pupil: Pupil, custody: Custody | None, mark: Mark | None, word: str
) -> int:
    if word == "collected":
        return state.collected[pupil.pupil].at_us
    if word in ("in", "said", "left-behind") and custody:
        return custody.since_us
    return mark.at_us if mark else 0


_OUT_OF_ORDER = {
    False: "The door is out of order. Take the device in by hand.",
    True: "The door is out of order, with the device inside. Where a tap does not open "
    "it, the key does.",
}


UNKNOWN = "outcome-unknown"

_NOT_KNOWN = (
    "It is not known whether this door opened before the power went. "
    "Look whether the device is there."
)

_STUCK = {
    False: "The door may be stuck. Try it once more, or take the device in by hand.",
    True: "The door may be stuck, with the device inside. Tap again and pull; the key "
    "opens it where a tap does not.",
}
"""By whether a device is inside."""


def _note(state: State, pupil: Pupil, custody: Custody | None) -> str:
    gone = state.collected.get(pupil.pupil)
    n = custody.compartment if custody else pupil.compartment
    place = state.compartment(n)
    if place.left_open:
        return "The door has stood open for a while. Please look."
    if custody and custody.quick:
        return "Shut again at once. Is the device in? A tap opens the door again."
    if gone and gone.quick:
        return "Shut again at once. Is the device out? A tap opens the door again."
    broken = [code for code in place.faults if FAULTS[code].closes]
    if n and (broken or not place.in_use):
        return _OUT_OF_ORDER[custody is not None]
    if n and "not-opening" in place.faults:
        return _STUCK[custody is not None]
    unknown = (q.pupil for q in state.questions.values() if q.about == UNKNOWN)
    return _NOT_KNOWN if pupil.pupil in unknown else ""
