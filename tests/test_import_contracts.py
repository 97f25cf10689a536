"""Our own kind of import contract breaks when it should (tools/import_contracts.py)."""

from __future__ import annotations

import grimp
import pytest

from tools.import_contracts import OnlyContract

IMPORTS = [
    ("web.board", "controller.domain.facts"),
    ("web.board", "controller.service.loop"),
    ("web.board", "flask"),
    ("web.board", "web.parts"),
    ("web.start", "hardware"),
    ("webmaster", "hardware"),
]


@pytest.fixture
def graph():
    graph = grimp.ImportGraph()
    for module in {name for pair in IMPORTS for name in pair}:
        graph.add_module(module)
    for importer, imported in IMPORTS:
        graph.add_import(
            importer=importer,
            imported=imported,
            line_number=1,
            line_contents=f"import {imported}",
        )
    return graph


@pytest.fixture
def broken(graph):
    """Check a contract over `web`; return the imports that break it."""

    def check(**options) -> list[tuple[str, str]]:
        contract = OnlyContract(
            name="only",
            session_options={"root_packages": ["web"]},
            contract_options={"source_modules": ["web"], **options},
        )
        found = contract.check(graph, verbose=False)
        pairs = [(d["importer"], d["imported"]) for d in found.metadata["broken"]]
        assert found.kept == (not pairs)
        return pairs

    return check


def test_what_is_not_allowed_is_broken_but_within_the_package_all_is(broken):
    assert broken() == [
        ("web.board", "controller.domain.facts"),
        ("web.board", "controller.service.loop"),
        ("web.board", "flask"),
        ("web.start", "hardware"),
    ]


def test_what_is_allowed_is_allowed_with_all_below_it(broken):
    assert broken(allowed_modules=["controller.domain", "flask", "hardware"]) == [
        ("web.board", "controller.service.loop")
    ]


def test_what_is_not_judged_is_left_alone(broken):
    assert broken(judged_modules=["hardware"]) == [("web.start", "hardware")]


def test_an_exempt_importer_is_left_alone(broken):
    assert broken(judged_modules=["hardware"], exempt_modules=["web.start"]) == []


def test_names_that_do_not_exist_yet_do_no_harm(broken):
    assert broken(judged_modules=["link"], allowed_modules=["controller.later"]) == []
