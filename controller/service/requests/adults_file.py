"""Requests of a file of adults: preview, apply. Loaded at first use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from controller.domain import custody_facts as f
from controller.domain.facts import Fact
from controller.protocol import (
    AdultLine,
    AdultsApplied,
    AdultsPreview,
    BadLine,
    Fault,
)
from controller.roll.adult_model import CurrentAdult
from controller.roll.model import BadRow, Note
from controller.service.adult_lists import (
    AdultChanges,
    AdultsDraft,
    changes_of,
    read_adults,
)
from controller.service.calls import Call, Refused, bad_input

if TYPE_CHECKING:
    from controller.service.hub import Hub


def preview(hub: Hub, call: Call) -> AdultsPreview:
    """Read a file of adults and say what applying it would do (CUS-4)."""
    draft = _read(hub, call.file(), call.text("filename", "", 200))
    found = draft.preview
    firsts = {one.one_with for one in found.added}
    return AdultsPreview(
        ticket=hub.tickets.keep(draft),
        filename=draft.filename,
        added=[
            _line(
                *(draft, one.pupil, one.line, one.name, one.relationship),
                never=one.never,
                joins=bool(one.contact) or one.line not in firsts,
            )
            for one in found.added
        ],
        changed=[
            _line(
                *(draft, one.before.pupil, one.line, one.before.name),
                one.relationship,
                never=one.never,
                what=one.what,
            )
            for one in found.altered
        ],
        absent=[_absent(draft, one) for one in found.absent],
        bad=[_told(row) for row in found.bad],
        notes=[_told(note) for note in found.notes],
        unchanged=found.unchanged,
        passed=found.passed,
        apart=found.apart,
    )


def _read(hub: Hub, data: bytes, filename: str) -> AdultsDraft:
    contacts, roll = hub.directory.store.contacts, hub.roll.current()
    return read_adults(hub.core.state, contacts, roll, data, filename)


def _line(  # noqa: PLR0913  the columns of a table
    draft: AdultsDraft,
    pupil: str,
    line: int,
    name: str,
    relationship: str,
    *,
    never: bool = False,
    what: str = "",
    joins: bool = False,
) -> AdultLine:
    child = draft.pupils[pupil]
    called = f"{child.first_name} {child.last_name}".strip()
    return AdultLine(
        *(line, name, relationship, called, child.class_slug),
        never=never,
        what=what,
        joins=joins,
    )


def _absent(draft: AdultsDraft, one: CurrentAdult) -> AdultLine:
    return _line(draft, one.pupil, 0, one.name, one.relationship)


def _told(one: BadRow | Note) -> BadLine:
    return BadLine(one.line, one.reason if isinstance(one, BadRow) else one.text)


def apply(hub: Hub, call: Call) -> AdultsApplied:
    """Apply a file that was looked at, all or nothing (CUS-4).

    What was shown is what is applied: compared anew, and refused where it differs.
    """
    ticket = call.text("ticket")
    draft = hub.tickets.look(ticket)
    if not isinstance(draft, AdultsDraft):
        raise bad_input("ticket", "an old preview", "the preview on the page")
    take_off = call.flag("take_off", default=False)
    _check(draft, take_off=take_off, leave_out=call.flag("leave_out", default=False))
    now = _read(hub, draft.data, draft.filename)
    if now.preview != draft.preview:
        raise _meanwhile()
    facts = _write(hub, call, changes_of(now, take_off=take_off))
    hub.tickets.take(ticket)
    done = next((x for x in facts if isinstance(x, f.ContactsImported)), None)
    if done is None:
        return AdultsApplied(0, 0, 0)
    return AdultsApplied(done.added, done.changed, done.removed)


def _write(hub: Hub, call: Call, changes: AdultChanges) -> Sequence[Fact]:
    """Write names, then facts, then what of names is over; return the facts.

    Raises:
        JournalUnwritable: names may be written, no list has changed.
    """
    store = hub.directory.store
    with store.transaction():
        for one, pupil in changes.names:
            store.contacts.put(one, pupil)
    done = hub.order(changes.order, call)
    facts = done.facts if done else ()
    gone = [(x.contact, x.pupil) for x in facts if isinstance(x, f.ContactRemoved)]
    store.contacts.remove_all(gone)
    return facts


def _check(draft: AdultsDraft, *, take_off: bool, leave_out: bool) -> None:
    """Refuse what was not chosen, and what would guess.

    Raises:
        Refused: nothing was changed.
    """
    bad = len(draft.preview.bad)
    if bad and not leave_out:
        raise Refused(
            Fault(
                "roll-bad-rows",
                f"{bad} rows cannot be taken as they are. Nothing was changed.",
                "Correct them and send the file again, or leave these rows out.",
                422,
            )
        )
    if bad and take_off:
        raise Refused(
            Fault(
                "adults-left-out",
                "Nobody is taken off a list while lines are left out: one of them may "
                "be about just that adult. Nothing was changed.",
                "Correct the lines and send the file again, or take nobody off.",
                409,
            )
        )


def _meanwhile() -> Refused:
    return Refused(
        Fault(
            "changed-meanwhile",
            "The lists or the roll have changed since this was shown. "
            "Nothing was changed.",
            "Choose the file again and look once more.",
            409,
        )
    )
