"""``hometime``: all commands, each imported when it is asked for.

Exit codes: 0 done; 1 failed, with one line on stderr that says what and what to do;
2 wrong usage.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from controller import __main__ as starting
from controller.commands.failing import one_line

CONFIG = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The configuration of this bank.",
)


class LazyGroup(click.Group):
    """A group whose subgroups are imported when they are named."""

    LAZY = ("account", "journal", "roster", "config")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        return sorted({*super().list_commands(ctx), *self.LAZY, "all-off"})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its file if it is one of the lazy ones."""
        match cmd_name:
            case "journal":
                from controller.journal.cli import journal_commands
                from controller.service.core import journal_domain

                return journal_commands(journal_domain)
            case "account":
                from controller.commands.account import account

                return account
            case "roster":
                from controller.commands.roster import roster

                return roster
            case "config":
                from controller.commands.configuration import configuration

                return configuration
            case "all-off":
                return _all_off
        return super().get_command(ctx, cmd_name)


@click.group(cls=LazyGroup)
@click.version_option(package_name="hometime", message="hometime %(version)s")
def cli() -> None:
    """Phone lockers of a classroom: why a device is held, and who may give it back."""


@cli.command("controller")
@CONFIG
def controller_command(config: Path) -> None:
    """Decide which doors may open, and keep the record."""
    with one_line():
        starting.run_controller(config)


@cli.command("web")
@CONFIG
def web_command(config: Path) -> None:
    """Serve the pages."""
    with one_line():
        starting.run_web(config)


@cli.command("room")
@CONFIG
def room_command(config: Path) -> None:
    """Be the simulated room of a configuration that has [twin]."""
    with one_line():
        starting.run_room(config)


@cli.command("demo")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the classroom is kept; started there again, it goes on.",
)
@click.option("--headless", is_flag=True, help="Open no browser.")
@click.option(
    "--afternoon",
    is_flag=True,
    help="Begin on a Monday at 14:50, with four days behind it. Kept apart.",
)
def demo_command(
    port: int, data: Path | None, *, headless: bool, afternoon: bool
) -> None:
    """Run the simulated classroom: thirty pupils, one bank, no Raspberry Pi."""
    from controller.demo.place import default_data, taken

    name = "demo-afternoon" if afternoon else "demo"
    folder = (data or default_data(name)).absolute()
    with one_line(), taken(folder, port):
        from controller.demo.run import run_demo

        opening = starting.afternoon if afternoon else None
        run_demo(folder, port, headless=headless, opening=opening)


@cli.group("reader")
def reader_group() -> None:
    """Look at one reader, without a controller."""


@reader_group.command("watch")
@click.option("--bus", required=True, type=click.IntRange(0))
@click.option("--device", required=True, type=click.IntRange(0))
@click.option("--count", type=click.IntRange(1), help="End after so many taps.")
def reader_watch(bus: int, device: int, count: int | None) -> None:
    """Print one JSON line for each card, notice or fault."""
    with one_line():
        starting.watch_reader(bus, device, count, _emit)


def _emit(line: Any) -> None:  # noqa: ANN401  one JSON object
    print(msgspec.json.encode(line).decode(), flush=True)


@click.command("all-off", add_help_option=False)
def _all_off() -> None:
    """Cut every coil, with no use of the rest of the program."""
