"""A school that has lost telephone and codes of its only head gets in again (ACC-3)."""

from __future__ import annotations

from click.testing import CliRunner

from controller.commands.cli import cli
from controller.domain import access_facts as a
from tests.rig import credentials


def command(rig, username: str):
    data = ["--data", str(rig.config.bank.data)]
    return CliRunner().invoke(cli, ["account", "reset-second-factor", username, *data])


def test_acc_3_the_operator_resets_it_while_no_controller_runs(rig):
    """ACC-3: the record says that the command line did it."""
    head = rig.cast.adults["leadership"]
    token = rig.token("leadership")
    rig.stop()

    done = command(rig, "leadership")
    again = command(rig, "leadership")
    rig.start()

    assert (done.exit_code, again.exit_code) == (0, 0)
    assert "another is set up at the next sign-in" in done.output
    assert "there is none" in again.output
    facts = rig.facts(a.SecondFactorReset)
    assert [(fact.person, fact.by) for fact in facts] == [(head.id, "")]
    known = credentials("leadership", head.password)
    assert rig.ask("nobody", "sign_in", **known)["me"]["must_set_up"] is True
    rig._tokens["leadership"] = token
    assert rig.refused("leadership", "me").status == 401


def test_acc_3_a_name_that_is_nobodys_is_told(rig):
    """ACC-3: on one line, and exit 1."""
    rig.stop()
    found = command(rig, "nobody-here")
    rig.start()
    assert found.exit_code == 1
    assert "no such user name" in found.stderr
    assert "nobody-here" not in found.stderr


def test_acc_3_the_operator_asks_a_running_controller(rig):
    """ACC-3 SEC-2: with the token that only its own user can read."""
    operator = rig.hub.operator_token
    assert rig.ask_with(operator, "operator_second_factor", username="dsl") is True
    assert rig.ask_with(operator, "operator_second_factor", username="dsl") is False
    assert (
        rig.refused("leadership", "operator_second_factor", username="dsl").status
        == 403
    )
