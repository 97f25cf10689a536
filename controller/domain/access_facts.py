"""Facts about second factors, and who has looked over the list of those with access."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondFactorSet:
    """A person set up an authenticator app; one that was there before is dead."""

    person: str


@dataclass(frozen=True, slots=True)
class SecondFactorReset:
    """A person's second factor is gone: lost and reset, or given up by themselves.

    ``by`` is who did it; empty from the machine's own command line.
    """

    person: str
    by: str


@dataclass(frozen=True, slots=True)
class RecoveryCodesMade:
    """A person was shown new recovery codes; the old ones are dead."""

    person: str


@dataclass(frozen=True, slots=True)
class RecoveryUsed:
    """A person signed in with a recovery code; ``left`` are still good."""

    person: str
    left: int


@dataclass(frozen=True, slots=True)
class AccessReviewed:
    """Somebody looked over the list of those with access, and signed it (REC-8).

    Attributes:
        by: who.
        version: position of the entry that had changed the list last, ``epoch/seq``.
        accounts: how many there were.
        note, digest: the name they signed with, in ``people.db``.
    """

    by: str
    version: str
    accounts: int
    note: str
    digest: str


AccessFact = (
    SecondFactorSet
    | SecondFactorReset
    | RecoveryCodesMade
    | RecoveryUsed
    | AccessReviewed
)
