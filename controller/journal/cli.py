"""``hometime journal …``: verify, export, begin-epoch."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import click
import msgspec

from controller.errors import HometimeError, JournalDamaged
from controller.journal.domain import Domain
from controller.journal.entry import Head, Stamp
from controller.journal.export import lines
from controller.journal.head import HeadFile
from controller.journal.journal import Journal
from controller.journal.layout import Layout
from controller.journal.quoted import Quote, as_quoted
from controller.journal.reading import open_read_only
from controller.journal.store import cause
from controller.journal.verify import VerifyReport, verify

S = TypeVar("S")

DEFAULT_DATA: Final = Path("/var/lib/hometime")
"""Where the services keep their data."""

_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"The data directory; {DEFAULT_DATA} where left out.",
)
_CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A configuration file that names the data directory.",
)


def journal_commands(domain: Callable[[], Domain[Any]]) -> click.Group:
    """Return the group ``journal``.

    Args:
        domain: what the journal folds to; asked for only by ``begin-epoch``.
    """
    group = click.Group("journal", help="The record: check it, write it out.")
    group.add_command(verify_command)
    group.add_command(export_command)
    group.add_command(_begin_epoch_command(domain))
    return group


@click.command("verify")
@_DATA
@_CONFIG
@click.option(
    "--public-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A public key kept elsewhere, instead of the directory's own.",
)
@click.option(
    "--entry",
    "entries",
    multiple=True,
    metavar="EPOCH/SEQ/HASH",
    help="An entry as a paper quotes it; may be given again.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify_command(
    data: Path | None,
    config: Path | None,
    public_key: Path | None,
    entries: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Check every entry, its place in the chain, and the signed head."""
    with _one_line():
        quotes = [Quote.parse(text) for text in entries]
        path = data_directory(data, config)
        report = verify(path, public_key)
    click.echo(as_json_text(report) if as_json else as_words(report))
    if report.first_bad is not None:
        bad = report.first_bad
        _fail(
            f"journal {bad.epoch}/{bad.seq}: {bad.why}; first bad sequence {bad.seq}. "
            f"{JournalDamaged.remedy}"
        )
    if quotes:
        _check_quotes(path, report.node, quotes, as_json=as_json)


def _check_quotes(path: Path, node: str, quotes: list[Quote], *, as_json: bool) -> None:
    """Print a line for each entry that is as a paper quotes it; exit 1 at another."""
    with _one_line(), open_read_only(path) as connection:
        for quote in quotes:
            line = as_quoted(connection, node, quote)
            if not as_json:
                click.echo(line)


@click.command("export")
@_DATA
@_CONFIG
def export_command(data: Path | None, config: Path | None) -> None:
    """Write every entry as one line of JSON."""
    with _one_line(), open_read_only(data_directory(data, config)) as connection:
        sys.stdout.buffer.writelines(lines(connection))
        sys.stdout.buffer.flush()


def _begin_epoch_command(domain: Callable[[], Domain[Any]]) -> click.Command:
    @click.command("begin-epoch")
    @_DATA
    @_CONFIG
    @click.option("--node", help="The node's id, where no head file tells it.")
    def begin_epoch(data: Path | None, config: Path | None, node: str | None) -> None:
        """Accept that entries are lost, or that this is another Pi; say so in it."""
        with _one_line():
            head = begin(data_directory(data, config), domain(), node=node)
        click.echo(f"epoch {head.epoch} has begun")

    return begin_epoch


def begin(path: Path, domain: Domain[S], *, node: str | None = None) -> Head:
    """Begin a new epoch in the data directory ``path``; return the journal's new end.

    The stamp says ``guessed``: this command does not know what the clock is worth.

    Raises:
        click.UsageError: no head file tells the node, and none was given.
        JournalError: locked, damaged, or of another node.
    """
    signed = HeadFile(Layout(path).head).read()
    name = node or (signed.node if signed else None)
    if name is None:
        raise click.UsageError("no head file tells the node: give --node")
    now = Stamp(time.time_ns() // 1000, time.monotonic_ns() // 1000, "guessed")
    journal = Journal.open(path, node=name, domain=domain, boot="", begin_epoch=now)
    journal.close()
    return journal.tail


def data_directory(data: Path | None, config: Path | None) -> Path:
    """Return the directory that ``--data`` or ``--config`` means.

    Raises:
        click.UsageError: both were given.
        ConfigError: the configuration has faults.
    """
    if data is not None and config is not None:
        raise click.UsageError("give --data or --config, not both")
    if config is None:
        return data or DEFAULT_DATA
    from controller.config.check import load  # noqa: PLC0415  only where a file is given

    return load(config).bank.data


def as_words(report: VerifyReport) -> str:
    """Return a report as three lines."""
    head = report.head
    signed = (
        "none" if report.signed is None else f"{report.signed[0]}/{report.signed[1]}"
    )
    return (
        f"entries {report.entries}\n"
        f"epochs {report.epochs}\n"
        f"head {head.epoch}/{head.seq} {head.hash.hex()} (signed up to {signed})"
    )


def as_json_text(report: VerifyReport) -> str:
    """Return a report as one JSON object."""
    bad = report.first_bad
    return msgspec.json.encode(
        {
            "ok": bad is None,
            "node": report.node,
            "entries": report.entries,
            "epochs": report.epochs,
            "head": {
                "epoch": report.head.epoch,
                "seq": report.head.seq,
                "hash": report.head.hash.hex(),
            },
            "signed": report.signed and report.signed._asdict(),
            "first_bad": bad
            and {"node": bad.node, "epoch": bad.epoch, "seq": bad.seq, "why": bad.why},
        }
    ).decode()


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn our errors, and a damaged file, into one line on stderr and exit 1."""
    try:
        yield
    except HometimeError as error:
        _fail(f"{error}. {error.remedy}")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        why = cause(error) if isinstance(error, sqlite3.Error) else "not UTF-8"
        _fail(f"database: unreadable ({why}). {JournalDamaged.remedy}")


def _fail(line: str) -> NoReturn:
    click.echo(line, err=True)
    raise SystemExit(1)
