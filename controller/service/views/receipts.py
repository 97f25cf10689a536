"""The receipt of a hand-over: who gave what to whom, where it had been (CUS-3, CUS-7).

Made of the journal's entries; each stands with its position, and the whole with the
journal's end, so that ``hometime journal verify`` can be held against the paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from controller.domain import custody_facts as f
from controller.domain.bases import BASES
from controller.domain.custody_records import Hold, PastHold
from controller.journal.entry import Entry, Position
from controller.journal.quoted import quotation
from controller.protocol.custody import Receipt
from controller.service.core import Core
from controller.service.views.holds import (
    Reader,
    class_name,
    identity_words,
    place_words,
    whom,
    words_of,
)
from controller.service.views.names import in_words

EVERY = 1_000_000
"""More entries than a bank writes in years: what was held is told whole."""

_OF_IT = (
    *("DeviceHeld", "HoldMoved", "HoldReclassified", "HandOverPrepared"),
    *("HandOverBegun", "HandOverDoorOpened", "HandedOver", "ParentTold"),
)


def make_receipt(core: Core, reader: Reader, past: list[PastHold]) -> Receipt:
    """Return the receipt of a hand-over that is done."""
    entries = list(_entries(core, past))
    prepared = _last(core, entries, f.HandOverPrepared)
    done = _last(core, entries, f.HandedOver)
    first = past[0]
    local = reader.context.calendar.local(first.ended_us)
    whom_words = whom(
        reader, first.to, first.contact, prepared.note, [p.hold for p in past]
    )
    lines = [
        ("Pupil", "; ".join(dict.fromkeys(_owner(reader, p.hold) for p in past))),
        ("Device", "; ".join(_device(p.hold) for p in past)),
        ("Held since", "; ".join(_since(reader, p.hold) for p in past)),
        ("Given to", whom_words),
        ("Identity", in_words(identity_words(prepared.identity))),
        ("Given by", reader.names.full(first.by)),
        ("Allowed by", _allowed_by(core, reader, entries, first)),
        ("Witness", reader.names.full(first.witness) if first.witness else ""),
        ("When", f"{local:%A %-d %B %Y, %H:%M}"),
        ("Signed", in_words(first.signed)),
        ("Remarks", words_of(reader.store, done.note).get("remarks", "")),
        *_officer(reader, first, prepared.note),
    ]
    tail = core.journal.tail
    return Receipt(
        first.handover,
        "Receipt",
        [(label, value) for label, value in lines if value],
        _strokes(reader, done.note),
        list(_moves(core, reader, entries)),
        [quotation(entry) for entry in entries],
        entries[-1].node if entries else "",
        tail.hash.hex(),
    )


def _allowed_by(
    core: Core, reader: Reader, entries: list[Entry], past: PastHold
) -> str:
    """Return who of leadership let it go to somebody who is not on the list."""
    if past.to != "unlisted":
        return ""
    return reader.names.full(_last(core, entries, f.HandOverBegun).by)


def _owner(reader: Reader, hold: Hold) -> str:
    if not hold.person:
        return "Not known"
    signs = class_name(reader.state, hold.person)
    return ", ".join(part for part in (reader.names.full(hold.person), signs) if part)


def _device(hold: Hold) -> str:
    kinds = in_words(" and ".join(hold.kinds))
    return f"{kinds}, bag {hold.seal}" if hold.seal else kinds


def _since(reader: Reader, hold: Hold) -> str:
    return f"{reader.context.calendar.local(hold.since_us):%A %-d %B %Y, %H:%M}"


def _officer(reader: Reader, past: PastHold, note: str) -> Iterator[tuple[str, str]]:
    """Yield what an officer's receipt has besides; a parent's never says why."""
    if past.to != "officer":
        return
    words = words_of(reader.store, note)
    yield "Held as", BASES[past.hold.basis].title
    for name in ("force", "number", "reference", "remarks"):
        yield in_words(name), words.get(name, "")


def _entries(core: Core, past: list[PastHold]) -> Iterator[Entry]:
    """Yield the entries about these devices, oldest first."""
    keys = {p.hold.hold for p in past} | {past[0].handover}
    first = min(p.hold.ref for p in past)
    after = Position(first[0], first[1] - 1)
    for entry in core.journal.entries(after=after, limit=EVERY, kinds=list(_OF_IT)):
        body = json.loads(entry.body) if entry.body else {}
        named = {body.get("hold"), body.get("handover"), *body.get("holds", ())}
        if named & keys:
            yield entry


def _last(core: Core, entries: list[Entry], kind: type) -> Any:  # noqa: ANN401  a fact of that kind
    facts = (core.journal.fact(entry) for entry in reversed(entries) if entry.body)
    return next(fact for fact in facts if isinstance(fact, kind))


def _moves(
    core: Core, reader: Reader, entries: list[Entry]
) -> Iterator[tuple[str, str, str, str, str]]:
    for entry in entries:
        fact = core.journal.fact(entry) if entry.body else None
        at = f"{reader.context.calendar.local(entry.at_us):%-d %B %H:%M}"
        if isinstance(fact, f.DeviceHeld):
            by = reader.names.full(fact.by)
            yield at, "", place_words(reader, fact.place), by, fact.seal
        elif isinstance(fact, f.HoldMoved):
            origin, place = (place_words(reader, p) for p in (fact.origin, fact.place))
            yield at, origin, place, reader.names.full(fact.by), fact.seal


def _strokes(reader: Reader, note: str) -> list[list[tuple[int, int]]]:
    found = reader.store.texts.get(note) if note else None
    plain = json.loads(found.text) if found else {}
    return [[(x, y) for x, y in stroke] for stroke in plain.get("strokes", [])]
