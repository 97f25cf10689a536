"""A classroom for each story, and browsers for its people."""

from __future__ import annotations

import pytest

from tests.browser.classroom import opened


@pytest.fixture
def classroom(tmp_path):
    """A fresh classroom at 08:25 on its first morning."""
    with opened(tmp_path / "classroom") as room:
        yield room


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


@pytest.fixture
def signed_in(classroom, someone):
    """Open a browser for somebody with a role: ``signed_in("office")``."""

    def sign_in(role, width=1280, height=900, **more):
        page = someone(
            width, height, **{"reduced_motion": "reduce", "locale": "en-GB"} | more
        )
        classroom.sign_in(page, role)
        return page

    return sign_in
