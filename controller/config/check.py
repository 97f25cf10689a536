"""Check a configuration file, and load it.

>>> load("examples/header-bank.toml").bank.columns
4
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from controller.config import rules_bank, rules_lines, rules_power
from controller.config.draft import Draft, Drafts
from controller.config.faults import ConfigError, ConfigFault, ConfigReport
from controller.config.findings import Findings
from controller.config.places import line_numbers
from controller.config.read import read_drafts
from controller.config.schema import Config

RULES = (*rules_lines.RULES, *rules_power.RULES, *rules_bank.RULES)
"""Every rule that looks at more than one setting."""

_TOML_PLACE = re.compile(r"(.*) \(at line (\d+), column \d+\)", re.DOTALL)


def check(path: Path | str) -> ConfigReport:
    """Find every fault of a file at once, and all that is doubtful.

    Only a file that cannot be read, or is not TOML, hides further faults.
    """
    return _examine(Path(path))[0]


def load(path: Path | str) -> Config:
    """Return the configuration of a file without faults; warnings do not matter.

    Relative paths in it count from the file's own folder.

    Raises:
        ConfigError: with every fault of the file.
    """
    report, drafts = _examine(Path(path))
    if report.faults or drafts is None:
        raise ConfigError(report)
    return _built(drafts, Path(path))


def _examine(path: Path) -> tuple[ConfigReport, Drafts | None]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows editors set a BOM
        raw = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        return ConfigReport(path, (_unreadable(error),), ()), None
    findings = Findings(line_numbers(text))
    drafts = judge(raw, path.absolute().parent, findings)
    faults, warnings = map(_in_order, (findings.faults, findings.warnings))
    return ConfigReport(path, faults, warnings), drafts


def judge(raw: Mapping[str, Any], folder: Path, findings: Findings) -> Drafts:
    """Read what TOML gave, whatever it is, and hold every rule against it.

    Args:
        raw: the file as ``tomllib`` understood it.
        folder: where relative paths count from.
        findings: takes what is wrong and what is doubtful.
    """
    drafts = _settled(read_drafts(raw, findings), folder)
    for rule in RULES:
        rule(drafts, findings)
    return drafts


def _unreadable(error: Exception) -> ConfigFault:
    match error:
        case OSError():
            found = f"no way to read it ({error.strerror or error})"
            wanted, remedy = "a readable file", "Check the path, and who may read it."
        case UnicodeDecodeError():
            found = f"byte {error.object[error.start]:#04x} at {error.start}"
            wanted, remedy = "UTF-8", "Save the file as UTF-8."
        case RecursionError():
            found, wanted = "lists within lists without end", "TOML as in the examples"
            remedy = "Begin again with one of the examples."
        case _:
            found, wanted = f"no TOML ({error})", "TOML, see toml.io"
            remedy = "Mend this place first; it hides what comes after it."
            if place := _TOML_PLACE.fullmatch(str(error)):
                found, line = f"no TOML ({place[1]})", int(place[2])
                return ConfigFault("file", found, wanted, remedy, line)
    return ConfigFault("file", found, wanted, remedy)


def _in_order(found: list[ConfigFault]) -> tuple[ConfigFault, ...]:
    """Sort by line; what has none (a missing table) comes first."""
    return tuple(sorted(found, key=lambda each: each.line or 0))


def _settled(drafts: Drafts, folder: Path) -> Drafts:
    """Let relative paths count from ``folder``."""

    def settle(draft: Draft) -> Draft:
        values: Mapping[str, Any] = {
            key: folder / value if isinstance(value, Path) else value
            for key, value in draft.values.items()
        }
        return replace(draft, values=values)

    single = {name: settle(draft) for name, draft in drafts.single.items()}
    return replace(drafts, single=single)


def _built(drafts: Drafts, path: Path) -> Config:
    one = {name: draft.build() for name, draft in drafts.single.items()}
    locks = {name: draft.build() for name, draft in drafts.locks.items()}
    compartments = (draft.build() for draft in drafts.compartments)
    return Config(
        path=path,
        bank=one["bank"],
        web=one["web"],
        supply=one["supply"],
        lock=one["lock"],
        locks=MappingProxyType(locks),
        contacts=one["contacts"],
        paper=one["paper"],
        mail=one["mail"],
        readers=tuple(draft.build() for draft in drafts.readers),
        compartments=tuple(sorted(compartments, key=lambda each: each.n)),
        twin=one.get("twin"),
    )
