"""Home time: a class is released by tap or in waves (DAY-4, DAY-5)."""

from __future__ import annotations

from collections.abc import Iterator

from controller.domain import day_facts as f
from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.day import class_release
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.records_now import exam_of
from controller.domain.refusals import Refusal
from controller.domain.school_day import Phase
from controller.domain.state import OpenOrder, Pupil, Release, State
from controller.domain.stock import expected, running
from controller.domain.ways import LEFT_OUT_MARKS

MODES = ("tap", "tables", "rows", "all")


def plan(state: State, klass: str, mode: str, context: Context) -> tuple[f.Wave, ...]:
    """Return the waves of a release: everybody who has something in and may have it."""
    pupils = [
        p
        for p in _in_class(state, klass)
        if _may_go(state, p.pupil) and not exam_of(state, p.pupil, context)
    ]
    pupils.sort(key=lambda p: state.custody[p.pupil].compartment)
    return tuple(_waves(state, pupils, mode, context))


def left_out(state: State, klass: str, context: Context) -> tuple[f.LeftOut, ...]:
    """Return whom a release of the class leaves out: by a mark, a hold, or an exam."""
    out = []
    for pupil in _in_class(state, klass):
        mark = state.marks.get(pupil.pupil)
        if mark and mark.mark in LEFT_OUT_MARKS:
            out.append(f.LeftOut(pupil.pupil, mark.mark))
        elif holds_of(state, pupil.pupil) and pupil.pupil not in state.custody:
            out.append(f.LeftOut(pupil.pupil, "office"))
        elif exam_of(state, pupil.pupil, context):
            out.append(f.LeftOut(pupil.pupil, "exam"))
    return tuple(out)


def _in_class(state: State, klass: str) -> list[Pupil]:
    pupils = [p for p in state.pupils.values() if p.klass == klass and p.on_roll]
    return sorted(pupils, key=lambda p: (p.compartment, p.pupil))


def _may_go(state: State, pupil: str) -> bool:
    mark = state.marks.get(pupil)
    custody = state.custody.get(pupil)
    kept = mark is not None and mark.mark in LEFT_OUT_MARKS
    return custody is not None and not kept


def _waves(
    state: State, pupils: list[Pupil], mode: str, context: Context
) -> Iterator[f.Wave]:
    if mode in ("tap", "all"):
        if pupils:
            yield f.Wave("", tuple(p.pupil for p in pupils))
        return
    names: dict[str, list[str]] = {}
    for pupil in pupils:
        names.setdefault(_wave_name(state, pupil, mode, context), []).append(
            pupil.pupil
        )
    # Pupils without a table come last, whatever their doors' numbers.
    for name in sorted(names, key=lambda name: name == ""):
        yield f.Wave(name, tuple(names[name]))


def _wave_name(state: State, pupil: Pupil, mode: str, context: Context) -> str:
    if mode == "tables":
        return pupil.group
    return f"row-{context.layout.row_of(state.custody[pupil.pupil].compartment) + 1}"


def start(
    state: State, klass: str, mode: str, context: Context
) -> Refusal | tuple[Fact, ...]:
    """Return the facts of a release that begins, or why it may not."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    running = class_release(state, klass)
    if running and running.state == "running":
        if running.mode != "tap":
            return Refusal("already-released")
        if mode == "tap":
            return ()  # a second press of the same button
    phase = context.calendar.phase(klass, context.at_us)
    if phase is Phase.CLOSED_DAY and not context.is_guessed:
        return Refusal("no-school")
    waves = plan(state, klass, mode, context)
    if not waves and mode != "tap":
        return Refusal("nobody-to-release")
    return tuple(_begin(state, klass, mode, waves, phase, context))


def _begin(
    state: State,
    klass: str,
    mode: str,
    waves: tuple[f.Wave, ...],
    phase: Phase,
    context: Context,
) -> Iterator[Fact]:
    day = state.class_days.get(klass)
    if day and day.by_hand == "open":
        yield f.DropOffClosed(klass, context.actor.person)
    started = f.ReleaseStarted(
        context.fresh("r"),
        klass,
        mode,
        waves,
        left_out(state, klass, context),
        context.actor.person,
        _is_early(phase, context),
    )
    yield started
    if mode != "tap":
        yield from open_wave(
            state, started.release, waves[0], 0, context, by=context.actor.person
        )


def _is_early(phase: Phase, context: Context) -> bool:
    return not context.is_guessed and phase not in (Phase.HOME_TIME, Phase.AFTER)


def open_wave(
    state: State,
    release: str,
    wave: f.Wave,
    index: int,
    context: Context,
    *,
    by: str,
) -> Iterator[Fact]:
    """Yield the start of a wave and an order for each of its doors that is shut.

    Whoever was marked, held or has collected since the release began is passed over.
    """
    yield f.WaveStarted(release, index, by)
    for pupil in wave.pupils:
        if not _may_go(state, pupil) or exam_of(state, pupil, context):
            continue
        place = state.compartment(state.custody[pupil].compartment)
        if place.stands_open and place.pupil == pupil:
            continue
        yield ReleaseOrdered(
            context.fresh("o"),
            place.n,
            "out",
            "wave",
            pupil,
            by or _starter(state, release),
            release,
            index,
        )


def _starter(state: State, release: str) -> str:
    found = state.releases.get(release)
    return found.by if found else ""


def next_wave(
    state: State, release: Release, context: Context, by: str = ""
) -> Refusal | tuple[Fact, ...]:
    """Return the facts of the next wave, or why there is none."""
    if release.state != "running" or release.mode == "tap":
        return Refusal("not-running")
    index = release.wave + 1
    if index >= len(release.waves):
        return Refusal("no-more-waves")
    wave = release.waves[index]
    return tuple(open_wave(state, release.release, wave, index, context, by=by))


def is_wave_done(state: State, release: Release) -> bool:
    """Return whether each door of the present wave has had its turn and is shut."""
    if not 0 <= release.wave < len(release.waves):
        return False
    waiting = {o.pupil for o in state.orders.values()}
    opened = {c.pupil for c in state.compartments.values() if c.door.is_open}
    return not (set(release.waves[release.wave].pupils) & (waiting | opened))


def lapsed(state: State) -> tuple[str, ...]:
    """Return the orders of waves whose ground has gone: their doors must not open.

    Such an order may wait for its coil for minutes. Meanwhile its release may have been
    stopped or have ended; its pupil may have been marked or have collected; the device
    may be held, or be somewhere else.
    """
    return tuple(
        order.order
        for order in state.orders.values()
        if (order.cause == "wave" and not _still_holds(state, order))
        or (order.cause == "stock" and not _still_looked_at(state, order))
    )


def _still_looked_at(state: State, order: OpenOrder) -> bool:
    """Whether a stock-take runs, and nothing has come behind its door meanwhile."""
    runs = running(state) is not None
    return runs and not expected(state, order.compartment)


def _still_holds(state: State, order: OpenOrder) -> bool:
    runs = any(
        order.pupil in release.pupils
        for release in state.releases.values()
        if release.state == "running" and release.mode != "tap"
    )
    custody = state.custody.get(order.pupil)
    here = custody is not None and custody.compartment == order.compartment
    return runs and here and _may_go(state, order.pupil)


def due(state: State, context: Context) -> Iterator[Fact]:
    """Yield the next wave of each release whose present one is done (DAY-4)."""
    if state.the_bank.evacuated_us:
        return
    for release in state.releases.values():
        running = release.state == "running" and release.mode != "tap"
        more = release.wave + 1 < len(release.waves)
        if running and more and is_wave_done(state, release):
            facts = next_wave(state, release, context)
            yield from () if isinstance(facts, Refusal) else facts


def stop(state: State, release: Release, by: str) -> tuple[Fact, ...]:
    """Return the fact that stops a release; its queued orders lapse with it."""
    del state
    return (f.ReleaseStopped(release.release, by),)


def club_plan(state: State, club: str) -> tuple[f.Wave, ...]:
    """Return everybody at a club who has something in, as one wave of taps."""
    here = [m.pupil for m in state.marks.values() if (m.mark, m.club) == ("club", club)]
    inside = [state.custody[pupil] for pupil in here if pupil in state.custody]
    going = tuple(custody.pupil for custody in inside)
    return (f.Wave("", going),) if going else ()


def start_club(state: State, club: str, context: Context) -> Refusal | tuple[Fact, ...]:
    """Return the facts of a club's release by its leader, or why it may not be."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    phase = context.calendar.phase("", context.at_us)  # the whole school's
    if phase is Phase.CLOSED_DAY and not context.is_guessed:
        return Refusal("no-school")
    waves = club_plan(state, club)
    if not waves:
        return Refusal("nobody-to-release")
    return (
        f.ReleaseStarted(
            context.fresh("r"),
            "",
            "tap",
            waves,
            (),
            context.actor.person,
            _is_early(phase, context),
            club,
        ),
    )
