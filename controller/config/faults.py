"""What a check of the configuration found, and the one error that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from controller.errors import HometimeError


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """One thing that is wrong, or with a warning merely doubtful.

    Attributes:
        place: where, in words: ``compartment 7, contact``.
        found: what stands there, as the file writes it, or ``nothing``.
        wanted: what may stand there.
        remedy: what to do about it.
        line: number of the line in the file, from 1; None where it has none, since the
            setting is missing or the file could not be read.
    """

    place: str
    found: str
    wanted: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: found {self.found}, wanted {self.wanted}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class ConfigReport:
    """Everything a check found, each in the order of the file.

    Attributes:
        path: the file that was checked.
        faults: nothing starts with one of these.
        warnings: it would start; somebody should look.
    """

    path: Path
    faults: tuple[ConfigFault, ...]
    warnings: tuple[ConfigFault, ...]

    @property
    def lines(self) -> list[str]:
        """One printable line for each: ``config.toml:41: fault: compartment 7, …``."""
        return [
            f"{self.path}{f':{found.line}' if found.line else ''}: {severity}: {found}"
            for severity, all_found in (
                ("fault", self.faults),
                ("warning", self.warnings),
            )
            for found in all_found
        ]


class ConfigError(HometimeError):
    """The configuration cannot be used; every fault of it is in here.

    Attributes:
        report: what the check found.
    """

    code = "config-wrong"
    remedy = "Mend each place named, then try `hometime config check FILE` again."

    def __init__(self, report: ConfigReport) -> None:
        self.report = report
        count = len(report.faults)
        noun = "fault" if count == 1 else "faults"
        lines: Sequence[str] = report.lines[:count]
        super().__init__("\n".join([f"{report.path}: {count} {noun}", *lines]))

    @property
    def faults(self) -> tuple[ConfigFault, ...]:
        """The faults, without the warnings."""
        return self.report.faults
