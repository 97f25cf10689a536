"""What a paper quotes of the journal, held against it years later (CUS-7).

A receipt quotes entries as ``epoch/sequence/beginning of the hash``. Together with a
whole chain that proves that nobody wrote the entry, or any before it, anew since.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from controller.errors import NotAsQuoted, QuoteUnreadable
from controller.journal.entry import Entry

QUOTED_HEX: Final = 16
"""Hex digits of a hash on paper: 64 bits, which nobody hits by trying."""

_QUOTE: Final = re.compile(r"([0-9]{1,9})/([0-9]{1,12})(?:/([0-9a-f]{8,64}))?")
_FIND: Final = "SELECT at, kind, hash, body IS NULL FROM entry WHERE {} ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Quote:
    """An entry as a paper quotes it; ``digits`` may be empty."""

    epoch: int
    seq: int
    digits: str = ""

    @classmethod
    def parse(cls, text: str) -> Quote:
        """Read ``epoch/sequence`` or ``epoch/sequence/hash``.

        >>> Quote.parse("1/734/9f86d081884c7d65")
        Quote(epoch=1, seq=734, digits='9f86d081884c7d65')

        Raises:
            QuoteUnreadable: it is neither.
        """
        found = _QUOTE.fullmatch(text.strip().lower())
        if found is None:
            raise QuoteUnreadable(text[:80])
        return cls(int(found[1]), int(found[2]), found[3] or "")


def quotation(entry: Entry) -> str:
    """Return an entry as a paper quotes it and :meth:`Quote.parse` reads it."""
    return f"{entry.epoch}/{entry.seq}/{entry.hash.hex()[:QUOTED_HEX]}"


def as_quoted(connection: sqlite3.Connection, node: str, quote: Quote) -> str:
    """Return one line about the entry, which is as it was quoted.

    Args:
        connection: of a journal whose chain has been found whole.
        node: whose entries; empty: of any node.
        quote: from the paper.

    Raises:
        NotAsQuoted: there is no such entry, or its hash is another.
    """
    where = "epoch = ? AND seq = ? AND (node = ? OR ? = '')"
    row = connection.execute(
        _FIND.format(where), (quote.epoch, quote.seq, node, node)
    ).fetchone()
    if row is None:
        raise NotAsQuoted(quote.epoch, quote.seq, "no entry", "one")
    at_us, kind, digest, forgotten = row
    found = bytes(digest).hex()
    if not found.startswith(quote.digits):
        digits = len(quote.digits)
        raise NotAsQuoted(
            quote.epoch, quote.seq, f"hash {found[:digits]}", quote.digits
        )
    at = datetime.fromtimestamp(at_us / 1e6, UTC)
    gone = ", its body forgotten by rule" if forgotten else ""
    return (
        f"entry {quote.epoch}/{quote.seq} {kind} {at:%Y-%m-%dT%H:%M:%SZ} {found}{gone}"
    )
