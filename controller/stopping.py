"""How a process is told to end: by SIGTERM or SIGINT, as often as they come.

A handler runs in the midst of whatever the main thread is doing, and that may be
holding the very lock that stopping takes. So a handler takes none: it leaves the
command at once, or lets another thread begin the end. And while the interpreter ends
it gives signals back their own action, so that a late one would kill what was ending in
order: from then on none is heard (CPython, ``Modules/signalmodule.c``,
``_PySignal_Fini``).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable

SIGNALS = (signal.SIGTERM, signal.SIGINT)

TOLD_BY = 128
"""A command that a signal cut short ends with this and the signal's number, as shells
count it."""


def leave_when_told() -> None:
    """Let a signal end a command in order: files are closed, locks given back."""
    for number in SIGNALS:
        signal.signal(number, _leave)


def call_when_told(stop: Callable[[], None]) -> None:
    """Call ``stop`` once, from a thread of its own, when the first signal comes.

    Args:
        stop: lets the process end; may take locks that the main thread holds.
    """
    hear, tell = os.pipe()

    def wait() -> None:
        os.read(hear, 1)
        stop()

    def begin(_number: int, _frame: object) -> None:
        os.write(tell, b"\0")

    threading.Thread(target=wait, name="stop", daemon=True).start()
    for number in SIGNALS:
        signal.signal(number, begin)


def hear_no_more() -> None:
    """Let no signal change an end that is under way."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _leave(number: int, _frame: object) -> None:
    sys.exit(TOLD_BY + number)
