"""The site, put together."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager

from controller.client import Client
from controller.readside import last_known
from web import assets, errors, looks, public, security, staff
from web.asking import load_person
from web.config import WebConfig
from web.feed import Feed

LANGUAGES = ("en",)
"""Languages of the staff's pages; the kiosk's own are in ``web.public.words``."""


def create_app(config: WebConfig, *, follow: bool = True) -> Flask:
    """Return the site over the controller at ``config.socket``.

    Args:
        config: see :class:`WebConfig`.
        follow: whether to follow the controller's live feed from now on, in a thread.
            Without it the caller feeds ``app.extensions["hometime-feed"]`` by hand.
    """
    app = Flask("web", static_folder=None)
    app.url_map.merge_slashes = (
        False  # two slashes are another address, and none of ours
    )
    client = Client(config.socket)
    feed = Feed(client.feed, last_known=lambda: last_known(config.data_dir))
    app.extensions["hometime-config"] = config
    app.extensions["hometime-client"] = client
    app.extensions["hometime-feed"] = feed
    security.protect(app, config)
    _sign_in_with_token(app)
    Babel(app, default_locale=LANGUAGES[0], locale_selector=lambda: LANGUAGES[0])
    for part in (errors, looks, assets, public, staff):
        part.register(app)
    if follow:
        feed.start()
    return app


def _sign_in_with_token(app: Flask) -> None:
    """Let Flask-Login ask the controller who is behind the cookie's token."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # it would ask on every page
    manager.session_protection = None  # the controller's own sessions can be revoked
    manager.request_loader(lambda _request: load_person())
    manager.unauthorized_handler(errors.to_sign_in)
