"""The words of the pages hold against the lists they put into words."""

from __future__ import annotations

import doctest
import inspect
import re
from dataclasses import fields
from typing import get_args

import pytest

from controller import protocol
from controller.domain.calendar import WEEKDAYS, ClosureKind
from controller.domain.door_facts import CHECK_REASONS, GIVEN_UP_WHY
from controller.domain.facts import FACTS
from controller.domain.rights import RIGHTS, ROLES
from controller.domain.school_day import DayTimes, Phase
from controller.service.views.words.doors import GIVEN_UP
from web.staff import PARTS, journal, words
from web.staff.journal_kinds import JOURNAL_KINDS, NOT_ASKED_FOR

TEMPLATES = "web/templates/staff"


def test_every_phase_state_role_and_reason_has_words():
    assert set(words.PHASES) == {phase.value for phase in Phase}
    assert set(words.STATES) == set(get_args(protocol.TileState))
    assert set(words.COUNTS) == set(get_args(protocol.TileState))
    assert set(words.ROLES) == set(words.ROLE_HELP) == set(ROLES)
    assert set(words.CHECKS) == set(CHECK_REASONS)
    assert set(words.CLOSURES) == {kind.value for kind in ClosureKind}
    assert set(words.TIMES) == {one.name for one in fields(DayTimes)}
    assert tuple(words.WEEKDAYS) == WEEKDAYS


def test_rep_3_each_kind_of_entry_can_be_asked_for_or_is_left_out_by_hand():
    """REP-3: a fact that is added is red until somebody has said which."""
    asked = [kind for kinds in JOURNAL_KINDS.values() for kind in kinds]

    assert set(asked) | NOT_ASKED_FOR == set(FACTS)
    assert len(asked) == len(set(asked)), "offered twice"
    assert not set(asked) & NOT_ASKED_FOR


def test_rep_3_no_two_kinds_are_called_the_same():
    """REP-3: whoever chooses knows which."""
    called = [word for kinds in JOURNAL_KINDS.values() for word in kinds.values()]

    assert sorted(called) == sorted(set(called))


def test_rep_3_why_an_order_was_given_up_is_told_in_words():
    """REP-3."""
    assert set(GIVEN_UP) == set(GIVEN_UP_WHY)


def test_acc_6_templates_ask_for_rights_that_there_are(pytestconfig):
    """ACC-6: a right that is misspelt hides a button from everybody."""
    folder = pytestconfig.rootpath / TEMPLATES
    asked = {
        right
        for path in folder.glob("*.html")
        for right in re.findall(r'may\("([^"]+)"\)', path.read_text())
    }

    assert asked
    assert asked <= set(RIGHTS)


@pytest.mark.parametrize("module", [words, journal])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def test_every_view_is_short():
    """The house's measure: a view parses, asks, renders."""
    for part in PARTS:
        for _, function in inspect.getmembers(part, inspect.isfunction):
            if function.__module__ == part.__name__:
                body = inspect.getsource(function).split('"""')[-1]
                assert len(body.splitlines()) <= 22, function


def test_every_template_that_a_view_names_is_there(pytestconfig):
    """A view whose template is missing fails only when somebody needs it."""
    folder = pytestconfig.rootpath / "web/templates"
    named = {
        name
        for part in PARTS
        for name in re.findall(r'"(staff/[a-z_]+\.html)"', inspect.getsource(part))
    }

    assert named
    assert not [name for name in named if not (folder / name).exists()]
