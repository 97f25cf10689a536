"""The page of requirements is complete and true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import requirements


@pytest.fixture
def tree(tmp_path) -> Path:
    """A small tree: one requirement, one place, one test that names it."""
    (tmp_path / "docs/reference").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "doors.py").touch()
    (tmp_path / requirements.SOURCE).write_text(
        '[ZZZ-1]\ntitle = "Doors"\nlives = ["doors.py"]\n'
    )
    (tmp_path / "tests/test_doors.py").write_text('"""ZZZ-1: doors."""\n')
    return tmp_path


def test_a_row_names_the_place_and_the_test(tree):
    assert requirements.page(tree).endswith(
        "| ZZZ-1 | Doors | [`doors.py`](../../doors.py) "
        "| [`tests/test_doors.py`](../../tests/test_doors.py) |\n"
    )
    assert requirements.faults(tree) == []


def test_an_id_is_not_found_inside_a_longer_one(tree):
    (tree / "tests/test_doors.py").write_text('"""ZZZ-10 and XZZZ-1: other doors."""\n')

    assert requirements.faults(tree) == ["ZZZ-1: no test names it"]


def test_a_place_that_is_gone_is_a_fault(tree):
    (tree / "doors.py").unlink()

    assert requirements.faults(tree) == [
        f"ZZZ-1: doors.py does not exist ({requirements.SOURCE})"
    ]


def test_every_requirement_of_ours_has_a_place_and_a_test():
    assert requirements.faults() == []
