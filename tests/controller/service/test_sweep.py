"""What is killed between people.db and the journal is in nobody's way (REL-1)."""

import base64

import pytest

from controller.client import RequestRefused
from controller.journal.entry import Stamp
from controller.journal.journal import Journal
from controller.service.core import journal_domain
from controller.service.sweep import sweep_texts

ROLL = b"Forename,Surname,Class,Admission Number\nAda,Newcome,Kestrels,9001\n"


class Killed(BaseException):
    pass


def kill_at_the_commit(rig, act) -> None:
    """Do ``act``; the process is gone just before its facts are written."""

    def die(facts):
        if facts:
            raise Killed

    rig.hub.core.commit = die
    with pytest.raises(Killed):
        act()
    rig.world.lay_cards("front", [])
    rig.kill()


def import_roll(rig, roll: bytes = ROLL):
    data = base64.b64encode(roll).decode()
    ticket = rig.ask("office", "roll_preview", filename="r.csv", data=data)["ticket"]
    return rig.ask("office", "roll_apply", ticket=ticket, accept_leavers=True)


def names(rig) -> list[str]:
    return [line["name"] for line in rig.ask("office", "people")]


def test_rel_1_a_roll_cut_off_between_the_stores_can_be_imported_again(rig):
    """REL-1, DAT-1: no name without a fact stands in the way."""
    rig.token("office")
    kill_at_the_commit(rig, lambda: import_roll(rig))
    assert "Ada Newcome" not in names(rig)
    assert not any(
        b"Newcome" in data for name, data in rig.files() if "wal" not in name
    )

    assert import_roll(rig)["added"] == 1
    assert "Ada Newcome" in names(rig)


def test_rel_1_an_enrolment_cut_off_between_the_stores_can_be_done_again(rig):
    """REL-1, ACC-9: the card is free, and the old one still opens."""
    rig.clock_to("08:40")
    rig.ask("office", "card_replace", id="p0001")
    new = "04EEEEEEEEEEEE"
    kill_at_the_commit(rig, lambda: rig.tap(new))

    assert rig.tap(new).result == "unknown"
    assert rig.tap(1).result == "ordered"
    rig.ask("office", "card_replace", id="p0002")
    assert rig.tap(new).result == "enrolled"


def test_rel_1_a_card_reported_lost_is_dead_whatever_is_killed_after_it(rig):
    """REL-1, DAY-9: the fact is first; the card's row follows at the next start."""
    rig.clock_to("08:40")

    def die(*_):
        raise Killed

    rig.hub.directory.revoke = die
    with pytest.raises(Killed):
        rig.ask("office", "card_lost", id="p0001")
    rig.kill()

    assert rig.tap(1).result == "unknown"
    rig.ask("office", "card_replace", id="p0001")
    assert rig.tap(1).result == "enrolled", "found again, the same card may come back"


def test_rel_1_a_pupil_added_and_cut_off_is_not_half_there(rig):
    """REL-1, ACC-9: the office adds the child once more."""
    rig.token("office")
    new = {"first_name": "Ada", "last_name": "Newcome", "class_id": "kestrels"}
    kill_at_the_commit(rig, lambda: rig.ask("office", "pupil_add", **new))
    assert "Ada Newcome" not in names(rig)

    rig.ask("office", "pupil_add", **new)
    assert names(rig).count("Ada Newcome") == 1


def test_rel_1_a_record_that_began_anew_after_a_loss_erases_no_name(rig):
    """REL-4: hometime.db is gone; what people.db holds is all that is left."""
    rig.stop()
    data = rig.config.bank.data
    for path in data.glob("hometime.db*"):
        path.unlink()
    node = rig.config.bank.name
    stamp = Stamp(0, 0, "guessed")
    domain = journal_domain()
    Journal.open(data, node=node, domain=domain, boot="", begin_epoch=stamp).close()
    rig.start()

    with pytest.raises(RequestRefused):
        rig.ask("office", "people")
    assert rig.hub.directory.full("p0001") == "Amina Quillfeather"


def texts(rig) -> bytes:
    """All of people.db's texts, as they lie in the file."""
    return b"".join(data for name, data in rig.files() if "people" in name)


def test_dat_2_words_of_an_order_that_was_turned_away_are_erased(rig):
    """DAT-2: within a day, from the file too."""
    office = {"pupil": rig.cast.children[0].id, "taken": True, "reason": "Marzipan"}
    rig.refused("office", "hold_confiscate", **office)
    assert b"Marzipan" in texts(rig)

    rig.skip(2 * 3600)
    sweep_texts(
        rig.hub.core.journal, rig.hub.directory.store, rig.hub.core.wall.now_us()
    )
    rig.hub.directory.store.scrub()

    assert b"Marzipan" not in texts(rig)


def test_dat_2_words_whose_entry_is_there_are_kept_whatever_was_killed(rig):
    """DAT-2, REL-1: cut off between entry and binding; the next sweep binds them."""

    def die(*_):
        raise Killed

    rig.hub.directory.store.texts.bind = die
    with pytest.raises(Killed):
        rig.ask("teacher", "concern_raise", about="pupil", person="p0001", reason="Fig")
    rig.kill()

    store = rig.hub.directory.store
    assert sweep_texts(rig.hub.core.journal, store, rig.hub.core.wall.now_us()) == 0
    assert store.texts.unbound(rig.hub.core.wall.now_us()) == []
    assert b"Fig" in texts(rig)


def test_cus_4_an_adult_whose_fact_never_came_is_on_no_list(rig):
    """CUS-4, REL-1: the name is written first; without its fact it is swept."""
    rig.token("office")
    adult = {"pupil": "p0001", "name": "Marigold", "relationship": "aunt"}
    kill_at_the_commit(rig, lambda: rig.ask("office", "contact_set", **adult))

    assert rig.ask("office", "contacts", pupil="p0001") == []
    assert rig.hub.directory.store.contacts.listed() == []


def test_cus_4_a_file_of_adults_whose_facts_never_came_is_on_no_list(rig):
    """CUS-4, REL-1: all its names are swept, and the same file works again."""
    rows = b"Adno,Contact Name\n" + b"".join(b"p0001,Fox %c\n" % n for n in b"abc")
    data = base64.b64encode(rows).decode()

    def send():
        shown = rig.ask("office", "adults_preview", filename="a.csv", data=data)
        return rig.ask("office", "adults_apply", ticket=shown["ticket"])

    rig.token("office")
    kill_at_the_commit(rig, send)

    assert rig.ask("office", "contacts", pupil="p0001") == []
    assert rig.hub.directory.store.contacts.listed() == []
    assert send() == {"added": 3, "changed": 0, "removed": 0}
