"""Every fact, rule, right, order, request, error, command and page is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controller.domain.facts import FACTS
from controller.domain.faults import FAULTS
from controller.domain.orders import ORDERS
from controller.domain.questions import QUESTIONS
from controller.domain.refusals import RULES
from controller.domain.rights import RIGHTS
from controller.domain.rules import RULE_SETTINGS
from controller.service.requests.table import REQUESTS
from tools import reference

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def page(name: str) -> str:
    return (ROOT / f"docs/reference/{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("facts", FACTS),
        ("faults", FAULTS),
        ("orders", [cls.__name__ for cls in ORDERS]),
        ("questions", QUESTIONS),
        ("refusals", RULES),
        ("rights", RIGHTS),
        ("rules", RULE_SETTINGS),
        ("protocol", REQUESTS),
    ],
)
def test_every_row_of_the_code_stands_in_the_reference(name, wanted):
    text = page(name)

    assert [
        each for each in wanted if f"`{each}`" not in text and each not in text
    ] == []


def test_what_a_start_sweeps_stands_with_the_files():
    assert reference.sweeps() in page("journal")


def test_every_error_has_a_code_of_its_own_and_says_what_to_do():
    rows = [line for line in reference.errors().splitlines() if line.startswith("| `")]

    assert len(rows) > 40
    assert [row for row in rows if not row.rstrip(" |").split("|")[-1].strip()] == []


def test_every_command_of_the_contract_is_there():
    text = page("command-line")

    for command in (
        *("demo", "controller", "web", "room", "all-off", "config check"),
        *("roster import", "journal verify", "journal export", "reader watch"),
    ):
        assert f"### hometime {command}" in text


DOCUMENTS = [
    *(ROOT / "docs").rglob("*.md"),
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(path):
    broken = [
        link
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists() and "00MM" not in link
    ]

    assert broken == []


def test_every_document_is_found_from_the_index():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    index += (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")

    unlisted = [
        path.name
        for path in (ROOT / "docs").rglob("*.md")
        if path.name not in index and path.name != "README.md"
    ]

    assert unlisted == []
