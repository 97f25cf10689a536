"""How a command fails: one line on stderr that says what and what to do, and exit 1."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_line() -> Iterator[None]:
    """Turn the world's and the operator's faults into one line on stderr and exit 1."""
    try:
        yield
    except OSError as error:
        raise _fail(_said(error), _remedy(error)) from error
    except Exception as error:
        if not hasattr(error, "remedy"):
            raise
        raise _fail(str(error), error.remedy) from error


def _fail(words: str, remedy: str) -> SystemExit:
    line = f"hometime: {words.rstrip('.')}. {remedy}".rstrip()
    print(line, file=sys.stderr, flush=True)
    return SystemExit(1)


def _said(error: OSError) -> str:
    """Say where and why, as the system does."""
    why = (error.strerror or str(error) or type(error).__name__).lower()
    return f"{error.filename}: {why}" if error.filename else why


def _remedy(error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return "Another program uses the port: stop it, or set another one."
        case errno.EACCES | errno.EPERM:
            return "Check whose it is, and as whom this command runs."
        case errno.ENOSPC:
            return "Make room on the disk."
    return "Check that it is there and can be used."
