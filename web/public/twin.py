"""The twin over HTTP: hands, cards, clock and faults, in the demo only (design.md).

Every call goes to the room; what came of it is learned from the controller's own feed,
never guessed. A lawful call answers 200 and a JSON object.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from controller.protocol import FeedEvent
from web.asking import feed
from web.errors import BadInput, SiteError, answer
from web.public.tapping import Tapper
from web.room import Room, RoomGone, RoomRefused
from web.security import csrf

blueprint = Blueprint("twin", __name__, url_prefix="/twin")

UID = re.compile(r"(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{14}|[0-9A-Fa-f]{20})(?:#[1-9][0-9]?)?")
"""4, 7 or 10 bytes (ISO/IEC 14443-3); a copy has ``#1`` and so on behind it."""

RECORDED_S = 2.0
"""How long the controller may take to record what a contact or the clock told."""

STATUS = {
    "no-such-reader": 404,
    "no-such-compartment": 404,
    "bad-call": 422,
    "bad-uid": 422,
    "unknown-fault": 422,
    "unknown-kind": 422,
}
"""Of the room's refusals; any other is 409: not as things stand now."""


class NoRoom(SiteError):
    """The simulated room is not there."""

    code = "no-room"
    status = 503
    remedy = "Start the demo again."


class RoomSaysNo(SiteError):
    """The room refused; hands cannot do that now."""

    code = "room-refused"
    status = 409
    remedy = "Look at /twin/world: is that door open, that reader there?"


def register(app: Flask) -> None:
    """Add the calls to ``app``; they want no CSRF token."""
    config = app.extensions["hometime-config"]
    room = Room(config.room_socket)
    app.extensions["hometime-room"] = room
    app.extensions["hometime-tapper"] = Tapper(room, app.extensions["hometime-feed"])
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.errorhandler(RoomRefused)
def refused(error: RoomRefused) -> ResponseReturnValue:
    """Answer with the room's own words."""
    fault = RoomSaysNo(str(error)).fault
    fault.error, fault.status = error.reason, STATUS.get(error.reason, 409)
    return answer(fault)


@blueprint.errorhandler(RoomGone)
def gone(_error: RoomGone) -> ResponseReturnValue:
    """Say that there is no room."""
    return answer(NoRoom("The simulated room does not answer.").fault)


@blueprint.post("/readers/<reader>/tap")
def tap(reader: str) -> ResponseReturnValue:
    """Bring a card to the reader and take it away; answer with what came of it."""
    uid = _uid(_body({"uid"}).get("uid"))
    tapper: Tapper = current_app.extensions["hometime-tapper"]
    return jsonify(tapper.tap(reader, uid))


@blueprint.post("/readers/<reader>/cards")
def cards(reader: str) -> ResponseReturnValue:
    """Let exactly these cards lie on the reader from now on."""
    uids = _body({"uids"}).get("uids")
    if not isinstance(uids, list):
        raise BadInput("uids: wanted a list of UIDs")
    uids = [_uid(uid) for uid in uids]
    _room().call("cards", reader=reader, uids=uids)
    return jsonify(uids=uids)


@blueprint.post("/cards/clone")
def clone() -> ResponseReturnValue:
    """Copy a card (ACC-8); answer with the name that the copy goes by here."""
    body = _body({"uid", "memory"})
    uid, memory = _uid(body.get("uid")), body.get("memory", True)
    if not isinstance(memory, bool):
        raise BadInput("memory: wanted true or false")
    return jsonify(_room().call("clone_card", uid=uid, memory=memory))


@blueprint.post("/cards/kind")
def kind() -> ResponseReturnValue:
    """Let a card be a fresh one of another kind: one that cannot be written, say."""
    body = _body({"uid", "kind"})
    uid, of_kind = _uid(body.get("uid")), _words(body, "kind")
    _room().call("make_card", uid=uid, kind=of_kind)
    return jsonify(uid=uid, kind=of_kind)


@blueprint.post("/compartments/<int:n>/door")
def door(n: int) -> ResponseReturnValue:
    """Pull or push; answer when the controller has recorded what the contact told."""
    do = _one_of(_body({"do"}), "do", "pull", "push")
    since = feed().position()
    moved = _room().call("door", compartment=n, do=do)["moved"]
    told = [n, do == "pull"]
    recorded = moved and feed().find(since, lambda e: e.door == told, RECORDED_S)
    return jsonify(moved=moved, recorded=bool(recorded))


@blueprint.post("/compartments/<int:n>/device")
def device(n: int) -> ResponseReturnValue:
    """Put a device in through an open door, or take the top one out."""
    body = _body({"do", "label"})
    do = _one_of(body, "do", "put", "take")
    more = {"label": _words(body, "label")} if do == "put" else {}
    return jsonify(_room().call("device", compartment=n, do=do, **more))


@blueprint.post("/clock")
def clock() -> ResponseReturnValue:
    """Set or move the wall clock; answer once the controller follows."""
    move = _clock_move(_body({"at", "advance_s"}))
    since = feed().position()
    told = _room().call("clock", **move)
    if told["followed"]:  # then what followed from it is on its way to our pages
        feed().find(since, _tells_clock, RECORDED_S)
    return jsonify(clock=told["clock"], followed=told["followed"])


@blueprint.post("/faults")
def faults() -> ResponseReturnValue:
    """Break something, or mend it (SIM-3)."""
    body = _body({"kind", "on", "active"})
    kind, on, active = _words(body, "kind"), body.get("on"), body.get("active", True)
    if not isinstance(active, bool):
        raise BadInput("active: wanted true or false")
    if on is not None and (not isinstance(on, str | int) or isinstance(on, bool)):
        raise BadInput("on: wanted a reader's name or a compartment's number")
    _room().call("faults", kind=kind, on=on, active=active)
    return jsonify(kind=kind, on=on, active=active)


@blueprint.get("/world")
def world() -> ResponseReturnValue:
    """Show the room: clock, doors, bolts, coils, devices, readers, supply."""
    return jsonify(_room().call("world"))


# ------------------------------------------------------------------- what came


def _room() -> Room:
    room: Room = current_app.extensions["hometime-room"]
    return room


def _body(known: set[str]) -> dict[str, Any]:
    """Return the JSON object that came, whatever type it was declared as."""
    try:
        body = request.get_json(force=True)
    except RecursionError:
        raise BadInput("body: nested too deep, wanted a JSON object") from None
    if not isinstance(body, dict):
        raise BadInput("body: wanted a JSON object")
    unknown = sorted(set(body) - known)
    if unknown:
        wanted = ", ".join(sorted(known))
        raise BadInput(f"{unknown[0]}: not known here, wanted {wanted}")
    return body


def _uid(value: object) -> str:
    if not isinstance(value, str) or not UID.fullmatch(value):
        raise BadInput("uid: wanted 4, 7 or 10 bytes in hex")
    return value.upper()


def _one_of(body: dict[str, Any], name: str, *choices: str) -> str:
    if body.get(name) not in choices:
        raise BadInput(f"{name}: wanted {' or '.join(choices)}")
    return str(body[name])


def _words(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{name}: wanted words")
    return value


def _clock_move(body: dict[str, Any]) -> dict[str, Any]:
    match body:
        case {"at": str(at), **rest} if not rest:
            return {"at": _moment(at)}
        case {"advance_s": bool()}:
            pass
        case {"advance_s": int() | float() as seconds, **rest} if not rest:
            return {"advance_s": float(seconds)}
    raise BadInput("clock: wanted at (a time with its zone) or advance_s (seconds)")


def _moment(at: str) -> str:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadInput("at: wanted a time with its zone, as 2026-11-23T08:40:00+00:00")
    return moment.isoformat()


def _tells_clock(event: FeedEvent) -> bool:
    return event.clock is not None
