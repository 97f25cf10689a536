"""Nouns of the journal's tests."""

from __future__ import annotations

import pytest

from tests.controller.journal.toy import open_toy


@pytest.fixture
def data(tmp_path):
    """An empty data directory."""
    return tmp_path / "data"


@pytest.fixture
def journal(data):
    """A new journal of the toy, closed at the end."""
    journal = open_toy(data)
    yield journal
    journal.close()
