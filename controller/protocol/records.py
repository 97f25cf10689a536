"""Records that law or policy asks for: the list, one of them, a form of a kind.

What a role may not see is not there: a value is left out, a record is not listed, and
one that is asked for by its id is unknown.
"""

from __future__ import annotations

import msgspec


class RecordLine(msgspec.Struct, omit_defaults=True):
    """One record in the list.

    Attributes:
        id, kind, title: of the record and its kind.
        about: whom or what it is about, named.
        words: what it says, in short.
        standing: ``holds``, ``waits`` (for approval), ``to-come``, ``filed``,
            ``lapsed`` or ``ended``.
        filed: local date.
        due: what is open about it for whoever asks, sentences.
    """

    id: str
    kind: str
    title: str
    about: str
    words: str
    standing: str
    filed: str
    due: list[str] = []


class RecordKind(msgspec.Struct):
    """A kind of record that the person asking may see or file.

    Attributes:
        can_file: whether this person may file one, about somebody at least.
        can_see: whether this person may see one, the own at least.
        about: whom or what it can be about: ``pupil``, ``class``, ``staff``, empty.
    """

    kind: str
    id: str
    title: str
    lead: str
    can_file: bool
    can_see: bool
    about: list[str]


class RecordsPage(msgspec.Struct):
    """The list.

    Attributes:
        lines: newest first. more: there are older ones that were not listed.
        due: what is open, whatever was asked for.
        kinds: in the order of the page.
    """

    lines: list[RecordLine]
    due: list[RecordLine]
    kinds: list[RecordKind]
    more: bool = False


class RecordField(msgspec.Struct, omit_defaults=True):
    """One field of a form, ready to be shown.

    Attributes:
        sort: ``code``, ``flag``, ``date``, ``time``, ``number``, ``pick`` (one of many
            choices), ``picks`` (several of them) or ``text``.
        value: prefilled; for ``picks`` with commas between.
        choices: value, words, and the heading they stand under.
        when: name of the flag without which it is not asked.
    """

    name: str
    label: str
    sort: str
    help: str = ""
    required: bool = False
    value: str = ""
    choices: list[list[str]] = []
    when: str = ""
    most: int = 0


class RecordForm(msgspec.Struct, omit_defaults=True):
    """A form of a kind, prefilled.

    Attributes:
        record: the one that is changed; empty: a new one.
        about: who it is about, if that is settled; ``about_name`` says it.
        abouts: who it can be about: id, name, heading; empty where it is settled.
        nobody: it can be about nobody of them.
        can_approve: whoever files it may approve it at once.
        approval: a record like this needs approval: ``always``, or a field's name.
    """

    kind: str
    id: str
    title: str
    lead: str
    fields: list[RecordField]
    record: str = ""
    about: str = ""
    about_name: str = ""
    abouts: list[list[str]] = []
    nobody: bool = False
    can_approve: bool = False
    approval: str = ""


class RecordPage(msgspec.Struct):
    """One record, whole, as far as whoever asks may know.

    Attributes:
        line: as in the list.
        lead, source: of its kind. keep: how long it is proposed to be kept.
        rows: label and words of each field.
        story: what was done with it: when, words, place in the journal.
        can: of ``change``, ``approve``, ``read`` and ``end``.
        not_in: for an examination: id and name of who has not handed in.
        sitting: for an examination: id and name of each pupil.
        mail: what became of the letters to whom it is for; empty where there are none.
    """

    line: RecordLine
    id: str
    lead: str
    source: str
    keep: str
    rows: list[list[str]]
    story: list[list[str]]
    can: list[str]
    not_in: list[list[str]] = []
    sitting: list[list[str]] = []
    mail: str = ""


class RecordDone(msgspec.Struct):
    """A record was filed or changed. ``id`` is empty for who may file, not see it."""

    id: str
