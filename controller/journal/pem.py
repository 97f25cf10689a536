"""Ed25519 keys as PEM files, the way RFC 8410 writes them.

Such a file is a fixed head and 32 bytes. The library's own reader of every kind of key
costs a controller 0.8 MB that it needs for nothing else.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

KEY_BYTES: Final = 32

_PRIVATE: Final = ("PRIVATE KEY", bytes.fromhex("302e020100300506032b657004220420"))
"""PKCS 8 with an Ed25519 key in it (RFC 8410, section 7), up to the 32 bytes."""

_PUBLIC: Final = ("PUBLIC KEY", bytes.fromhex("302a300506032b6570032100"))
"""SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4), up to the 32 bytes."""


def private_pem(raw: bytes) -> bytes:
    """Return the PEM file of a private key."""
    return _pem(*_PRIVATE, raw)


def public_pem(raw: bytes) -> bytes:
    """Return the PEM file of a public key."""
    return _pem(*_PUBLIC, raw)


def private_raw(pem: bytes) -> bytes:
    """Return the 32 bytes of a private key.

    Raises:
        ValueError: the file is no Ed25519 private key.
    """
    return _raw(*_PRIVATE, pem)


def public_raw(pem: bytes) -> bytes:
    """Return the 32 bytes of a public key.

    Raises:
        ValueError: the file is no Ed25519 public key.
    """
    return _raw(*_PUBLIC, pem)


def _pem(label: str, head: bytes, raw: bytes) -> bytes:
    body = base64.b64encode(head + raw).decode("ascii")
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n".encode("ascii")


def _raw(label: str, head: bytes, pem: bytes) -> bytes:
    lines = pem.strip().splitlines()
    first, last = (f"-----{word} {label}-----".encode() for word in ("BEGIN", "END"))
    if len(lines) < 3 or (lines[0], lines[-1]) != (first, last):  # noqa: PLR2004  head, body, end
        raise ValueError(f"key: not a PEM file of a {label.lower()}")
    try:
        der = base64.b64decode(b"".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise ValueError("key: not base64") from error
    if len(der) != len(head) + KEY_BYTES or not der.startswith(head):
        raise ValueError("key: not Ed25519")
    return der[len(head) :]
