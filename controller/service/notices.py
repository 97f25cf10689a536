"""What somebody is told of by e-mail, whom, and in which words (CUS-6, REC-2, REC-9).

No notice holds a name, or a word of what it is about: whoever may read that signs in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from controller.config.schema import Mail
from controller.domain.custody_facts import ConcernRaised
from controller.domain.custody_records import Concern
from controller.domain.facts import Fact
from controller.domain.record_facts import RecordAmended, RecordFiled
from controller.domain.record_rights import ROLE_TOLD, told_to
from controller.domain.record_state import Record
from controller.domain.state import State


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that somebody is to be told of.

    Attributes:
        about: its id in the journal.
        at_us: when it was written down.
        to: addresses, each once; none where nobody is told by e-mail.
        subject, words: of the letter; the words say ``{at}`` and ``{bank}``.
    """

    about: str
    at_us: int
    to: tuple[str, ...]
    subject: str
    words: str


_SIGN_IN = """\
Sign in to Hometime and open {page} to read it. This message holds no name and
no word of it, on purpose: please do not ask for them by e-mail.
"""

_DANGER = """
Is somebody in danger now? Call 999. A crime, not urgent: 101.
"""

CONCERN_SUBJECT = "Hometime: a concern has been raised"

CONCERN = (
    """\
A concern has been raised on {at}, at the lockers "{bank}".

"""
    + _SIGN_IN.replace("{page}", "Safeguarding")
    + _DANGER
)

CONCERN_FOR_CHAIR = (
    """\
A member of staff has raised a concern about the head on {at}, at the lockers "{bank}".

Nobody at the school can read it in Hometime. Whoever raised it was asked to print it
and to give it to you, and to nobody else. If nothing has reached you by tomorrow,
please ask the local authority's designated officer (LADO) what to do.
"""
    + _DANGER
)

_FILED = _SIGN_IN.replace("{page}", "Records")

_OF_RECORDS: Mapping[str, tuple[str, str]] = {
    "search": (
        "Hometime: a search has been filed",
        f"""\
The record of a search has been filed on {{at}}, at the lockers "{{bank}}".

{_FILED}""",
    ),
    "breach": (
        "Hometime: a breach of policy has been filed",
        f"""\
A breach of policy by an adult has been filed on {{at}}, at the lockers "{{bank}}".
It is for you to read.

{_FILED}""",
    ),
}
"""Key of a kind of record that somebody must be told of -> subject and words."""

BREACH_FOR_CHAIR = """\
A breach of policy by an adult has been filed on {at}, at the lockers "{bank}".
It is for you, and you have no account in Hometime: please ask the safeguarding lead for
it on paper, or the head if it may be about the safeguarding lead.
"""


def addresses(to: Mail, *whom: str) -> tuple[str, ...]:
    """Return the addresses of ``dsl``, ``head`` and ``chair``, each once."""
    known = {"dsl": to.to_dsl, "head": to.to_head, "chair": to.to_chair}
    return tuple(dict.fromkeys(one for each in whom for one in known[each]))


WHOM_OF_CONCERN: Mapping[str, tuple[str, ...]] = {
    "pupil": ("dsl", "head"),
    "staff": ("head",),
    "head": ("chair",),
}
"""Whom a concern is about -> who is told of it, in the words of ``[mail]``."""


def of_concern(state: State, concern: Concern, to: Mail) -> Notice:
    """Return the notice of a concern."""
    whom = WHOM_OF_CONCERN[concern.about]
    if concern.about == "staff" and _is_own_mailbox(state, concern.person, "head"):
        whom = ()
    words = CONCERN_FOR_CHAIR if concern.about == "head" else CONCERN
    return Notice(
        concern.concern, concern.at_us, addresses(to, *whom), CONCERN_SUBJECT, words
    )


def of_record(state: State, record: Record, to: Mail) -> Notice | None:
    """Return the notice of a record; ``None`` where nobody has to be told of it."""
    whom = told_to(record)
    if not whom:
        return None
    subject, words = _OF_RECORDS[record.kind]
    if whom == "chair":
        words = BREACH_FOR_CHAIR
    hidden = _is_own_mailbox(state, record.about, whom)
    found = () if hidden else addresses(to, whom)
    return Notice(record.record, record.at_us, found, subject, words)


def _is_own_mailbox(state: State, subject: str, whom: str) -> bool:
    """Return whether the mailbox of ``whom`` may be that of the one it is about.

    Whom an address belongs to is not known here, and its subject never learns of it:
    the others of the role see it on the page.
    """
    staff = state.staff.get(subject)
    return staff is not None and ROLE_TOLD.get(whom) in staff.roles


def of_facts(facts: Iterable[Fact], state: State, to: Mail) -> Iterator[Notice]:
    """Yield what is to be told of facts that have just been committed."""
    for fact in facts:
        if isinstance(fact, ConcernRaised):
            yield of_concern(state, state.concerns[fact.concern], to)
        elif isinstance(fact, RecordFiled | RecordAmended):
            yield from _of_unread(state, state.records.get(fact.record), to)


def unread(state: State, to: Mail) -> Iterator[Notice]:
    """Yield what nobody has read yet."""
    for concern in state.concerns.values():
        if not (concern.seen_by or concern.closed_us):
            yield of_concern(state, concern, to)
    for record in state.records.values():
        yield from _of_unread(state, record, to)


def _of_unread(state: State, record: Record | None, to: Mail) -> Iterator[Notice]:
    if record is None or record.read_us or record.ended_us:
        return
    if notice := of_record(state, record, to):
        yield notice
