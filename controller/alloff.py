"""Every coil off, with no use of the rest of the program (HW-2, HW-8).

systemd runs this after the controller is gone, however it went: SIGKILL, watchdog,
crash. A Pi keeps an output driven when its process has died, so a strike would stay
powered until its coil burns. What is wanted here is little code that cannot be broken
by a change elsewhere, so this module imports nothing of ours and reads the
configuration by itself, generously: whatever looks like a coil is switched off.

usage: python -m controller.alloff [--config FILE]
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

DEFAULT_CONFIG = Path("/etc/hometime/config.toml")

# A coil's line in a text that is no longer TOML.
_COIL_LINE = re.compile(r"""^[^#\n]*?\bcoil\s*=\s*["']([^"'\n]*)["']""", re.MULTILINE)
_HEADER_LINE = re.compile(r"header:(\d{1,2})")


def all_off(config: Path) -> list[str]:
    """Switch off every coil that ``config`` names; go on whatever goes wrong.

    Each line is claimed, driven low and let go again. A coil that could not be switched
    off keeps none of the others from it.

    Args:
        config: the bank's TOML file. Where it is damaged, its text is searched.

    Returns:
        One line for each thing that went wrong; empty: every coil is off.
    """
    try:
        text = config.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return [f"{config}: {error.strerror or error}; name the file with --config"]
    coils, faults = _coils(config, text)
    if not coils:
        return [*faults, f"{config}: no coil found, so none switched off"]
    return faults + _switch_off(coils)


def _coils(config: Path, text: str) -> tuple[list[str], list[str]]:
    """Return the lines of all coils in order of appearance, and what is wrong."""
    try:
        named = _values_of("coil", tomllib.loads(text))
        faults = []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        named = iter(_COIL_LINE.findall(text))
        faults = [f"{config}: {error}; switched off what could be read"]
    return list(dict.fromkeys(named)), faults


def _values_of(key: str, node: object) -> Iterator[str]:
    """Yield every text that stands under ``key``, at whatever depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key and isinstance(value, str):
                yield value
            else:
                yield from _values_of(key, value)
    elif isinstance(node, list):
        for value in node:
            yield from _values_of(key, value)


def _switch_off(coils: list[str]) -> list[str]:
    """Drive the line of each coil low, then let all of them go."""
    # lgpio makes a FIFO where it is imported, and a service's directory is read-only.
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    try:
        from gpiozero import Device

        Device.ensure_pin_factory()
    except Exception as error:  # noqa: BLE001  whatever it is, it must end in one line
        return [f"no way to the header's pins ({_said(error)}): no coil switched off"]
    try:
        return [fault for coil in coils if (fault := _drive_low(coil))]
    finally:
        # Closing a device leaves its line claimed; only this frees it.
        Device.pin_factory.close()
        Device.pin_factory = None


def _drive_low(coil: str) -> str | None:
    """Drive one line low; return what went wrong, if anything."""
    from gpiozero import OutputDevice

    header = _HEADER_LINE.fullmatch(coil)
    if header is None:
        return f"coil {coil}: not switched off, only lines of the header can be"
    try:
        OutputDevice(int(header[1]), initial_value=False)
    except Exception as error:  # noqa: BLE001  the next coil matters more than this one
        return f"coil {coil}: not switched off ({_said(error)})"
    return None


def _said(error: Exception) -> str:
    """Return an error as one line, beginning with its kind."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def main(arguments: list[str]) -> int:
    """Read the command line, switch off, say in one line what could not be."""
    match arguments:
        case []:
            config = DEFAULT_CONFIG
        case ["--config", name]:
            config = Path(name)
        case [option] if option.startswith("--config="):
            config = Path(option.removeprefix("--config="))
        case ["--help"]:
            print("usage: hometime all-off [--config FILE]\n\nEvery coil off.")
            return 0
        case _:
            print("usage: hometime all-off [--config FILE]", file=sys.stderr)
            return 2
    faults = all_off(config)
    if faults:
        print("all-off: " + "; ".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
