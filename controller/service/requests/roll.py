"""Requests of the roll: preview, apply, a list of cards. Loaded at first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controller.protocol import BadLine, Fault, RollApplied, RollPreview
from controller.roll.cards import assign_cards, parse_cards
from controller.roll.plan import Refused as WhyRefused
from controller.roll.plan import RollRefused
from controller.service.calls import Call, Refused, bad_input
from controller.service.roll import Draft
from controller.service.roll_changes import Settled
from controller.service.rolling import import_roll

if TYPE_CHECKING:
    from controller.service.hub import Hub


def cards_csv(hub: Hub, call: Call) -> dict[str, Any]:
    """A list of cards, all or nothing (ACC-9)."""
    parsed = parse_cards(call.file(), call.text("filename", "", 200))
    taken = hub.directory.cards_of("staff")
    found = assign_cards(parsed, hub.roll.current(), taken)
    bad = [BadLine(row.line, row.reason) for row in found.bad]
    if bad:
        return {"applied": 0, "bad": bad}
    return {"applied": hub.roll.apply_cards(found, call.actor.person), "bad": []}


def roll_preview(hub: Hub, call: Call) -> RollPreview:
    """Read a roll and say what applying it would do (DAT-1)."""
    draft = hub.roll.read(call.file(), call.text("filename", "", 200))
    return _preview(hub.tickets.keep(draft), draft, hub.roll.settled(draft))


def _preview(ticket: str, draft: Draft, settled: Settled) -> RollPreview:
    found = draft.preview
    return RollPreview(
        ticket=ticket,
        filename=draft.filename,
        added=[[str(r.line), _name(r), r.class_name] for r in found.added],
        changed=[
            [_name(one.row), one.row.class_name, ", ".join(one.fields)]
            for one in found.changed
        ],
        left=[[one.pupil, _name(one), one.class_slug] for one in found.left],
        bad=[BadLine(row.line, row.reason) for row in found.bad],
        asks_leavers=found.asks_leavers,
        unchanged=found.unchanged,
        notes=[BadLine(note.line, note.text) for note in found.notes],
        held_back=found.held_back,
        doors=settled.given,
        no_door=[
            [str(put.row.line), _name(put.row), put.row.class_name]
            for put in settled.full
        ],
        elsewhere=len(settled.elsewhere),
    )


def _name(one: Any) -> str:  # noqa: ANN401  a row or a pupil
    return f"{one.first_name} {one.last_name}".strip()


def roll_apply(hub: Hub, call: Call) -> RollApplied:
    """Apply a roll that was looked at, all or nothing (DAT-1)."""
    draft = hub.tickets.look(call.text("ticket"))
    if not isinstance(draft, Draft):
        raise bad_input("ticket", "an old preview", "the preview on the page")
    bad = {row.line for row in draft.preview.bad}
    leave_out = set(call.wholes("leave_out"))
    applied = hub.roll.apply(
        draft,
        call.actor.person,
        leave_out_bad=bool(bad) and bad <= leave_out,
        accept_leavers=call.flag("accept_leavers", default=False),
    )
    if isinstance(applied, RollRefused):
        raise _roll_refused(applied)
    hub.tickets.take(call.text("ticket"))
    return RollApplied(
        len(applied.preview.added),
        len(applied.preview.changed),
        len(applied.preview.left),
        applied.settled.given,
        [
            [put.fact.pupil, _name(put.row), put.fact.klass]
            for put in applied.settled.full
        ],
        len(applied.settled.elsewhere),
    )


def _roll_refused(refused: RollRefused) -> Refused:
    asks = refused.reason is WhyRefused.MANY_LEAVERS
    return Refused(
        Fault(
            refused.reason.value,
            f"{refused.message}. Nothing was changed.",
            refused.remedy,
            409 if asks else 422,
        )
    )


def operator_roll(hub: Hub, call: Call) -> dict[str, Any]:
    """Import a roll for the machine's operator."""
    wishes = {
        name: call.flag(name, default=False)
        for name in ("dry_run", "leave_out_bad", "accept_leavers")
    }
    return import_roll(hub.roll, call.file(), call.text("filename", "", 200), wishes)
