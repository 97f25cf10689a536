"""A classroom for each story, and browsers for its people."""

from __future__ import annotations

import pytest

from tests.browser.classroom import Classroom


@pytest.fixture
def classroom(tmp_path):
    """A fresh classroom at 08:25 on its first morning."""
    room = Classroom(tmp_path / "classroom")
    room.folder.mkdir()
    try:
        room.start()
        yield room
    finally:
        room.stop()


@pytest.fixture
def someone(browser):
    """Open one more browser for one more person: ``someone(width, height)``."""
    contexts = []

    def open_browser(width=1280, height=800, **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, **more
        )
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
