"""Concerns as the pages ask: raised, told, read, closed, told by mail (CUS-6)."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as f
from controller.service.notices import CONCERN_SUBJECT as SUBJECT
from tests.controller.service.mailing import mail_part, mailing
from tests.controller.service.smtp import DOMAIN, Mailbox, served

READERS = ("leadership", "dsl")
OTHERS = ("teacher", "cover", "office", "technician")
NOTE = "Plumage was mentioned"


@pytest.fixture
def school(rig):
    """Half past ten, two phones in."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("10:30")
    return rig


def raised(rig, by="teacher", **more):
    """Raise a concern about the first pupil, or as it is said."""
    args = {"about": "pupil", "person": "p0001", "reason": NOTE} | more
    return rig.ask(by, "concern_raise", **args)


def read(rig, by="dsl"):
    return rig.ask(by, "concerns")


# ------------------------------------------------------------------------------ raise


def test_cus_6_who_raises_it_learns_that_it_was_passed_on_and_no_more(school):
    """CUS-6: held at once; the answer has no id to ask with and no word back."""
    answer = raised(school)

    assert set(answer) == {"about", "held", "carried", "at", "entry", "by", "bank"}
    assert (answer["about"], answer["held"], answer["carried"]) == (
        "pupil",
        True,
        False,
    )
    assert NOTE not in str(answer)
    assert [h.basis for h in school.state.holds.values()] == ["safeguarding"]


def test_cus_6_its_place_in_the_journal_is_the_entry_that_says_so(school):
    """CUS-6 CUS-7: the paper for the chair quotes it."""
    epoch, seq, _ = raised(school)["entry"].split("/")

    journal = school.hub.core.journal
    (entry,) = journal.entries(limit=1_000_000, kinds=["ConcernRaised"])
    assert (int(epoch), int(seq)) == (entry.epoch, entry.seq)


@pytest.mark.parametrize("by", [*OTHERS, *READERS])
def test_cus_6_any_member_of_staff_passes_it_on(school, by):
    """CUS-6: by name, by door, or in words alone where neither is known."""
    raised(school, by)
    raised(school, by, person="", compartment=2, reason="")
    raised(school, by, person="", reason="A child at the gate")

    assert len(school.state.concerns) == 3
    assert len(school.state.holds) == 2


def test_cus_6_nobody_named_and_nothing_said_is_no_concern(school):
    """CUS-6: an empty form is told so."""
    assert school.refused("teacher", "concern_raise", about="pupil").status == 409
    assert not school.state.concerns


def test_cus_6_a_device_in_the_hand_is_held_in_the_hand(school):
    """CUS-6: told so, for it is to be given to the safeguarding lead in person."""
    answer = raised(school, taken=True, person="p0003")

    assert answer["carried"]
    (hold,) = school.state.holds.values()
    line = school.ask("dsl", "hold_move", id=hold.hold, place="carried", seal="77")
    assert line["place"] == "With Samir Stonecrop"
    assert school.refused("teacher", "hold_move", id=hold.hold, place="safe")


@pytest.mark.parametrize("by", [*OTHERS, *READERS])
def test_acc_6_the_form_names_whom_the_role_may_see(school, by):
    """ACC-6: teachers their own classes, the technician nobody; colleagues for all."""
    own = school.ask(by, "concern_form", q="quillf")
    names = {name for _, name, _ in own["pupils"]}

    others = {child.first_name for child in school.cast.children}
    if by == "technician":
        assert names == set()
    elif by in ("teacher", "cover"):
        assert {name.split()[0] for name in names} == others
    else:
        assert any(name.startswith("Wilfred") for name in names)
    assert len(own["staff"]) == 5
    assert school.ask(by, "concern_form")["pupils"] == []


# ------------------------------------------------------------------------------- read


def test_cus_6_a_concern_about_a_pupil_is_for_the_lead_and_the_head(school):
    """CUS-6: words, device and who raised it; nobody else learns that it is there."""
    raised(school)

    for role in READERS:
        (line,) = read(school, role)
        assert (line["note"], line["due"]) == (NOTE, True)
        assert line["holds"][0]["place"] == "Door 1"
        assert school.ask(role, "me")["concerns_due"] == 1
    for role in OTHERS:
        assert school.refused(role, "concerns").error == "no-right"
        assert school.ask(role, "me")["concerns_due"] == 0


def test_cus_6_about_staff_the_head_reads_and_never_its_subject(school):
    """CUS-6: not the safeguarding lead either, whoever it is about."""
    raised(school, "office", about="staff", person=school.cast.adults["teacher"].id)

    assert len(read(school, "leadership")) == 1
    assert read(school, "dsl") == []
    assert school.refused("teacher", "concerns").error == "no-right"


def test_cus_6_about_the_only_head_nobody_here_reads_it(school):
    """CUS-6: whoever names the head among staff has raised one about the head."""
    head = school.cast.adults["leadership"].id
    answer = raised(school, about="staff", person=head)

    assert answer["about"] == "head"
    for role in READERS:
        assert read(school, role) == []
        assert school.ask(role, "me")["concerns_due"] == 0


def test_cus_6_read_told_and_closed_with_dates(school):
    """CUS-6: the LADO told is a dated fact; what is held stays held."""
    raised(school)
    (line,) = read(school)
    key = line["id"]

    (line,) = school.ask("dsl", "concern_seen", id=key)
    assert (line.get("due", False), line["seen"]) == (False, "Samir Stonecrop")
    assert school.ask("leadership", "me")["concerns_due"] == 0
    (line,) = school.ask(
        "dsl", "concern_agency", id=key, agency="lado", date="2026-11-23"
    )
    assert line["told"] == [["LADO", "2026-11-23"]]
    late = {"id": key, "agency": "lado", "date": "2026-11-24"}
    assert school.refused("dsl", "concern_agency", **late).details == ["bad-value"]

    (line,) = school.ask("dsl", "concern_close", id=key, remarks="Record 12")
    assert line["closed"]
    assert [h.basis for h in school.state.holds.values()] == ["safeguarding"]


@pytest.mark.parametrize("do", ["concern_seen", "concern_agency", "concern_close"])
@pytest.mark.parametrize("by", OTHERS)
def test_cus_6_acts_on_it_are_as_closed_as_its_words(school, do, by):
    """CUS-6: 403, and nothing in the answer."""
    raised(school)
    (key,) = school.state.concerns

    fault = school.refused(by, do, id=key, agency="lado", date="2026-11-23")

    assert fault.error == "no-right"
    assert not school.facts(f.ConcernSeen, f.AgencyTold, f.ConcernClosed)


def test_dat_2_its_words_are_in_no_body_and_a_name_is_nowhere_else(school):
    """DAT-2: neither in the journal nor in what the feed tells."""
    raised(school)

    bodies = [e.body or "" for e in school.hub.core.journal.entries(limit=1_000_000)]
    assert not [body for body in bodies if "Plumage" in body]
    assert not [line for line in school.wire if b"Plumage" in line]
    assert not [line for line in school.wire if b"oncern" in line]


# ------------------------------------------------------------------------------- mail


def letters(rig):
    """Return every address with the letter's text."""
    outbox = rig.hub.directory.store.outbox
    found = [one for key in rig.state.concerns for one in outbox.about(key)]
    return {letter.to.partition("@")[0]: letter.text for letter in found}


@pytest.mark.parametrize(
    ("about", "person", "told"),
    [
        ("pupil", "p0001", {"dsl", "head"}),
        ("staff", "teacher", {"head"}),
        ("staff", "leadership", {"chair"}),
        ("head", "", {"chair"}),
    ],
)
def test_cus_6_whom_it_is_for_is_told_by_mail(
    folder, cheap_hashes, about, person, told
):
    """CUS-6: each at the own address, without a name or a word of it."""
    with mailing(folder) as rig:
        adult = rig.cast.adults.get(person)
        raised(rig, "office", about=about, person=adult.id if adult else person)
        sent = letters(rig)

    assert set(sent) == told
    for text in [*sent.values(), SUBJECT]:
        assert "Plumage" not in text
        assert not [name for name in rig.cast.all_names if name in text]
    assert ("Sign in" in next(iter(sent.values()))) == ("chair" not in told)


def test_cus_6_about_one_of_two_heads_the_heads_mailbox_is_not_told(
    folder, cheap_hashes
):
    """CUS-6: whose mailbox it is nobody knows here; the other head sees the page."""
    with mailing(folder) as rig:
        rig.step_up("leadership")
        dsl = rig.cast.adults["dsl"].id
        roles = ["dsl", "leadership"]
        rig.ask("leadership", "account_change", id=dsl, roles=roles, classes=[])
        head = rig.cast.adults["leadership"].id
        raised(rig, "office", about="staff", person=head)

        assert letters(rig) == {}
        assert rig.ask("leadership", "concerns") == []


def test_cus_6_a_concern_at_the_bank_is_told_by_mail_too(folder, cheap_hashes):
    """CUS-6: by card and PIN, by door."""
    with mailing(folder) as rig:
        rig.clock_to("08:40")
        rig.hand_in(2)
        rig.token("kiosk")
        rig.tap("technician")
        rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["technician"].pin)
        rig.ask("kiosk", "bank_act", act="concern")
        shown = rig.ask("kiosk", "bank_act", act="concern:2")

        assert set(letters(rig)) == {"dsl", "head"}
        assert shown["said"] == "concern"


def test_cus_6_killed_before_the_letter_was_written_it_is_written_at_the_start(
    folder, cheap_hashes, monkeypatch
):
    """CUS-6: the concern is in the journal, so the letter comes; once."""
    with mailing(folder) as rig:
        with monkeypatch.context() as patch:
            patch.setattr(type(rig.hub.mail), "on_commit", lambda *_: None)
            rig.kill()
            rig._tokens.clear()
            raised(rig)
        assert letters(rig) == {}

        rig.kill()
        assert set(letters(rig)) == {"dsl", "head"}
        rig.kill()
        (concern,) = rig.state.concerns
        assert len(rig.hub.directory.store.outbox.about(concern)) == 2


def test_cus_6_the_page_and_the_health_page_say_when_mail_fails(folder, cheap_hashes):
    """CUS-6: the lead sees that it waits and why; the technician sees the mail."""
    with mailing(folder) as rig:
        raised(rig)
        assert read(rig)[0]["mail"] == "E-mail waits."
        assert mail_part(rig)["ok"]

        rig.hub.mail.postman.step()
        rig.run(0.1)

        assert "cannot be reached" in read(rig)[0]["mail"]
        part = mail_part(rig)
        assert not part["ok"]
        assert "cannot be reached" in part["words"]
        assert "the mail" in rig.ask("technician", "health")["headline"]


def test_cus_6_what_was_sent_is_said_so(folder, cheap_hashes):
    """CUS-6: a real server takes both; nothing of it waited for the loop."""
    mailbox = Mailbox()
    with served(mailbox) as port, mailing(folder, port) as rig:
        raised(rig)
        while rig.hub.mail.postman.step():
            pass
        assert read(rig)[0]["mail"] == "E-mail has gone out."
    assert {m["To"] for m in mailbox.messages} == {f"dsl@{DOMAIN}", f"head@{DOMAIN}"}


def test_cus_6_without_a_server_nothing_is_written_and_nothing_said(school):
    """CUS-6: mail is optional."""
    raised(school)

    assert read(school)[0].get("mail", "") == ""
    assert school.hub.mail.postman is None
    assert school.hub.directory.store.outbox.next_try() is None
    keys = [part["key"] for part in school.ask("technician", "health")["parts"]]
    assert "mail" not in keys
