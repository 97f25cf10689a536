"""What a class's release is doing, and which acts the class page offers."""

from __future__ import annotations

from controller.domain import release as releases
from controller.domain.context import Actor, Context
from controller.domain.day import class_release, phase_of
from controller.domain.rights import may
from controller.domain.school_day import Phase
from controller.domain.state import Release, State
from controller.protocol import ReleaseView, WaveStop
from controller.service.views.names import in_words


def release_view(state: State, release: Release, context: Context) -> ReleaseView:
    """Return how far a release is, wave by wave."""
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


def ways_of(state: State, klass: str, context: Context) -> list[str]:
    """Return how the class can be released: by rows or tables only if there are two."""
    ways = ["tap"]
    ways += [
        mode
        for mode in ("tables", "rows")
        if len(releases.plan(state, klass, mode, context)) > 1
    ]
    return [*ways, "all"]


def acts_of(state: State, klass: str, context: Context) -> list[str]:
    """Return the acts that make sense now and that this person has a right to."""
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
