"""``hometime account``: the way back in for a school that has locked itself out.

Whoever can read the data directory's secrets operates the machine and needs no account;
the record says that the command line did it.
"""

from __future__ import annotations

from pathlib import Path

import click

from controller.client import Client, ControllerDown, RequestRefused
from controller.commands.alone import ControllerRefused, alone
from controller.commands.failing import one_line
from controller.domain.context import Layout
from controller.errors import HometimeError
from controller.journal.cli import data_directory
from controller.service.accounts import Accounts
from controller.service.operator import read_operator


class NoSuchAccount(HometimeError):
    """Nobody signs in with that name."""

    code = "no-such-account"
    remedy = "Look at the page of accounts for how it is written."

    def __init__(self) -> None:
        super().__init__("account: no such user name, wanted one that signs in")


@click.group("account")
def account() -> None:
    """Accounts of staff, where the page cannot help."""


@account.command("reset-second-factor")
@click.argument("username")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False))
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False))
def reset_second_factor(username: str, data: Path | None, config: Path | None) -> None:
    """Forget the lost second factor of USERNAME, who sets up another at sign-in."""
    with one_line():
        folder = data_directory(data, config)
        done = _through_controller(folder, username)
        if done is None:
            done = _by_itself(folder, username)
    words = "reset; another is set up at the next sign-in" if done else "there is none"
    click.echo(f"second factor: {words}")


def _through_controller(folder: Path, username: str) -> bool | None:
    """Ask the controller; ``None`` where none is running."""
    operator = read_operator(folder)
    if operator is None:
        return None
    client = Client(Path(operator.socket))
    try:
        return bool(
            client.ask("operator_second_factor", operator.token, username=username)
        )
    except ControllerDown:
        return None
    except RequestRefused as refused:
        raise ControllerRefused(refused.fault) from refused
    finally:
        client.close()


def _by_itself(folder: Path, username: str) -> bool:
    with alone(folder, Layout({})) as (core, directory):
        person = directory.store.persons.by_username(username)
        if person is None or person.id not in core.state.staff:
            raise NoSuchAccount
        accounts = Accounts(core, directory, core.wall.now_us)
        return accounts.reset_second_factor(person.id, "")
