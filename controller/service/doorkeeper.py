"""Between the journal and the doors: durable orders become pulses, movements facts.

The order rule holds here: :meth:`DoorKeeper.on_commit` is told of an order only once it
is durable, and nothing else puts an order into the queue (HW-2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Protocol

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import doors as rules
from controller.domain.release import lapsed
from controller.service.batch import Batch
from controller.service.core import Committed, Core
from hardware.ports import (
    ContactChanged,
    ContactChattering,
    ContactEvent,
    ContactSettled,
    Patience,
    PulseDropped,
    PulseEnded,
    PulseEvent,
    PulseStarted,
)

PATIENCE: Mapping[str, Patience] = MappingProxyType(
    {
        "tap": Patience.SHORT,
        "vouch": Patience.SHORT,
        "staff": Patience.SHORT,
        "wave": Patience.LASTING,
        "stock": Patience.LASTING,
    }
)
"""Cause of an order -> whether somebody stands at the door for it. A wave's order waits
as long as its wave runs, however slow the supply is (DAY-4); a stock-take's too."""


class Pulses(Protocol):
    """The power budget's queue, ``hardware.pulses.PulseQueue``."""

    def order(self, order: str, compartment: int, patience: Patience) -> None:
        """Queue a durable order."""

    def door_opened(self, compartment: int, at: float) -> None:
        """Cut the coil of a door that was seen open."""

    def stop_all(self, why: str) -> list[PulseEvent]:
        """Cut every coil and empty the line."""

    def drop(self, orders: Collection[str], why: str = "stopped") -> list[PulseEvent]:
        """Give up orders that wait."""

    def step(self, now: float) -> list[PulseEvent]:
        """Start and end pulses."""

    def next_due(self, now: float) -> float | None:
        """Return when :meth:`step` is wanted next."""


class Contacts(Protocol):
    """The doors' contacts, debounced."""

    def initial(self) -> Mapping[int, bool]:
        """Return whether each door is open now."""

    def step(self, now: float) -> Sequence[ContactEvent]:
        """Return what has changed."""

    def next_due(self, now: float) -> float | None:
        """Return when :meth:`step` is wanted next."""


class DoorKeeper:
    """Runs the queue and the contacts, and writes what they tell."""

    def __init__(self, core: Core, pulses: Pulses, contacts: Contacts) -> None:
        self._core = core
        self._pulses = pulses
        self._contacts = contacts
        self._told: list[PulseEvent] = []
        self._give_up_at: dict[str, float] = {}
        self._started: list[PulseStarted] = []
        core.listeners.append(self.on_commit)

    def begin(self) -> None:
        """Compare doors with the record, and say of each old order: not known."""
        batch = Batch(self._core)
        found = dict(self._contacts.initial())
        batch.add(lambda state: rules.at_start(state, found, batch.context))
        batch.commit()
        self._core.live.opened_at.update(
            {n: self._opened_about(n) for n, is_open in found.items() if is_open}
        )

    def _opened_about(self, n: int) -> float:
        """Return when an open door was opened, from the record, in monotonic time."""
        since_us = self._core.state.compartment(n).since_us
        age_s = max(0.0, (self._core.wall.now_us() - since_us) / 1e6)
        return self._core.clock.monotonic() - age_s

    # ------------------------------------------------------------- after the commit

    def on_commit(self, done: Committed) -> None:
        """Act on what is durable now."""
        for fact in done.facts:
            if isinstance(fact, f.ReleaseOrdered):
                patience = PATIENCE[fact.cause]
                self._pulses.order(fact.order, fact.compartment, patience)
            elif isinstance(fact, d.Evacuated):
                self.cut_all("evacuated")
        self._told += self._pulses.drop(lapsed(done.after))

    def cut_all(self, why: str) -> None:
        """Cut every coil, empty the queue; the next step writes what ended."""
        self._told += self._pulses.stop_all(why)

    # ------------------------------------------------------------------------ steps

    def step(self, now: float) -> list[PulseStarted]:
        """Write what contacts and coils tell; return the coils powered meanwhile."""
        self._started = []
        contacts = self._contacts.step(now)
        for event in contacts:
            if isinstance(event, ContactChanged | ContactSettled) and event.is_open:
                self._pulses.door_opened(event.compartment, event.at)
        pulses = [*self._told, *self._pulses.step(now)]
        self._told = []
        batch = Batch(self._core)
        for pulse in pulses:
            self._write_pulse(batch, pulse)
        for event in contacts:
            self._write_contact(batch, event)
        self._write_overdue(batch, now)
        batch.commit()
        return self._started

    def next_due(self, now: float) -> float | None:
        """Return when :meth:`step` is wanted next."""
        dues = [self._pulses.next_due(now), self._contacts.next_due(now)]
        dues += list(self._give_up_at.values())
        known = [due for due in dues if due is not None]
        return now if self._told else min(known, default=None)

    def _write_pulse(self, batch: Batch, event: PulseEvent) -> None:
        live = self._core.live
        if isinstance(event, PulseStarted):
            live.powered.add(event.order)
            self._started.append(event)
            powered = frozenset(live.powered)
            batch.context = replace(batch.context, powered=powered)
            return
        if isinstance(event, PulseDropped):
            given_up = f.ReleaseGivenUp(event.order, event.compartment, event.why)
            batch.add(lambda s: [given_up] if event.order in s.orders else [])
            return
        self._write_end(batch, event)

    def _write_end(self, batch: Batch, event: PulseEnded) -> None:
        n, order = event.compartment, event.order
        batch.add(lambda s: rules.pulse_ended(s, order, n, event.on_ms, event.why))
        wait = batch.context.timings.open_wait_s
        if event.why != "opened" and order in batch.state.orders:
            self._give_up_at[order] = event.at + wait

    def _write_contact(self, batch: Batch, event: ContactEvent) -> None:
        n = event.compartment
        if isinstance(event, ContactChattering):
            batch.add(lambda _s: [f.FaultLatched(f"door:{n}", "contact")])
            return
        was_open = batch.state.compartment(n).door.is_open
        if isinstance(event, ContactSettled) and was_open is event.is_open:
            return
        if event.is_open:
            self._write_opened(batch, n, event.at)
        else:
            batch.add(lambda s: rules.shut(s, n, batch.context))
            self._core.live.opened_at.pop(n, None)

    def _write_opened(self, batch: Batch, n: int, at: float) -> None:
        waiting = [o.order for o in batch.state.orders.values() if o.compartment == n]
        batch.add(lambda s: rules.opened(s, n, batch.context))
        # The door is open: a second order for it has no more use.
        self._pulses.drop(waiting)
        for order in waiting:
            self._give_up_at.pop(order, None)
            self._core.live.powered.discard(order)
        self._core.live.opened_at[n] = at

    def _write_overdue(self, batch: Batch, now: float) -> None:
        for order, due in list(self._give_up_at.items()):
            if now >= due:
                del self._give_up_at[order]
                self._core.live.powered.discard(order)
                batch.add(partial(rules.not_opened, order=order))
        batch.add(lambda s: rules.left_open(s, batch.context))
