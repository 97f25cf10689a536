"""Tell systemd how the service is doing: ready, alive, stopping (sd_notify(3)).

systemd starts a ``Type=notify`` unit with a datagram socket's address in
``NOTIFY_SOCKET``; where there is none, as in the demo, nothing is told to anyone.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping

PATIENCE_S = 0.1
"""How long the control loop may be held up by a full socket; it feeds again soon."""


class Notifier:
    """The service's side of systemd's notification socket.

    Args:
        address: a path, or ``@name`` for an abstract socket; empty: tell nobody.
    """

    def __init__(self, address: str = "") -> None:
        self._address = address

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Notifier:
        """Return the notifier for the address that systemd gave, if it gave one."""
        return cls(environment.get("NOTIFY_SOCKET", ""))

    def ready(self) -> bool:
        """Tell that the start is complete: every coil off, the journal open."""
        return self._tell(b"READY=1")

    def watchdog(self) -> bool:
        """Tell that the service is healthy; it is killed if this does not come."""
        return self._tell(b"WATCHDOG=1")

    def stopping(self) -> bool:
        """Tell that the service is on its way out by its own will."""
        return self._tell(b"STOPPING=1")

    def _tell(self, message: bytes) -> bool:
        """Send one datagram; return whether systemd has it.

        That it could not be sent is no reason to leave doors without a controller. If
        it matters, systemd draws its own conclusion.
        """
        if not self._address:
            return False
        # An abstract name begins with a zero byte, for which systemd writes "@".
        name = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
                sending.settimeout(PATIENCE_S)
                sending.sendto(message, name)
        except OSError:
            return False
        return True


def watchdog_period_s(environment: Mapping[str, str], pid: int) -> float | None:
    """Return how often to call :meth:`Notifier.watchdog`, seconds; None: never.

    Half of what systemd allows, as sd_watchdog_enabled(3) recommends.

    Args:
        environment: with ``WATCHDOG_USEC`` and ``WATCHDOG_PID``.
        pid: our own; the time limit may be meant for another process.
    """
    usec = environment.get("WATCHDOG_USEC", "")
    whose = environment.get("WATCHDOG_PID", "")
    if not usec.isdecimal() or int(usec) == 0 or whose not in {"", str(pid)}:
        return None
    return int(usec) / 1_000_000 / 2
