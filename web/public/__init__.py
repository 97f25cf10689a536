"""Pages that need nobody to be signed in."""

from __future__ import annotations

from flask import Flask

from web.public import (
    board,
    kiosk,
    machines,
    signing,
    stream,
    telephones,
    twin,
    twin_page,
)

PARTS = (board, stream, kiosk, machines, signing)


def register(app: Flask) -> None:
    """Add the public pages to ``app``; the twin's only where this is the demo."""
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    config = app.extensions["hometime-config"]
    if config.demo and config.room_socket is not None:
        twin.register(app)
        app.register_blueprint(twin_page.blueprint)
        app.register_blueprint(telephones.blueprint)
