"""The site over a fake controller, and visitors who sign in.

The feed is read in the test's own thread: ``follow()`` takes what has been pushed.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import replace

import pytest
from flask import Flask
from jinja2 import BytecodeCache

from controller import client
from controller.protocol import FeedEvent
from tests.web.fake_controller import (
    AT_US,
    KIOSK_TOKEN,
    PASSWORD,
    FakeController,
    a_board,
)
from tests.web.staff.fake_data import FAKE
from web.app import create_app
from web.config import WebConfig
from web.public.pairing import pair
from web.public.stream import places
from web.serve import serve_app

TOKEN_FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all tests; jinja compares their sources."""

    def __init__(self):
        self.known = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket):
        self.known[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates():
    """An eighth of these tests' time went into compiling the same templates anew."""
    with pytest.MonkeyPatch.context() as patch:
        options = Flask.jinja_options | {"bytecode_cache": CompiledTemplates()}
        patch.setattr(Flask, "jinja_options", options)
        yield


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
        return self.http.post(
            path, data={"csrf_token": token, **(fields or {})}, **more
        )

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


def pairing_cookie(site):
    """Return the cookie that makes a browser the kiosk of the bank ``front``."""
    with site.test_request_context():
        response = site.make_response("")
        pair(response, "front", KIOSK_TOKEN)
    _, _, value = response.headers["Set-Cookie"].partition("=")
    return value.partition(";")[0]


@pytest.fixture
def kiosk(site):
    """The screen beside the lockers, paired."""
    visitor = Visitor(site)
    visitor.http.set_cookie("kiosk", pairing_cookie(site))
    return visitor


class Served:
    """The site as a service on a port of its own, following the fake controller."""

    def __init__(self, config, site):
        self.url = f"http://127.0.0.1:{config.port}"
        self.feed = site.extensions["hometime-feed"]
        self.pairing_cookie = pairing_cookie(site)
        with site.app_context():
            self.places = places()
        self.stop = threading.Event()
        ready = threading.Event()
        self.thread = threading.Thread(
            target=serve_app, args=(site, config, self.stop, ready.set)
        )
        self.thread.start()
        assert ready.wait(5)

    def end(self):
        """Stop it as SIGTERM would, and return how long that took, in seconds."""
        began = time.monotonic()
        self.stop.set()
        self.thread.join(5)
        assert not self.thread.is_alive()
        return time.monotonic() - began


def a_free_port():
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        return end.getsockname()[1]


@pytest.fixture
def all_closed(monkeypatch):
    """Closes what the server's threads leave open when they end with the process."""
    opened, connect = [], client._connect

    def remembered(path, timeout_s):
        opened.append(connect(path, timeout_s))
        return opened[-1]

    monkeypatch.setattr(client, "_connect", remembered)
    yield
    for end in opened:
        end.close()


@pytest.fixture
def served(config, controller, all_closed):
    """The site in a server, live."""
    config = replace(config, port=a_free_port())
    app = create_app(config)
    site = Served(config, app)
    feed = app.extensions["hometime-feed"]
    assert feed.find(0, lambda event: event.kiosk is not None, 5)
    yield site
    site.end()
    controller.stop()
    feed.join()
