"""A real mail server on the loopback, for tests of what sends mail."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DOMAIN = "school.example"


class Mailbox:
    """What the server took, and how it behaves.

    Attributes:
        messages: taken, oldest first. refuse: answer to RCPT, such as ``550 no``.
        refuse_data: answer to the whole message. silent: it never answers DATA.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuse = self.refuse_data = ""
        self.silent = False
        self.signed_in: list[str] = []
        self.over_tls: list[bool] = []
        self._came = threading.Condition()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd's name
        """Take a recipient, or not."""
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  as above
        """Take a message, or not, or say nothing."""
        if self.silent:
            await asyncio.sleep(3_600)
        if self.refuse_data:
            return self.refuse_data
        with self._came:
            self.messages.append(message_from_bytes(envelope.content))
            tls = server.transport.get_extra_info("ssl_object")
            self.over_tls.append(tls is not None)
            self._came.notify_all()
        return "250 OK"

    def wait_for(self, count: int, seconds: float = 10.0) -> None:
        """Wait until so many messages have come."""
        with self._came:
            came = self._came.wait_for(lambda: len(self.messages) >= count, seconds)
        assert came, f"{len(self.messages)} of {count} messages came"

    def sign_in(self, server, session, envelope, mechanism, data) -> AuthResult:
        """Let ``hometime`` in with the password ``right``."""
        self.signed_in.append(data.login.decode())
        right = (data.login, data.password) == (b"hometime", b"right")
        return AuthResult(success=right, handled=False)


@contextmanager
def served(mailbox: Mailbox, port: int = 0, **smtp: Any):
    """Serve ``mailbox`` on the loopback for the length of a block; give the port.

    ``tls_context``: STARTTLS; ``at_once``: TLS from the first byte.
    """
    at_once = smtp.pop("at_once", None)
    loop, ready = asyncio.new_event_loop(), threading.Event()
    made: dict[str, Any] = {}

    def connection() -> SMTP:
        return SMTP(mailbox, loop=loop, hostname="mail.test", **smtp)

    async def begin() -> None:
        made["server"] = await loop.create_server(
            connection, "127.0.0.1", port, ssl=at_once
        )
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(begin())
        loop.run_forever()

    thread = threading.Thread(target=run, name="smtp")
    thread.start()
    assert ready.wait(5)
    try:
        yield made["server"].sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(made["server"]), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    mine = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not mine]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


def a_free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate of 127.0.0.1; return the server's side and what to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    import ipaddress  # noqa: PLC0415  only here

    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "mail.pem", folder / "mail.key"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, private)
    return context, cert
