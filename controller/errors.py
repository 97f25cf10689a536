"""Every error that the controller raises on purpose.

::

    HometimeError
    ├── JournalError             the record in hometime.db
    │   ├── JournalUnwritable    an entry could not be made durable
    │   ├── JournalLocked        another controller writes here
    │   ├── JournalDamaged       an entry does not fit its chain, or cannot be read
    │   ├── JournalTooNew        written by a later Hometime
    │   ├── JournalForeign       the directory belongs to another node
    │   ├── JournalAbsent        nothing of a journal is in the directory
    │   ├── JournalMissing       keys or head are there, the database is not
    │   ├── JournalTruncated     the head knows entries that the database lacks
    │   ├── JournalRewritten     the head knows another entry at that place
    │   ├── HeadMissing          no slot of the head file can be read
    │   ├── HeadForged           the head's signature is not this node's
    │   ├── HeadUnwritable       the head file could not be written
    │   ├── JournalChanged       a writer began while it was read
    │   ├── KeyMissing           entries exist, the key that signs their head does not
    │   ├── BodyNotPlain         a fact tried to put text into a body
    │   ├── QuoteUnreadable      a paper's quotation of an entry is none
    │   └── NotAsQuoted          an entry is not what a paper says of it
    ├── SheetNotSent             the paper sheet did not leave the Pi
    └── PeopleError              the names in people.db
        ├── PeopleUnwritable     people.db refused a write
        ├── PeopleDamaged        people.db cannot be read
        ├── CredentialTaken      the card already stands for somebody
        ├── AlreadyTaken         a username, UPN or id is used twice
        └── UnknownPerson        something is about a person who is not there

A refusal ("theirs") is a fact and never an error. No message carries a name or a UID.
"""

from __future__ import annotations

from typing import ClassVar


class HometimeError(Exception):
    """Base of all errors that have a code and a remedy.

    Attributes:
        code: stable, lower-case, for machines and the documentation.
        remedy: what the technician does about it, one or two sentences.
    """

    code: ClassVar[str] = "hometime"
    remedy: ClassVar[str] = "Look into the controller's log."


# --------------------------------------------------------------------- journal


class JournalError(HometimeError):
    """The journal cannot do what was asked."""

    code = "journal"


class JournalUnwritable(JournalError):
    """An entry could not be made durable; memory and reader see none of it.

    The connection is never used for another write: after a failed sync nobody knows
    what the disk holds. Close the journal and open it again.
    """

    code = "journal-unwritable"
    remedy = (
        "Make room on the disk or replace the card, then restart the controller; "
        "until then only the leadership's emergency opening works."
    )

    def __init__(self, cause: str) -> None:
        super().__init__(f"journal: not written ({cause}), wanted a durable commit")
        self.cause = cause


class JournalLocked(JournalError):
    """Another process holds the writer's lock."""

    code = "journal-locked"
    remedy = "Stop the other controller that uses this data directory."

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: held by another process, wanted one writer")


class JournalDamaged(JournalError):
    """An entry does not fit its chain, or the file cannot be read."""

    code = "journal-damaged"
    remedy = (
        "Set the data directory aside, restore the newest backup that verifies, and "
        "keep the damaged copy for whoever looks into it."
    )

    def __init__(self, epoch: int, seq: int, why: str) -> None:
        super().__init__(f"journal {epoch}/{seq}: {why}")
        self.epoch = epoch
        self.seq = seq
        self.why = why


class QuoteUnreadable(JournalError):
    """What was given as an entry's quotation is none."""

    code = "quote-unreadable"
    remedy = "Type it as it stands on the paper: epoch/sequence/hash."

    def __init__(self, found: str) -> None:
        super().__init__(f"entry {found!r}: wanted epoch/sequence/hash, as 1/734/9f86")


class NotAsQuoted(JournalError):
    """The journal has another entry at that place than a paper says, or none."""

    code = "not-as-quoted"
    remedy = (
        "Look whether it was typed as it stands on the paper, and whether this is the "
        "journal that it is of; else the journal or the paper was changed."
    )

    def __init__(self, epoch: int, seq: int, found: str, wanted: str) -> None:
        super().__init__(f"entry {epoch}/{seq}: {found} found, wanted {wanted}")


class JournalTooNew(JournalError):
    """A kind or version of entry that only a later Hometime knows."""

    code = "journal-too-new"
    remedy = "Install the version of Hometime that wrote this journal, or a later one."

    def __init__(self, kind: str, found: int, known: int) -> None:
        super().__init__(
            f"entry kind {kind}: found version {found}, wanted at most {known}"
        )


class JournalForeign(JournalError):
    """The data directory belongs to another node."""

    code = "journal-foreign"
    remedy = (
        "Set node to the directory's own in the configuration, or give this node an "
        "empty data directory."
    )

    def __init__(self, *, found: str, wanted: str) -> None:
        super().__init__(f"data directory: belongs to node {found}, wanted {wanted}")


class JournalAbsent(JournalError):
    """There is no journal in the directory, nor anything that is left of one."""

    code = "journal-absent"
    remedy = "Name the directory with --data, or its configuration with --config."

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: no journal here")


class JournalMissing(JournalError):
    """The key or the head is there and the database is not."""

    code = "journal-missing"
    remedy = (
        "Restore the newest backup. Where none exists, `hometime journal begin-epoch` "
        "starts again and says so in the record."
    )

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: missing, wanted the database its key was made for")


class JournalTruncated(JournalError):
    """The signed head names an entry that the database no longer has."""

    code = "journal-truncated"
    remedy = (
        "Entries are lost: restore a newer backup, or accept the loss with "
        "`hometime journal begin-epoch`, which says so in the record."
    )

    def __init__(self, found: tuple[int, int], wanted: tuple[int, int]) -> None:
        super().__init__(
            f"journal: ends at {found[0]}/{found[1]}, "
            f"wanted {wanted[0]}/{wanted[1]} as its head says"
        )


class JournalRewritten(JournalError):
    """The entry that the signed head names has another hash."""

    code = "journal-rewritten"
    remedy = JournalTruncated.remedy

    def __init__(self, epoch: int, seq: int) -> None:
        super().__init__(
            f"journal {epoch}/{seq}: its hash is not the one that the head signed"
        )


class HeadMissing(JournalError):
    """Neither slot of the head file can be read, and there are entries."""

    code = "head-missing"
    remedy = (
        "Restore the head file from the newest backup, or accept its loss with "
        "`hometime journal begin-epoch`, which says so in the record."
    )

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: no readable slot, wanted one of two")


class HeadForged(JournalError):
    """The head's signature was not made with this node's key."""

    code = "head-forged"
    remedy = HeadMissing.remedy

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: signature is not by this node's key")


class HeadUnwritable(JournalError):
    """The head file could not be written; the journal itself is not touched."""

    code = "head-unwritable"
    remedy = JournalUnwritable.remedy

    def __init__(self, path: object, cause: str) -> None:
        super().__init__(f"{path}: not written ({cause}), wanted the newest head")


class JournalChanged(JournalError):
    """A controller started while the journal was read as a file at rest."""

    code = "journal-changed"
    remedy = "Run the command again."

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: changed while it was read, wanted a file at rest")


class KeyMissing(JournalError):
    """There are entries, and the key that signs their head is gone."""

    code = "key-missing"
    remedy = (
        "Restore secrets/node.key from the newest backup, or begin again with a new "
        "key by `hometime journal begin-epoch`, which says so in the record."
    )

    def __init__(self, path: object) -> None:
        super().__init__(f"{path}: missing, wanted the key of the entries that exist")


class BodyNotPlain(JournalError):
    """A body held a blank, an escape or a letter beyond ASCII: that is text (DAT-2).

    Ours to mend: text belongs in ``people.db``, its digest in the body. The message
    names the kind alone, since the text may be personal.
    """

    code = "body-not-plain"
    remedy = "Report this as a fault of the program; nothing was written."

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"entry kind {kind}: text found, wanted ids, numbers and codes"
        )


# ---------------------------------------------------------------------- people


class PeopleError(HometimeError):
    """The store of names, cards and texts cannot do what was asked."""

    code = "people"


class PeopleUnwritable(PeopleError):
    """``people.db`` refused a write; nothing of it was kept."""

    code = "people-unwritable"
    remedy = "Make room on the disk or replace the card, then restart the controller."

    def __init__(self, cause: str) -> None:
        super().__init__(f"people: not written ({cause}), wanted a durable commit")


class PeopleDamaged(PeopleError):
    """``people.db`` cannot be read."""

    code = "people-damaged"
    remedy = "Set people.db aside and restore the newest backup that verifies."

    def __init__(self, cause: str) -> None:
        super().__init__(f"people: unreadable ({cause}), wanted a healthy database")


class CredentialTaken(PeopleError):
    """The card already stands for somebody."""

    code = "credential-taken"
    remedy = "Revoke the card where it is enrolled, or take another card."

    def __init__(self, person: str) -> None:
        super().__init__(f"card: enrolled for {person}, wanted a free card")
        self.person = person


class AlreadyTaken(PeopleError):
    """Something that only one person may have is used already."""

    code = "already-taken"
    remedy = "Choose another, or correct the person who has it."

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: already used, wanted one nobody has")
        self.field = field


class UnknownPerson(PeopleError):
    """Something was to be kept about a person who is not in the store."""

    code = "unknown-person"
    remedy = "Reload the page: the person may have been erased meanwhile."

    def __init__(self) -> None:
        super().__init__("person: not there, wanted one who is known")


# ------------------------------------------------------------------------- the sheet


class SheetNotSent(HometimeError):
    """The paper sheet did not leave the Pi (DAY-13); ``why`` is a code."""

    code = "sheet-not-sent"
    remedy = "Look at the folder's rights, or at the printer, then send it again."

    def __init__(self, way: str, why: str) -> None:
        super().__init__(f"sheet: {why}, wanted a way out by {way}")
        self.why = why
