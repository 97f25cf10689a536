"""One writer: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from controller.errors import JournalLocked


class WriterLock:
    """Holds ``path`` for this process until :meth:`release`.

    Raises:
        JournalLocked: somebody else holds it.
    """

    def __init__(self, path: Path) -> None:
        self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise JournalLocked(path) from error

    def release(self) -> None:
        """Let the next writer in; harmless when released."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
