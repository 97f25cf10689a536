"""What the site is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MAX_UPLOAD_BYTES = 5 * 1024 * 1024
"""Largest file that is taken: a roll of 5 MB is over 30,000 pupils."""


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Settings of the site; none of them is a secret.

    Attributes:
        socket: the controller's Unix socket.
        data_dir: where ``hometime.db`` lies, read only while the controller is down.
        secret_key_path: file with the key that signs cookies; made when it is missing.
        demo: whether this is the simulated classroom: cookies without ``Secure``, the
            ``/twin`` calls.
        room_socket: the room's Unix socket, in the demo only.
        host, port: where to listen.
        trusted_hosts: names under which the site may be called (``Host`` header),
            without port; a leading dot stands for every name below.
    """

    socket: Path
    data_dir: Path
    secret_key_path: Path
    demo: bool = False
    room_socket: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_hosts: tuple[str, ...] = field(default=("127.0.0.1", "localhost"))
