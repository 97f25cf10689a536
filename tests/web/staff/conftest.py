"""The staff pages over a controller with canned answers."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from html import unescape

import pytest

from controller import client
from controller.protocol import FeedEvent
from tests.web.fake_controller import FakeController
from tests.web.staff.fake_data import FAKE
from tests.web.staff.fake_school import school
from web.app import create_app
from web.config import WebConfig
from web.serve import serve_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(scope="session")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("staff")
    return WebConfig(
        socket=folder / "c.sock",
        data_dir=folder,
        secret_key_path=folder / "web.key",
        demo=True,
    )


@pytest.fixture(scope="session")
def _site(config):
    """One site and one socket for all tests: templates are compiled once."""
    fake = FakeController(config.socket, FAKE).start()
    app = create_app(config, follow=False)
    app.extensions["hometime-feed"].take(FeedEvent(board=fake.board))
    yield fake, app
    app.extensions["hometime-client"].close()
    fake.stop()


@pytest.fixture
def controller(_site):
    """The fake controller, as it was made: nothing asked, nobody stepped up."""
    fake, _ = _site
    fresh = FakeController(fake.path, FAKE)
    fake.answers, fake.people, fake.asked = fresh.answers, fresh.people, []
    school.update(script=False, stepped_up=False)
    return fake


@pytest.fixture
def app(_site, controller):
    return _site[1]


class Staff:
    """A browser at which somebody with ``role`` is signed in; no script runs in it."""

    def __init__(self, app, role):
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["token"] = role

    def get(self, path, **kwargs):
        return self.client.get(path, **kwargs)

    def text(self, path):
        """Return the page's words, without its tags."""
        return words(self.get(path))

    def post(self, path, data=None, **kwargs):
        """Send a form as the page would: with its token."""
        token = TOKEN.search(self.get("/account").text)[1]
        return self.client.post(
            path, data={"csrf_token": token, **(data or {})}, **kwargs
        )


def words(response):
    main = response.text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def staff(app):
    return lambda role="teacher": Staff(app, role)


@pytest.fixture
def teacher(staff):
    return staff("teacher")


@pytest.fixture
def office(staff):
    return staff("office")


@pytest.fixture
def leadership(staff):
    return staff("leadership")


@pytest.fixture
def technician(staff):
    return staff("technician")


@pytest.fixture(scope="session")
def browser(launch_browser):
    """Chromium, as pytest-playwright has it; the folder above has its own meaning."""
    browser = launch_browser()
    yield browser
    browser.close()


@pytest.fixture
def served(config, controller, monkeypatch):
    """The site on a port of its own, following the fake controller; its address."""
    connections = []
    connect = client._connect

    def remembered(path, timeout_s):
        connections.append(connect(path, timeout_s))
        return connections[-1]

    monkeypatch.setattr(client, "_connect", remembered)
    config = replace(config, port=a_free_port())
    app, stop, ready = create_app(config), threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_app, args=(app, config, stop, ready.set))
    thread.start()
    assert ready.wait(10)
    yield f"http://127.0.0.1:{config.port}"
    stop.set()
    thread.join(10)
    controller.push(beat=1)  # wakes the thread that reads the feed
    app.extensions["hometime-feed"]._thread.join(5)
    for connection in connections:
        connection.close()


def a_free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]
