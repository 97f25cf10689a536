"""DAY-6: what the office is asked is one table; nothing asks beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import controller
from controller.domain.questions import QUESTIONS
from controller.service.views.desk import _WORDS

DOMAIN = Path(controller.__file__).parent / "domain"


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts in a piece of code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def asked_in_code() -> Iterator[str]:
    """Yield what each ``ask(state, "about", ...)`` is about, where it is a text."""
    for path in sorted(DOMAIN.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id == "ask" and len(node.args) > 1:
                yield from texts(node.args[1])


def test_day_6_nothing_is_asked_that_the_table_does_not_know():
    """DAY-6: a new question has a row, and with it its line in the documentation."""
    asked = set(asked_in_code())

    assert {"left-behind", "door-open", "forced", "outcome-unknown"} <= asked
    assert asked <= set(QUESTIONS)


def test_day_6_every_question_of_the_table_is_asked_somewhere():
    """DAY-6: a row that nobody asks is dead words."""
    others = [path for path in DOMAIN.glob("*.py") if path.name != "questions.py"]
    said = {text for path in others for text in texts(ast.parse(path.read_text()))}

    assert set(QUESTIONS) - said <= {"left-behind"}  # asked by questions.py itself


def test_day_6_the_desk_has_words_for_every_question():
    """DAY-6, WEB-6: the office never reads a code."""
    assert set(QUESTIONS) == set(_WORDS)


def test_day_6_the_table_says_when_in_whole_sentences():
    """DAY-6: for people."""
    for name, row in QUESTIONS.items():
        assert row.when.endswith("."), name
        assert not row.settled.endswith("."), name
        assert row.settled or not row.by_pupil, name
