"""The tables hang together: nothing undecided, nothing named that is not there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from controller.domain import door_facts as f
from controller.domain.compartment import (
    TRANSITIONS,
    DoorMove,
    DoorState,
    ImpossibleMoveError,
    move,
)
from controller.domain.evolve import FOLDS
from controller.domain.facts import FACTS, Fact
from controller.domain.faults import FAULTS
from controller.domain.orders import ORDERS, Order
from controller.domain.policy import DECISIONS
from controller.domain.refusals import RULES
from controller.domain.rights import RIGHTS
from controller.domain.rules import RULE_SETTINGS
from controller.protocol import KioskScreen

CONTROLLER = Path(__file__).parents[3] / "controller"

SENSED = {f.DoorOpened, f.DoorForced, f.DoorShut}
"""What a contact tells; never refused (design.md, rule 3)."""

NEVER: set[tuple[DoorState, type[DoorMove]]] = set()
"""Pairs that cannot happen, by hand: none. An order's outcome may come in any state,
since two taps have one opening and a door may be shut before the second order ends."""

Q = DoorState
DECIDED = {
    # state: next state for each fact, in the order of the union DoorMove
    Q.SHUT: (Q.ORDERED, Q.SHUT, Q.SHUT, Q.SHUT, Q.SHUT, Q.AJAR, Q.FORCED, Q.SHUT),
    Q.ORDERED: (
        *(Q.ORDERED, Q.ORDERED, Q.SHUT, Q.SHUT, Q.SHUT, Q.AJAR, Q.FORCED, Q.ORDERED),
    ),
    Q.AJAR: (Q.AJAR, Q.AJAR, Q.AJAR, Q.AJAR, Q.AJAR, Q.AJAR, Q.AJAR, Q.SHUT),
    Q.FORCED: (
        *(Q.FORCED, Q.FORCED, Q.FORCED, Q.FORCED, Q.FORCED, Q.AJAR, Q.FORCED, Q.SHUT),
    ),
}
"""The table once more, by hand: a change of either wants a thought about the other."""


# ----------------------------------------------------------------------- the door


def test_hw_3_every_pair_of_door_and_fact_is_decided():
    """HW-3: a state or fact that is added turns this red until each pair is decided."""
    rows = {(s, kind) for s, row in TRANSITIONS.items() for kind in row}

    assert rows | NEVER == set(product(DoorState, get_args(DoorMove)))
    assert not rows & NEVER


def test_hw_3_no_door_refuses_what_its_contact_tells():
    """HW-3: sensors report what happened, lawful or not."""
    for state in DoorState:
        assert set(TRANSITIONS[state]) >= SENSED


def test_hw_3_each_pair_leads_where_it_was_decided_to():
    """HW-3: forced stays forced until shut; no order makes an open door shut."""
    for state, row in DECIDED.items():
        found = [TRANSITIONS[state][kind] for kind in get_args(DoorMove)]
        assert found == list(row), state


def test_a_move_that_the_table_lacks_is_a_bug_and_says_where(monkeypatch):
    """A missing row is ours: it names compartment, fact and state, and nobody's id."""
    monkeypatch.setattr("controller.domain.compartment.TRANSITIONS", {Q.SHUT: {}})

    with pytest.raises(ImpossibleMoveError, match="compartment 7: DoorShut in"):
        move(Q.SHUT, f.DoorShut(7))


# ------------------------------------------------------------- facts, orders, rules


def test_every_fact_has_a_fold_and_every_fold_a_fact():
    """The journal can hold no entry that replay does not know."""
    assert set(FOLDS) == set(get_args(Fact))
    assert set(FACTS.values()) == set(get_args(Fact))
    assert all(kind == shape.__name__ for kind, shape in FACTS.items())


def test_no_fact_has_a_field_that_the_body_uses_itself():
    """``v`` is the version of the body."""
    assert not [kind for kind, shape in FACTS.items() if "v" in names(shape)]


def names(shape: type) -> set[str]:
    """Return a fact's fields."""
    return {field.name for field in fields(shape)}


def test_sec_2_every_order_has_a_need_and_a_decision():
    """SEC-2: an order without a right, or a right that nobody has, does not start."""
    assert set(ORDERS) == set(get_args(Order))
    assert set(DECISIONS) == set(get_args(Order))
    assert {need.act for need in ORDERS.values()} <= set(RIGHTS)
    assert all(RIGHTS.values())


def string_constants(*parts: str) -> Iterator[str]:
    """Yield each text in the code of these parts of the controller."""
    for part in parts:
        for path in sorted((CONTROLLER / part).rglob("*.py")):
            if path.name == "refusals.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def refusals_in_code() -> Iterator[str]:
    """Yield the rule of each ``Refusal("…")`` in the controller."""
    for path in sorted(CONTROLLER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id == "Refusal":
                texts = ast.walk(node)
                yield from (
                    one.value
                    for one in texts
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def test_web_6_every_rule_that_refuses_has_its_words():
    """WEB-6: no refusal without what happened, why and what to do."""
    assert set(refusals_in_code()) <= set(RULES)
    for name, rule in RULES.items():
        assert rule.words.endswith("."), name
        assert rule.remedy.endswith("."), name


def test_web_6_no_rule_is_without_use():
    """A row that nothing names is dead words."""
    used = set(string_constants("domain", "service"))

    assert set(RULES) - used == set()


def test_web_3_every_screen_that_a_rule_names_is_a_screen_of_the_kiosk():
    """WEB-3: a child never meets a screen that does not exist."""
    assert {rule.screen for rule in RULES.values()} <= set(get_args(KioskScreen))


def test_day_3_no_rule_shows_a_child_a_scolding_screen():
    """DAY-3: kind screens only, whatever the rule."""
    adults = {"no-door", "office", "card-ended"}
    kind = {"notnow", "teacher", "leave"} | adults

    assert {rule.screen for rule in RULES.values()} <= kind


def test_hw_3_every_fault_has_words_and_a_remedy_and_some_use():
    """HW-3: a latched fault says what to look at."""
    used = set(string_constants("domain", "service"))
    for code, fault in FAULTS.items():
        assert fault.words, code
        assert fault.remedy.endswith("."), code
        assert code in used, code


def test_rep_5_every_setting_accepts_its_own_default():
    """REP-5: what holds before anybody has set a rule is lawful."""
    for key, rule in RULE_SETTINGS.items():
        assert rule.accepts(rule.default), key
        assert rule.kind in ("choice", "number", "words")
