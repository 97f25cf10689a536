"""How views speak to the controller: with the token of the person behind the request.

A view parses, asks and renders. What goes wrong on the way is an exception that
``web.errors`` turns into the right page: sign-in, step-up, refusal, controller down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import current_app, g, request, session
from flask_login import UserMixin, current_user

from controller.client import Client, RequestRefused
from controller.domain.refusals import Refusal
from controller.protocol import Fault, Me
from web.feed import Feed

T = TypeVar("T")
P = ParamSpec("P")

TOKEN = "token"  # noqa: S105  the name of the cookie's field
UNAUTHORISED = 401


class Person(UserMixin):  # type: ignore[misc]  # flask_login is not annotated
    """The person signed in, as Flask-Login wants it; :attr:`me` says who that is."""

    def __init__(self, me: Me) -> None:
        self.me = me

    def get_id(self) -> str:
        """Return the person's id."""
        return self.me.id


def client() -> Client:
    """Return the process's client; it keeps one connection a thread."""
    return cast("Client", current_app.extensions["hometime-client"])


def feed() -> Feed:
    """Return the process's cache of the live feed."""
    return cast("Feed", current_app.extensions["hometime-feed"])


def token() -> str:
    """Return the token of the person signed in at this browser, or an empty string."""
    return str(session.get(TOKEN, ""))


def ask(type_: type[T], do: str, /, **args: Any) -> T:  # noqa: ANN401  as the request says
    """Ask the controller for ``do`` as the person signed in; return its typed answer.

    Raises:
        RequestRefused: a rule, a right or the input stands against it.
        ControllerDown: no answer.
    """
    return client().ask_as(type_, do, token=token(), **args)


def ask_once(type_: type[T], do: str, /, **args: Any) -> T:  # noqa: ANN401  as the request says
    """Like :func:`ask`, for a form that has a key of its own: sent twice, done once.

    The key is ``{{ once() }}`` of ``parts/form.html``.
    """
    key = request.form.get("once", "")
    return ask(type_, do, **args, **({"once": key} if key else {}))


def tell(do: str, /, **args: Any) -> Any:  # noqa: ANN401  as the request says
    """Like :func:`ask`, where the answer is plain JSON or is not looked at."""
    return client().ask(do, token=token(), **args)


def load_person() -> Person | None:
    """Return who is signed in, asked of the controller once a request.

    Raises:
        ControllerDown: nobody can say.
    """
    if not token():
        return None
    if "person" not in g:
        g.person = _ask_who()
    return cast("Person | None", g.person)


def _ask_who() -> Person | None:
    try:
        return Person(ask(Me, "me"))
    except RequestRefused as refused:
        if refused.fault.status != UNAUTHORISED:
            raise
        session.clear()
        return None


def me() -> Me | None:
    """Return the person signed in, or None."""
    person = current_user._get_current_object()  # noqa: SLF001  flask_login's own recipe
    return person.me if isinstance(person, Person) else None


def may(*rights: str) -> bool:
    """Whether the person signed in has one of ``rights``; for links, not for safety."""
    person = me()
    return person is not None and any(right in person.rights for right in rights)


def only_for(right: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Close a page that asks the controller for nothing, such as an empty form.

    What the form does is refused by the controller in any case.
    """

    def closed(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def opened(*args: P.args, **kwargs: P.kwargs) -> T:
            if fault := _not_open(right):
                raise RequestRefused(fault)
            return view(*args, **kwargs)

        return opened

    return closed


def _not_open(right: str) -> Fault | None:
    person = me()
    if person is None:
        return Fault("signed-out", "You are not signed in.", "Sign in.", UNAUTHORISED)
    if right in person.rights:
        return None
    refusal = Refusal("no-right")
    return Fault("no-right", refusal.words, refusal.remedy, 403)
