"""The site as a service: waitress, its threads, and a quick end."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import create_server
from waitress.wasyncore import close_all

from web.app import create_app
from web.config import WebConfig
from web.feed import Feed
from web.intake import HEARD_BYTES, Channel

THREADS = 64
"""32 MB and a median of 0.8 ms with 40 live streams (our bench)."""

CONNECTIONS = 200
"""Open connections at once; those beyond wait in the kernel's queue."""

IDLE_S = 15
"""After which a connection that asks nothing is closed; a live stream says something
every ten seconds. So many half-open connections cannot keep people out for long."""

CLEANED_EVERY_S = 1
"""How often silent connections are looked for; the server's own choice is 30 s."""

LAST_WORDS_S = 0.4
"""What answers under way get when the site ends; the whole end takes below 1 s."""

TAB_CLOSED = "Client disconnected while serving /stream"
"""What waitress says at INFO of every tab that is closed: the usual end of a stream."""


def serve(
    config: WebConfig, stop: threading.Event, ready: Callable[[], None] = lambda: None
) -> None:
    """Serve until ``stop`` is set, then end within a second.

    Args:
        config: see :class:`WebConfig`.
        stop: set by a signal's handler.
        ready: called once connections are taken.

    Raises:
        OSError: nobody may listen there, or somebody does.
    """
    serve_app(create_app(config), config, stop, ready)


def serve_app(
    app: Flask,
    config: WebConfig,
    stop: threading.Event,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve ``app``, which follows its feed already, until ``stop`` is set."""
    feed: Feed = app.extensions["hometime-feed"]
    logging.getLogger("waitress").addFilter(is_worth_a_line)
    server = create_server(app, **_settings(config))
    server.channel_class = Channel
    ender = threading.Thread(target=_end, args=(server, feed, stop), daemon=True)
    ender.start()
    ready()
    server.run()


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Return whether whoever reads the log wants this line: all but closed tabs."""
    return record.levelno > logging.INFO or record.getMessage() != TAB_CLOSED


def _settings(config: WebConfig) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "host": config.host,
        "port": config.port,
        "threads": THREADS,
        "connection_limit": CONNECTIONS,
        "channel_timeout": IDLE_S,
        "cleanup_interval": CLEANED_EVERY_S,
        "max_request_body_size": HEARD_BYTES,
        "ident": None,
    }
    if not config.demo:  # behind the server that does TLS, on this machine
        settings |= {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    return settings


def _end(server: Any, feed: Feed, stop: threading.Event) -> None:  # noqa: ANN401  waitress is not annotated
    """Wake every stream, let answers end, close all from within the server's loop."""
    stop.wait()
    feed.stop()
    server.task_dispatcher.shutdown(timeout=LAST_WORDS_S)
    with contextlib.suppress(OSError):  # awake already, and quicker than this thread
        server.trigger.pull_trigger(lambda: close_all(server._map))  # noqa: SLF001  no public way
