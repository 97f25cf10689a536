"""The class page: who has handed in, who may go, what a release is doing."""

from __future__ import annotations

from collections import Counter

from controller.domain import release as releases
from controller.domain.context import Actor, Context
from controller.domain.custody import holds_of
from controller.domain.day import class_release, phase_of
from controller.domain.faults import FAULTS
from controller.domain.records_now import held_by, missing
from controller.domain.refusals import RULES
from controller.domain.rights import may
from controller.domain.school_day import Phase
from controller.domain.state import Custody, Mark, Pupil, Release, State
from controller.domain.waves import unopened
from controller.protocol import (
    ClassLine,
    ClassPage,
    Group,
    ReleaseView,
    Tile,
    TileState,
    WaveStop,
)
from controller.service.views.aside import taking, unasked, under_way
from controller.service.views.names import Names, in_words, short_names

COVERED = ("absent", "left-early", "club", "office")
"""Marks that the tile covers as "Not this time", always the same (look/README.md)."""


class ClassViews:
    """Makes class pages.

    Args:
        names: who the ids are.
        refused_today: sentences about today's refused taps of a class.
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
        tiles = {p.pupil: _tile(state, p, names, context, reasons) for p in pupils}
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
            release=_release_view(state, release, context) if release else None,
            ways=_ways(state, klass, context),
            release_size=sum(
                len(w.pupils) for w in releases.plan(state, klass, "all", context)
            ),
            stay_shut=len(releases.left_out(state, klass, context)),
            can=_can(state, klass, context),
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


def _tile(
    state: State,
    pupil: Pupil,
    names: dict[str, str],
    context: Context,
    reasons: bool,  # noqa: FBT001  passed on
) -> Tile:
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


# ---------------------------------------------------------------------- the release


def _release_view(state: State, release: Release, context: Context) -> ReleaseView:
    pupils = release.pupils
    waves = release.waves if release.mode != "tap" else ()
    index = release.wave + 1
    more = release.state == "running" and index < len(waves)
    return ReleaseView(
        mode=release.mode,
        state=_release_state(state, release, more=more),
        collected=sum(p in state.collected for p in pupils),
        total=len(pupils),
        waves=[_wave_stop(state, release, i) for i in range(len(waves))],
        next_name=_wave_name(waves[index].name) if more else "",
        began=context.local_hm(release.at_us),
    )


def _release_state(state: State, release: Release, *, more: bool) -> str:
    if release.state != "running":
        return release.state
    waits = more and not releases.is_wave_done(state, release)
    return "waiting" if waits else "running"


def _wave_stop(state: State, release: Release, index: int) -> WaveStop:
    wave = release.waves[index]
    if index > release.wave:
        word = "todo"
    elif index < release.wave or release.state == "ended":
        word = "done"
    else:
        word = "now"
    doors = sum(
        place.door.is_open and place.pupil in wave.pupils
        for place in state.compartments.values()
    )
    return WaveStop(_wave_name(wave.name), word, doors)  # type: ignore[arg-type]  # one of three words


def _wave_name(name: str) -> str:
    return in_words(name) if name else "Everybody"


def _ways(state: State, klass: str, context: Context) -> list[str]:
    ways = ["tap"]
    ways += [
        mode
        for mode in ("tables", "rows")
        if len(releases.plan(state, klass, mode, context)) > 1
    ]
    return [*ways, "all"]


def _can(state: State, klass: str, context: Context) -> list[str]:
    actor = context.actor
    release = class_release(state, klass)
    running = release is not None and release.state == "running"
    phase = phase_of(state, klass, context)
    inside = phase in (Phase.DROP_OFF, Phase.LATE)
    evacuated = bool(state.the_bank.evacuated_us)
    school = phase is not Phase.CLOSED_DAY or context.is_guessed
    offers = {
        "release": may(actor, "class.release", klass) and not running and school,
        "confirm": may(actor, "class.confirm", klass) and not running,
        "mark": may(actor, "class.mark", klass),
        "vouch": may(actor, "class.vouch", klass),
        "stop": may(actor, "class.release", klass) and running,
        "next": _may_go_on(release, actor, klass),
        "end": may(actor, "class.release", klass) and running,
        "drop-off-start": may(actor, "class.drop-off", klass) and not inside and school,
        "drop-off-end": may(actor, "class.drop-off", klass) and inside,
        "resume": may(actor, "resume") and evacuated,
    }
    allowed = [act for act, yes in offers.items() if yes and not evacuated]
    if evacuated and offers["resume"]:
        return ["resume"]
    return [*allowed, *(["evacuate"] if may(actor, "evacuate") else [])]


def _may_go_on(release: Release | None, actor: Actor, klass: str) -> bool:
    """Whether "go" makes sense: a wave is to come, and this person may say so."""
    if release is None or release.state != "running" or release.mode == "tap":
        return False
    more = release.wave + 1 < len(release.waves)
    return more and may(actor, "class.release", klass)


def _drop_off(phase: Phase) -> str:
    return {Phase.DROP_OFF: "open", Phase.LATE: "late"}.get(phase, "shut")


def _open_doors(state: State) -> list[int]:
    return sorted(p.n for p in state.compartments.values() if p.door.is_open)


def _refused_words(name: str, rule: str, at: str) -> str:
    """Say which rule turned a tap away; whose it was only after the PIN (DAT-8)."""
    who = f"{name}'s tap" if name else "a tap"
    return f"{at}: {who} opened nothing. {RULES[rule].words} (rule: {rule})"
