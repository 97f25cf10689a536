"""Requests of the class page: see it, release, confirm, mark, vouch, evacuate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.domain.rights import may
from controller.protocol import Board, ClassLine, ClassPage, Fault
from controller.service.calls import Call, Later, Refused, no_right, not_found
from controller.service.handling import Handling, Serve, by_person, for_act, ordering

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _classes(hub: Hub, call: Call) -> list[ClassLine]:
    return hub.class_views.lines(hub.core.state, hub.core.context(call.actor))


def _page(hub: Hub, call: Call) -> ClassPage:
    return class_page(hub, call, call.text("class_id"))


def class_page(hub: Hub, call: Call, klass: str, *, reasons: bool = False) -> ClassPage:
    """Return the page of a class to somebody who may see it."""
    if klass not in hub.core.state.classes:
        raise not_found("class")
    if not may(call.actor, "class.see", klass):
        raise no_right()
    context = hub.core.context(call.actor)
    refused = hub.recent.refused(context.today.isoformat())
    return hub.class_views.page(
        hub.core.state, klass, context, refused, reasons=reasons
    )


def _reasons(hub: Hub, call: Call) -> Later:
    """Uncover the marks after the PIN or password; the page shows them for 20 s."""
    klass = call.text("class_id")
    class_page(hub, call, klass)
    return hub.accounts.prove(
        call.actor.person,
        call.secret("pin"),
        lambda: class_page(hub, call, klass, reasons=True),
    )


def _release(hub: Hub, call: Call) -> ClassPage:
    klass, mode = call.text("class_id"), call.text("mode", "tap")
    if mode != "tap" and not call.stepped_up:
        raise step_up_needed()
    hub.order(o.ReleaseClass(klass, mode), call)
    return class_page(hub, call, klass)


def step_up_needed() -> Refused:
    """Return the fault of an act before which the person proves who they are."""
    return Refused(
        Fault(
            "step-up-needed",
            "This opens doors or changes rights, so prove once more that it is you.",
            "Enter your password or PIN.",
            403,
        )
    )


def _on_class(order: Callable[[str], o.Order]) -> Serve:
    """Serve an order that wants the class alone; the answer is its page."""
    return ordering(lambda call: order(call.text("class_id")), _page)


def _confirm(call: Call) -> o.Order:
    return o.ConfirmClass(call.text("class_id"), call.texts("except_pupils"))


def _on_pupil(order: Callable[[str], o.Order]) -> Serve:
    """Serve an order that wants the pupil alone; the answer is the class's page."""
    return ordering(lambda call: order(call.text("pupil")), _pupils_page)


def _mark(call: Call) -> o.Order:
    return o.MarkPupil(
        call.text("pupil"),
        call.text("mark"),
        call.text("until", ""),
        call.text("club", ""),
    )


def _pupils_page(hub: Hub, call: Call) -> ClassPage:
    pupil = hub.core.state.pupils.get(call.text("pupil"))
    if pupil is None:
        raise not_found("pupil")
    return class_page(hub, call, pupil.klass)


def _release_club(hub: Hub, call: Call) -> None:
    hub.order(o.ReleaseClub(call.text("club")), call)


def _evacuate(hub: Hub, call: Call) -> Board:
    hub.evacuate(call.actor, "page")
    return hub.board.make()


def _resume(hub: Hub, call: Call) -> Later:
    def resume() -> Board:
        hub.order(o.Resume(), call)
        return hub.board.make()

    return hub.accounts.prove(call.actor.person, call.secret("secret"), resume)


DAY: dict[str, Handling] = {
    "classes": for_act("class.see", _classes),
    "class_page": for_act("class.see", _page),
    "class_reasons": for_act("class.see", _reasons),
    "release_class": for_act("class.release", _release),
    "wave_next": for_act("class.release", _on_class(o.OpenNextWave)),
    "release_stop": for_act("class.release", _on_class(o.StopRelease)),
    "release_end": for_act("class.release", _on_class(o.EndSession)),
    "confirm_class": for_act("class.confirm", ordering(_confirm, _page)),
    "mark": for_act("class.mark", ordering(_mark, _pupils_page)),
    "unmark": for_act("class.mark", _on_pupil(o.UnmarkPupil)),
    "vouch": for_act("class.vouch", _on_pupil(o.VouchFor)),
    "drop_off_start": for_act("class.drop-off", _on_class(o.OpenDropOff)),
    "drop_off_end": for_act("class.drop-off", _on_class(o.CloseDropOff)),
    "release_club": by_person(_release_club),
    "evacuate": for_act("evacuate", _evacuate),
    "resume": for_act("resume", _resume),
}
