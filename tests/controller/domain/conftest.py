"""Fixtures of the rules: a school in the morning, and one with everything handed in."""

from __future__ import annotations

import pytest

from tests.controller.domain.kit import School, a_full_school, a_school


@pytest.fixture
def school() -> School:
    """A Monday of the autumn term, eight in the morning."""
    return a_school()


@pytest.fixture
def full() -> School:
    """The same day, half past ten, every device handed in."""
    return a_full_school()
