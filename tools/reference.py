"""The tables of docs/reference, from the code that acts on them (``make docs``)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any, get_args

import click

import controller
import hardware
from controller.commands.cli import cli
from controller.domain.bases import ACTS, BASES, VERDICTS, Verdict
from controller.domain.compartment import TRANSITIONS, DoorMove
from controller.domain.facts import FACTS
from controller.domain.faults import FAULTS
from controller.domain.orders import ORDERS
from controller.domain.questions import QUESTIONS
from controller.domain.record_shape import ALWAYS, Kind
from controller.domain.records import KINDS, RETENTION
from controller.domain.refusals import RULES
from controller.domain.rights import OWN_CLASSES_ONLY, RIGHTS, ROLES
from controller.domain.rules import RULE_SETTINGS
from controller.errors import HometimeError
from controller.service.requests.table import REQUESTS
from controller.service.sweep import SWEEPS
from hardware.errors import HardwareFault


def door_table() -> str:
    """Return the door's machine: a row a state, a column a fact."""
    moves = get_args(DoorMove)
    head = "| state | " + " | ".join(f"`{m.__name__}`" for m in moves) + " |"
    lines = [head, "| --- " * (len(moves) + 1) + "|"]
    for state, row in TRANSITIONS.items():
        cells = (row[m].value if m in row else "impossible" for m in moves)
        lines.append(f"| **{state.value}** | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def facts() -> str:
    """Return every kind of entry with its fields and what it says."""
    return "\n\n".join("\n".join(_fact(kind, cls)) for kind, cls in FACTS.items())


def _fact(kind: str, cls: type) -> Iterator[str]:
    yield f"### {kind}"
    yield ""
    yield _text(inspect.getdoc(cls) or "")
    yield ""
    names = ", ".join(f"`{_field(each)}`" for each in fields(cls))
    yield f"Body: {names or 'nothing but its version'}."


def _field(each: Any) -> str:  # noqa: ANN401  a dataclass field
    optional = each.default is not MISSING or each.default_factory is not MISSING
    return f"{each.name}{'?' if optional else ''}"


def _text(doc: str) -> str:
    """Return a docstring as Markdown; its list of attributes as a list."""
    lines = []
    for line in doc.replace("``", "`").splitlines():
        if line.strip() == "Attributes:":
            continue
        found = re.match(r"^    (\w[\w, ]*): (.*)$", line)
        lines.append(f"- `{found[1]}`: {found[2]}" if found else line)
    return re.sub(r":\w+:`([^`]*)`", r"`\1`", "\n".join(lines))


def refusals() -> str:
    """Return every rule that turns a tap or an order away."""
    lines = [
        "| rule | why | what to do | the kiosk shows |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{name}` | {rule.words} | {rule.remedy} | {rule.screen} |"
        for name, rule in RULES.items()
    ]
    return "\n".join(lines)


def faults() -> str:
    """Return every fault that latches."""
    lines = [
        "| fault | what happened | what to do | hand-in |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{code}` | {kind.words} | {kind.remedy} | "
        f"{'stops until cleared' if kind.closes else 'goes on'} |"
        for code, kind in FAULTS.items()
    ]
    return "\n".join(lines)


def rights() -> str:
    """Return the table of acts and roles."""
    lines = [
        "| act | " + " | ".join(ROLES) + " |",
        "| --- " * (len(ROLES) + 1) + "|",
    ]
    for act, allowed in RIGHTS.items():
        cells = (_mark(role, allowed) for role in ROLES)
        lines.append(f"| `{act}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _mark(role: str, allowed: tuple[str, ...]) -> str:
    if role not in allowed:
        return ""
    return "own" if role in OWN_CLASSES_ONLY else "yes"


def bases() -> str:
    """Return the bases of custody: how each begins, ends, and what is seen of it."""
    lines = [
        "| basis | begins | ends | public screens show |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| **{basis.title}** (`{name}`) | {basis.begins} | {basis.ends} "
        f"| {basis.shows} |"
        for name, basis in BASES.items()
    ]
    return "\n".join(lines)


def questions() -> str:
    """Return what the office is asked, when, and what settles it."""
    head = "| about | when it is asked | closed by itself when |\n| --- | --- | --- |\n"
    return head + "\n".join(
        f"| `{about}` | {one.when} | {one.settled or 'never'} |"
        for about, one in QUESTIONS.items()
    )


def sweeps() -> str:
    """Return what a start strikes out of people.db."""
    head = (
        "| what | left by | becomes | also after a loss |\n| --- | --- | --- | --- |\n"
    )
    return head + "\n".join(
        f"| {one.orphan} | {one.left_by} | {one.becomes} "
        f"| {'yes' if one.after_a_loss else 'no'} |"
        for one in SWEEPS.values()
    )


def verdicts() -> str:
    """Return what may be done with a device, by its basis: a row an act."""
    head = "| act | " + " | ".join(BASES) + " |"
    lines = [head, "| --- " * (len(BASES) + 1) + "|"]
    for act, words in ACTS.items():
        cells = (_verdict(VERDICTS[basis][act]) for basis in BASES)
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _verdict(found: Verdict) -> str:
    if found.rule:
        return f"no: `{found.rule}`"
    who = f"`{found.right}`" if found.right else "yes"
    witness = " and a witness" if found.witness else ""
    return f"{who}{witness}" + (f", {found.when}" if found.when else "")


def record_kinds() -> str:
    """Return every kind of record: rights, fields, how long it is kept."""
    return "\n\n".join("\n".join(_record_kind(kind)) for kind in KINDS.values())


def _record_kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.title} (`{kind.key}`, {kind.id})"
    yield ""
    yield f"{kind.lead}"
    yield ""
    yield f"Asked for by: {kind.source}. About: {_about(kind)}."
    yield ""
    yield "| file | see | change | end | approval | kept |"
    yield "| --- | --- | --- | --- | --- | --- |"
    rights = " | ".join(f"`{one}`" for one in (kind.file, kind.see, kind.change))
    kept = RETENTION[kind.keep][0].lower()
    yield f"| {rights} | `{kind.end}` | {_approval(kind)} | {kept} |"
    yield ""
    yield "| field | sort | needed | values |"
    yield "| --- | --- | --- | --- |"
    for one in kind.fields:
        needed = "yes" if one.required else ""
        when = f" if `{one.when}`" if one.when else ""
        seen = f"; seen with `{one.sees}`" if one.sees else ""
        wrote = f"; written with `{one.writes}`" if one.writes else ""
        values = ", ".join(f"`{value}`" for value in one.choices)
        yield (
            f"| {one.label} (`{one.name}`) | {one.sort}{seen}{wrote} "
            f"| {needed}{when} | {values} |"
        )


def _about(kind: Kind) -> str:
    words = {"pupil": "a pupil", "class": "a class", "staff": "a member of staff"}
    return " or ".join(words.get(one, "nobody the bank knows") for one in kind.about)


def _approval(kind: Kind) -> str:
    if kind.approve == ALWAYS:
        return "always"
    return f"if `{kind.approve}`" if kind.approve else "none"


def retention() -> str:
    """Return how long each class of record is proposed to be kept, and why."""
    lines = ["| class | proposed | why |", "| --- | --- | --- |"]
    lines += [f"| `{key}` | {how} | {why} |" for key, (how, why) in RETENTION.items()]
    return "\n".join(lines)


def orders() -> str:
    """Return every order and the right it needs."""
    lines = ["| order | right | what it asks |", "| --- | --- | --- |"]
    for cls, need in ORDERS.items():
        doc = _first_line(cls)
        lines.append(f"| `{cls.__name__}` | `{need.act}` | {doc} |")
    return "\n".join(lines)


def _first_line(thing: object) -> str:
    text = (inspect.getdoc(thing) or "").strip().splitlines()[0]
    return _text(text).strip().replace("|", "\\|")


def requests() -> str:
    """Return every request over the controller's socket."""
    lines = ["| request | needs | step-up |", "| --- | --- | --- |"]
    for name, handling in REQUESTS.items():
        step_up = "yes" if handling.step_up else ""
        lines.append(f"| `{name}` | `{handling.need}` | {step_up} |")
    return "\n".join(lines)


def rules() -> str:
    """Return the rules that a school sets on the page."""
    lines = ["| rule | default | what it means |", "| --- | --- | --- |"]
    lines += [
        f"| `{key}` | {rule.default or 'none'} | {rule.title}. {rule.help} |"
        for key, rule in RULE_SETTINGS.items()
    ]
    return "\n".join(lines)


def errors() -> str:
    """Return every error with a code; importing all modules is what finds them."""
    for package in (controller, hardware):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = {**_tree(HometimeError), **_tree(HardwareFault)}
    lines = ["| code | what happened | what to do |", "| --- | --- | --- |"]
    for code in sorted(found):
        cls = found[code]
        remedy: Any = getattr(cls, "remedy", "")
        lines.append(f"| `{code}` | {_first_line(cls)} | {remedy} |")
    return "\n".join(lines)


def _tree(base: type) -> dict[str, type]:
    found = {str(getattr(base, "code", "")): base}
    below: list[type] = type.__subclasses__(base)
    for each in below:
        found |= _tree(each)
    return found


def command_line() -> str:
    """Return every command with its help."""
    return "\n\n".join(_commands(cli, "hometime", click.Context(cli)))


def _commands(
    command: click.Command, name: str, parent: click.Context
) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=None)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from _commands(inner, f"{name} {each}", parent)
        return
    usage = command.get_usage(context).removeprefix("Usage: ")
    options = [
        f"- `{' '.join(option.opts)}`: {option.help or ''}"
        for option in command.params
        if isinstance(option, click.Option)
    ]
    text = (command.help or "").strip()
    yield "\n".join(
        [f"### {name}", "", f"    {usage}", "", text, "", *options]
    ).rstrip()
