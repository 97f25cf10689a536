"""Who may do what with a record, by its kind, its class and whom it is about.

The kind's row names the rights; here is how they reach: a class narrows them, people's
own records are theirs, and nobody decides about, or is told of, themselves.
"""

from __future__ import annotations

from controller.domain import record_shape as s
from controller.domain.context import Actor
from controller.domain.record_fields import YES, Values
from controller.domain.record_shape import Kind
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.rights import may
from controller.domain.state import State

ROLE_TOLD = {"head": "leadership", "dsl": "dsl"}
"""Who has to be told -> the role; the chair of governors has no account."""


def class_of(state: State, about: str) -> str | None:
    """Return the class that a record about ``about`` is about, if it is about one."""
    if about in state.classes:
        return about
    pupil = state.pupils.get(about)
    return pupil.klass if pupil else None


def fits(state: State, kind: Kind, about: str) -> bool:
    """Return whether a record of ``kind`` can be about ``about``."""
    if not about:
        return s.NOBODY in kind.about
    staff = state.staff.get(about)
    return any(
        (
            s.PUPIL in kind.about and about in state.pupils,
            s.CLASS in kind.about and about in state.classes,
            s.STAFF in kind.about and staff is not None and staff.active,
        )
    )


def may_do(state: State, actor: Actor, kind: Kind, act: str, about: str) -> bool:
    """Return whether ``actor`` may ``file``, ``see``, ``change`` or ``end``."""
    right: str = getattr(kind, act)
    if kind.blind and act != "file" and about and about == actor.person:
        return False
    if kind.own and about in state.staff:
        mine = about == actor.person and act in ("file", "see")
        return (mine and may(actor, s.TELL)) or may(actor, s.STAFFS)
    return may(actor, right, class_of(state, about))


def may_see(state: State, actor: Actor, record: Record) -> bool:
    """Return whether ``actor`` may know of a record at all."""
    return may_do(state, actor, KINDS[record.kind], "see", record.about)


def may_approve(actor: Actor, about: str) -> bool:
    """Return whether ``actor`` may approve: leadership, and never for themselves."""
    return may(actor, s.APPROVE) and about != actor.person


def needs_approval(kind: Kind, values: Values) -> bool:
    """Return whether a record with these values must be approved."""
    if kind.approve in ("", s.ALWAYS):
        return kind.approve == s.ALWAYS
    return dict(values).get(kind.approve) == YES


def told_to(record: Record) -> str:
    """Return who has to be told of a record: ``dsl``, ``head``, ``chair`` or nobody."""
    read_by = KINDS[record.kind].read_by
    return record.get(read_by) if read_by == "told_to" else read_by


def reader_role(record: Record) -> str:
    """Return the role that has to read a record; empty: nobody must."""
    return ROLE_TOLD.get(told_to(record), "")


def must_read(state: State, actor: Actor, record: Record) -> bool:
    """Return whether ``actor`` is one of those who have to read a record."""
    role = reader_role(record)
    return role in actor.roles and may_see(state, actor, record)
