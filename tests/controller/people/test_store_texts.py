"""Texts of entries: written first, bound by digest, swept when orphaned (DAT-2)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from controller.people.records import Person, Text
from controller.people.store import PeopleStore


@pytest.fixture
def people(tmp_path):
    store = PeopleStore.open(tmp_path / "people.db")
    store.persons.put(Person("p1", "pupil", "Amina", "Khan", 5))
    yield store
    store.close()


def test_dat_2_a_text_and_its_digest_belong_together(people):
    """DAT-2: the digest goes into the entry, the words do not."""
    name, digest = people.texts.put("seen by the gate", 10, about="p1")

    assert people.texts.get(name) == Text(name, "seen by the gate", 10, "p1")
    assert people.texts.matches(name, digest)
    nonce = people._connection.row("SELECT nonce FROM text")[0]
    assert digest == sha256(nonce + b"seen by the gate").hexdigest()
    people._connection.write("UPDATE text SET text = 'seen by the bins'")
    assert not people.texts.matches(name, digest)
    assert not people.texts.matches("t0", digest)


def test_dat_2_the_same_words_have_another_digest_each_time(people):
    """DAT-2: nobody can guess an erased text by trying."""
    assert len({people.texts.put("phone", 1).digest for _ in range(20)}) == 20


def test_ids_and_digests_of_texts_may_stand_in_a_body(people):
    written = people.texts.put("words", 1)
    assert all(part.isalnum() and part.isascii() for part in written)


def test_dat_2_a_text_whose_entry_never_came_is_known_as_such(people):
    """DAT-2: bound ones and those on their way are not."""
    named = people.texts.put("named", 10)
    orphan = people.texts.put("orphan", 11)
    on_its_way = people.texts.put("on its way", 50)
    people.texts.bind(named.id, ("room-4", 1, 7))

    assert people.texts.unbound(before_us=50) == [orphan.id]
    assert people.texts.get(on_its_way.id) is not None
    assert people.texts.get(named.id).entry_ref == "room-4/1/7"


def test_dat_2_a_text_goes_with_the_person_it_is_about(people):
    """DAT-2: whoever is erased leaves no words behind."""
    about = people.texts.put("about her", 10, about="p1")
    other = people.texts.put("about nobody", 10)
    people.erase_person("p1")

    assert people.texts.get(about.id) is None
    assert people.texts.get(other.id) is not None
