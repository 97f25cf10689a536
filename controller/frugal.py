"""What a service need not load: megabytes of a Pi with 512 of them (Zero 2).

Call before anything else is imported; what is loaded already stays.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

OWN_DIGESTS = ("_sha2", "_sha256")
"""Python's own SHA-256, by version: 3.12 and later, before it."""


def without_openssl(*, tls: bool = True) -> None:
    """Let Python's own digests serve, where they were built: 3.6 MB less (our bench).

    ``hashlib`` and ``hmac`` are written for a Python that has no OpenSSL, and so are
    werkzeug and urllib; a tap needs two digests of a few hundred bytes.

    Args:
        tls: whether connections of the process may want it. The site's do not: Caddy
            speaks TLS, and the site to nobody but the controller. Another 4.5 MB.
    """
    if any(find_spec(name) for name in OWN_DIGESTS):
        _leave_out("_hashlib")
        if not tls:
            _leave_out("_ssl", "ssl")


def metadata_when_asked() -> None:
    """Let gpiozero load what reads packages' metadata when it looks for a pin factory.

    It asks for the function of that name when it is imported, of ``importlib_metadata``
    first, and calls it where nobody has handed it a factory, which we do. The library
    behind it brings readers of e-mail and archives along: 4 MB (our bench).
    """
    module = ModuleType("importlib_metadata", "In place of the package, while unasked.")
    module.__dict__["entry_points"] = _entry_points
    sys.modules.setdefault(module.__name__, module)


def _entry_points(**wanted: Any) -> Any:  # noqa: ANN401  as the library has it
    from importlib.metadata import entry_points  # noqa: PLC0415  see above

    return entry_points(**wanted)


def version_of(package: str) -> str:
    """Return the installed version of ``package``, from the name of its folder.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    for place in filter(None, sys.path):
        for found in Path(place).glob(f"{package}-*.dist-info"):
            return found.name.removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import version  # noqa: PLC0415  installed in another way

    return version(package)


def _leave_out(*names: str) -> None:
    """Let importing each of ``names`` fail as if it were not there."""
    for name in names:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # the import system's own way
