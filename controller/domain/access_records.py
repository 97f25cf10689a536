"""Who has access, since when and by whose word, and when that was last looked over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of an account: since when, given by whom.

    Attributes:
        role: of ``controller.domain.rights.ROLES``.
        since_us: wall clock of the fact.
        by: the person who gave it; empty from the command line or at the first start.
    """

    role: str
    since_us: int
    by: str


@dataclass(frozen=True, slots=True)
class Access:
    """The list of those who have access, as a whole (REC-8).

    Attributes:
        version: position of the entry that changed it last, ``epoch/seq``.
        since_us: when it first had anybody on it.
        reviewed: version that was last signed; empty before the first time.
        reviewed_us, reviewed_by: when and by whom.
        note: id of the signature's words in ``people.db``.
    """

    version: str = ""
    since_us: int = 0
    reviewed: str = ""
    reviewed_us: int = 0
    reviewed_by: str = ""
    note: str = ""
