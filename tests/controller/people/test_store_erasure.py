"""Whoever is erased is gone from the files, not only from the tables (DAT-2)."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing

import pytest

from controller.errors import PeopleUnwritable
from controller.people.records import Credential, Person, Pupil, Session, Throttle
from controller.people.store import PeopleStore

CARD = bytes.fromhex("04C0FFEE15BEEF")
TRACES = (b"Aurelia", b"Quillfeather", b"aurelia.q", b"B801200005001", b"EXT-77")
MORE = (CARD, b"argon2-of-hers", b"T" * 32, b"10.9.8.7", b"words about her", b"Orla")


def on_disk(path):
    return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.is_file())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "people.db"


@pytest.fixture
def people(path):
    store = PeopleStore.open(path)
    yield store
    store.close()


@pytest.fixture
def aurelia(people):
    """A person with everything that the store can hold, and one who stays."""
    people.persons.put(
        Person(
            *("s9", "staff", "Aurelia", "Quillfeather", 1),
            preferred_name="Orla",
            username="aurelia.q",
        )
    )
    people.persons.put_pupil(Pupil("s9", "4-oak", "4", "B801200005001", "EXT-77"))
    people.credentials.enrol(Credential("c9", "s9", CARD, 2))
    people.secrets.set_password("s9", "argon2-of-hers", 3)
    people.sessions.begin(Session(b"T" * 32, "s9", 4, 4, 5, remote="10.9.8.7"))
    people.throttles.put(Throttle("pin/c9", 1, 2))
    people.texts.put("words about her", 6, about="s9")
    people.persons.put(Person("p1", "pupil", "Remaining", "Child", 1))
    return "s9"


def test_dat_2_an_erased_person_is_gone_from_file_and_log(path, people, aurelia):
    """DAT-2: grep the files; nothing of her answers."""
    assert [t for t in (*TRACES, *MORE) if t not in on_disk(path)] == []

    assert people.erase_person(aurelia)

    assert [t for t in (*TRACES, *MORE) if t in on_disk(path)] == []
    assert b"Remaining" in on_disk(path)
    assert people.persons.get("p1") is not None
    for known in (
        people.persons.get("s9"),
        people.persons.pupil("s9"),
        people.credentials.active(CARD),
        people.secrets.get("s9"),
        people.sessions.get(b"T" * 32),
    ):
        assert known is None


def test_erasing_nobody_says_so(people):
    assert not people.erase_person("p77")


@pytest.mark.parametrize("seed", [1, 11])  # with these, secure_delete alone leaves one
def test_dat_2_no_slack_of_any_page_keeps_a_name(path, people, seed):
    """DAT-2: rows that moved between pages leave copies, and those must go too."""
    chance = random.Random(seed)
    alive, number = [], 0
    for _ in range(14):
        with people.transaction():
            for _ in range(80):
                mark = f"MARK{number:04d}"
                alive.append((f"{chance.randrange(1 << 40):x}", mark))
                person = Person(alive[-1][0], "pupil", mark, mark, 1)
                people.persons.put(person)
                number += 1
        chance.shuffle(alive)
        with people.transaction():
            for person, _ in alive[:60]:
                people.persons.erase(person)
        del alive[:60]
    person, _ = alive.pop()
    people.erase_person(person)

    left = set(re.findall(rb"MARK\d{4}", on_disk(path)))
    assert left == {mark.encode() for _, mark in alive}


def test_scrubbing_inside_a_transaction_is_a_mistake_of_ours(people):
    with (
        pytest.raises(RuntimeError, match="inside a transaction"),
        people.transaction(),
    ):
        people.scrub()


def test_a_trace_that_could_not_be_removed_is_told(path, people, aurelia):
    """The person is erased, the file may still hold traces: say so, and try again."""
    people._connection._run.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(PeopleUnwritable):
            people.erase_person(aurelia)
    assert people.persons.get(aurelia) is None

    people.scrub()
    assert [t for t in TRACES if t in on_disk(path)] == []
