"""WEB-7: a site over the files of a controller that was killed."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from controller.readside import last_known
from tests.controller.killed import run_and_kill
from tests.rig_fixtures import quick_folder
from web.app import create_app
from web.config import WebConfig


@pytest.fixture(scope="module")
def folder():
    """A folder in which a controller was killed; its socket is still there, dead."""
    with quick_folder() as folder:
        run_and_kill(folder)
        yield folder


def test_web_7_the_board_of_a_killed_controller_is_shown_and_says_since_when(folder):
    """WEB-7: eight doors as they stood, marked old, with day and time."""
    config = WebConfig(
        socket=folder / "c.sock",
        data_dir=folder / "data",
        secret_key_path=folder / "web.key",
    )
    app = create_app(config, follow=False)
    feed = app.extensions["hometime-feed"]
    feed.lost()

    page = app.test_client().get("/", base_url="https://localhost").text

    board = last_known(folder / "data")
    then = datetime.fromtimestamp(board.at_us / 1e6, ZoneInfo("Europe/London"))
    said = re.search(r"Not answering since ([^<]*)\.</b>", page)
    assert said, page
    assert said[1] == f"{then.day} {then:%B}, {then:%H:%M}"
    assert "This is how the doors stood then." in page
    assert feed.board.doors == board.doors
    assert len(board.doors) == 8
