"""The node's Ed25519 key: signs the head; its public half is all ``verify`` needs."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from controller.journal.layout import write_whole


class PublicKey:
    """Tells whether a node signed something.

    Args:
        pem: SubjectPublicKeyInfo.

    Raises:
        ValueError: ``pem`` is no Ed25519 key.
    """

    def __init__(self, pem: bytes) -> None:
        key = serialization.load_pem_public_key(pem)
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("key: not Ed25519")  # noqa: TRY004  the file is wrong, not a type
        self._key = key

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
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("key: not Ed25519")  # noqa: TRY004  the file is wrong, not a type
        return cls(key)

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
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
