"""Codes of an authenticator app: which step a typed code belongs to (ACC-3, RFC 6238).

Thirty seconds a step, six digits, SHA-1: what every app assumes. A code of the step
before or after counts too, for a phone whose clock is a little off; a step that was
used once is refused for ever after (RFC 6238, section 5.2).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

STEP_S = 30
"""Seconds that a code is shown (RFC 6238, section 5.2: recommended)."""

WINDOW = 1
"""Steps before and after that count too: RFC 6238, section 5.2, allows one."""

KEPT_STEPS = 10
"""Used steps that are remembered; no more than three can be in the window at once."""

SECRET_LETTERS = 32
"""Of base32: 160 bits, as long as the digest (RFC 4226, section 4, R6)."""

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CODE = re.compile("[0-9]{6}")


def new_secret() -> str:
    """Return a secret in base32, for an app to keep."""
    return "".join(secrets.choice(_BASE32) for _ in range(SECRET_LETTERS))


def plain(typed: str) -> str:
    """Return what was typed without the gaps that apps show.

    >>> plain("123 456 ")
    '123456'
    """
    return "".join(typed.split())


def looks_like_code(typed: str) -> bool:
    """Return whether ``typed`` can be a code of an app.

    >>> looks_like_code("123 456"), looks_like_code("a7mqk-2xvd9")
    (True, False)
    """
    return bool(_CODE.fullmatch(plain(typed)))


def step_of(now_us: int) -> int:
    """Return the step of a moment, UTC microseconds since 1970."""
    return now_us // (STEP_S * 1_000_000)


def code_at(secret: str, step: int) -> str:
    """Return the code that an app shows during ``step``."""
    from pyotp import HOTP  # noqa: PLC0415  0.2 MB that a school without codes saves

    return HOTP(secret).at(step)


def matching_step(secret: str, typed: str, now_us: int) -> int | None:
    """Return the step that ``typed`` is the code of, or ``None``.

    Every step of the window is computed, whichever matches, so that the time of the
    answer tells nothing.
    """
    code, now = plain(typed), step_of(now_us)
    found = None
    for step in range(max(0, now - WINDOW), now + WINDOW + 1):
        shown = code_at(secret, step)
        if secrets.compare_digest(shown.encode(), code.encode()):
            found = step
    return found


def is_spent(step: int, used: Sequence[int], *, believed: bool) -> bool:
    """Return whether the code of ``step`` may not be used any more.

    Args:
        step: of the code.
        used: steps whose codes were used, oldest first.
        believed: whether the clock is. One that is only guessed may stand in the past,
            where somebody could show again what they once saw: then nothing that is not
            later than every used step counts.

    >>> is_spent(7, [6, 8], believed=True), is_spent(8, [6, 8], believed=True)
    (False, True)
    >>> is_spent(7, [6, 8], believed=False)
    True
    """
    if not believed and used and step <= max(used):
        return True
    return step in used


def remembered(used: Sequence[int], step: int) -> tuple[int, ...]:
    """Return the used steps with ``step``, the oldest forgotten."""
    return (*used, step)[-KEPT_STEPS:]


def provisioning_uri(secret: str, account: str, issuer: str) -> str:
    """Return what an app reads from the picture: secret, account, who issued it."""
    from pyotp import TOTP  # noqa: PLC0415  as above

    return TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)
