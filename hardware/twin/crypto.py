"""What reader and card prove to each other before a MIFARE Classic sector opens.

Crypto1's place, not Crypto1: the same three passes of the same lengths, and proofs that
only the right key, card and nonce give. What a host sees of them through an MFRC522 is
the same; how they are computed is nobody's business but the two chips'.
"""

from __future__ import annotations

from hashlib import blake2s
from typing import Final

KEY_BYTES: Final = 6
SERIAL_BYTES: Final = 4
NONCE_BYTES: Final = 4
READER_PROOF_BYTES: Final = 8  # its own nonce and its answer to the card's
CARD_PROOF_BYTES: Final = 4


def reader_proof(key: bytes, serial: bytes, nonce: bytes) -> bytes:
    """Return the second pass: what only a reader with ``key`` answers to ``nonce``."""
    return blake2s(serial + nonce, key=key, digest_size=READER_PROOF_BYTES).digest()


def card_proof(key: bytes, serial: bytes, nonce: bytes) -> bytes:
    """Return the third pass: what only a card with ``key`` answers to the reader."""
    return blake2s(nonce + serial, key=key, digest_size=CARD_PROOF_BYTES).digest()


def session_of(nonce: bytes) -> int:
    """Return the number of the session that ``nonce`` began; never 0."""
    return 1 + int.from_bytes(nonce, "little")
