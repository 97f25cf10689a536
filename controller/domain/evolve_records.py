"""How facts about records change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import record_facts as f
from controller.domain.facts import When
from controller.domain.record_rights import told_to
from controller.domain.record_state import Record
from controller.domain.state import State, put


def _filed(state: State, fact: f.RecordFiled, when: When) -> State:
    record = Record(
        fact.record,
        fact.kind,
        fact.about,
        fact.by,
        when.at_us,
        "" if when.clock == "guessed" else state.the_bank.date,
        fact.values,
        fact.worded,
        (fact.note,),
        ref=(when.epoch, when.seq),
    )
    return put(state, "records", fact.record, record)


def _change(state: State, record: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.records.get(record)
    return put(state, "records", record, replace(now, **changes)) if now else state


def _amended(state: State, fact: f.RecordAmended, when: When) -> State:
    now = state.records.get(fact.record)
    if now is None:
        return state
    if told_to(now) != told_to(replace(now, values=fact.values)):
        state = _change(state, fact.record, read_by="", read_us=0)  # others must read
    return _change(
        state,
        fact.record,
        values=fact.values,
        worded=fact.worded,
        notes=(*now.notes, fact.note),
        version=now.version + 1,
        changed_by=fact.by,
        changed_us=when.at_us,
        approved_by="",
        approved_us=0,
    )


def _approved(state: State, fact: f.RecordApproved, when: When) -> State:
    return _change(state, fact.record, approved_by=fact.by, approved_us=when.at_us)


def _read(state: State, fact: f.RecordRead, when: When) -> State:
    return _change(state, fact.record, read_by=fact.by, read_us=when.at_us)


def _ended(state: State, fact: f.RecordEnded, when: When) -> State:
    return _change(
        state, fact.record, ended_by=fact.by, ended_us=when.at_us, why=fact.why
    )


RECORDS: Mapping[type, Callable[[State, Any, When], State]] = {
    f.RecordFiled: _filed,
    f.RecordAmended: _amended,
    f.RecordApproved: _approved,
    f.RecordRead: _read,
    f.RecordEnded: _ended,
}
