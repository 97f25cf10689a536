"""Held devices as the desk, the class page and the safeguarding lead's page show them.

What a role may not know is not in its answer: of a safeguarding or police hold the
office learns that something is held, and whom to ask.
"""

from __future__ import annotations

import msgspec


class HoldLine(msgspec.Struct, omit_defaults=True):
    """One held device.

    Attributes:
        id: of the hold. person: the owner, or empty; name, class_name: in words.
        basis, title: why it is held; empty and "Held" where the reader may not know.
        kinds: what it is. place: in words; door: its number, or 0; carried: in a hand.
        in_reach: the desk can give it now; else it must be fetched.
        since, by: when and by whom it was taken.
        why: the clause in words. note: what was written. where: where it was taken.
        considered: the child's own circumstances, in words; remarks (REC-1).
        step, until: of the ladder, in words; review_by: a date.
        ended: the planned end has come. overdue: it should have been collected.
        occurrence: which of this term.
        hours: whole hours since it was taken. nights: since it might have gone back.
        opening: the door that opens, or stands open, for it to be moved.
        told: how home was told last, in words; empty: it was not.
        told_times: how often; reminders count.
        travels: how the child gets home, in words; home_knows: whether home knows.
        fetch: who asked for it to be fetched, or empty.
        seal, condition: in words.
        handover: the hand-over that it is in, or empty.
        can: acts open to this person: of ``controller.domain.bases.ACTS``, and
            ``told``, ``travel``, ``fetch``, ``name``, ``override``.
        two: those of ``can`` that need a witness at the bank.
        ask: whom to ask, where nothing more may be known.
    """

    id: str
    person: str
    name: str
    class_name: str
    title: str
    place: str
    basis: str = ""
    kinds: list[str] = []
    in_reach: bool = False
    since: str = ""
    by: str = ""
    why: str = ""
    note: str = ""
    where: str = ""
    considered: str = ""
    remarks: str = ""
    step: str = ""
    until: str = ""
    review_by: str = ""
    ended: bool = False
    overdue: bool = False
    occurrence: int = 0
    told: str = ""
    travels: str = ""
    home_knows: bool = False
    fetch: str = ""
    seal: str = ""
    condition: str = ""
    handover: str = ""
    hours: int = 0
    nights: int = 0
    opening: int = 0
    door: int = 0
    carried: bool = False
    told_times: int = 0
    can: list[str] = []
    two: list[str] = []
    ask: str = ""


class HandOverView(msgspec.Struct, omit_defaults=True):
    """A hand-over under way.

    Attributes:
        id: of the hand-over. holds: what it is about.
        to: ``adult``, ``unlisted``, ``officer`` or ``owner``; whom: in words.
        identity: how it was checked, in words.
        state: ``needs-two`` (both at the bank), ``needs-head`` (leadership says yes or
            no), ``opening`` (a door is to be opened), ``open`` (a door stands open),
            ``ready`` (to be signed for and finished), ``stuck`` (a door was not opened:
            open again or undo).
        witness: who, where two are needed.
        since, by: when it was prepared, by whom.
        doors: numbers of the doors it opens. left: those not seen open yet.
        can: what the reader may do next: ``allow``, ``again``, ``finish``, ``undo``.
    """

    id: str
    holds: list[HoldLine]
    to: str
    whom: str
    state: str
    identity: str = ""
    witness: str = ""
    since: str = ""
    by: str = ""
    doors: list[int] = []
    left: list[int] = []
    can: list[str] = []


class CustodyDesk(msgspec.Struct):
    """Everything that is held, for the release desk (CUS-4, CUS-10).

    Attributes:
        held: all, the overdue first. handovers: under way.
        fetches: what was asked for and is elsewhere. not_told: home has not been told.
        concerns: how many the reader may read and has not.
    """

    held: list[HoldLine]
    handovers: list[HandOverView]
    fetches: list[HoldLine]
    not_told: list[HoldLine]
    concerns: int = 0


class Found(msgspec.Struct, omit_defaults=True):
    """A pupil whom the desk's search found."""

    id: str
    name: str
    class_name: str
    held: int = 0
    door: int = 0


class ContactLine(msgspec.Struct, omit_defaults=True):
    """An adult of a pupil's list."""

    id: str
    name: str
    relationship: str
    phone: str = ""
    never: bool = False


class PastLine(msgspec.Struct):
    """A hand-over that is done: what went to whom, when, by whose hand."""

    handover: str
    kinds: list[str]
    whom: str
    at: str
    by: str


class Child(msgspec.Struct, omit_defaults=True):
    """One child at the desk: what is held, who may come.

    Attributes:
        door: where the device lies that was handed in, or 0.
        adults: who is on the list; never released to: with the mark.
        handovers: under way, of what the reader may know of.
        past: the latest that are done, newest first.
    """

    id: str
    name: str
    class_name: str
    holds: list[HoldLine]
    adults: list[ContactLine]
    door: int = 0
    handovers: list[HandOverView] = []
    past: list[PastLine] = []


class Visit(msgspec.Struct):
    """Who stands at the desk is here for whom: the child, and siblings by the list."""

    child: Child
    siblings: list[Child]


class TermStep(msgspec.Struct):
    """One step of the ladder, as it would be for a device taken now.

    Attributes:
        step: ``same-day``, ``parent`` or ``days``; title: in words.
        until: when it may go back, in words. review: the day on which somebody looks.
        longer: it needs a clause that allows holding for longer than the day.
    """

    step: str
    title: str
    until: str
    review: str
    longer: bool


class Terms(msgspec.Struct, omit_defaults=True):
    """What a confiscation would be now, so that nothing is asked twice (CUS-5).

    Attributes:
        authorised: the reader may confiscate; given: by whom and since when, in words.
        inside: door behind which the device lies, or 0; moving: it is just opening.
        kinds: what lies there.
        occurrence: which of this term it would be.
        step: proposed; where it needs a longer clause than the one that is chosen, the
            step before it is taken.
        clauses: number, words, and whether it allows longer than the day.
        free_doors: holding doors that are free.
    """

    pupil: str
    name: str
    authorised: bool
    inside: int
    occurrence: int
    step: str
    steps: list[TermStep]
    clauses: list[tuple[str, str, bool]]
    given: str = ""
    kinds: list[str] = []
    moving: bool = False
    free_doors: int = 0


class Receipt(msgspec.Struct, omit_defaults=True):
    """What a hand-over leaves on paper, and in the record.

    Attributes:
        lines: label and value, in order. strokes: the signature, or empty.
        moves: each place the devices were: when, from, to, who, seal.
        refs: where the entries stand: epoch, sequence and the beginning of the hash.
        head: the journal's end.
    """

    id: str
    title: str
    lines: list[tuple[str, str]]
    strokes: list[list[tuple[int, int]]] = []
    moves: list[tuple[str, str, str, str, str]] = []
    refs: list[str] = []
    node: str = ""
    head: str = ""


class ConcernLine(msgspec.Struct, omit_defaults=True):
    """A concern, for whom it is for.

    Attributes:
        about: ``pupil``, ``staff`` or ``head``. person: name. note: the words.
        told: who outside was told: agency in words and date.
        due: it has not been read yet.
        holds: devices held because of it.
        mail: what became of the e-mail, in words, or empty.
    """

    id: str
    about: str
    person: str
    since: str
    by: str
    note: str = ""
    seen: str = ""
    closed: str = ""
    told: list[tuple[str, str]] = []
    holds: list[HoldLine] = []
    mail: str = ""
    due: bool = False


class ConcernForm(msgspec.Struct, omit_defaults=True):
    """Whom a concern can be about, as far as who raises it sees names (CUS-6).

    Attributes:
        pupils: id, name and class of those that were found, or the one that was asked
            for. staff: id and name of colleagues, without the reader.
        by_mail: the chair of governors is told by e-mail as well.
    """

    pupils: list[tuple[str, str, str]]
    staff: list[tuple[str, str]]
    by_mail: bool = False


class Raised(msgspec.Struct, omit_defaults=True):
    """What whoever raised a concern learns: that it was passed on, and no more.

    Attributes:
        about: ``pupil``, ``staff`` or ``head``: who is told.
        held: a device is held because of it.
        carried: it is in the hand of who raised it.
        at: when, in words. entry: its place in the journal, for the paper.
        by, bank: who raised it and where, for the paper.
    """

    about: str
    held: bool
    carried: bool
    at: str
    entry: str
    by: str
    bank: str


class Policy(msgspec.Struct):
    """The school's policy as far as doors go: clauses, and who may confiscate."""

    clauses: list[tuple[str, str, bool]]
    authorised: list[tuple[str, str, str]]
    staff: list[tuple[str, str]]
