"""DAY-13: whatever keeps the sheet on the Pi has words and something to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controller.service import sheets
from controller.service.mail import WHY
from controller.service.sheet_trouble import TROUBLES, UNKNOWN, trouble

RAISED = re.findall(
    r'SheetNotSent\(\s*"\w+", "([a-z-]+)"',
    Path(sheets.__file__).read_text("utf-8")
    + Path(sheets.__file__).with_name("sheet_post.py").read_text("utf-8"),
)


@pytest.mark.parametrize("code", sorted({*RAISED, *WHY}))
def test_day_13_every_code_has_words_and_a_remedy(code):
    """DAY-13: those that a way raises, and those of the postman."""
    assert trouble(code) is not UNKNOWN
    assert trouble(code).remedy.endswith(".")


def test_day_13_no_code_has_words_that_nothing_raises():
    """DAY-13: the table is that of the program."""
    assert set(TROUBLES) == {*RAISED, *WHY}
