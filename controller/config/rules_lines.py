"""What the electric lines must obey together.

The first sentence of each rule is printed in docs/reference/settings.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from controller.config.draft import Draft, Drafts
from controller.config.findings import Findings
from controller.config.lines import (
    BOARD_ID,
    PULLED_UP_AT_BOOT,
    SERIAL,
    Line,
    spi_claims,
)

FIT_FOR_A_COIL = "a line that is low while the Pi boots"


def _all_lines(drafts: Drafts) -> Iterator[tuple[Draft, str, Line]]:
    for draft in drafts.every():
        for key, line in draft.lines():
            yield draft, key, line


def coils_are_low_at_boot(drafts: Drafts, findings: Findings) -> None:
    """No coil on GPIO 0 to 8, 14 or 15: they may be high while the Pi boots (HW-2)."""
    for draft, key, line in _all_lines(drafts):
        if key == "coil" and line.is_header(*PULLED_UP_AT_BOOT, *SERIAL):
            why = (
                "is pulled up" if line.bit in PULLED_UP_AT_BOOT else "is a serial line"
            )
            findings.fault(
                draft,
                key,
                wanted=FIT_FOR_A_COIL,
                remedy=f"GPIO{line.bit} {why} then; take 12, 13 or one of 16 to 27.",
            )


def resets_keep_off_the_serial_line(drafts: Drafts, findings: Findings) -> None:
    """No reader's reset on GPIO 14 or 15, the serial console."""
    for draft, key, line in _all_lines(drafts):
        if key == "reset" and line.is_header(*SERIAL):
            findings.fault(
                draft,
                key,
                wanted="a line that nobody else drives",
                remedy=f"GPIO{line.bit} is a serial line; GPIO25 is usual for a reset.",
            )


def no_line_is_used_twice(drafts: Drafts, findings: Findings) -> None:
    """Every line is used once."""
    first: dict[Line, str] = {}
    for draft, key, line in _all_lines(drafts):
        here = f"{draft.label}, {key}"
        if line in first:
            findings.fault(
                draft,
                key,
                wanted="a line that nothing else uses",
                remedy=f"{first[line]} has it already; give one of them another.",
            )
        else:
            first[line] = here


def no_line_is_the_readers_bus(drafts: Drafts, findings: Findings) -> None:
    """No line that an SPI bus takes: GPIO 7 to 11 for bus 0, 16 to 21 for bus 1."""
    devices: dict[int, set[int]] = defaultdict(set)
    for reader in drafts.readers:
        if reader.get("bus") is not None:
            devices[reader.get("bus")].add(reader.get("device") or 0)
    for draft, key, line in _all_lines(drafts):
        for bus, used in devices.items():
            if line.is_header(*spi_claims(bus, used)):
                findings.fault(
                    draft,
                    key,
                    wanted="a line that no reader's bus takes",
                    remedy=f"SPI bus {bus} takes GPIO{line.bit}; choose another line.",
                )


def no_line_is_an_expanders(drafts: Drafts, findings: Findings) -> None:
    """No I2C line: no back end drives them yet."""
    for draft, key, line in _all_lines(drafts):
        if line.is_expander:
            findings.fault(
                draft,
                key,
                wanted="a line of the header",
                remedy="No back end drives I2C lines yet; write header: and a number.",
            )


def simulated_lines_need_the_twin(drafts: Drafts, findings: Findings) -> None:
    """Lines of the room only where a [twin] table says that it is simulated."""
    if "twin" in drafts.single:
        return
    for draft, key, line in _all_lines(drafts):
        if line.is_simulated:
            findings.fault(
                draft,
                key,
                wanted="a line of real hardware",
                remedy="Only a bank with a [twin] table has lines of the room.",
            )


def some_lines_are_busy_at_boot(drafts: Drafts, findings: Findings) -> None:
    """Warned of: a contact, light or buzzer where the Pi speaks while it boots."""
    for draft, key, line in _all_lines(drafts):
        if key in {"coil", "reset"}:
            continue
        if line.is_header(*SERIAL):
            remedy = (
                f"GPIO{line.bit} is the serial console; choose another line, "
                "or turn the console off with raspi-config."
            )
        elif line.is_header(*BOARD_ID):
            remedy = f"The firmware looks for a HAT on GPIO{line.bit}; choose another."
        elif key == "buzzer" and line.is_header(*PULLED_UP_AT_BOOT):
            remedy = f"GPIO{line.bit} is pulled up then, so it sounds; take 9 to 27."
        else:
            continue
        findings.warn(draft, key, wanted="a line that is quiet at boot", remedy=remedy)


def active_low_coils_blip(drafts: Drafts, findings: Findings) -> None:
    """Warned of: a coil that is powered while its line is low.

    Such a coil is driven on for an instant whenever the line is opened (facts of
    gpiozero's output devices), and while the Pi boots its line is low.
    """
    for draft in drafts.compartments:
        if draft.get("active_low"):
            findings.warn(
                draft,
                "active_low",
                wanted="a driver that is active high",
                remedy="This coil may be powered while the Pi boots, and is for an "
                "instant at every start; use a driver that is active high.",
            )


RULES = (
    coils_are_low_at_boot,
    resets_keep_off_the_serial_line,
    no_line_is_used_twice,
    no_line_is_the_readers_bus,
    no_line_is_an_expanders,
    simulated_lines_need_the_twin,
    some_lines_are_busy_at_boot,
    active_low_coils_blip,
)
