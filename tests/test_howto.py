"""The how-to of each role fits a page, and names what stands on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controller.domain.rights import ROLES

ROOT = Path(__file__).parents[1]
HOW_TO = ROOT / "docs/how-to"
OF_ROLES = sorted(HOW_TO.glob("for-*.md"))
WORDS_OF_PAGES = ("web/**/*.html", "web/**/*.py", "controller/domain/*.py")

MOST_LINES, MOST_CHARACTERS = 40, 3_600
"""A page of A4 at a size that can be read on a wall."""

LABEL = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]+>")


def plain(text: str) -> str:
    """Return words as they are compared: no case, no line ends, one apostrophe."""
    return re.sub(r"\s+", " ", text).replace("’", "'").lower()


@pytest.fixture(scope="module")
def pages() -> str:
    """Every word of the pages, in the source and between the tags."""
    sources = [
        path.read_text("utf-8")
        for pattern in WORDS_OF_PAGES
        for path in ROOT.glob(pattern)
    ]
    whole = " ".join(sources)
    return plain(whole) + plain(TAG.sub(" ", whole))


def test_each_role_has_its_page():
    names = {"dsl": "safeguarding-lead", "leadership": "head"}
    wanted = {names.get(role, role) for role in ROLES} | {"visitor-reception"}

    assert {path.stem.removeprefix("for-") for path in OF_ROLES} == wanted
    index = (ROOT / "docs/README.md").read_text("utf-8")
    assert [path.name for path in OF_ROLES if path.name not in index] == []


@pytest.mark.parametrize("path", OF_ROLES, ids=lambda path: path.stem)
def test_it_fits_a_page(path):
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= MOST_LINES
    assert len(text) <= MOST_CHARACTERS


@pytest.mark.parametrize("path", OF_ROLES, ids=lambda path: path.stem)
def test_every_label_in_it_stands_on_a_page(path, pages):
    """A button that was renamed is renamed here too."""
    labels = LABEL.findall(path.read_text("utf-8"))

    assert len(labels) > 5
    assert [label for label in labels if plain(label) not in pages] == []
