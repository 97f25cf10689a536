"""From what ``tomllib`` gives to drafts: every table and key, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from typing import Any

from controller.config.draft import Draft, Drafts
from controller.config.findings import Findings
from controller.config.kinds import Unfit, did_you_mean, plain, shown
from controller.config.schema import (
    Bank,
    Compartment,
    Contacts,
    Lock,
    Mail,
    Paper,
    Reader,
    Supply,
    Twin,
    Web,
    settings_of,
)

SINGLE = {
    "bank": Bank,
    "web": Web,
    "supply": Supply,
    "lock": Lock,
    "contacts": Contacts,
    "paper": Paper,
    "mail": Mail,
    "twin": Twin,
}
"""Tables that stand once, ``[bank]``."""

REPEATED = {"reader": Reader, "compartment": Compartment}
"""Tables that stand many times, ``[[reader]]``."""

OPTIONAL = frozenset({"web", "contacts", "paper", "mail", "twin"})
"""Tables that may be left out. All but ``[twin]`` then have their defaults."""

KNOWN = (*SINGLE, *REPEATED, "locks")


def read_drafts(raw: Mapping[str, Any], findings: Findings) -> Drafts:
    """Read every table of a file that is sound TOML."""
    _refuse_unknown_tables(raw, findings)
    return Drafts(
        single=dict(_single(raw, findings)),
        locks=dict(_locks(raw.get("locks", {}), findings)),
        readers=_repeated(raw, "reader", "name", findings),
        compartments=_repeated(raw, "compartment", "n", findings),
    )


def _refuse_unknown_tables(raw: Mapping[str, Any], findings: Findings) -> None:
    for name in raw:
        if name not in KNOWN:
            remedy = did_you_mean(name, KNOWN) or "Take it out."
            wanted = "one of " + ", ".join(KNOWN)
            findings.at_table(name, "a name nothing has", wanted, remedy)


def _single(raw: Mapping[str, Any], findings: Findings) -> Iterator[tuple[str, Draft]]:
    for table, cls in SINGLE.items():
        inside = raw.get(table)
        if inside is None and table in OPTIONAL:
            inside = None if table == "twin" else {}
        elif inside is None:
            wanted = f"a table [{table}]"
            findings.at_table(table, "nothing", wanted, _write(cls))
        elif not isinstance(inside, dict):
            remedy = f"Write the header with single brackets: [{table}]."
            findings.at_table(table, shown(inside), f"one table [{table}]", remedy)
            inside = None
        if inside is not None:
            yield table, read_table(cls, inside, (table, 0, table), findings)


def _write(cls: type) -> str:
    keys = [each.key for each in settings_of(cls) if each.is_required]
    return f"Write one with {' and '.join(keys)}."


def _locks(inside: object, findings: Findings) -> Iterator[tuple[str, Draft]]:
    if not isinstance(inside, dict):
        remedy = "Name it: [locks.heavy]."
        findings.at_table("locks", shown(inside), "tables [locks.NAME]", remedy)
        return
    for name, figures in inside.items():
        place = f"locks.{name}"
        if isinstance(figures, dict):
            yield name, read_table(Lock, figures, (place, 0, plain(place)), findings)
        else:
            remedy = "Write a table [locks.NAME], or [lock] for the kind of all doors."
            findings.at_table(place, shown(figures), "a table [locks.NAME]", remedy)


def _repeated(
    raw: Mapping[str, Any], table: str, by: str, findings: Findings
) -> tuple[Draft, ...]:
    rows = raw.get(table, [])
    wanted = f"one or more tables [[{table}]]"
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        remedy = f"Write the header with double brackets: [[{table}]]."
        findings.at_table(table, shown(rows), wanted, remedy)
        return ()
    if not rows:
        findings.at_table(table, "nothing", wanted, _write(REPEATED[table]))
    return tuple(
        read_table(
            REPEATED[table],
            row,
            (table, index, _label(table, row, by, index)),
            findings,
        )
        for index, row in enumerate(rows)
    )


def _label(table: str, row: Mapping[str, Any], by: str, index: int) -> str:
    """Return ``compartment 7``, or ``compartment (no. 3 in the file)`` without one."""
    name = row.get(by)
    if isinstance(name, str | int) and not isinstance(name, bool) and str(name):
        return f"{table} {plain(str(name))}"
    return f"{table} (no. {index + 1} in the file)"


def read_table(
    cls: type,
    inside: Mapping[str, Any],
    place: tuple[str, int, str],
    findings: Findings,
) -> Draft:
    """Read one table and note what is unknown, missing or unfit in it."""
    table, index, label = place
    known = {each.key: each for each in settings_of(cls)}
    values: dict[str, Any] = {}
    draft = Draft(cls, table, index, label, values, frozenset(inside))
    misspelt = _refuse_unknown_keys(draft, tuple(known), findings)
    for key, each in known.items():
        if key in inside:
            try:
                values[key] = each.kind.read(inside[key])
            except Unfit as unfit:
                found, wanted = shown(inside[key]), each.kind.wanted
                findings.fault(
                    draft, key, found=found, wanted=wanted, remedy=unfit.remedy
                )
        elif each.default is not MISSING:
            values[key] = each.default
        elif key not in misspelt:
            remedy = f"Write {key} = … there. {each.says}"
            findings.fault(
                draft, key, found="nothing", wanted=each.kind.wanted, remedy=remedy
            )
    return draft


def _refuse_unknown_keys(
    draft: Draft, known: tuple[str, ...], findings: Findings
) -> set[str]:
    """Note each unknown key; return the keys that were probably meant."""
    meant: set[str] = set()
    unknown = sorted(draft.written.difference(known))
    if not unknown:
        return meant
    from difflib import get_close_matches  # noqa: PLC0415  only for who mistypes

    for key in unknown:
        near = get_close_matches(key, known, n=1)
        meant.update(near)
        findings.fault(
            draft,
            key,
            found="a name nothing has",
            wanted="one of " + ", ".join(known),
            remedy=did_you_mean(key, known) or "Take it out.",
        )
    return meant
