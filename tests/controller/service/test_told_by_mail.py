"""Searches and breaches are told at once: on the page, and by e-mail (REC-2, REC-9)."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from controller.config.schema import Mail
from controller.domain.record_facts import RecordFiled
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.state import Staff, State
from controller.service import notices
from tests.controller.service.mailing import mailing, post
from tests.controller.service.smtp import Mailbox, served
from tests.controller.service.test_record_requests import a_search, file, filled

WHAT = "picture"


def a_breach(rig, about="teacher", to="head", by="office"):
    """File a breach by an adult; return its id."""
    person = rig.cast.adults[about].id
    file(rig, by, "breach", person, what=WHAT, told_to=to)
    return rig.facts(RecordFiled)[-1].record


def letters(rig, record):
    """Return the letters about a record: the address's first part -> the letter."""
    found = rig.hub.directory.store.outbox.about(record)
    return {letter.to.partition("@")[0]: letter for letter in found}


def due(rig, who):
    """Return how many records the bar says somebody has to look at."""
    return rig.ask(who, "me")["records_due"]


# -------------------------------------------------------------------------------- mail


def test_rec_2_a_search_that_is_filed_is_told_to_the_lead_by_mail(folder, cheap_hashes):
    """REC-2: always, to a real server, without a name or a word of it."""
    mailbox = Mailbox()
    with served(mailbox) as port, mailing(folder, port) as rig:
        record = a_search(rig)
        assert rig.ask("dsl", "record", record=record)["mail"] == "E-mail waits."
        post(rig)
        assert rig.ask("dsl", "record", record=record)["mail"] == "E-mail has gone out."
        names = rig.cast.all_names

    (message,) = mailbox.messages
    text = message.get_payload()
    assert message["To"] == "dsl@school.example"
    assert "open Records to read it" in text
    assert "23 November 2026" in text
    assert not [name for name in [*names, "CP-1", "p0001"] if name in text]
    assert not [name for name in names if name in message["Subject"]]


@contextmanager
def no_letters(rig, monkeypatch):
    """Let what is filed lose its letter, as if the power went after the commit."""
    with monkeypatch.context() as patch:
        patch.setattr(type(rig.hub.mail), "on_commit", lambda *_: None)
        rig.kill()
        rig._tokens.clear()
        yield


def test_rec_2_killed_before_the_letter_it_is_written_at_the_start_and_once(
    folder, cheap_hashes, monkeypatch
):
    """REC-2: the power went between the journal's commit and the outbox."""
    with mailing(folder) as rig:
        with no_letters(rig, monkeypatch):
            record = a_search(rig)
        assert letters(rig, record) == {}

        rig.kill()
        assert set(letters(rig, record)) == {"dsl"}
        rig.kill()
        assert len(rig.hub.directory.store.outbox.about(record)) == 1


def test_rec_2_what_was_read_before_there_was_mail_is_not_told_of_again(
    folder, cheap_hashes, monkeypatch
):
    """REC-2: catching up is for what nobody has read."""
    with mailing(folder) as rig:
        with no_letters(rig, monkeypatch):
            record = a_search(rig)
            rig.ask("dsl", "record_read", record=record)
        rig.kill()
        assert letters(rig, record) == {}


@pytest.mark.parametrize(
    ("about", "to", "told"),
    [
        ("teacher", "head", {"head"}),
        ("teacher", "dsl", {"dsl"}),
        ("leadership", "chair", {"chair"}),
        ("leadership", "dsl", {"dsl"}),
    ],
)
def test_rec_9_a_breach_is_told_by_mail_to_whom_it_is_for(
    folder, cheap_hashes, about, to, told
):
    """REC-9: without a name or a word of it."""
    with mailing(folder) as rig:
        sent = letters(rig, a_breach(rig, about, to))
        names = rig.cast.all_names

    assert set(sent) == told
    for letter in sent.values():
        whole = letter.subject + letter.text
        assert not [name for name in [*names, "icture"] if name in whole]
        assert ("Sign in" in whole) == (to != "chair")


def test_rec_9_a_breach_that_is_told_to_another_is_told_and_unread_again(
    folder, cheap_hashes
):
    """REC-9: the head gives it to the safeguarding lead."""
    with mailing(folder) as rig:
        record = a_breach(rig)
        rig.ask("leadership", "record_read", record=record)
        assert (due(rig, "leadership"), due(rig, "dsl")) == (0, 0)

        form = rig.ask("leadership", "record_change_form", record=record)
        rig.ask(
            "leadership", "record_amend", record=record, **filled(form, told_to="dsl")
        )

        assert set(letters(rig, record)) == {"head", "dsl"}
        assert (due(rig, "leadership"), due(rig, "dsl")) == (0, 1)


def test_rec_9_a_change_after_it_was_read_writes_no_letter(folder, cheap_hashes):
    """REC-9: whoever has read it knows of it."""
    with mailing(folder, to_head="[]") as rig:
        record = a_breach(rig)
        rig.ask("leadership", "record_read", record=record)
        form = rig.ask("leadership", "record_change_form", record=record)
        rig.ask("leadership", "record_amend", record=record, **filled(form))
        assert (rig.state.records[record].version, due(rig, "leadership")) == (2, 0)


@pytest.mark.parametrize(
    ("role", "whom", "told"),
    [
        ("leadership", "head", ()),
        ("dsl", "dsl", ()),
        ("dsl", "head", ("h@x",)),
        ("teacher", "dsl", ("d@x",)),
    ],
)
def test_rec_9_the_mailbox_that_may_be_its_subjects_gets_nothing(role, whom, told):
    """REC-9: the form refuses it; a role may have been given since."""
    state = State(staff={"s1": Staff("s1", (role,))})
    record = Record("r1", "breach", "s1", "s2", 0, "", (("told_to", whom),))
    notice = notices.of_record(state, record, Mail(to_dsl=("d@x",), to_head=("h@x",)))

    assert notice.to == told


@pytest.mark.parametrize("kind", [k.key for k in KINDS.values() if k.read_by])
@pytest.mark.parametrize("whom", ["dsl", "head", "chair"])
def test_every_kind_of_record_that_is_told_has_its_letter(kind, whom):
    """REC-2, REC-9: a kind that is added later and has none would stop the loop."""
    record = Record("r1", kind, "s1", "s2", 0, "", (("told_to", whom),))
    notice = notices.of_record(State(), record, Mail())

    assert notice is not None
    assert notice.words.format(at="now", bank="front").count("front") == 1


def test_no_other_record_is_told_by_mail(folder, cheap_hashes):
    """REC-3: an exception waits on the head's page and in no mailbox."""
    with mailing(folder) as rig:
        record = file(
            rig, "office", "exception", "p0001", need="medical", agreed_on="2026-11-20"
        )
        assert letters(rig, record) == {}


# ---------------------------------------------------------------------------- the page


def test_rec_2_the_lead_sees_a_search_unread_at_once_until_it_is_read(rig):
    """REC-2: counted in the bar; the page that is open is told."""
    rig.token("dsl")
    rig.feed.clear()
    record = a_search(rig, parents_told="yes", told_how="phone")
    rig.run(0.1)

    assert any("records" in event.changed for event in rig.feed if event.changed)
    assert due(rig, "dsl") == 1
    (line,) = rig.ask("dsl", "records")["due"]
    assert line["id"] == record
    assert line["due"] == ["Has not been read by whom it is for."]

    rig.ask("dsl", "record_read", record=record)
    assert due(rig, "dsl") == 0


@pytest.mark.parametrize(
    ("to", "reads", "other"),
    [("head", "leadership", "dsl"), ("dsl", "dsl", "leadership")],
)
def test_rec_9_a_breach_is_on_the_page_of_whom_it_is_for(rig, to, reads, other):
    """REC-9: counted for the one, not for the other, and gone once read."""
    record = a_breach(rig, to=to)

    assert (due(rig, reads), due(rig, other)) == (1, 0)
    rig.ask(reads, "record_read", record=record)
    assert due(rig, reads) == 0
