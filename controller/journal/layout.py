"""What stands where in a node's data directory. Other files in it are left alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The names inside one data directory."""

    root: Path

    @property
    def database(self) -> Path:
        """Journal and projections; nothing personal."""
        return self.root / "hometime.db"

    @property
    def wal(self) -> Path:
        """SQLite's write-ahead log; holds the newest entries until a checkpoint."""
        return self.root / "hometime.db-wal"

    @property
    def wal_index(self) -> Path:
        """The log's index; there while a writer lives, and after one was killed."""
        return self.root / "hometime.db-shm"

    @property
    def people(self) -> Path:
        """Names, cards, texts; opened by the controller alone."""
        return self.root / "people.db"

    @property
    def head(self) -> Path:
        """The signed two-slot head."""
        return self.root / "head"

    @property
    def lock(self) -> Path:
        """Held by the one writer."""
        return self.root / "hometime.lock"

    @property
    def secrets(self) -> Path:
        """Mode 0700."""
        return self.root / "secrets"

    @property
    def node_key(self) -> Path:
        """Ed25519 private key, PEM, mode 0600."""
        return self.secrets / "node.key"

    @property
    def node_pub(self) -> Path:
        """Ed25519 public key, PEM; all that ``verify`` needs."""
        return self.secrets / "node.pub"

    @property
    def has_journal(self) -> bool:
        """Whether there is a journal, or something that is left of one."""
        left = (self.database, self.wal, self.head, self.node_key, self.node_pub)
        return any(path.exists() for path in left)

    @property
    def card_key(self) -> Path:
        """What the keys and digests of tokens on cards come from, mode 0600 (ACC-8)."""
        return self.secrets / "card.key"


def sync_directory(path: Path) -> None:
    """Make the names in ``path`` durable: a new file's own sync does not."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, mode: int) -> None:
    """Put a file in place durably: whoever looks sees the old one, or all of the new.

    Args:
        path: where; what stands there is replaced.
        data: its content.
        mode: its permission bits, from its first moment.
    """
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)
    sync_directory(path.parent)
