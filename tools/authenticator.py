"""An authenticator app for programs that sign in: tests, pictures, the bench.

It shows each code once, as a person would wait for the next one.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from controller.people.totp import STEP_S, WINDOW, code_at, step_of


def _machine_us() -> int:
    return time.time_ns() // 1_000


class Authenticator:
    """The app on one telephone.

    Args:
        now_us: the time that the controller goes by, microseconds since 1970.
        wait: lets seconds pass.
    """

    def __init__(
        self,
        now_us: Callable[[], int] = _machine_us,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._now_us = now_us
        self._wait = wait
        self._shown: dict[str, set[int]] = defaultdict(set)

    def code(self, secret: str) -> str:
        """Return a code that counts now and was not shown before; wait for it."""
        shown = self._shown[secret]
        while True:
            now = step_of(self._now_us())
            for step in (now, now + WINDOW, now - WINDOW):
                if step not in shown:
                    shown.add(step)
                    return code_at(secret, step)
            self._wait(STEP_S / 10)


PHONE: Final = Authenticator()
"""The telephone of everybody in a demo that this program has begun."""


def sign_in(page: Any, url: str, account: dict[str, str]) -> None:  # noqa: ANN401  a browser's page
    """Sign an account of ``demo.json`` in at a browser, code and all."""
    page.goto(f"{url}/sign-in")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    if account.get("totp"):
        page.wait_for_url("**/sign-in/code*")
        page.fill("[name=code]", PHONE.code(account["totp"]))
        page.press("[name=code]", "Enter")
    page.wait_for_url(lambda at: "/sign-in" not in at)
