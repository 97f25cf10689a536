"""Every page of the site has a picture in docs/pages.md, and every picture a page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tools.screenshots.gallery import AFTERWARDS, INSTEAD, NO_PAGE, PICTURES, shown
from web.app import create_app
from web.config import WebConfig

DOCS = Path(__file__).parents[1] / "docs"
SHOWN = re.compile(r"!\[([^\]]+)\]\(images/([a-z-]+)\.png\)")
MOST_BYTES = 6_000_000
"""Of all pictures: who clones the project fetches each of them."""


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    """Every rule of the demo's site: a school's, and the simulated room."""
    folder = tmp_path_factory.mktemp("site")
    config = WebConfig(
        socket=folder / "none.sock",
        data_dir=folder,
        secret_key_path=folder / "web.key",
        demo=True,
        room_socket=folder / "room.sock",
    )
    return list(create_app(config, follow=False).url_map.iter_rules())


@pytest.fixture(scope="module")
def gallery():
    """Name of a picture -> its words, in the order of docs/pages.md."""
    found = SHOWN.findall((DOCS / "pages.md").read_text("utf-8"))
    assert len(found) == len(dict.fromkeys(name for _, name in found))
    return {name: words for words, name in found}


def test_every_page_has_a_picture_or_says_why_it_is_no_page(rules):
    """A page that is added is red until it is photographed."""
    pages = {rule.endpoint for rule in rules if "GET" in rule.methods}

    assert pages == set(PICTURES) | set(NO_PAGE)
    assert not set(PICTURES) & set(NO_PAGE)


def test_what_comes_of_a_form_is_an_endpoint_that_takes_forms(rules):
    assert set(AFTERWARDS) <= {r.endpoint for r in rules if "POST" in r.methods}


def test_the_gallery_shows_each_of_them_and_nothing_else(gallery):
    """docs/pages.md, docs/images and the table name the same pictures."""
    assert set(gallery) == shown()
    assert {path.stem for path in (DOCS / "images").glob("*.png")} == shown()


def test_a_picture_is_of_one_page_only():
    names = sorted(
        name for names in (*PICTURES.values(), *AFTERWARDS.values()) for name in names
    )

    assert all(one != other for one, other in pairwise(sorted([*names, *INSTEAD])))


def test_its_words_say_what_is_seen(gallery):
    """For somebody who does not see the picture: a sentence, not a file's name."""
    assert [name for name, words in gallery.items() if len(words.split()) < 4] == []


def test_all_together_are_light():
    sizes = [path.stat().st_size for path in (DOCS / "images").glob("*.png")]

    assert sum(sizes) < MOST_BYTES
