"""Nouns of the journal's tests."""

from __future__ import annotations

import pytest

from tests.controller.journal.toy import folder, open_toy


@pytest.fixture
def data():
    """A data directory that is not there yet."""
    with folder() as place:
        yield place / "data"


@pytest.fixture
def journal(data):
    """A new journal of the toy, closed at the end."""
    journal = open_toy(data)
    yield journal
    journal.close()
