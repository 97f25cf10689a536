"""The site over a real controller in virtual time: what a role meets over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from controller.client import RequestRefused
from controller.protocol import FeedEvent
from tests.rig import Rig
from web.app import create_app
from web.asking import TOKEN
from web.config import WebConfig

JSON = {"Accept": "application/json"}
FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """One request that the site sent, and the code with which it was refused."""

    do: str
    error: str


class RigClient:
    """What the site speaks through, straight into the rig.

    Attributes:
        asked: every request since the list was last cleared.
    """

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.asked: list[Asked] = []

    def ask(self, do: str, /, token: str = "", **args: Any) -> Any:
        """Ask as ``controller.client.Client`` does."""
        try:
            value = self._rig.ask_with(token, do, **args)
        except RequestRefused as refused:
            self.asked.append(Asked(do, refused.fault.error))
            raise
        self.asked.append(Asked(do, ""))
        return value

    def ask_as(self, kind: Any, do: str, /, token: str = "", **args: Any) -> Any:
        """The same, typed."""
        return msgspec.convert(self.ask(do, token, **args), kind)

    def close(self) -> None:
        """Nothing is open."""


class Site:
    """The site, and one browser for each role and for ``nobody``."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        config = WebConfig(
            socket=rig.folder / "none.sock",
            data_dir=rig.config.bank.data,
            secret_key_path=rig.folder / "web.key",
            demo=True,
            trusted_hosts=("localhost",),
        )
        self.app = create_app(config, follow=False)
        self.client = RigClient(rig)
        self.app.extensions["hometime-client"] = self.client
        self.app.extensions["hometime-feed"].take(FeedEvent(board=rig.hub.board.make()))
        self._browsers: dict[str, tuple[Any, str]] = {}

    def open(self, who: str, method: str, path: str, form: dict | None = None) -> Any:
        """Open a page, or send a form with its token, as that role."""
        browser, csrf = self._browser(who)
        self.client.asked.clear()
        data = {"csrf_token": csrf} | (form or {}) if method == "POST" else None
        answer = browser.open(path, method=method, data=data, headers=JSON)
        answer.close()
        return answer

    def look(self, who: str, path: str) -> Any:
        """Open a page as a browser does, without a word of JSON; read it and hang up.

        Of a stream, which has no end, nothing is read.
        """
        browser, _ = self._browser(who)
        answer = browser.get(path)
        if not answer.is_streamed:
            answer.get_data()
        answer.close()
        return answer

    def pair(self, who: str, bank: str) -> None:
        """Let that browser be the kiosk of ``bank``; a technician has just done it."""
        browser, csrf = self._new_browser(self.rig.sign_in("technician"))
        sent = {"csrf_token": csrf}
        assert browser.post(f"/kiosk/{bank}/pair", data=sent).status_code == 303
        self._browsers[who] = browser, csrf

    def _browser(self, who: str) -> tuple[Any, str]:
        if who not in self._browsers:
            self._browsers[who] = self._new_browser(self.rig.token(who))
        return self._browsers[who]

    def _new_browser(self, token: str) -> tuple[Any, str]:
        browser = self.app.test_client()
        if token:
            with browser.session_transaction() as session:
                session[TOKEN] = token
        page = "/account" if token else "/sign-in"
        found = FIELD.search(browser.get(page).text)
        return browser, found[1]
