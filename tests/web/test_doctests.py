"""The examples in the site's docstrings hold."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = [
    "web.looks",
    "web.pictures",
    "web.security",
    "web.public.board",
    "web.public.kiosk_view",
    "web.public.stream",
    "web.public.words",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name):
    found = doctest.testmod(import_module(name))

    assert found.attempted
    assert found.failed == 0
