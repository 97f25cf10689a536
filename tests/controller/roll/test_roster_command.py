"""``hometime roster import``: a question makes nothing, a refusal is said once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from controller.commands.alone import ControllerRefused
from controller.commands.cli import cli
from controller.commands.failing import one_line
from controller.protocol import Fault

ROLL = Path(__file__).parents[3] / "examples" / "rolls" / "sims.csv"


def run(*words: object):
    return CliRunner().invoke(cli, ["roster", "import", *map(str, words)])


def test_dat_1_a_dry_run_for_a_school_that_has_nobody_makes_nothing(tmp_path):
    """DAT-1: it says what it would do, and no store is there afterwards."""
    new = tmp_path / "new"
    asked = run(ROLL, "--data", new, "--dry-run", "--json")

    assert asked.exit_code == 0, asked.stderr
    assert not new.exists()
    done = run(ROLL, "--data", new, "--json")
    assert json.loads(done.stdout)["added"] == json.loads(asked.stdout)["added"] > 0


def test_dat_1_a_dry_run_leaves_a_folder_of_other_things_alone(tmp_path):
    """DAT-1: the folder may be there already."""
    (tmp_path / "mine.txt").write_text("mine")
    assert run(ROLL, "--data", tmp_path, "--dry-run").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_dat_1_a_dry_run_reads_the_stores_that_are_there(tmp_path):
    """DAT-1: who is on the roll already is not added again."""
    assert run(ROLL, "--data", tmp_path / "data").exit_code == 0
    asked = run(ROLL, "--data", tmp_path / "data", "--dry-run", "--json")

    assert json.loads(asked.stdout) == {"added": 0, "changed": 0, "left": 0, "bad": []}


@pytest.mark.parametrize("remedy", ["Send a smaller one.", ""])
def test_what_the_controller_refuses_is_said_in_its_own_words_and_no_more(
    capsys, remedy
):
    """DAT-1: no second remedy, of a log that says nothing about it."""
    fault = Fault("too-large", "The roll is too large.", remedy, 422)
    with pytest.raises(SystemExit), one_line():
        raise ControllerRefused(fault)

    said = capsys.readouterr().err
    assert said == f"hometime: The roll is too large. {remedy}".rstrip() + "\n"
