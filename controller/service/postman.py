"""Sends the letters of the outbox, beside the control loop (CUS-6).

One thread, one letter at a time, each at least once: what a server has taken and we
could not note goes out again under the same ``Message-ID``. Loaded only where a mail
server is configured.
"""

from __future__ import annotations

import logging
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate

from controller.config.schema import Mail
from controller.errors import HometimeError
from controller.people.records import Letter
from controller.people.tables.outbox import Outbox

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0
"""How long the server may take for one answer; RFC 5321 4.5.3.2 has minutes, for relays
with a queue of their own. We come again."""

FIRST_WAIT_S, LONGEST_WAIT_S = 30, 3_600
"""Between tries: doubled each time, an hour at most; our own judgement."""

LOOK_S = 60.0
"""Longest sleep: the machine's clock may have been set meanwhile."""

Deliver = Callable[[Mail, EmailMessage], None]


class NotSent(Exception):
    """A try came to nothing. ``why`` is a code of ``controller.service.mail.WHY``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Postman:
    """The outbox's worker.

    Args:
        outbox: what waits.
        settings: the server.
        node: the bank's name, for ``Message-ID``.
        now_us: the machine's own time.
        told: called after each try, in the postman's thread.
        deliver: hands a message to the server.
    """

    def __init__(
        self,
        outbox: Outbox,
        settings: Mail,
        node: str,
        now_us: Callable[[], int],
        told: Callable[[], None] = lambda: None,
        deliver: Deliver | None = None,
    ) -> None:
        self._outbox = outbox
        self._settings = settings
        self._node = node
        self._now_us = now_us
        self._told = told
        self._deliver = deliver or deliver_by_smtp
        self._work = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def step(self) -> bool:
        """Try the letter that waits longest; return whether one was due."""
        now = self._now_us()
        letter = self._outbox.due(now)
        if letter is None:
            return False
        try:
            self._deliver(self._settings, self._message(letter))
        except NotSent as error:
            # Neither address nor subject: the log is read by others.
            log.warning("mail: not sent (%s), try %d", error.why, letter.tries + 1)
            wait_us = wait_s(letter.tries) * 1_000_000
            self._outbox.failed(letter.id, error.why, now + wait_us)
        else:
            self._outbox.sent(letter.id, self._now_us())
        self._told()
        return True

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        sender = self._settings.sender
        message["From"], message["To"] = sender, letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate(letter.created / 1e6)
        domain = sender.rpartition("@")[2]
        message["Message-ID"] = f"<{letter.id}.{self._node}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        if letter.as_file:
            message.add_attachment(letter.text, filename=f"hometime-{self._node}.txt")
        return message

    # --------------------------------------------------------------------- the thread

    def wake(self) -> None:
        """There is a new letter; from whatever thread."""
        self._work.set()

    def start(self) -> None:
        """Send from now on, in a thread of its own; what waits is tried at once."""
        self._outbox.hurry(self._now_us())
        # A daemon: a server that says a word a minute must not keep us from ending.
        self._thread = threading.Thread(target=self._run, name="mail", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> None:
        """Begin nothing new; what is under way may be sent once more later."""
        self._stopping = True
        self._work.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping:
            self._work.clear()
            try:
                if self.step():
                    continue
                pause = self._pause_s()
            except HometimeError:
                log.exception("mail: the outbox cannot be used")
                pause = LOOK_S
            self._work.wait(pause)

    def _pause_s(self) -> float:
        due = self._outbox.next_try()
        if due is None:
            return LOOK_S
        return min(LOOK_S, max(0.1, (due - self._now_us()) / 1e6))


def wait_s(tries: int) -> int:
    """Return seconds until the next try after so many in vain, this one not counted.

    >>> [wait_s(tries) for tries in (0, 1, 2, 6, 7, 99)]
    [30, 60, 120, 1920, 3600, 3600]
    """
    return min(LONGEST_WAIT_S, FIRST_WAIT_S << min(tries, 10))


# -------------------------------------------------------------------------- the server


def deliver_by_smtp(settings: Mail, message: EmailMessage) -> None:
    """Hand a message to the school's server.

    Raises:
        NotSent: it was not taken, or nobody knows.
    """
    try:
        with _connected(settings) as server:
            server.send_message(message)
    except NotSent:
        raise
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent("sign-in") from error
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
        raise NotSent("no-encryption") from error
    except TimeoutError as error:
        raise NotSent("slow") from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSent(_by_code(max(codes, default=0))) from error
    except smtplib.SMTPResponseException as error:
        raise NotSent(_by_code(error.smtp_code)) from error
    except smtplib.SMTPServerDisconnected as error:
        # What smtplib makes of an answer that does not come.
        slow = isinstance(error.__context__, TimeoutError)
        raise NotSent("slow" if slow else "unreachable") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent("unreachable") from error


def _by_code(code: int) -> str:
    """Return what an answer of the server means: 5xx for good, 4xx for now."""
    return "refused" if code >= 500 else "later"  # noqa: PLR2004  RFC 5321 4.2.1


def _connected(settings: Mail) -> smtplib.SMTP:
    """Return a server that is reached, encrypted and signed in at, as it is set."""
    here = socket.gethostname()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host,
            settings.port,
            local_hostname=here,
            timeout=TIMEOUT_S,
            context=_trust(settings),
        )
    else:
        server = smtplib.SMTP(
            settings.host, settings.port, local_hostname=here, timeout=TIMEOUT_S
        )
    try:
        if settings.security == "starttls":
            server.starttls(context=_trust(settings))
        if settings.user:
            server.login(settings.user, _password(settings))
    except BaseException:
        server.close()
        raise
    return server


def _trust(settings: Mail) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:  # no file, or no certificate in it
        raise NotSent("no-encryption") from error


def _password(settings: Mail) -> str:
    try:
        text = (
            settings.password_file.read_text("utf-8") if settings.password_file else ""
        )
    except (OSError, ValueError) as error:
        raise NotSent("no-password") from error
    return text.partition("\n")[0].strip()
