"""The demo's class and its roll: one and the same, to try an import on (DAT-1)."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from controller.commands.cli import cli
from controller.demo import classroom as c
from controller.demo.files import write_config
from controller.demo.seed import load_or_seed
from tests.controller.processes import TREE
from tests.rig_fixtures import quick_folder

ROLL = TREE / "examples" / "rolls" / "demo-class.csv"


@pytest.fixture(scope="module")
def seeded():
    """The demo's folder after its first start; nothing runs."""
    with quick_folder() as folder:
        load_or_seed(folder)
        write_config(folder, 8080)
        yield folder


@pytest.fixture
def data(seeded, tmp_path):
    """A copy of it for one test."""
    folder = tmp_path / "data"
    shutil.copytree(seeded, folder)
    return folder


def roster(data: Path, file: Path, *more: str, code: int = 0) -> dict:
    done = CliRunner().invoke(
        cli, ["roster", "import", str(file), "--data", str(data), "--json", *more]
    )
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def changed(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "roll.csv"
    file.write_text(text, "utf-8")
    return file


def test_dat_1_the_demos_own_roll_changes_nothing(data):
    """DAT-1: numbers, both names, class, year, language and door are as in the file."""
    nothing = {"added": 0, "changed": 0, "left": 0, "bad": []}

    assert roster(data, ROLL) == nothing
    without_numbers = re.sub(r"(?m)^[0-9]{4}", "", ROLL.read_text("utf-8"))
    assert roster(data, changed(data, without_numbers), "--dry-run") == nothing


def test_dat_1_what_changed_in_the_demos_roll_is_counted_as_changed(data):
    """DAT-1: a surname by marriage, a pet name: two changed, nobody added or left."""
    text = ROLL.read_text("utf-8").replace("Birchmoor", "Oakmere-Birchmoor")
    text = text.replace("Tomasz", "Tomek")

    assert roster(data, changed(data, text)) == {
        "added": 0,
        "changed": 2,
        "left": 0,
        "bad": [],
    }


def test_dat_8_the_demos_surnames_are_plain_and_in_no_word_of_ours():
    """DAT-8: so that one that leaks is found; thirty of them, each once."""
    assert len(set(c.LAST_NAMES)) == len(c.FIRST_NAMES) == c.PUPIL_DOORS
    assert all(re.fullmatch(r"[A-Z][a-z]{5,}", name) for name in c.LAST_NAMES)
    words = [*(TREE / "web" / "templates").rglob("*.html"), *TREE.glob("web/**/*.py")]
    pages = " ".join(path.read_text("utf-8") for path in words)
    assert not [name for name in c.LAST_NAMES if name in pages]


def test_the_roll_in_the_examples_is_the_demos_class():
    """What stands there is what the demo has."""
    rows = list(csv.DictReader(ROLL.read_text("utf-8").splitlines()))

    assert [(row["Forename"], row["Surname"]) for row in rows] == [
        *zip(c.FIRST_NAMES, c.LAST_NAMES, strict=True)
    ]
    assert {row["Reg Group"] for row in rows} == {c.CLASS_NAME}
