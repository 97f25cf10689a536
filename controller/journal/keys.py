"""The node's Ed25519 key: signs the head; its public half is all ``verify`` needs."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from controller.journal.layout import write_whole
from controller.journal.pem import private_pem, private_raw, public_pem, public_raw


class PublicKey:
    """Tells whether a node signed something.

    Args:
        pem: SubjectPublicKeyInfo.

    Raises:
        ValueError: ``pem`` is no Ed25519 key.
    """

    def __init__(self, pem: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public_raw(pem))

    @classmethod
    def load(cls, path: Path) -> PublicKey:
        """Read a PEM file."""
        return cls(path.read_bytes())

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` (64 bytes) over ``message`` is by this key's owner."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class NodeKey:
    """The private key of one node.

    Args:
        key: as loaded or made.
    """

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(_public_pem(key))

    @classmethod
    def load(cls, path: Path) -> NodeKey:
        """Read a PEM file.

        Raises:
            ValueError: the file is no Ed25519 key.
        """
        return cls(Ed25519PrivateKey.from_private_bytes(private_raw(path.read_bytes())))

    @classmethod
    def create(cls, path: Path) -> NodeKey:
        """Make a key and write it to ``path`` (mode 0600, its directory 0700)."""
        path.parent.mkdir(mode=0o700, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        write_whole(path, _private_pem(key), 0o600)
        return cls(key)

    def publish(self, path: Path) -> None:
        """Write the public half to ``path`` unless it stands there already."""
        pem = _public_pem(self._key)
        if path.exists() and path.read_bytes() == pem:
            return
        write_whole(path, pem, 0o644)

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``, 64 bytes."""
        return self._key.sign(message)


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return private_pem(key.private_bytes_raw())


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    return public_pem(key.public_key().public_bytes_raw())
