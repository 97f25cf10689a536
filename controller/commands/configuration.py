"""``hometime config``: check a configuration before it is used."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from controller.config.check import check


@click.group("config")
def configuration() -> None:
    """The configuration of a bank."""


@configuration.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check_command(file: Path, *, as_json: bool) -> None:
    """Say every fault of FILE at once, with its place and remedy."""
    report = check(file)
    if as_json:
        faults = {"faults": report.faults, "warnings": report.warnings}
        click.echo(msgspec.json.encode(faults).decode())
    else:
        for line in report.lines:
            click.echo(line)
    if report.faults:
        number = len(report.faults)
        click.echo(f"{file}: {number} to mend; correct each and check again", err=True)
        raise SystemExit(1)
    if not as_json:
        click.echo(f"{file}: nothing to mend")
