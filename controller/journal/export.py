"""The journal as JSON lines, for other programs and for whoever is asked to look."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from controller.errors import JournalDamaged
from controller.journal.entry import Entry, Position
from controller.journal.store import Rows

_1970: Final = datetime(1970, 1, 1, tzinfo=UTC)


def lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    """Yield each entry as one line of JSON, in the order of node, epoch, sequence.

    ``{"node", "epoch", "seq", "at", "clock", "kind", "body"}``: ``at`` is ISO 8601 in
    UTC with microseconds, ``body`` the object, or null once it is forgotten.

    Raises:
        JournalDamaged: a column cannot be said in JSON; ``verify`` tells more.
    """
    nodes = connection.execute("SELECT DISTINCT node FROM entry ORDER BY node")
    for (node,) in nodes.fetchall():
        for entry in Rows(connection, node).since(Position(0, 0)):
            yield line(entry)


def line(entry: Entry) -> bytes:
    """Return ``entry`` as one line, its end included.

    Raises:
        JournalDamaged: a column cannot be said in JSON.
    """
    try:
        return msgspec.json.encode(plain(entry)) + b"\n"
    except (ValueError, TypeError, OverflowError) as error:
        raise JournalDamaged(*entry.position, "columns: cannot be exported") from error


def plain(entry: Entry) -> dict[str, Any]:
    """Return ``entry`` as the contract's object."""
    return {
        "node": entry.node,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "at": iso(entry.at_us),
        "clock": entry.clock,
        "kind": entry.kind,
        "body": None if entry.body is None else msgspec.json.decode(entry.body),
    }


def iso(at_us: int) -> str:
    """Return microseconds since 1970 as ISO 8601 in UTC.

    >>> iso(1_795_422_300_000_001)
    '2026-11-23T08:25:00.000001+00:00'
    """
    return (_1970 + timedelta(microseconds=at_us)).isoformat(timespec="microseconds")
