"""What happens at a reader: taps become decisions, entries, and something to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Protocol

from controller.domain.door_facts import ReleaseOrdered
from controller.domain.tap_facts import ReaderLost, ReaderRestored
from controller.domain.taps import UNKNOWN, TapDecision, decide_tap
from controller.protocol import TapOutcome
from controller.service.core import Committed, Core
from controller.service.strangers import Strangers
from controller.service.tokens import HOLD_S, NOBODYS, Judged, TokenDesk
from hardware.ports import (
    CardGone,
    RandomUid,
    ReaderBack,
    ReaderFailed,
    Signal,
    Signals,
    TapEvent,
    Tapped,
    TokenWritten,
    TwoCards,
)

SURE_S = 2.0
"""A reader that has not been told dead for so long works: each is polled many times a
second, and a dead one is told at its first poll (HW-4)."""


class Cards(Protocol):
    """Which credential a UID is; the only place where UIDs are known."""

    def credential_of(self, uid: bytes) -> str | None:
        """Return the credential enrolled with ``uid``, dead ones too."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One tap, decided and written, for the kiosk and the feed."""

    outcome: TapOutcome
    decision: TapDecision
    person: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be told of a tap."""

    decision: TapDecision
    done: Committed | None
    person: str


@dataclass(frozen=True, slots=True)
class _Later:
    """A tap that is told once its card is written, or at ``until``; None: not begun."""

    tapped: Tapped
    judged: Judged
    told: _Told
    until: float | None = None


class TapDesk:
    """Takes what the readers' threads saw.

    Args:
        core: where it is decided and written.
        cards: from UID to credential.
        signals: lights and buzzer.
        enrol: asked first: takes the card when somebody enrols at this reader, and
            returns the outcome's word, or ``None`` when nobody does.
        heard: told of each tap after it has been written.
        gone: told when a reader's field is empty again.
        tokens: judges cards' tokens and lets them roll (ACC-8).
    """

    def __init__(
        self,
        core: Core,
        *,
        cards: Cards,
        signals: Signals,
        enrol: Callable[[str, bytes], str | None],
        heard: Callable[[Heard], None],
        gone: Callable[[str], None],
        tokens: TokenDesk,
    ) -> None:
        self._core = core
        self._cards = cards
        self._signals = signals
        self._enrol = enrol
        self._heard = heard
        self._gone = gone
        self._tokens = tokens
        self._later: dict[str, _Later] = {}
        self._serial = count(1)
        self._strangers = Strangers()
        self._unsure = {
            r.reader for r in core.state.readers.values() if r.lost_since_us
        }
        self._sure_at: float | None = None
        self._lit: dict[str, Signal | None] = {}

    def begin(self, readers: Iterable[str]) -> None:
        """Light up each reader, as the record has it."""
        self._lit = dict.fromkeys(readers)
        self._light_up()

    def _light_up(self) -> None:
        """Let each light say what is so now: dead (HW-4), evacuated (DAY-15), ready.

        Said once for as long as it is so, or blinking would begin anew at each look.
        """
        for reader, lit in self._lit.items():
            if (signal := self._signal_of(reader)) is not lit:
                self._lit[reader] = signal
                self._signals.show(reader, signal)

    def _signal_of(self, reader: str) -> Signal:
        place = self._core.state.readers.get(reader)
        if place is not None and place.lost_since_us:
            return Signal.FAULT
        return Signal.LEAVE if self._core.state.the_bank.evacuated_us else Signal.READY

    def take(self, event: TapEvent) -> None:
        """Handle one event of a reader.

        Raises:
            JournalUnwritable: the tap was not written, so nothing opens.
        """
        match event:
            case Tapped():
                self._tapped(event)
            case TokenWritten(reader):
                self._tokens.written(event)
                self._tell_later(reader)
            case TwoCards(reader):
                self._stranger(reader, "crowded", "two-cards")
            case RandomUid(reader):
                self._stranger(reader, "random", "random-uid")
            case CardGone(reader):
                self._tokens.gone(reader)
                self._tell_later(reader)
                self._gone(reader)
            case ReaderFailed(reader, cause):
                self._failed(reader, cause)
            case ReaderBack(reader):
                self._core.commit([ReaderRestored(reader)])
                self._light_up()

    def step(self, now: float) -> None:
        """Write what has been folded for a minute; let lights go on."""
        self._core.commit(self._strangers.due(now))
        self._roll(now)
        self._make_sure(now)
        self._light_up()
        self._signals.step(now)

    def close(self) -> None:
        """Write what is still folded, tell what was kept back."""
        for reader in list(self._later):
            self._tell_later(reader)
        self._core.commit(self._strangers.flush())

    def _failed(self, reader: str, cause: str) -> None:
        self._lit[reader] = Signal.FAULT
        self._signals.show(reader, Signal.FAULT)
        if reader in self._unsure:
            self._unsure.remove(reader)  # the record says so since before the start
            return
        self._core.commit([ReaderLost(reader, cause)])

    def _make_sure(self, now: float) -> None:
        """Ask anew, after a start, for readers that the record holds for dead."""
        if self._sure_at is None:
            self._sure_at = now + SURE_S
        if self._unsure and now >= self._sure_at:
            back, self._unsure = sorted(self._unsure), set()
            self._core.commit([ReaderRestored(reader) for reader in back])

    def _tapped(self, tapped: Tapped) -> None:
        reader, uid = tapped.reader, tapped.card.uid
        self._tell_later(reader)
        if (word := self._enrol(reader, uid)) is not None:
            judged = self._tokens.enrolled(uid) if word == "enrolled" else NOBODYS
            self._tell_or_roll(tapped, judged, _Told(TapDecision((), word), None, ""))
            return
        judged = self._tokens.judge(tapped)
        credential = self._cards.credential_of(uid)
        decision = UNKNOWN
        if credential is not None:
            decision = decide_tap(
                self._core.state,
                reader,
                credential,
                self._core.context(),
                judged.doubt,
            )
        if not decision.facts:
            self._stranger(reader, "unknown", "unknown")
            return
        done = self._core.commit(decision.facts)
        card = self._core.state.credentials.get(credential or "")
        told = _Told(decision, done, card.person if card else "")
        self._tell_or_roll(tapped, judged, told)

    # ------------------------------------------------------------------ rolling tokens

    def _tell_or_roll(self, tapped: Tapped, judged: Judged, told: _Told) -> None:
        """Tell what came of a tap; once the card is written, if it is to be."""
        if judged.rolls:
            self._later[tapped.reader] = _Later(tapped, judged, told)
        else:
            self._tell(tapped.reader, told.decision, told.done, told.person)

    def _roll(self, now: float) -> None:
        """Let cards be written whose doors have been seen to; then tell the taps."""
        for reader, later in list(self._later.items()):
            if later.until is None and self._tokens.roll(later.tapped, later.judged):
                self._later[reader] = replace(later, until=now + HOLD_S)
            elif later.until is None or now >= later.until:
                self._tell_later(reader)

    def _tell_later(self, reader: str) -> None:
        """Tell what was kept back at ``reader``, if anything was."""
        if (later := self._later.pop(reader, None)) is not None:
            told = later.told
            self._tell(reader, told.decision, told.done, told.person)

    def _stranger(self, reader: str, what: str, result: str) -> None:
        facts = self._strangers.seen(reader, what, self._core.clock.monotonic())
        done = self._core.commit(facts)
        self._tell(reader, TapDecision((), result), done, "")

    def _tell(
        self, reader: str, decision: TapDecision, done: Committed | None, person: str
    ) -> None:
        self._signals.show(reader, Signal.HEARD)
        entry: list[Any] = list(done.entries[-1].ref) if done else []
        ordered = (f.order for f in decision.facts if isinstance(f, ReleaseOrdered))
        outcome = TapOutcome(
            reader=reader,
            serial=next(self._serial),
            result=decision.result,
            compartment=decision.compartment,
            reason=decision.rule,
            entry=entry,
            order=decision.order or next(ordered, ""),
        )
        self._heard(Heard(outcome, decision, person))
