"""What the kiosk shows: one idea a screen, kind, gone after a few seconds, no names.

PIN rule: a PIN counts only within 30 s of a staff card at this bank (design.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from controller.domain.context import Context
from controller.domain.refusals import RULES
from controller.domain.state import Pupil, State
from controller.protocol import KioskScreen, KioskShow
from controller.service.board import home_time_of
from controller.service.core import Committed, Core
from controller.service.own_devices import by_card_alone
from controller.service.tapdesk import Heard

PIN_S = 30.0
"""How long after a staff card a PIN counts."""

WITNESS_S = 60.0
"""How long an act of two waits for its witness: both cards, both PINs (CUS-8)."""

STAFF_S = 60.0
"""How long the staff's screen stands without a touch; our own judgement."""

OPENED_S = 12.0
"""How long "Door 7" stands: the slow hand of the morning, 12 to 20 s (DAY-14), sees its
number until it has found the door; a newer tap takes its place at once."""

SILENT = ("waiting", "staff", "pin", "enrol", "witness", "doors")
"""Screens for which no sound calls a child."""

NOTE_S = 6.0
"""How long a sentence stands: read twice by a slow reader."""


@dataclass(slots=True)
class _Staff:
    person: str
    until: float
    unlocked: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """An act that one entitled person has begun and that waits for a witness (CUS-8).

    Attributes:
        person: who is entitled, proved by card and PIN. act: a code of the bank.
        until: monotonic seconds until which the witness's PIN counts.
    """

    person: str
    act: str
    until: float


class Kiosk:
    """The screen beside one bank.

    Args:
        core: state, rules and clocks.
        tell: is given each change.
        acts_of: what a member of staff may do at the bank now.
        lapsed: told of an act of two for which no witness came in time.
    """

    def __init__(
        self,
        core: Core,
        tell: Callable[[KioskShow], None],
        acts_of: Callable[[str], list[str]],
        lapsed: Callable[[Pending], None] = lambda _pending: None,
    ) -> None:
        self._core = core
        self._tell = tell
        self._acts_of = acts_of
        self._lapsed = lapsed
        self._pending: Pending | None = None
        self._serial = 0
        self._until = 0.0
        self._staff: _Staff | None = None
        self._enrolling = False
        self._show = KioskShow("waiting", 0)

    @property
    def show(self) -> KioskShow:
        """What the kiosk shows now."""
        return self._show

    # --------------------------------------------------------------------- children

    def heard(self, heard: Heard) -> None:
        """Show what came of a tap."""
        if heard.outcome.result == "staff":
            self._ask_pin(heard.person)
            return
        self._staff = None
        state = self._core.state
        pupil = state.pupils.get(heard.person)
        context = self._core.context()
        match heard.outcome.result:
            case "ordered" | "open":
                self._opened(heard, pupil, state)
            case "refused":
                is_visitor = heard.person in state.visitors
                rule = heard.decision.rule
                self._refused(rule, pupil, context, is_visitor=is_visitor)
            case "two-cards":
                self._note("one-card")
            case "enrolled" | "not-enrolled":
                self._note("enrol")
            case _:
                self._note("unknown-card")

    def _opened(self, heard: Heard, pupil: Pupil | None, state: State) -> None:
        n = heard.outcome.compartment
        asks = heard.decision.purpose == "in" and self._core.rule("ask.off") == "on"
        self._set(
            "opened",
            OPENED_S,
            compartment=n,
            also=_other_open_doors(state, n),
            language=pupil.language if pupil else "en",
            ask_off=asks,
        )

    def _refused(
        self, rule: str, pupil: Pupil | None, context: Context, *, is_visitor: bool
    ) -> None:
        screen = cast("KioskScreen", RULES[rule].screen)
        home = home_time_of(context, pupil.klass) if pupil else ""
        if screen == "notnow" and not home:
            screen = "teacher"
        if is_visitor:
            screen = _for_adults(rule)
        self._set(
            screen,
            NOTE_S,
            home_time=home,
            language=pupil.language if pupil else "en",
        )

    def _note(self, screen: KioskScreen) -> None:
        self._set(screen, NOTE_S)

    # ------------------------------------------------------------------------ staff

    def _ask_pin(self, person: str) -> None:
        now = self._core.clock.monotonic()
        self._staff = _Staff(person, now + PIN_S)
        until_us = self._core.wall.now_us() + int(PIN_S * 1e6)
        witness = self._pending.act if self._pending else ""
        own = not witness and by_card_alone(
            self._core.state, person, self._core.context()
        )
        self._set("pin", PIN_S, pin_until_us=until_us, witness=witness, own=own)

    def who_may_give_pin(self) -> str | None:
        """Return whose PIN counts now, or ``None``: no staff card was read lately."""
        staff = self._staff
        if staff is None or self._core.clock.monotonic() >= staff.until:
            return None
        return staff.person

    def unlocked_person(self) -> str | None:
        """Return who has given card and PIN and may act now."""
        staff = self._staff
        return staff.person if staff and staff.unlocked else None

    def unlock(self) -> None:
        """The PIN was right: show what this person may do here."""
        if self._staff is not None:
            self._staff.unlocked = True
            self.refresh_staff()

    def refresh_staff(self) -> None:
        """Show the acts that are possible now."""
        staff = self._staff
        if staff is None or not staff.unlocked:
            return
        staff.until = self._core.clock.monotonic() + STAFF_S
        acts = self._acts_of(staff.person)
        self._set("staff", STAFF_S, acts=acts, unlocked=True)

    def choose_door(self, act: str, doors: list[int]) -> None:
        """Ask the unlocked person which door an act is about."""
        if self._staff is not None:
            self._staff.until = self._core.clock.monotonic() + STAFF_S
            self._set("doors", STAFF_S, acts=[act], doors=doors, unlocked=True)

    def choose_rule(self, acts: list[str]) -> None:
        """Ask the unlocked person by which rule of the policy."""
        if self._staff is not None:
            self._staff.until = self._core.clock.monotonic() + STAFF_S
            self._set("doors", STAFF_S, acts=acts, unlocked=True)

    def say(self, said: str) -> None:
        """Show what can be done now, with a word that the last act is done."""
        staff = self._staff
        if staff is not None:
            acts = self._acts_of(staff.person)
            self._set("staff", STAFF_S, acts=acts, unlocked=True, said=said)

    def opens(self, n: int) -> None:
        """Show the door that opens for staff; whoever acted is done."""
        self._staff = None
        also = _other_open_doors(self._core.state, n)
        self._set("opened", OPENED_S, compartment=n, also=also)

    def turns_away(self, rule: str) -> None:
        """Show an adult why no door opens; whoever acted is done."""
        self._staff = None
        self._note(_for_adults(rule))

    # --------------------------------------------------------------------- acts of two

    def await_witness(self, person: str, act: str) -> None:
        """Wait for a second member of staff, card and PIN, within a minute (CUS-8)."""
        until = self._core.clock.monotonic() + WITNESS_S
        self._pending, self._staff = Pending(person, act, until), None
        self._set("witness", WITNESS_S, acts=[act])

    def take_pending(self) -> Pending | None:
        """Return the act that waits for the witness who is here; it waits no more."""
        self._lapse(self._core.clock.monotonic())
        pending, self._pending = self._pending, None
        return pending

    def _lapse(self, now: float) -> None:
        if self._pending and now >= self._pending.until:
            pending, self._pending = self._pending, None
            self._lapsed(pending)

    def done(self) -> None:
        """Staff are done, or somebody pressed Cancel; an act of two is called off."""
        self._staff = self._pending = None
        self._rest()

    # ------------------------------------------------------------------------- time

    def on_commit(self, done: Committed) -> None:
        """Follow the evacuation and enrolments at once."""
        before, after = done.before.the_bank, done.after.the_bank
        if bool(before.evacuated_us) != bool(after.evacuated_us):
            self._staff = self._pending = None
            self._rest()
        elif self._show.screen == "opened":
            self._follow_doors(done.after)

    def _follow_doors(self, state: State) -> None:
        also = _other_open_doors(state, self._show.compartment)
        if also != self._show.also:
            self._show.also = also
            self._tell(self._show)

    def enrolling(self, *, on: bool) -> None:
        """Show, or stop showing, that cards are being enrolled at this bank."""
        self._enrolling = on
        self._rest()

    def step(self, now: float) -> None:
        """Go back to waiting when a screen has stood long enough."""
        self._lapse(now)
        if self._until and now >= self._until:
            self._staff = None
            self._rest()

    def next_due(self) -> float | None:
        """Return when :meth:`step` is wanted next."""
        waiting = self._pending.until if self._pending else 0.0
        return min((at for at in (self._until, waiting) if at), default=None)

    def _rest(self) -> None:
        if self._core.state.the_bank.evacuated_us:
            self._set("leave", 0)
        elif self._enrolling:
            self._set("enrol", 0)
        else:
            self._set("waiting", 0)

    def _set(self, screen: KioskScreen, seconds: float, **parts: Any) -> None:  # noqa: ANN401  fields of a struct
        if self._core.state.the_bank.evacuated_us and screen not in ("pin", "staff"):
            screen, seconds, parts = "leave", 0, {}
        self._serial += 1
        sounds = screen not in SILENT
        sound = "soft" if sounds and self._core.rule("sound") == "on" else ""
        now = self._core.clock.monotonic()
        self._until = now + seconds if seconds else 0.0
        self._show = KioskShow(
            screen, self._serial, seconds=seconds, sound=sound, **parts
        )
        self._tell(self._show)


def _for_adults(rule: str) -> KioskScreen:
    """Return the screen of a rule for staff and visitors: they see no teacher."""
    screen = cast("KioskScreen", RULES[rule].screen)
    return "office" if screen in ("teacher", "notnow") else screen


def _other_open_doors(state: State, newest: int) -> list[int]:
    doors = [
        place
        for place in state.compartments.values()
        if place.n != newest and place.door.is_open
    ]
    doors.sort(key=lambda place: -place.since_us)
    return [place.n for place in doors[:2]]
