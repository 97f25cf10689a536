"""WEB-2: each page with something on it, as a newcomer meets it in the afternoon."""

from __future__ import annotations

import pytest

from controller.demo import afternoon as day
from tests.browser.classroom import opened
from tests.browser.looking import faults_of, main_words

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1280)
"""A telephone, a school's tablet, a PC."""

CHILD, HELD = 14, day.HELD_AT_DESK
"""Doors: a child whose device is in, and one whose device is held."""

PAGES = {
    "teacher": (
        ("/classes", "Kestrels"),
        ("/classes/kestrels", "Said to be in"),
        ("/classes/kestrels/pupils/{child}", "Take device away"),
        ("/classes/kestrels/pupils/{child}/take", "Phones in lessons"),
        ("/classes/kestrels/outing", "Let 22 devices out"),
        ("/classes/kestrels/morning", "usually hand in"),
        ("/pupils/{child}/mix-up", "Put it right"),
        ("/people", "Arjun"),
        ("/records", "Permission"),
        ("/concern", "Do not look"),
    ),
    "office": (
        ("/desk", "Not collected"),
        ("/desk/pupils/{held}", "Door 34, at the desk"),
        ("/people/{held}", "The card works"),
        ("/people/{held}/adults", "Father"),
        ("/pupils/{child}/leave", "Let go, and open door 14"),
        ("/visitors", "Fen and Moor Lifts"),
        ("/covers", "Give cover"),
        ("/clubs", "Football"),
        ("/sheet", "Do not open"),
        ("/stock-take", "A held device"),
        ("/journal?person={held}", "moved a held device"),
        ("/journal", "Sealed"),
        ("/reports", "Overdue since Friday 20 November"),
        ("/settings", "Close early"),
    ),
    "dsl": (
        ("/safeguarding", "somebody keeps sending messages"),
        ("/journal?kind=ConcernRaised", "raised a concern"),
    ),
    "leadership": (
        ("/records", "Waits for approval"),
        ("/accounts/access", "Last signed on 18 November 2026"),
        ("/settings/policy", "Samir Brook since 18 November 2026"),
    ),
    "technician": (("/health", "Ready"), ("/journal", "a pupil")),
}
"""Role -> pages, and what a newcomer finds there."""


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one afternoon of this file."""
    with opened(tmp_path_factory.mktemp("day") / "afternoon", "--afternoon") as room:
        yield room


@pytest.mark.parametrize("role", PAGES)
def test_web_2_every_page_of_a_role_is_full_and_without_fault(classroom, someone, role):
    """WEB-2: axe, nothing sideways, targets of 44 px, at three widths, dark once."""
    page = someone(1280, 900, reduced_motion="reduce", locale="en-GB")
    classroom.sign_in(page, role)
    ids = {p["compartment"]: p["id"] for p in classroom.cast["pupils"]}

    for address, shown in PAGES[role]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(classroom.url + address.format(child=ids[CHILD], held=ids[HELD]))
        assert shown in main_words(page), address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if width == WIDTHS[1] else "light")
            assert faults_of(page) == [], (address, width)
