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
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DEFAULT_CONFIG = Path("/etc/hometime/config.toml")

# What a text that is no longer TOML still says: where a table begins, a coil's line,
# and that the line is driven low to power it.
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_COIL_LINE = re.compile(r"""^[^#\n]*?\bcoil\s*=\s*["']([^"'\n]*)["']""", re.MULTILINE)
_ACTIVE_LOW = re.compile(r"^[^#\n]*?\bactive_low\s*=\s*true\b", re.MULTILINE)

_HEADER_LINE = re.compile(r"header:(\d{1,2})")


class Coil(NamedTuple):
    """The line of one coil, and whether the coil is powered while it is low."""

    line: str
    active_low: bool


def all_off(config: Path) -> list[str]:
    """Switch off every coil that ``config`` names; go on whatever goes wrong.

    Each line is claimed, driven to where its coil is off, and let go again. A coil that
    could not be switched off keeps none of the others from it.

    Args:
        config: the bank's TOML file. Where it is damaged, its text is searched.

    Returns:
        One line for each thing that went wrong; empty: every coil is off.
    """
    try:
        text = config.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        return [f"{config}: {error.strerror or error}; name the file with --config"]
    coils, faults = _coils(config, text)
    if not coils:
        return [*faults, f"{config}: no coil found, so none switched off"]
    return faults + _switch_off(coils)


def _coils(config: Path, text: str) -> tuple[list[Coil], list[str]]:
    """Return all coils in order of appearance, and what is wrong with the text."""
    try:
        named = _named_in(tomllib.loads(text))
        faults = []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        named = _read_in(text)
        faults = [f"{config}: {error}; switched off what could be read"]
    return list(dict.fromkeys(named)), faults


def _named_in(node: object) -> Iterator[Coil]:
    """Yield every coil that a table names, at whatever depth."""
    if isinstance(node, dict):
        if isinstance(line := node.get("coil"), str):
            yield Coil(line, node.get("active_low") is True)
        for value in node.values():
            yield from _named_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named_in(value)


def _read_in(text: str) -> Iterator[Coil]:
    """Yield every coil that the text of a table seems to name."""
    for table in _TABLE.split(text):
        for line in _COIL_LINE.findall(table):
            yield Coil(line, _ACTIVE_LOW.search(table) is not None)


def _switch_off(coils: list[Coil]) -> list[str]:
    """Cut each coil, then let all of their lines go."""
    # lgpio makes a FIFO where it is imported, and a service's directory is read-only.
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    try:
        from gpiozero import Device

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of each way tried before the last
            Device.ensure_pin_factory()
    except Exception as error:  # noqa: BLE001  whatever it is, it must end in one line
        return [f"no way to the header's pins ({_said(error)}): no coil switched off"]
    try:
        return [fault for coil in coils if (fault := _cut(coil))]
    finally:
        # Closing a device leaves its line claimed; only this frees it.
        Device.pin_factory.close()
        Device.pin_factory = None


def _cut(coil: Coil) -> str | None:
    """Cut one coil; return what went wrong, if anything."""
    from gpiozero import OutputDevice

    header = _HEADER_LINE.fullmatch(coil.line)
    if header is None:
        return f"coil {coil.line}: not switched off, only lines of the header can be"
    try:
        OutputDevice(
            int(header[1]), active_high=not coil.active_low, initial_value=False
        )
    except Exception as error:  # noqa: BLE001  the next coil matters more than this one
        return f"coil {coil.line}: not switched off ({_said(error)})"
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
