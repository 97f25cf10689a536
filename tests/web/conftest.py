"""The site over a fake controller, and visitors who sign in.

The feed is read in the test's own thread: ``follow()`` takes what has been pushed.
"""

from __future__ import annotations

import re

import pytest

from controller.protocol import FeedEvent
from tests.web.fake_controller import AT_US, KIOSK_TOKEN, PASSWORD, FakeController, a_board
from tests.web.staff.fake_data import FAKE
from web.app import create_app
from web.config import WebConfig
from web.public.pairing import pair

TOKEN_FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def controller(tmp_path):
    """A controller that answers, until the test stops it."""
    fake = FakeController(tmp_path / "controller.sock", FAKE).start()
    yield fake
    fake.stop()


@pytest.fixture
def config(controller, tmp_path):
    """Settings of a demo's site."""
    return WebConfig(
        socket=controller.path,
        data_dir=tmp_path,
        secret_key_path=tmp_path / "web.key",
        demo=True,
        room_socket=tmp_path / "room.sock",
    )


@pytest.fixture
def site(config):
    """The site, its feed filled by hand with the mock-up's board."""
    app = create_app(config, follow=False)
    feed = app.extensions["hometime-feed"]
    feed.take(FeedEvent(board=a_board()))
    feed.take(FeedEvent(beat=AT_US))
    yield app
    app.extensions["hometime-client"].close()


@pytest.fixture
def feed(site):
    """The site's cache of the feed."""
    return site.extensions["hometime-feed"]


class Visitor:
    """A browser that keeps cookies and fills in forms as a person would."""

    def __init__(self, site):
        self.http = site.test_client()
        self.site = site

    def get(self, path, **more):
        return self.http.get(path, **more)

    def submit(self, path, fields=None, *, on="/sign-in", **more):
        """Post a form, with the CSRF token of a page that is open."""
        token = TOKEN_FIELD.search(self.get(on).text)[1]
        return self.http.post(path, data={"csrf_token": token, **(fields or {})}, **more)

    def sign_in(self, role):
        answer = self.submit("/sign-in", {"username": role, "password": PASSWORD})
        assert answer.status_code == 303
        return self

    def cookie(self, name):
        cookie = self.http.get_cookie(name)
        return cookie.value if cookie else None


@pytest.fixture
def visitor(site):
    """Somebody who has not signed in."""
    return Visitor(site)


@pytest.fixture
def signed_in(site):
    """A function that returns a visitor who has signed in as a role."""
    return lambda role: Visitor(site).sign_in(role)


@pytest.fixture
def kiosk(site):
    """The screen beside the lockers, paired."""
    visitor = Visitor(site)
    with site.test_request_context():
        response = site.make_response("")
        pair(response, "front", KIOSK_TOKEN)
    _, _, value = response.headers["Set-Cookie"].partition("=")
    visitor.http.set_cookie("kiosk", value.partition(";")[0])
    return visitor
