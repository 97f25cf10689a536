"""What the control loop's parts share: one object, wired once, used in one thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.domain.context import NOBODY, Actor
from controller.domain.decide_class import evacuation
from controller.domain.people_facts import BankDescribed
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State
from controller.domain.today_facts import CoverEnded
from controller.domain.visitor_facts import VisitorCardGiven
from controller.errors import JournalUnwritable
from controller.people.directory import Directory
from controller.service.accounts import Accounts
from controller.service.bank_custody import acts_here, without_witness
from controller.service.board import BoardMaker
from controller.service.calls import Call, by_rule
from controller.service.core import Committed, Core
from controller.service.doorkeeper import Contacts, DoorKeeper
from controller.service.enrolment import Enrolment
from controller.service.feed import Feed
from controller.service.housekeeping import Housekeeping
from controller.service.kiosk import Kiosk, Pending
from controller.service.mail import MailDesk
from controller.service.measured import Measured
from controller.service.own_devices import own_acts
from controller.service.recent import Recent
from controller.service.tapdesk import Heard, TapDesk
from controller.service.tickets import Tickets
from controller.service.tokens import TokenDesk
from controller.service.views.classes import ClassViews
from hardware.ports import ContactChanged, Signals, TokenWriter

if TYPE_CHECKING:
    from controller.service.roll import RollDesk
    from controller.service.sheets import Sheets


class Hub:
    """The controller without threads: every part, and how they hear of one another.

    Args:
        core: state, journal, decisions.
        directory: people.db and what of it is kept in memory.
        doors: coils and contacts.
        alarm: the school's alarm: a bank of one contact, or of none.
        signals: lights and buzzer.
        bank: the bank's name.
        klass: the class that the board shows.
        readers: names of the readers, the first being where staff enrol.
        measured: gives what the health page shows beside the record.
        real_us: the machine's own time, for ages of sessions.
        writers: the readers by name, for tokens on cards.
        card_key: gives the school's key for them.
        mail: tells of concerns by e-mail.
    """

    def __init__(  # noqa: PLR0913  one of each part, by keyword
        self,
        core: Core,
        directory: Directory,
        doors: DoorKeeper,
        alarm: Contacts,
        signals: Signals,
        *,
        bank: str,
        klass: str,
        readers: tuple[str, ...],
        measured: Callable[[], Measured],
        real_us: Callable[[], int],
        writers: Mapping[str, TokenWriter],
        card_key: Callable[[], bytes],
        mail: MailDesk,
    ) -> None:
        self.core = core
        self.directory = directory
        self.doors = doors
        self.alarm = alarm
        self.bank = bank
        self.klass = klass
        self.readers = readers
        self.measure = measured
        self.mail = mail
        self.sheets: Sheets | None = None
        self.tickets = Tickets()
        self.first_start_code: str | None = None
        self.operator_token = ""
        self.on_first_start: list[Callable[[], None]] = []
        self.board = BoardMaker(core, bank, klass)
        self.recent = Recent(core)
        self.class_views = ClassViews(directory)
        self.kiosk = Kiosk(core, self._kiosk_shows, self.bank_acts, self._unwitnessed)
        self.feed = Feed(self.board.make, lambda: self.kiosk.show)
        self.accounts = Accounts(core, directory, real_us)
        self.housekeeping = Housekeeping(core, directory.store)
        self.enrolment = Enrolment(core, directory, self._enrolment_changed)
        self.tokens = TokenDesk(core, directory, directory.store, writers, card_key)
        self.taps = TapDesk(
            core,
            cards=directory,
            signals=signals,
            enrol=self.enrolment.take,
            heard=self._heard,
            gone=self.feed.gone,
            tokens=self.tokens,
        )
        core.listeners.append(self.feed.on_commit)
        core.listeners.append(self.kiosk.on_commit)
        core.listeners.append(self._cards_die_with_people)
        core.listeners.append(self.tokens.on_commit)

    @cached_property
    def roll(self) -> RollDesk:
        """The roll's desk, loaded when somebody comes to it."""
        from controller.service.roll import RollDesk  # noqa: PLC0415  see handling.lazily

        return RollDesk(self.core, self.directory)

    @property
    def state(self) -> State:
        """What is so."""
        return self.core.state

    def new_description(self) -> list[BankDescribed]:
        """Return how the bank is built, where the journal does not say so yet."""
        layout, known = self.core.layout, self.state.the_bank
        now = BankDescribed(
            self.bank,
            self.klass,
            layout.columns,
            tuple(layout.places),
            self.core.timezone,
            layout.blocks,
        )
        was = BankDescribed(
            known.bank,
            known.klass,
            known.columns,
            known.places,
            known.timezone,
            known.blocks,
        )
        return [] if now == was else [now]

    def order(self, order: o.Order, call: Call) -> Committed | None:
        """Give an order for the person behind ``call``.

        Raises:
            Refused: by right or rule; the refusal is in the journal.
            JournalUnwritable: nothing was done.
        """
        done = self.core.order(order, call.actor)
        if isinstance(done, Refusal):
            raise by_rule(done)
        return done

    def evacuate(self, actor: Actor, source: str) -> None:
        """Evacuate: coils are cut even where the journal cannot be written.

        Raises:
            Refused: no role may not evacuate; a stranger may not.
            JournalUnwritable: coils are cut, but nothing is recorded.
        """
        if not may(actor, "evacuate"):
            raise by_rule(Refusal("no-right"))
        self._evacuate(actor, source)

    def watch_alarm(self, now: float) -> None:
        """Evacuate when the school's alarm contact opens; staff resume, it does not.

        Raises:
            JournalUnwritable: coils are cut, but nothing is recorded.
        """
        for event in self.alarm.step(now):
            if isinstance(event, ContactChanged) and event.is_open:
                self._evacuate(NOBODY, "contact")

    def begin_alarm(self) -> None:
        """Evacuate if the alarm is on when the program starts."""
        if any(self.alarm.initial().values()):
            self._evacuate(NOBODY, "contact")

    def _evacuate(self, actor: Actor, source: str) -> None:
        try:
            self.core.commit(evacuation(self.state, actor.person, source))
        except JournalUnwritable:
            self.doors.cut_all("evacuated")
            raise

    def bank_acts(self, person: str) -> list[str]:
        """Return what a member of staff may do at the bank now, as codes."""
        actor = self.accounts.actor(person)
        context = self.core.context(actor)
        if self.state.the_bank.evacuated_us:
            return ["resume"] if may(actor, "resume") else []
        acts: list[str] = []
        for line in self.class_views.lines(self.state, context):
            page = self.class_views.page(self.state, line.class_id, context, [])
            running = page.release is not None and page.release.state == "running"
            offers = {
                "release": "release" in page.can,
                "stop": running and may(actor, "class.release", line.class_id),
                "drop-off-start": "drop-off-start" in page.can,
                "drop-off-end": "drop-off-end" in page.can,
            }
            acts += [f"{act}:{line.class_id}" for act, yes in offers.items() if yes]
        acts += own_acts(self.state, actor, context)
        acts += acts_here(self.state, actor, context)
        return [*acts, "evacuate"]

    def step(self, now: float) -> None:
        """Let what stands for a while go on: screens, folds, the feed."""
        self.kiosk.step(now)
        self.enrolment.step(now)
        self.accounts.book.step(now)
        self.feed.step(now, self.core.wall.now_us())
        if self.sheets is not None:
            self.sheets.step(now)
        self.core.journal.checkpoint_if_idle(int(now * 1e6))
        self.housekeeping.step(now, self.accounts.real_us())

    def first_start_done(self) -> None:
        """The first account exists: the starting code is worth nothing any more."""
        self.first_start_code = None
        for told in self.on_first_start:
            told()

    def _kiosk_shows(self, show: object) -> None:
        del show
        self.feed.kiosk(self.kiosk.show)

    def _unwitnessed(self, pending: Pending) -> None:
        without_witness(self, pending)

    def _heard(self, heard: Heard) -> None:
        self.feed.tap(heard.outcome)
        self.kiosk.heard(heard)
        self.enrolment.noticed(heard.outcome.reader, heard.outcome.result)

    def _enrolment_changed(self) -> None:
        self.feed.changed("enrolment")
        self.kiosk.enrolling(on=self.enrolment.is_running)

    def _cards_die_with_people(self, done: Committed) -> None:
        """Sessions of whoever left, or whose roles changed, follow at once (ACC-4)."""
        self.accounts.on_commit(done)
        for fact in done.facts:
            if isinstance(fact, CoverEnded):
                self._free_day_cards(fact.staff)
            elif isinstance(fact, VisitorCardGiven):
                self._free_day_cards(fact.visitor)

    def _free_day_cards(self, person: str) -> None:
        """Dead cards of a cover or a visitor can be given to the next one (DAY-12)."""
        for card in self.state.credentials.values():
            if card.person == person and card.revoked:
                self.directory.revoke(card.credential, self.core.wall.now_us())
