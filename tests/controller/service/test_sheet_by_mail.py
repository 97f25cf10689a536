"""DAY-13: the paper sheet by e-mail, to a real server, and what the pages say of it."""

from __future__ import annotations

from contextlib import contextmanager

from controller.domain import today_facts as f
from controller.people.records import SHEET
from tests.controller.service.mailing import mail_part, mailing, post
from tests.controller.service.smtp import DOMAIN, Mailbox, a_free_port, served

OFFICE, HEAD = f"office@{DOMAIN}", f"head@{DOMAIN}"


@contextmanager
def bank(folder, port, *to):
    """A bank that sends the sheet; drop-off is over, two phones are in."""
    addresses = ", ".join(f'"{one}"' for one in to or (OFFICE,))
    with mailing(folder, port, paper=f"mail_to = [{addresses}]") as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2)
        yield rig


def drop_off_closes(rig):
    """Let the sheet leave by itself, and the postman try."""
    rig.clock_to("09:31")
    rig.run(10)
    post(rig)


def send_now(rig):
    """Touch *Send it now*, and let the postman try."""
    rig.ask("office", "sheet_now")
    rig.run(0.1)
    post(rig)


def way(rig):
    """Return what the page says of the way by e-mail."""
    (one,) = rig.ask("office", "sheet")["ways"]
    return one


def attached(message):
    """Return the name and the words of the one file of a message."""
    (part,) = [p for p in message.walk() if p.get_content_disposition() == "attachment"]
    return part.get_filename(), part.get_payload(decode=True).decode()


def test_day_13_the_sheet_arrives_as_a_file_that_opens(folder, cheap_hashes):
    """DAY-13: at each address, when drop-off closes; initials and no name."""
    mailbox = Mailbox()
    with served(mailbox) as port, bank(folder, port, OFFICE, HEAD) as rig:
        drop_off_closes(rig)
        left = rig.facts(f.SheetLeft)
        said, part = way(rig), mail_part(rig, "sheet")
        names = rig.cast.all_names

    assert {m["To"] for m in mailbox.messages} == {OFFICE, HEAD}
    for message in mailbox.messages:
        name, words = attached(message)
        assert name == f"hometime-{rig.hub.bank}.txt"
        assert words.splitlines()[1].endswith("2 in, 0 not to be opened")
        assert "  1  AQ  in" in words
        assert not [each for each in names if each in words]
        body = next(p for p in message.walk() if p.get_content_type() == "text/plain")
        assert body.get_payload(decode=True).decode().splitlines() == words.splitlines()
    assert left == [f.SheetLeft(("mail",), 2, 0)]
    assert (said["left"], said["stuck"]) == ("Monday 23 November, 09:31", "")
    assert (part["ok"], part["figure"]) == (True, "1 of 1")


def test_day_13_while_the_server_is_down_it_waits_and_arrives_later(
    folder, cheap_hashes
):
    """DAY-13: the page says so and Health says what to do, until it has left."""
    mailbox, port = Mailbox(), a_free_port()
    with bank(folder, port) as rig:
        drop_off_closes(rig)
        rig.skip(31)
        post(rig)

        assert rig.facts(f.SheetLeft) == []
        assert rig.facts(f.SheetStuck) == [f.SheetStuck("mail", "unreachable")]
        said, part = way(rig), mail_part(rig, "sheet")
        assert said["left"] == ""
        assert "the mail server cannot be reached. It is tried again" in said["stuck"]
        assert not part["ok"]
        assert "by e-mail: the mail server cannot be reached" in part["words"]
        assert "Look at [mail] in the configuration" in part["words"]
        headline = rig.ask("technician", "health")["headline"]
        assert headline == "Look at the mail and the paper sheet"

        with served(mailbox, port):
            rig.skip(120)
            post(rig)

        assert len(mailbox.messages) == 1
        assert rig.facts(f.SheetLeft) == [f.SheetLeft(("mail",), 2, 0)]
        assert way(rig)["stuck"] == ""
        assert mail_part(rig, "sheet")["ok"]


def test_day_13_the_newest_sheet_wins_and_no_older_one_comes_after_it(
    folder, cheap_hashes
):
    """DAY-13: one that waited is dropped by the next."""
    mailbox, port = Mailbox(), a_free_port()
    with bank(folder, port) as rig:
        drop_off_closes(rig)
        rig.ask("teacher", "vouch", pupil="p0003")
        rig.until(lambda: rig.pull(3))
        rig.run(2)
        rig.push(3)
        send_now(rig)
        with served(mailbox, port):
            rig.skip(3_600)
            post(rig)

        (message,) = mailbox.messages
        assert "3 in, 0 not to be opened" in attached(message)[1]
        assert [one.inside for one in rig.facts(f.SheetLeft)] == [3]


def test_day_13_of_sheets_that_left_only_the_newest_is_kept(folder, cheap_hashes):
    """DAY-13, DAT-3: initials do not pile up in the outbox."""
    with served(Mailbox()) as port, bank(folder, port) as rig:
        send_now(rig)
        rig.run(1)
        send_now(rig)
        assert len(rig.hub.directory.store.outbox.about(SHEET)) == 1
        assert len(rig.facts(f.SheetLeft)) == 2


def test_day_13_one_address_that_is_refused_is_told(folder, cheap_hashes):
    """DAY-13: it has not left for everybody who is to have it."""
    mailbox = Mailbox()
    mailbox.refuse = "550 nobody of that name"
    with served(mailbox) as port, bank(folder, port, OFFICE, HEAD) as rig:
        send_now(rig)
        mailbox.refuse = ""
        first, second = rig.hub.directory.store.outbox.about(SHEET)
        rig.hub.directory.store.outbox.sent(first.id, rig.real_us())
        post(rig)
        assert rig.facts(f.SheetStuck) == [f.SheetStuck("mail", "refused")]
        assert rig.facts(f.SheetLeft) == []

        rig.hub.directory.store.outbox.hurry(rig.real_us())
        post(rig)
        assert [m["To"] for m in mailbox.messages] == [second.to]
        assert len(rig.facts(f.SheetLeft)) == 1


def test_day_13_killed_while_it_waits_it_arrives_after_the_start(folder, cheap_hashes):
    """DAY-13, REL-1: with what stood on it; and it has left once."""
    mailbox, port = Mailbox(), a_free_port()
    with bank(folder, port) as rig:
        send_now(rig)
        rig.kill()
        with served(mailbox, port):
            rig.skip(120)
            post(rig)
            assert rig.facts(f.SheetLeft) == [f.SheetLeft(("mail",), 2, 0)]
            rig.kill()
            rig._tokens.clear()
            about = {"about": "pupil", "person": "p0001", "reason": "Fig"}
            rig.ask("teacher", "concern_raise", **about)
            post(rig)

        sheets = [m for m in mailbox.messages if "sheet" in m["Subject"]]
        assert (len(sheets), len(mailbox.messages)) == (1, 3)
        assert rig.facts(f.SheetLeft) == [f.SheetLeft(("mail",), 2, 0)]


def test_day_13_a_concern_that_is_told_meanwhile_is_no_sheet(folder, cheap_hashes):
    """DAY-13, CUS-6: what else the postman does is not of the sheet."""
    with served(Mailbox()) as port, bank(folder, port) as rig:
        send_now(rig)
        rig.ask("teacher", "concern_raise", about="pupil", person="p0001", reason="Fig")
        post(rig)
        assert len(rig.facts(f.SheetLeft)) == 1


# ------------------------------------------------------------------------------ health


def test_day_13_health_says_that_a_folder_is_not_there_until_one_has_left(
    folder, cheap_hashes
):
    """DAY-13: in words with what to do, on a page that is open too."""
    share = folder / "share"
    with mailing(folder, paper=f'folder = "{share}"') as rig:
        assert mail_part(rig, "sheet")["ok"]
        rig.feed.clear()
        rig.ask("office", "sheet_now")
        rig.run(0.2)
        part = mail_part(rig, "sheet")
        assert not part["ok"]
        assert part["words"] == (
            "It does not leave as a file: the folder is not there. Mount it, or put "
            "[paper] folder right. It is tried again by itself."
        )
        assert any("health" in (event.changed or ()) for event in rig.feed)

        share.mkdir()
        rig.ask("office", "sheet_now")
        rig.run(0.2)
        assert mail_part(rig, "sheet")["words"] == "It leaves the Pi by itself."
        assert rig.ask("technician", "health")["ready"]


def test_day_13_a_way_that_was_taken_out_is_not_told_of(folder, cheap_hashes):
    """DAY-13: though the sheet was stuck in it."""
    stuck = f.SheetStuck("printer", "no-printing")
    with mailing(folder, paper=f'folder = "{folder}"') as rig:
        rig.hub.core.commit([stuck])
        assert mail_part(rig, "sheet")["ok"]


def test_day_13_where_no_sheet_is_to_leave_health_says_nothing_of_it(rig):
    """DAY-13: it is there to print, by hand."""
    assert mail_part(rig, "sheet") is None
    assert rig.ask("technician", "health")["ready"]
