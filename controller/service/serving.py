"""Serves requests: who asks, may they, and one answer for each, whatever happens.

Runs in the control loop. Faults of ours are logged and answered without their details;
what a person may read is in :class:`controller.protocol.Fault` and names nobody.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

import msgspec

from controller.domain.rights import RIGHTS, may
from controller.errors import HometimeError, JournalUnwritable
from controller.protocol import Answer, Fault, Request
from controller.service.calls import Call, Later, Refused, no_right
from controller.service.handling import KIOSK, OPERATOR, PERSON, PUBLIC, Handling
from controller.service.hub import Hub
from controller.service.replays import Replays
from controller.service.requests.day import step_up_needed
from controller.service.requests.table import REQUESTS
from controller.service.slow import Failed, Result, SlowWorker

log = logging.getLogger(__name__)

Reply = Callable[[Answer], None]


BEFORE_ALL_ELSE = frozenset(
    {
        *("me", "change_password", "evacuate", "lock", "sign_out"),
        *("sessions", "session_revoke", "sign_out_everywhere"),
        *("second_factor_begin", "second_factor_confirm"),
    }
)
"""What is open before a second factor that the role needs is set up (ACC-3), and before
a password that was given, or is too old, is changed (ACC-2)."""

MUST_SET_UP = Fault(
    "must-set-up",
    "Set up your second factor first.",
    "Your account shows how; then everything is open as before.",
    403,
)

MUST_CHANGE = Fault(
    "must-change",
    "Choose a password of your own first.",
    "Change it in your account; then everything is open as before.",
    403,
)


class Server:
    """Serves requests one after the other.

    Args:
        hub: the controller's parts.
        slow: where password hashing runs.
        later: puts a callable into the control loop's queue.
    """

    def __init__(
        self,
        hub: Hub,
        slow: SlowWorker,
        later: Callable[[Callable[[], None]], None],
    ) -> None:
        self._hub = hub
        self._slow = slow
        self._later = later
        self._replays = Replays()

    def serve(self, request: Request, reply: Reply) -> None:
        """Serve ``request``; ``reply`` is called once, now or after slow work."""
        self._guard(request.id, reply, lambda: self._begin(request, reply))

    def _begin(self, request: Request, reply: Reply) -> None:
        handling = REQUESTS.get(request.do)
        if handling is None:
            raise Refused(_fault("no-such-request", "There is no such request.", 404))
        call = Call(request.do, request.token, request.args)
        self._identify(call, handling)
        self._finish(request.id, reply, self._served(handling, call))

    def _served(self, handling: Handling, call: Call) -> Any:  # noqa: ANN401  any answer
        """Serve; a form that must not be done twice, once (``replays``)."""
        mark = self._replays.mark(call) if handling.once else None
        if mark is None:
            return handling.serve(self._hub, call)
        if mark not in self._replays:
            self._replays.keep(mark, handling.serve(self._hub, call))
        return self._replays[mark]

    def _finish(self, number: int, reply: Reply, value: Any) -> None:  # noqa: ANN401  any answer
        if not isinstance(value, Later):
            reply(Answer(number, msgspec.to_builtins(value)))
            return
        then = value.then

        def done(result: Result[Any]) -> None:
            def go_on() -> None:
                if isinstance(result, Failed):
                    raise result.error
                self._finish(number, reply, then(result.value))

            self._later(lambda: self._guard(number, reply, go_on))

        self._slow.submit(value.work, done)

    def _guard(self, number: int, reply: Reply, act: Callable[[], None]) -> None:
        try:
            act()
        except Refused as refused:
            reply(Answer(number, fault=refused.fault))
        except JournalUnwritable as error:
            fault = Fault("unwritable", str(error), error.remedy, 503)
            reply(Answer(number, fault=fault))
            raise
        except HometimeError as error:
            reply(
                Answer(number, fault=Fault(error.code, str(error), error.remedy, 409))
            )
        except Exception:
            log.exception("request failed")
            reply(Answer(number, fault=_fault("our-fault", "Something broke.", 500)))

    # --------------------------------------------------------------------- who asks

    def _identify(self, call: Call, handling: Handling) -> None:
        if handling.need == PUBLIC:
            return
        if handling.need == KIOSK:
            call.kiosk = self._hub.accounts.kiosk_of(call.token)
            return
        if handling.need == OPERATOR:
            self._check_operator(call)
            return
        self._hub.accounts.identify(call)
        if call.do not in BEFORE_ALL_ELSE:
            self._check_own_secrets(call)
        if handling.need != PERSON:
            self._check_act(call, handling)
        if handling.step_up and not call.stepped_up:
            raise step_up_needed()

    def _check_operator(self, call: Call) -> None:
        token = self._hub.operator_token
        if not token or not secrets.compare_digest(call.token.encode(), token.encode()):
            raise no_right()

    def _check_own_secrets(self, call: Call) -> None:
        """A password alone, or that somebody else has seen, opens nothing else."""
        if self._hub.accounts.factors.must_set_up(call.actor.person):
            raise Refused(MUST_SET_UP)
        if self._hub.accounts.must_change(call.actor.person):
            raise Refused(MUST_CHANGE)

    def _check_act(self, call: Call, handling: Handling) -> None:
        assert handling.need in RIGHTS  # noqa: S101  a test visits every row
        if may(call.actor, handling.need):
            return
        # Asking for what the role has no need of is a fact, like a refused tap.
        self._hub.accounts.note_refused(call.do, call.actor)
        raise no_right()


def _fault(code: str, message: str, status: int) -> Fault:
    return Fault(code, message, "Try again; tell the technician if it stays.", status)
