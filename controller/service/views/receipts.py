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
from controller.domain.custody_records import PastHold
from controller.journal.entry import Entry
from controller.protocol.custody import Receipt
from controller.service.core import Core
from controller.service.views.holds import (
    Reader,
    identity_words,
    place_words,
    whom,
    words_of,
)
from controller.service.views.names import in_words

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
    owner = reader.names.full(first.hold.person) if first.hold.person else "Not known"
    local = reader.context.calendar.local(first.ended_us)
    whom_words = whom(
        reader, first.to, first.contact, prepared.note, [p.hold for p in past]
    )
    lines = [
        ("Device of", owner),
        ("What", ", ".join(k for p in past for k in p.hold.kinds)),
        ("Held as", BASES[first.hold.basis].title),
        ("Given to", whom_words),
        ("Identity", identity_words(prepared.identity)),
        ("Given by", reader.names.full(first.by)),
        ("Witness", reader.names.full(first.witness) if first.witness else ""),
        ("When", f"{local:%A %-d %B %Y, %H:%M}"),
        ("Signed", in_words(first.signed)),
        *_officer(words_of(reader.store, prepared.note)),
    ]
    tail = core.journal.tail
    return Receipt(
        first.handover,
        "Receipt",
        [(label, value) for label, value in lines if value],
        _strokes(reader, done.note),
        list(_moves(core, reader, entries)),
        [(entry.epoch, entry.seq) for entry in entries],
        entries[-1].node if entries else "",
        tail.hash.hex(),
    )


def _officer(words: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("relationship", "force", "number", "reference", "reason", "remarks"):
        yield in_words(name), words.get(name, "")


def _entries(core: Core, past: list[PastHold]) -> Iterator[Entry]:
    """Yield the entries about these devices, oldest first."""
    keys = {p.hold.hold for p in past} | {past[0].handover}
    for entry in core.journal.entries(kinds=list(_OF_IT)):
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
