"""Where faults and warnings are collected while a configuration is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.config.draft import Draft
from controller.config.faults import ConfigFault
from controller.config.kinds import plain, shown
from controller.config.places import Place


@dataclass(slots=True)
class Findings:
    """Collects faults and warnings, each with its line in the file."""

    numbers: Mapping[Place, int]
    faults: list[ConfigFault] = field(default_factory=list)
    warnings: list[ConfigFault] = field(default_factory=list)

    def fault(
        self, draft: Draft, key: str, *, wanted: str, remedy: str, found: str = ""
    ) -> None:
        """Note what keeps the bank from starting."""
        self.faults.append(self._at(draft, key, found, wanted, remedy))

    def warn(
        self, draft: Draft, key: str, *, wanted: str, remedy: str, found: str = ""
    ) -> None:
        """Note what somebody should look at."""
        self.warnings.append(self._at(draft, key, found, wanted, remedy))

    def _at(
        self, draft: Draft, key: str, found: str, wanted: str, remedy: str
    ) -> ConfigFault:
        numbers, where = self.numbers, (draft.table, draft.index)
        return ConfigFault(
            place=f"{draft.label}, {plain(key)}" if key else draft.label,
            found=found or shown(draft.get(key)),
            wanted=wanted,
            remedy=remedy,
            line=numbers.get((*where, key)) or numbers.get((*where, "")),
        )

    def at_table(self, table: str, found: str, wanted: str, remedy: str) -> None:
        """Note a table that is missing, unknown or of the wrong shape."""
        line = self.numbers.get((table, 0, "")) or self.numbers.get(("", 0, table))
        self.faults.append(ConfigFault(plain(table), found, wanted, remedy, line))
