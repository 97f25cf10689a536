"""Requests of the kiosk: what it shows, and what staff do there with card and PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.context import Actor
from controller.domain.refusals import Refusal
from controller.protocol import Board, Fault, KioskShow
from controller.service.bank_custody import ACTS, do_here, with_witness
from controller.service.calls import Call, Later, Refused, bad_input, by_rule
from controller.service.handling import Handling, by_kiosk, for_act, public
from controller.service.own_devices import ACTS as OWN_ACTS
from controller.service.own_devices import by_card_alone, do_own, open_own

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _board(hub: Hub, _call: Call) -> Board:
    return hub.board.make()


def _kiosk(hub: Hub, call: Call) -> KioskShow:
    if call.text("bank") != hub.bank:
        raise Refused(
            Fault(
                "no-such-bank",
                "There is no such bank.",
                "Open the kiosk page of this bank.",
                404,
            )
        )
    return hub.kiosk.show


def _pin(hub: Hub, call: Call) -> Later:
    """Take a PIN: it counts only within 30 s of a staff card at this bank (ACC-5)."""
    person = hub.kiosk.who_may_give_pin()
    if person is None:
        raise _no_card_read(
            "A PIN counts only within 30 seconds of a staff card at the reader.",
            "Hold your card to the reader first.",
        )

    def unlock() -> KioskShow:
        if hub.kiosk.who_may_give_pin() != person:
            return hub.kiosk.show
        hub.core.commit([p.SignedIn(person, "bank")])
        if pending := hub.kiosk.take_pending():
            with_witness(hub, pending, person)
        else:
            hub.kiosk.unlock()
        return hub.kiosk.show

    return hub.accounts.prove_pin(person, call.secret("pin"), unlock)


def _act(hub: Hub, call: Call) -> KioskShow:
    person = hub.kiosk.unlocked_person()
    if person is None:
        raise _no_card_read(
            "Card and PIN have run out.", "Hold your card to the reader again."
        )
    act, actor = call.text("act"), hub.accounts.actor(person)
    name = act.partition(":")[0]
    if name in OWN_ACTS:
        do_own(hub, act, actor)
    elif name in ACTS:
        do_here(hub, act, actor)
    else:
        _do(hub, act, actor)
    if hub.kiosk.show.screen == "staff" and not hub.kiosk.show.said:
        hub.kiosk.refresh_staff()
    return hub.kiosk.show


def _own(hub: Hub, _call: Call) -> KioskShow:
    """Open the door of a card's owner's own device, within 30 s of the card."""
    person = hub.kiosk.who_may_give_pin()
    if person is None:
        raise _no_card_read(
            "This counts only within 30 seconds of a staff card at the reader.",
            "Hold your card to the reader first.",
        )
    if not by_card_alone(hub.core.state, person, hub.core.context()):
        raise by_rule(Refusal("own-needs-pin"))
    open_own(hub, hub.accounts.actor(person))
    return hub.kiosk.show


def _no_card_read(message: str, remedy: str) -> Refused:
    return Refused(Fault("no-card-read", message, remedy, 409))


def _do(hub: Hub, act: str, actor: Actor) -> None:
    name, _, klass = act.partition(":")
    if name == "evacuate":
        hub.evacuate(actor, "bank")
        return
    orders: dict[str, o.Order] = {
        "resume": o.Resume(),
        "release": o.ReleaseClass(klass, "tap"),
        "stop": o.StopRelease(klass),
        "drop-off-start": o.OpenDropOff(klass),
        "drop-off-end": o.CloseDropOff(klass),
    }
    if name not in orders:
        raise bad_input("act", "something else", "one of the acts on the screen")
    done = hub.core.order(orders[name], actor)
    if isinstance(done, Refusal):
        raise by_rule(done)


def _done(hub: Hub, _call: Call) -> KioskShow:
    hub.kiosk.done()
    return hub.kiosk.show


def _pair(hub: Hub, call: Call) -> dict[str, str]:
    return {"token": hub.accounts.pair_kiosk(call.actor)}


def _unpair(hub: Hub, call: Call) -> None:
    hub.accounts.unpair_kiosk(call.text("id"), call.actor)


BANK: dict[str, Handling] = {
    "board": public(_board),
    "kiosk": by_kiosk(_kiosk),
    "bank_pin": by_kiosk(_pin),
    "bank_act": by_kiosk(_act),
    "bank_own": by_kiosk(_own),
    "bank_done": by_kiosk(_done),
    "kiosk_pair": for_act("kiosk.pair", _pair),
    "kiosk_unpair": for_act("kiosk.pair", _unpair),
}
