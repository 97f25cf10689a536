"""``hometime roster import``: the roll, from the command line.

Through the controller where one is running, by itself where none is. Whoever can read
the data directory's secrets operates the machine and needs no account; the record says
that the command line did it.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import msgspec

from controller.client import Client, ControllerDown, RequestRefused
from controller.commands.alone import ControllerRefused, alone
from controller.commands.failing import one_line
from controller.domain.context import Layout
from controller.journal.cli import data_directory
from controller.journal.layout import Layout as Folder
from controller.roll.archive import from_folder, read_bounded
from controller.service.operator import Operator, read_operator
from controller.service.roll import RollDesk
from controller.service.rolling import import_roll, words_of_doors


@click.group("roster")
def roster() -> None:
    """The roll: who is in which class."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--data", type=click.Path(path_type=Path, file_okay=False))
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@click.option("--leave-out-bad", is_flag=True, help="Apply without the bad rows.")
@click.option("--accept-leavers", is_flag=True, help="More than a fifth may leave.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def import_command(
    file: Path,
    data: Path | None,
    config: Path | None,
    *,
    dry_run: bool,
    leave_out_bad: bool,
    accept_leavers: bool,
    as_json: bool,
) -> None:
    """Import FILE: a CSV as school systems export it, or a OneRoster folder or zip."""
    wishes = {
        "dry_run": dry_run,
        "leave_out_bad": leave_out_bad,
        "accept_leavers": accept_leavers,
    }
    with one_line():
        folder = data_directory(data, config)
        answer = _through_controller(folder, file, wishes)
        if answer is None:
            answer = _by_itself(folder, config, file, wishes)
    _say(answer, as_json=as_json, dry_run=dry_run)


def _say(answer: dict[str, Any], *, as_json: bool, dry_run: bool) -> None:
    counts = answer["roll"]
    if as_json:
        click.echo(msgspec.json.encode(counts).decode())
    else:
        for bad in counts["bad"]:
            click.echo(f"line {bad['line']}: {bad['reason']}")
        verb = "would be" if dry_run or answer["refused"] else "were"
        click.echo(
            f"{counts['added']} {verb} added, {counts['changed']} changed, "
            f"{counts['left']} leave"
        )
        for line in words_of_doors(counts):
            click.echo(line)
    for note in answer["notes"]:
        click.echo(f"hometime: {note}", err=True)
    if answer["refused"]:
        click.echo(f"hometime: {answer['refused']}", err=True)
        raise SystemExit(1)


# ---------------------------------------------------------------- with a controller


def _through_controller(
    folder: Path, file: Path, wishes: dict[str, bool]
) -> dict[str, Any] | None:
    """Ask the controller; ``None`` where none is running."""
    operator = read_operator(folder)
    if operator is None:
        return None
    try:
        return _ask(operator, file, wishes)
    except ControllerDown:
        return None
    except RequestRefused as refused:
        raise ControllerRefused(refused.fault) from refused


def _ask(operator: Operator, file: Path, wishes: dict[str, bool]) -> dict[str, Any]:
    client = Client(Path(operator.socket))
    answer: dict[str, Any] = client.ask(
        "operator_roll",
        operator.token,
        filename=file.name,
        data=base64.b64encode(_bytes_of(file)).decode(),
        **wishes,
    )
    return answer


def _bytes_of(file: Path) -> bytes:
    """Return the file, a folder as a zip of what is wanted of it."""
    if not file.is_dir():
        return read_bounded(file)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in from_folder(file).items():
            archive.writestr(name, data)
    return packed.getvalue()


# --------------------------------------------------------------- without a controller


def _by_itself(
    folder: Path, config: Path | None, file: Path, wishes: dict[str, bool]
) -> dict[str, Any]:
    layout, klass = _bank(config)
    with (
        _kept_in(folder, dry_run=wishes["dry_run"]) as place,
        alone(place, layout) as (core, directory),
    ):
        desk = RollDesk(core, directory, klass)
        return import_roll(desk, _bytes_of(file), file.name, wishes)


@contextmanager
def _kept_in(folder: Path, *, dry_run: bool) -> Iterator[Path]:
    """Yield the folder of the stores; where a dry run finds none, one that goes again.

    What the roll would do to a school that has nobody yet is a question, not a start.
    """
    if not dry_run or Folder(folder).has_journal:
        yield folder
        return
    with TemporaryDirectory() as scratch:
        yield Path(scratch)


def _bank(config: Path | None) -> tuple[Layout, str | None]:
    """Return how the bank is built and whose it is, as far as that is known."""
    if config is None:
        return Layout({}), None
    from controller.config.check import load
    from controller.service.assembly import layout_of

    found = load(config)
    return layout_of(found), found.bank.class_slug
