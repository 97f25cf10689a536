"""The schema of ``people.db``, step by step. A released step never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from controller.journal.migrations import Step

PERSON: Final = """
CREATE TABLE person (
    id             TEXT PRIMARY KEY,
    sort           TEXT NOT NULL CHECK (sort IN ('pupil', 'staff')),
    first_name     TEXT NOT NULL,
    last_name      TEXT NOT NULL,
    preferred_name TEXT,
    username       TEXT UNIQUE COLLATE NOCASE,
    language       TEXT,
    created        INTEGER NOT NULL
) STRICT
"""

PUPIL: Final = """
CREATE TABLE pupil (
    person      TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    class       TEXT NOT NULL,
    year        TEXT,
    upn         TEXT UNIQUE,
    external_id TEXT UNIQUE,
    provisional INTEGER NOT NULL CHECK (provisional IN (0, 1))
) STRICT
"""

CREDENTIAL: Final = """
CREATE TABLE credential (
    id          TEXT PRIMARY KEY,
    person      TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    uid         BLOB NOT NULL CHECK (length(uid) IN (4, 7, 10)),
    label       TEXT,
    enrolled_at INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT
"""

# One card stands for one person at a time; what it stood for before stays on record.
ONE_CARD_ONE_PERSON: Final = """
CREATE UNIQUE INDEX credential_active ON credential (uid) WHERE revoked_at IS NULL
"""

CREDENTIALS_OF: Final = "CREATE INDEX credential_person ON credential (person)"

HASHES: Final = """
CREATE TABLE secret (
    person        TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    password_hash TEXT,
    pin_hash      TEXT,
    changed_at    INTEGER NOT NULL,
    must_change   INTEGER NOT NULL CHECK (must_change IN (0, 1))
) STRICT
"""

SESSION: Final = """
CREATE TABLE session (
    token_hash       BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    person           TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    created          INTEGER NOT NULL,
    last_seen        INTEGER NOT NULL,
    expires          INTEGER NOT NULL,
    stepped_up_until INTEGER,
    remote           TEXT,
    revoked          INTEGER
) STRICT
"""

SESSIONS_OF: Final = "CREATE INDEX session_person ON session (person)"

THROTTLE: Final = """
CREATE TABLE throttle (
    key      TEXT PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    until    INTEGER NOT NULL
) STRICT
"""

TEXT: Final = """
CREATE TABLE text (
    id        TEXT PRIMARY KEY,
    about     TEXT REFERENCES person ON DELETE CASCADE,
    entry_ref TEXT,
    nonce     BLOB NOT NULL CHECK (length(nonce) = 16),
    text      TEXT NOT NULL,
    created   INTEGER NOT NULL
) STRICT
"""

TEXTS_ABOUT: Final = "CREATE INDEX text_about ON text (about)"

ROLL_SOURCE: Final = """
CREATE TABLE roll_source (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,
    digest      BLOB NOT NULL CHECK (length(digest) = 32),
    pupils      INTEGER NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT
"""

SECOND_FACTOR: Final = """
CREATE TABLE second_factor (
    person TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    secret TEXT NOT NULL,
    since  INTEGER NOT NULL,
    used   TEXT NOT NULL
) STRICT
"""

RECOVERY_CODE: Final = """
CREATE TABLE recovery_code (
    person    TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    slot      INTEGER NOT NULL,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person, slot)
) STRICT
"""


CONTACT: Final = """
CREATE TABLE contact (
    id    TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    phone TEXT NOT NULL
) STRICT
"""

CONTACT_OF: Final = """
CREATE TABLE contact_of (
    contact      TEXT NOT NULL REFERENCES contact ON DELETE CASCADE,
    pupil        TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    relationship TEXT NOT NULL,
    PRIMARY KEY (contact, pupil)
) STRICT
"""

OUTBOX: Final = """
CREATE TABLE outbox (
    id       TEXT PRIMARY KEY,
    about    TEXT NOT NULL,
    to_whom  TEXT NOT NULL,
    subject  TEXT NOT NULL,
    text     TEXT NOT NULL,
    created  INTEGER NOT NULL,
    tries    INTEGER NOT NULL CHECK (tries >= 0),
    next_try INTEGER NOT NULL,
    sent     INTEGER,
    failed   TEXT
) STRICT
"""

# Digests of the tokens that a card may carry (ACC-8); the token is on the card alone.
MARKED_CARD: Final = """
CREATE TABLE card_token (
    credential TEXT PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
    key_id     BLOB NOT NULL CHECK (length(key_id) = 8),
    current    BLOB CHECK (length(current) = 32),
    next       BLOB CHECK (length(next) = 32)
) STRICT
"""


def first_schema(connection: sqlite3.Connection) -> None:
    """People, cards, secrets, sessions, throttles, texts, sources of the roll."""
    for statement in (
        PERSON,
        PUPIL,
        CREDENTIAL,
        ONE_CARD_ONE_PERSON,
        CREDENTIALS_OF,
        HASHES,
        SESSION,
        SESSIONS_OF,
        THROTTLE,
        TEXT,
        TEXTS_ABOUT,
        ROLL_SOURCE,
    ):
        connection.execute(statement)


def second_factors(connection: sqlite3.Connection) -> None:
    """Authenticator apps and recovery codes (ACC-3)."""
    for statement in (SECOND_FACTOR, RECOVERY_CODE):
        connection.execute(statement)


def contacts_and_mail(connection: sqlite3.Connection) -> None:
    """Adults of pupils' lists (CUS-4); mail that waits to be sent (CUS-6)."""
    for statement in (CONTACT, CONTACT_OF, OUTBOX):
        connection.execute(statement)


def card_tokens(connection: sqlite3.Connection) -> None:
    """Digests of the tokens on cards (ACC-8)."""
    connection.execute(MARKED_CARD)


def visitors(connection: sqlite3.Connection) -> None:
    """Visitors are people of a sort of their own (REC-6).

    The constraint is widened where it stands, as SQLite's own page on ALTER TABLE has
    it for what touches no row: a table built anew would take everything with it that
    refers to a person, by the rule ON DELETE CASCADE.
    """
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'person'",
        ("('pupil', 'staff')", "('pupil', 'staff', 'visitor')"),
    )
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.execute("PRAGMA writable_schema = RESET")


STEPS: Final[Sequence[Step]] = (
    first_schema,
    second_factors,
    contacts_and_mail,
    card_tokens,
    visitors,
)
"""In order, each once. New steps are added at the end."""
