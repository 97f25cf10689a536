"""What a request needs before it is served; the table itself is in ``requests``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from controller.domain.orders import Order
from controller.service.calls import Call

if TYPE_CHECKING:
    from controller.service.hub import Hub

Serve = Callable[["Hub", Call], Any]

PUBLIC = "public"
KIOSK = "kiosk"
PERSON = "person"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Handling:
    """How a request is served.

    Attributes:
        need: :data:`PUBLIC`, :data:`KIOSK`, :data:`PERSON`, :data:`OPERATOR`, or an act
            of ``controller.domain.rights.RIGHTS``.
        serve: called in the control loop; may return a ``Later``.
        step_up: whether the person must have proved themselves again lately.
        once: whether a form that is sent again is answered as the first time
            (``controller.service.replays``); only for what is served at once.
    """

    need: str
    serve: Serve
    step_up: bool = False
    once: bool = False


def lazily(module: str, name: str) -> Serve:
    """Serve by ``name`` of ``module``, which is loaded when it is asked for first.

    What an office does once a week costs no memory on the other days.
    """

    def serve(hub: Hub, call: Call) -> Any:  # noqa: ANN401  as the request says
        return getattr(import_module(module), name)(hub, call)

    return serve


def lazily_of(module: str) -> Callable[[str], Serve]:
    """Return what serves by names of one module of ``controller.service.requests``."""
    return lambda name: lazily(f"controller.service.requests.{module}", name)


def ordering(order: Callable[[Call], Order], answer: Serve) -> Serve:
    """Give the order that ``order`` reads off the call, then answer with what is so."""

    def serve(hub: Hub, call: Call) -> Any:  # noqa: ANN401  as the request says
        hub.order(order(call), call)
        return answer(hub, call)

    return serve


def public(serve: Serve) -> Handling:
    """Anybody on the machine may ask."""
    return Handling(PUBLIC, serve)


def by_kiosk(serve: Serve) -> Handling:
    """Only the browser that was paired with the bank."""
    return Handling(KIOSK, serve)


def by_person(serve: Serve, *, step_up: bool = False) -> Handling:
    """Anybody who is signed in."""
    return Handling(PERSON, serve, step_up)


def by_operator(serve: Serve) -> Handling:
    """Whoever operates the machine, from its command line."""
    return Handling(OPERATOR, serve)


def for_act(
    act: str, serve: Serve, *, step_up: bool = False, once: bool = False
) -> Handling:
    """Only roles that may do ``act``."""
    return Handling(act, serve, step_up, once)
