"""Giving a class its cards, one tap after another."""

from __future__ import annotations

import msgspec


class EnrolmentView(msgspec.Struct, omit_defaults=True):
    """Enrolling a class card by card.

    Attributes:
        running: whether taps at ``reader`` enrol.
        next_name, next_pupil, next_compartment: who is to tap now.
        done, total: for the progress bar.
        last: sentence about the last card, e.g. what was refused and why.
        last_ok: whether that was a success.
        can_undo: whether the last card can be undone.
        waiting: ``[pupil, name]`` of those still without a card, next first.
    """

    running: bool
    class_id: str = ""
    reader: str = ""
    next_name: str = ""
    next_pupil: str = ""
    next_compartment: int = 0
    done: int = 0
    total: int = 0
    last: str = ""
    last_ok: bool = True
    can_undo: bool = False
    waiting: list[list[str]] = []
