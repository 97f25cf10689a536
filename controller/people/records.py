"""What ``people.db`` knows, as records. What names somebody is kept out of ``repr``.

Times are UTC in microseconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SORTS = ("pupil", "staff", "visitor")
"""Sorts of people."""


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil, a member of staff or a visitor.

    Attributes:
        id: the string that journal bodies use.
        sort: one of :data:`SORTS`.
        first_name: as the school has it.
        last_name: may be empty.
        preferred_name: what the person is called, where that differs.
        username: of staff; compared without regard to case (ASCII letters).
        language: of the kiosk's words, where it is known.
        created: when the person was first known here.
    """

    id: str
    sort: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    created: int
    preferred_name: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    language: str | None = None

    @property
    def called(self) -> str:
        """The name that the person is called by."""
        return self.preferred_name or self.first_name


@dataclass(frozen=True, slots=True)
class Pupil:
    """What the roll says of a pupil besides the name.

    Attributes:
        person: id of the person.
        class_slug: slug of the class.
        year: ``N``, ``R`` or ``1`` to ``13``, where it is known.
        upn: Unique Pupil Number (DAT-6).
        external_id: the number in the school's own system.
        provisional: enrolled before the roll knew the pupil (ACC-9).
    """

    person: str
    class_slug: str
    year: str | None = None
    upn: str | None = field(default=None, repr=False)
    external_id: str | None = field(default=None, repr=False)
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Credential:
    """A card stands for a person between two instants.

    Attributes:
        id: the string that journal bodies use.
        person: for whom.
        uid: 4, 7 or 10 bytes.
        enrolled_at: since when.
        label: what is printed on the card, where somebody noted it.
        revoked_at: until when; ``None`` while it is active.
    """

    id: str
    person: str
    uid: bytes = field(repr=False)
    enrolled_at: int
    label: str | None = field(default=None, repr=False)
    revoked_at: int | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """What a person proves themselves with, hashed.

    Attributes:
        person: whose.
        password_hash: Argon2id, encoded; ``None`` without a password.
        pin_hash: as ``password_hash``.
        changed_at: when either was last set.
        must_change: the password was given by somebody else.
    """

    person: str
    password_hash: str | None = field(repr=False)
    pin_hash: str | None = field(repr=False)
    changed_at: int
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """An authenticator app that a person has set up (ACC-3).

    Attributes:
        person: whose.
        secret: base32, shared with the app.
        since: when it was set up.
        used: steps whose codes were used, oldest first; none counts twice.
    """

    person: str
    secret: str = field(repr=False)
    since: int
    used: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """One recovery code that is left: which of the ten, and its Argon2id hash."""

    slot: int
    code_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A person is signed in at a browser.

    Attributes:
        token_hash: SHA-256 of the token; the token itself is nowhere on disk.
        person: who.
        created: since when.
        last_seen: last request, to within :data:`sessions.SEEN_EVERY_US`.
        expires: not beyond this, whatever happens.
        stepped_up_until: a second proof counts until then.
        remote: from where, as the site told.
        revoked: ended at this moment, by whomever.
    """

    token_hash: bytes = field(repr=False)
    person: str
    created: int
    last_seen: int
    expires: int
    stepped_up_until: int | None = None
    remote: str | None = field(default=None, repr=False)
    revoked: int | None = None


@dataclass(frozen=True, slots=True)
class Throttle:
    """Wrong tries in a row, kept over a restart (ACC-5).

    Attributes:
        key: what is throttled: a code and ids, never a name or UID.
        failures: how many.
        until: nothing is tried before this.
    """

    key: str
    failures: int
    until: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words that belong to an entry of the journal.

    Attributes:
        id: the string that the entry's body has beside the digest.
        text: the words.
        created: when they were written.
        about: whose erasure takes them along.
        entry_ref: ``node/epoch/seq`` once the entry is durable.
    """

    id: str
    text: str = field(repr=False)
    created: int
    about: str | None = None
    entry_ref: str | None = None


@dataclass(frozen=True, slots=True)
class RollSource:
    """One applied import of the roll.

    Attributes:
        source: ``csv``, ``oneroster-1.1`` or ``oneroster-1.2``.
        digest: SHA-256 of the file, 32 bytes.
        pupils: how many it held.
        imported_at: when.
    """

    source: str
    digest: bytes
    pupils: int
    imported_at: int


@dataclass(frozen=True, slots=True)
class Contact:
    """An adult of a pupil's list.

    Attributes:
        id: the string that journal bodies use.
        name: as the office wrote it. phone: may be empty.
        relationship: to the pupil: "mother", "childminder".
    """

    id: str
    name: str = field(repr=False)
    phone: str = field(repr=False)
    relationship: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the outbox, to one address.

    Attributes:
        id: stands in its ``Message-ID``. about: what it is about, an id of the journal.
        to: the address. subject, text: without a name.
        created: when it was written, real time. tries: how often it was tried.
        next_try: when it is tried next. sent: when a server took it, or ``None``.
        failed: a code of ``controller.service.postman``, or ``None``.
    """

    id: str
    about: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    created: int
    tries: int = 0
    next_try: int = 0
    sent: int | None = None
    failed: str | None = None

    @property
    def as_file(self) -> bool:
        """Whether the text goes as a file too: a mail program breaks its columns."""
        return self.about == SHEET


SHEET = "sheet"
"""What letters of the paper sheet are about (DAY-13)."""
