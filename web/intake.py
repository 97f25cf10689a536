"""How much of what browsers send is kept: a file that is too large is heard out.

A server that hangs up in the midst of an upload leaves a browser with "connection
reset" and nobody the wiser. So the rest of it is read and dropped, and the page that
says "larger than 5 MB" is the answer; neither memory nor disk holds any of it.
"""

from __future__ import annotations

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.utilities import RequestEntityTooLarge

from web.config import MAX_UPLOAD_BYTES
from web.security import FORM_FIELDS_BYTES

KEPT_BYTES = MAX_UPLOAD_BYTES + FORM_FIELDS_BYTES
"""The largest body that the site looks at (its ``MAX_CONTENT_LENGTH``)."""

HEARD_BYTES = 64 * 1024 * 1024
"""The largest that is heard out: a film sent by mistake is larger, and is cut off."""


class Dropped(FixedStreamReceiver):  # type: ignore[misc]  # waitress is not annotated
    """Takes a body of a known length and keeps nothing of it."""

    remain: int

    def received(self, data: bytes) -> int:
        """Return how much of ``data`` belongs to the body."""
        taken = min(self.remain, len(data))
        self.remain -= taken
        self.completed = self.remain == 0
        return taken


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress is not annotated
    """Keeps a body that the site may look at, and drops a larger one.

    The site refuses that by the length its header declares.
    """

    body_rcv: Any
    error: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Choose where the body goes, once its length is known."""
        super().parse_header(header_plus)
        if self.content_length > KEPT_BYTES:
            self.body_rcv = Dropped(self.content_length, self.body_rcv.getbuf())

    def received(self, data: bytes) -> int:
        """Take what came; a body that declares no length ends at the limit."""
        taken = int(super().received(data))
        if self.chunked and self.body_bytes_received > KEPT_BYTES and not self.error:
            self.error = RequestEntityTooLarge(f"exceeds {KEPT_BYTES} bytes")
            self.completed = True
        return taken


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress is not annotated
    """A connection that reads with :class:`Parser`."""

    parser_class = Parser
