"""The reference of all settings, in Markdown, from the schema and the rules.

``make docs`` puts it into docs/reference/settings.md.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from controller.config.check import RULES
from controller.config.kinds import shown
from controller.config.read import OPTIONAL, REPEATED, SINGLE
from controller.config.schema import Setting, settings_of


def markdown() -> str:
    """Return the reference: a section for each table, then the rules."""
    tables = {f"[{name}]": cls for name, cls in SINGLE.items() if name != "twin"}
    tables |= {f"[[{name}]]": cls for name, cls in REPEATED.items()}
    tables |= {"[twin]": SINGLE["twin"]}
    sections = ["\n".join(_section(name, cls)) for name, cls in tables.items()]
    return "\n\n".join([*sections, "\n".join(_rules())])


def _section(name: str, cls: type) -> Iterator[str]:
    yield f"## `{name}`"
    yield ""
    yield _says(cls).replace("``", "`")
    if name.strip("[]") in OPTIONAL - {"twin"}:
        yield ""
        yield "The table may be left out."
    yield ""
    yield "| setting | value | default | meaning |"
    yield "| --- | --- | --- | --- |"
    yield from map(_row, settings_of(cls))


def _row(each: Setting) -> str:
    default = "must be written" if each.is_required else _default(each.default)
    return f"| `{each.key}` | {each.kind.wanted} | {default} | {each.says} |"


def _default(value: object) -> str:
    if value in ("", None):
        return "none"
    if isinstance(value, Path):
        value = str(value)
    if isinstance(value, tuple):
        return f"`[{', '.join(map(shown, value))}]`"
    return f"`{shown(value)}`"


def _rules() -> Iterator[str]:
    yield "## What is checked besides"
    yield ""
    yield from (f"* {_says(rule).splitlines()[0]}" for rule in RULES)


def _says(documented: object) -> str:
    return inspect.getdoc(documented) or ""
