"""What ``people.db`` keeps, and what it refuses."""

from __future__ import annotations

import stat
from dataclasses import replace
from threading import Thread

import pytest

from controller.errors import (
    AlreadyTaken,
    CredentialTaken,
    PeopleDamaged,
    PeopleUnwritable,
    UnknownPerson,
)
from controller.journal import database
from controller.people import migrations
from controller.people.records import (
    Credential,
    Person,
    Pupil,
    RollSource,
    Session,
    Throttle,
)
from controller.people.store import PeopleStore
from controller.people.tables.sessions import SEEN_EVERY_US

CARD = bytes.fromhex("04A1B2C3D4E5F6")
AMINA = Person("p1", "pupil", "Amina", "Khan", 5, language="ur")
BRAM = Person("p2", "pupil", "Bram", "Nowak", 6)
CAREY = Person("s1", "staff", "Carey", "Oduya", 7, username="carey.oduya")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "people.db"


@pytest.fixture
def people(path):
    """A store that knows two pupils and a teacher."""
    store = PeopleStore.open(path)
    for person in (AMINA, BRAM, CAREY):
        store.persons.put(person)
    yield store
    store.close()


def test_dat_2_the_file_is_its_owners_alone_with_its_log(path, people):
    """DAT-2: only the controller opens it."""
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}

    assert modes == {"people.db": 0o600, "people.db-wal": 0o600, "people.db-shm": 0o600}


def test_what_is_kept_is_there_after_a_restart(path, people):
    people.persons.put_pupil(Pupil("p1", "4-oak", "4", "B801200005001", "A77"))
    people.close()

    again = PeopleStore.open(path)
    assert again.persons.of_sort("pupil") == [AMINA, BRAM]
    assert again.persons.pupil("p1") == Pupil(
        "p1", "4-oak", "4", "B801200005001", "A77"
    )
    again.close()


def test_a_person_can_be_changed_and_keeps_the_day_they_came(people):
    people.persons.put(replace(AMINA, last_name="Khan-Roe", created=99))

    assert people.persons.get("p1") == replace(AMINA, last_name="Khan-Roe")
    assert people.persons.get("p9") is None


def test_pupils_are_found_by_class(people):
    people.persons.put_pupil(Pupil("p1", "4-oak"))
    people.persons.put_pupil(Pupil("p2", "r-elm", provisional=True))

    assert [p.person for p in people.persons.pupils("4-oak")] == ["p1"]
    assert [p.provisional for p in people.persons.pupils()] == [False, True]


def test_acc_1_a_username_is_one_persons_in_whatever_case(people):
    """ACC-1: one person, one account."""
    assert people.persons.by_username("CAREY.Oduya") == CAREY
    with pytest.raises(AlreadyTaken, match=r"person\.username"):
        people.persons.put(Person("s2", "staff", "C", "O", 8, username="Carey.Oduya"))


def test_dat_6_a_upn_is_one_pupils(people):
    """DAT-6: and the message does not repeat it."""
    people.persons.put_pupil(Pupil("p1", "4-oak", upn="B801200005001"))
    with pytest.raises(AlreadyTaken) as caught:
        people.persons.put_pupil(Pupil("p2", "4-oak", upn="B801200005001"))

    assert "B801200005001" not in str(caught.value)


def test_acc_9_a_card_stands_for_one_person_at_a_time(people):
    """ACC-9: refused for a second person, free again once it is revoked."""
    first = Credential("c1", "p1", CARD, 10)
    people.credentials.enrol(first)
    with pytest.raises(CredentialTaken, match="enrolled for p1") as caught:
        people.credentials.enrol(Credential("c2", "p2", CARD, 11))
    assert CARD.hex().upper() not in str(caught.value).upper()

    assert people.credentials.revoke("c1", 12)
    assert not people.credentials.revoke("c1", 13)
    people.credentials.enrol(Credential("c2", "p2", CARD, 14))

    assert people.credentials.active(CARD).person == "p2"
    assert people.credentials.was(CARD) == [replace(first, revoked_at=12)]
    assert [c.id for c in people.credentials.all_active()] == ["c2"]
    assert people.credentials.of("p1") == [replace(first, revoked_at=12)]


def test_acc_9_an_enrolment_is_undone_without_a_trace(people):
    """ACC-9: undo during the enrolment of a class."""
    people.credentials.enrol(Credential("c1", "p1", CARD, 10))

    assert people.credentials.undo("c1")
    assert people.credentials.active(CARD) is None
    assert people.credentials.of("p1") == []


@pytest.mark.parametrize("uid", [b"", CARD[:5], CARD + b"\x00", CARD * 2])
def test_acc_7_a_uid_has_4_7_or_10_bytes(people, uid):
    """ACC-7: kept whole or not at all."""
    with pytest.raises(ValueError, match="CHECK"):
        people.credentials.enrol(Credential("c1", "p1", uid, 10))


@pytest.mark.parametrize("uid", [CARD[:4], CARD, CARD + b"\x00\x01\x02", bytes(4)])
def test_acc_7_uids_are_bytes_and_come_back_as_they_were(people, uid):
    """ACC-7: leading zeros too."""
    people.credentials.enrol(Credential("c1", "p1", uid, 10))
    assert people.credentials.active(uid).uid == uid


def test_nothing_is_kept_about_somebody_who_is_not_there(people):
    for attempt in (
        lambda: people.credentials.enrol(Credential("c1", "p9", CARD, 10)),
        lambda: people.secrets.set_pin("p9", "hash", 1),
        lambda: people.persons.put_pupil(Pupil("p9", "4-oak")),
        lambda: people.texts.put("words", 1, about="p9"),
    ):
        with pytest.raises(UnknownPerson):
            attempt()


def test_acc_5_password_and_pin_change_each_for_itself(people):
    """ACC-5, ACC-2: a new PIN does not make a given password one's own."""
    assert people.secrets.get("s1") is None
    people.secrets.set_password("s1", "pw-1", 10, must_change=True)
    people.secrets.set_pin("s1", "pin-1", 11)
    kept = people.secrets.get("s1")
    assert (kept.password_hash, kept.pin_hash) == ("pw-1", "pin-1")
    assert kept.must_change

    people.secrets.set_password("s1", "pw-2", 12)
    kept = people.secrets.get("s1")
    assert (kept.password_hash, kept.pin_hash, kept.changed_at) == ("pw-2", "pin-1", 12)
    assert not kept.must_change


def session(n, person="s1", created=100):
    return Session(bytes([n]) * 32, person, created, created, created + 1000)


def test_acc_4_sessions_are_rows_that_can_be_revoked(people):
    """ACC-4: one, or all of a person's."""
    for n in (1, 2, 3):
        people.sessions.begin(session(n, created=100 + n))
    people.sessions.begin(session(4, "p1"))

    assert people.sessions.revoke(bytes([2]) * 32, 200)
    assert people.sessions.revoke_all("s1", 201) == 2
    assert [s.revoked for s in people.sessions.of("s1")] == [201, 200, 201]
    assert people.sessions.get(bytes([4]) * 32).revoked is None
    assert people.sessions.get(bytes(32)) is None


def test_acc_4_a_request_is_noted_at_most_once_a_minute(people):
    """ACC-4: a write for every request would wear the card."""
    begun = session(1)
    people.sessions.begin(begun)

    soon = people.sessions.seen(begun, begun.created + SEEN_EVERY_US - 1)
    late = people.sessions.seen(begun, begun.created + SEEN_EVERY_US)

    assert soon == begun
    assert late.last_seen == begun.created + SEEN_EVERY_US
    assert people.sessions.get(begun.token_hash) == late


def test_acc_4_a_step_up_counts_until_its_time(people):
    """ACC-4: and can be taken back."""
    people.sessions.begin(session(1))
    people.sessions.step_up(bytes([1]) * 32, 700)
    assert people.sessions.get(bytes([1]) * 32).stepped_up_until == 700
    people.sessions.step_up(bytes([1]) * 32, None)
    assert people.sessions.get(bytes([1]) * 32).stepped_up_until is None


def test_old_sessions_are_pruned(people):
    for n in (1, 2, 3):
        people.sessions.begin(session(n, created=n * 1000))
    people.sessions.revoke(bytes([3]) * 32, 2500)

    assert people.sessions.prune(2600) == 2
    assert [s.token_hash[0] for s in people.sessions.of("s1")] == [2]


def test_acc_5_a_restart_forgives_no_wrong_try(path, people):
    """ACC-5: throttles are durable."""
    people.throttles.put(Throttle("pin/c1", 3, 900))
    people.close()

    again = PeopleStore.open(path)
    assert again.throttles.get("pin/c1") == Throttle("pin/c1", 3, 900)
    again.throttles.clear("pin/c1")
    assert again.throttles.get("pin/c1") == Throttle("pin/c1", 0, 0)
    again.throttles.put(Throttle("pin/c2", 1, 100))
    assert again.throttles.prune(101) == 1
    again.close()


def test_the_newest_source_of_the_roll_is_known(people):
    assert people.rolls.newest() is None
    for n in (1, 2):
        people.rolls.add(RollSource("csv", bytes([n]) * 32, 30 + n, n))
    assert people.rolls.newest() == RollSource("csv", b"\x02" * 32, 32, 2)


def test_all_or_nothing_is_kept_of_a_transaction(people):
    """DAT-1: a roll is applied whole; nested steps join it."""

    def half_of_it_is_wrong():
        with people.transaction():
            people.persons.put(Person("p3", "pupil", "Dara", "Wu", 8))
            people.credentials.enrol(Credential("c1", "p3", CARD, 10))
            people.credentials.enrol(Credential("c2", "p9", CARD[:4], 10))

    with pytest.raises(UnknownPerson):
        half_of_it_is_wrong()

    assert people.persons.get("p3") is None
    assert people.credentials.active(CARD) is None
    with people.transaction():
        people.persons.put(Person("p3", "pupil", "Dara", "Wu", 8))
    assert people.persons.get("p3") is not None


def test_other_threads_wait_for_a_transaction_and_see_all_of_it(people):
    seen = []
    with people.transaction():
        people.persons.put(Person("p3", "pupil", "Dara", "Wu", 8))
        thread = Thread(target=lambda: seen.append(people.persons.get("p4")))
        thread.start()
        people.persons.put(Person("p4", "pupil", "Ebi", "Wu", 8))
    thread.join()

    assert seen == [Person("p4", "pupil", "Ebi", "Wu", 8)]


def test_rel_1_a_full_disk_keeps_what_was_and_a_new_connection_goes_on(people):
    """REL-1: the failed write is told, the next one does not use its connection."""
    run = people._connection._run
    run.execute(
        f"PRAGMA max_page_count = {run.execute('PRAGMA page_count').fetchone()[0]}"
    )
    many = [Person(f"x{n}", "pupil", "N" * 400, "M" * 400, 1) for n in range(20)]

    def put_all():
        with people.transaction():
            for person in many:
                people.persons.put(person)

    with pytest.raises(PeopleUnwritable, match="SQLITE_FULL"):
        put_all()
    assert people.persons.get("x0") is None

    put_all()
    assert people.persons.get("x19") is not None
    assert people._connection._run is not run


def test_a_file_that_is_no_database_is_told_as_damage(path):
    path.write_bytes(b"no database" * 500)
    with pytest.raises(PeopleDamaged):
        PeopleStore.open(path)


def test_dat_8_no_record_shows_a_name_or_uid_when_it_is_printed(people):
    """DAT-8: a record in a log line must not carry a person into it."""
    records = (
        AMINA,
        CAREY,
        Pupil("p1", "4-oak", upn="B801200005001", external_id="A77"),
        Credential("c1", "p1", CARD, 10, label="Amina's"),
        Session(bytes(32), "s1", 1, 1, 1, remote="10.0.0.9"),
    )
    printed = repr(records)

    for personal in ("Amina", "Khan", "carey", "B8012", "A77", "xa1", "10.0.0.9"):
        assert personal not in printed


def test_rec_6_visitors_come_in_and_everybody_else_stays(path):
    """REC-6: a store from before visitors keeps people, cards and their bonds."""
    run = database.connect(path, 0o600)
    before = [s for s in migrations.STEPS if s.__name__ != "visitors"]
    database.migrate(run, "people", before)
    run.execute(
        "INSERT INTO person (id, sort, first_name, last_name, created) "
        "VALUES ('p1', 'pupil', 'Amina', 'Khan', 5)"
    )
    run.execute(
        "INSERT INTO credential (id, person, uid, enrolled_at) VALUES (?, 'p1', ?, 5)",
        ("c1", CARD),
    )
    run.close()

    store = PeopleStore.open(path)
    assert store.persons.of_sort("pupil")[0].first_name == "Amina"
    assert store.credentials.active(CARD).person == "p1"
    store.persons.put(Person("v1", "visitor", "Thaddeus", "", 6))
    with pytest.raises(ValueError, match="CHECK"):
        store.persons.put(Person("x1", "ghost", "Nobody", "", 6))
    store.erase_person("p1")
    assert store.credentials.active(CARD) is None, "the rule ON DELETE CASCADE holds"
    store.close()
