"""Enrolling cards by taps at a reader: a class one after the other, or one person.

While it runs, taps at its reader enrol and open nothing. Anybody else's enrolled card
tapped meanwhile is refused with a sentence, never moved from one person to another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from controller.domain import people_facts as p
from controller.domain.refusals import RULES
from controller.domain.state import State
from controller.errors import CredentialTaken
from controller.people.directory import Directory
from controller.protocol import EnrolmentView
from controller.service.core import Core

NOT_A_CARD = {
    "random-uid": "This gives another number at every tap, as phones do. "
    "It cannot stand for anybody: use a card.",
    "two-cards": "More than one card. One at a time, please.",
}
"""Outcomes of a tap that are no card to enrol, in words."""

IDLE_S = 600.0
"""An enrolment that nobody taps at for so long ends, so that taps open again."""


@dataclass(slots=True)
class _Run:
    """One enrolment under way: people in order, and what has been done."""

    reader: str
    klass: str
    by: str
    queue: list[str]
    until: float
    done: list[tuple[str, str]] = field(default_factory=list)
    last: str = ""
    last_ok: bool = True
    once: bool = False
    total: int = 0


class Enrolment:
    """The one enrolment of a bank.

    Args:
        core: where enrolments are written.
        directory: UIDs and names.
        changed: told after each change.
    """

    def __init__(
        self, core: Core, directory: Directory, changed: Callable[[], None]
    ) -> None:
        self._core = core
        self._directory = directory
        self._changed = changed
        self._run: _Run | None = None
        self._ended: _Run | None = None
        self._last_view = EnrolmentView(running=False)

    @property
    def about(self) -> str | None:
        """The class it is about, empty for staff; ``None`` while nobody enrols."""
        run = self._run or self._ended
        return run.klass if run is not None else None

    @property
    def is_running(self) -> bool:
        """Whether taps enrol now."""
        return self._run is not None

    def waits_for(self, person: str) -> bool:
        """Whether the next tap is to be this person's card."""
        return self._run is not None and self._run.queue[:1] == [person]

    # ------------------------------------------------------------------- begin, end

    def start_class(self, klass: str, reader: str, by: str) -> None:
        """Let taps at ``reader`` enrol the pupils of a class who have no card."""
        people = _without_card(self._core.state, klass)
        self._begin(_Run(reader, klass, by, people, 0.0, total=len(people)))

    def start_person(self, person: str, reader: str, by: str) -> None:
        """Let the next tap at ``reader`` be this person's card; the old one dies."""
        pupil = self._core.state.pupils.get(person)
        klass = pupil.klass if pupil else ""
        self._begin(_Run(reader, klass, by, [person], 0.0, once=True, total=1))

    def _begin(self, run: _Run) -> None:
        run.until = self._core.clock.monotonic() + IDLE_S
        self._ended = None
        self._run = run if run.queue else None
        if not run.queue:
            self._last_view = EnrolmentView(
                running=False,
                class_id=run.klass,
                last="Everybody in this class has a card.",
            )
        self._changed()

    def stop(self) -> None:
        """End it; what was enrolled stays."""
        if self._run is not None:
            self._last_view = self.view()
            self._last_view.running = self._last_view.can_undo = False
            self._run = None
            self._changed()

    def _finish(self, run: _Run) -> None:
        """Everybody has a card; for a while the last one can still be taken back."""
        self.stop()
        self._ended = run
        self._last_view.can_undo = True

    def step(self, now: float) -> None:
        """End an enrolment that nobody uses."""
        if self._run is not None and now >= self._run.until:
            self.stop()
        if self._ended is not None and now >= self._ended.until:
            self._ended = None
            self._last_view.can_undo = False
            self._changed()

    # --------------------------------------------------------------------- the taps

    def take(self, reader: str, uid: bytes) -> str | None:
        """Enrol a card; return the outcome, or ``None`` if nobody enrols here."""
        run = self._run
        if run is None or run.reader != reader:
            return None
        run.until = self._core.clock.monotonic() + IDLE_S
        word = self._enrol(run, uid)
        if not run.queue:
            self._finish(run)
        self._changed()
        return word

    def _enrol(self, run: _Run, uid: bytes) -> str:
        person = run.queue[0]
        at_us = self._core.wall.now_us()
        old = [*self._free(uid), *_active_cards(self._core.state, person)]
        try:
            credential = self._directory.enrol(person, uid, at_us)
        except CredentialTaken:
            same = self._directory.holder_of(uid) == person
            words = "This is the card that is enrolled already." if same else _taken()
            run.last, run.last_ok = words, False
            return "not-enrolled"
        self._core.commit(
            [
                *(p.CardRevoked(card, "replaced", run.by) for card in old),
                p.CardEnrolled(credential, person, run.by),
            ]
        )
        for card in old:
            self._directory.revoke(card, at_us)
        run.queue.pop(0)
        run.done.append((person, credential))
        run.last = f"{self._directory.first(person)} has a card now."
        run.last_ok = True
        return "enrolled"

    def _free(self, uid: bytes) -> list[str]:
        """Take a card from a visitor whose day is over, as the next one may have it."""
        holder, card = (
            self._directory.holder_of(uid),
            self._directory.credential_of(uid),
        )
        visitor = self._core.state.visitors.get(holder or "")
        if card is None or visitor is None or not visitor.ended_us:
            return []
        self._directory.revoke(card, self._core.wall.now_us())
        return [card]

    def noticed(self, reader: str, result: str) -> None:
        """Say why what lay on the reader cannot be enrolled (ACC-7)."""
        run, words = self._run, NOT_A_CARD.get(result)
        if run is not None and run.reader == reader and words is not None:
            run.last, run.last_ok = words, False
            self._changed()

    def undo(self) -> None:
        """Take back the last card of this run; that person is next again."""
        run = self._run or self._ended
        if run is None or not run.done:
            return
        self._run, self._ended = run, None
        person, credential = run.done.pop()
        self._core.commit([p.CardRevoked(credential, "undone", run.by)])
        self._directory.revoke(credential, self._core.wall.now_us())
        run.queue.insert(0, person)
        run.last, run.last_ok = "Taken back.", True
        self._changed()

    def skip(self, person: str) -> None:
        """Let somebody wait until the others have tapped."""
        run = self._run
        if run is not None and person in run.queue:
            run.queue.remove(person)
            run.queue.append(person)
            self._changed()

    # --------------------------------------------------------------------- the page

    def view(self) -> EnrolmentView:
        """Return what the page shows."""
        run = self._run
        if run is None:
            return self._last_view
        first = run.queue[0] if run.queue else ""
        pupil = self._core.state.pupils.get(first)
        return EnrolmentView(
            running=True,
            class_id=run.klass,
            reader=run.reader,
            next_name=self._directory.full(first) if first else "",
            next_pupil=first,
            next_compartment=pupil.compartment if pupil else 0,
            done=len(run.done),
            total=run.total,
            last=run.last,
            last_ok=run.last_ok,
            can_undo=bool(run.done),
            waiting=[[who, self._directory.full(who)] for who in run.queue],
        )


def _taken() -> str:
    rule = RULES["card-taken"]
    return f"{rule.words} {rule.remedy}"


def _active_cards(state: State, person: str) -> list[str]:
    return [
        card.credential
        for card in state.credentials.values()
        if card.person == person and not card.revoked
    ]


def _without_card(state: State, klass: str) -> list[str]:
    have = {card.person for card in state.credentials.values() if not card.revoked}
    pupils = [
        pupil
        for pupil in state.pupils.values()
        if pupil.klass == klass and pupil.on_roll and pupil.pupil not in have
    ]
    pupils.sort(key=lambda pupil: (pupil.compartment or 999, pupil.pupil))
    return [pupil.pupil for pupil in pupils]
