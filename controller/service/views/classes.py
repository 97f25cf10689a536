"""The class page: who has handed in, who may go, what a release is doing."""

from __future__ import annotations

from collections import Counter

from controller.domain import release as releases
from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.day import class_release, phase_of
from controller.domain.records_now import missing
from controller.domain.refusals import RULES
from controller.domain.rights import may
from controller.domain.school_day import Phase
from controller.domain.state import Pupil, State
from controller.domain.waves import unopened
from controller.protocol import (
    ClassLine,
    ClassPage,
    Group,
    Tile,
)
from controller.service.views.aside import taking, unasked, under_way
from controller.service.views.class_release import acts_of, release_view, ways_of
from controller.service.views.names import Names, in_words, short_names
from controller.service.views.tiles import make_tile


class ClassViews:
    """Makes class pages.

    Args:
        names: who the ids are.
    """

    def __init__(self, names: Names) -> None:
        self._names = names

    def lines(self, state: State, context: Context) -> list[ClassLine]:
        """Return the classes that the actor may open."""
        return [
            self._line(state, klass, context)
            for klass in state.classes
            if may(context.actor, "class.see", klass)
        ]

    def _line(self, state: State, klass: str, context: Context) -> ClassLine:
        sign = state.classes[klass]
        pupils = in_class(state, klass)
        return ClassLine(
            class_id=klass,
            name=sign.name,
            year=sign.year,
            pupils=len(pupils),
            in_now=sum(p.pupil in state.custody for p in pupils),
            phase=phase_of(state, klass, context).value,
        )

    def page(
        self,
        state: State,
        klass: str,
        context: Context,
        refused: list[tuple[str, str, int]],
        *,
        reasons: bool = False,
    ) -> ClassPage:
        """Return the page of ``klass``.

        Args:
            state: what is so.
            klass: slug; must exist.
            context: the moment, with the actor.
            refused: pupil, rule and wall clock of today's refused taps, newest first.
            reasons: whether to uncover the marks, after the teacher's PIN.
        """
        sign = state.classes[klass]
        pupils = in_class(state, klass)
        names = short_names(self._names, [p.pupil for p in pupils])
        tiles = {
            p.pupil: make_tile(state, p, names, context, reasons=reasons)
            for p in pupils
        }
        release = class_release(state, klass)
        for pupil in unopened(state, release, context) if release else ():
            tiles[pupil].unopened = True
        day = state.class_days.get(klass)
        bank = state.the_bank
        return ClassPage(
            class_id=klass,
            name=sign.name,
            year=sign.year,
            phase=phase_of(state, klass, context).value,
            counts=dict(Counter(tile.state for tile in tiles.values())),
            groups=_groups(pupils, tiles),
            release=release_view(state, release, context) if release else None,
            ways=ways_of(state, klass, context),
            release_size=sum(
                len(w.pupils) for w in releases.plan(state, klass, "all", context)
            ),
            stay_shut=len(releases.left_out(state, klass, context)),
            can=acts_of(state, klass, context),
            drop_off=_drop_off(phase_of(state, klass, context)),
            by_hand=context.is_guessed,
            confirmed=context.local_hm(day.confirmed_at_us)
            if day and day.confirmed_at_us
            else "",
            evacuated_since=context.local_hm(bank.evacuated_us)
            if bank.evacuated_us
            else "",
            open_doors=_open_doors(state),
            clubs=[[c.club, c.name, c.ends] for c in state.clubs.values()],
            left_out=self._left_out(state, klass, names, context, reasons=reasons),
            going_home=_going_home(state, pupils) if reasons else [],
            missing=_missing(state, pupils, names, context, reasons=reasons),
            outing=under_way(state, klass, context),
            taking=taking(state, klass),
            unasked=unasked(state, klass, context),
            refused_today=[
                _refused_words(
                    names[pupil] if reasons else "", rule, context.local_hm(at_us)
                )
                for pupil, rule, at_us in refused
                if pupil in names and (reasons or _is_safe(rule))
            ][:5],
        )

    def _left_out(
        self,
        state: State,
        klass: str,
        names: dict[str, str],
        context: Context,
        *,
        reasons: bool,
    ) -> list[str]:
        """Say whom a release leaves out, and why; a hold only as "office" (DAY-5).

        Before the PIN the page may be on a whiteboard, so it says only how many.
        """
        out = releases.left_out(state, klass, context)
        if not reasons:
            return []
        words = {
            "left-early": "left early",
            "club": "at a club",
            "exam": "sits an examination",
        }
        return [
            f"{names.get(one.pupil, 'A pupil')}: {words.get(one.why, one.why)}"
            for one in out
        ]


def in_class(state: State, klass: str) -> list[Pupil]:
    """Return the pupils of a class by table and door."""
    pupils = [p for p in state.pupils.values() if p.klass == klass and p.on_roll]
    return sorted(pupils, key=lambda p: (p.group == "", p.compartment or 999, p.pupil))


def _groups(pupils: list[Pupil], tiles: dict[str, Tile]) -> list[Group]:
    groups: dict[str, list[Tile]] = {}
    for pupil in pupils:
        groups.setdefault(pupil.group, []).append(tiles[pupil.pupil])
    return [Group(in_words(name), members) for name, members in groups.items()]


def _going_home(state: State, pupils: list[Pupil]) -> list[list[str]]:
    """Return pupil and hold where nobody has said how the child gets home (CUS-13)."""
    return [
        [hold.person, hold.hold]
        for pupil in pupils
        for hold in holds_of(state, pupil.pupil)
        if not (hold.travels or hold.handover)
    ]


def _is_safe(rule: str) -> bool:
    """Whether a refusal says only what hour it is, and nothing of whose tap it was."""
    return RULES[rule].screen == "notnow"


def _missing(
    state: State,
    pupils: list[Pupil],
    names: dict[str, str],
    context: Context,
    *,
    reasons: bool,
) -> list[str]:
    """Say whose device came without agreement or permission (REC-7, REC-10).

    Before the PIN the page may be on a whiteboard, so it says only how many.
    """
    no_word, no_leave = missing(state, context)
    inside = [p.pupil for p in pupils if p.pupil in state.custody]
    lacking = {
        "No permission to bring a device": [p for p in inside if p in no_leave],
        "No agreement signed": [p.pupil for p in pupils if p.pupil in no_word],
    }
    return [
        f"{what}: {_whose(found, names, reasons=reasons)}."
        for what, found in lacking.items()
        if found
    ]


def _whose(found: list[str], names: dict[str, str], *, reasons: bool) -> str:
    return ", ".join(names[p] for p in found) if reasons else str(len(found))


def _drop_off(phase: Phase) -> str:
    return {Phase.DROP_OFF: "open", Phase.LATE: "late"}.get(phase, "shut")


def _open_doors(state: State) -> list[int]:
    return sorted(p.n for p in state.compartments.values() if p.door.is_open)


def _refused_words(name: str, rule: str, at: str) -> str:
    """Say which rule turned a tap away; whose it was only after the PIN (DAT-8)."""
    who = f"{name}'s tap" if name else "a tap"
    return f"{at}: {who} opened nothing. {RULES[rule].words} (rule: {rule})"
