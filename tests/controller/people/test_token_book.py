"""ACC-8: the rolling token as laws: whatever is cut, the right card stays right."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import PeopleUnwritable
from controller.people.token_book import TOKEN_BYTES, Held, TokenBook

UID = bytes.fromhex("04A1B2C3D4E5F6")
KEY = bytes(range(32))
TORN = b"torn...."
CARD = "c1"


class Cut(Enum):
    """Where power goes, or the card, in one tap; in the order of what is done."""

    READ = "after the token was read"
    KEPT = "after the next was kept"
    TORN = "in the middle of the write"
    WRITTEN = "after the write, before anybody knows"
    NEVER = "not at all"


class Table:
    """The table as it is after a power cut: what was put is there."""

    def __init__(self):
        self.rows = {}
        self.fails = False

    def all(self):
        return list(self.rows.values())

    def put(self, row):
        if self.fails:
            raise PeopleUnwritable("full")
        self.rows[row.credential] = row

    def forget(self, credential):
        del self.rows[credential]


@dataclass
class Plastic:
    """A card: two slots of eight bytes."""

    slots: list[bytes] = field(default_factory=lambda: [bytes(8), bytes(8)])

    def copy(self):
        return Plastic(list(self.slots))


class School:
    """One reader and one store; cut, it starts again with what the store has."""

    def __init__(self):
        self.table = Table()
        self.start()

    def start(self):
        self.book = TokenBook(self.table, KEY)

    def tap(self, card, cut=Cut.NEVER):
        """Return whether the card was believed; roll its token as far as ``cut``."""
        held = self.book.find(CARD, UID, card.slots)
        believed = held.is_right or not self.book.is_marked(CARD)
        if believed:
            self.roll(card, held, cut)
        if cut is not Cut.NEVER:
            self.start()
        return believed

    def roll(self, card, held, cut):
        if cut is Cut.READ:
            return
        token = self.book.begin(CARD, UID, held)
        if cut is Cut.KEPT:
            return
        card.slots[1 - held.slot] = TORN if cut is Cut.TORN else token
        if cut is Cut.NEVER:
            self.book.landed(CARD)


cuts = st.lists(st.sampled_from(Cut), max_size=12)


@given(cuts)
def test_acc_8_the_right_card_is_believed_whatever_was_cut_and_however_often(history):
    """ACC-8: at any point of any tap, any number of times in a row."""
    school, card = School(), Plastic()

    for cut in history:
        assert school.tap(card, cut)
    assert school.tap(card)


@given(cuts, cuts)
def test_acc_8_a_copy_is_found_once_the_card_has_rolled_past_it(before, after):
    """ACC-8: two rolls are enough, whatever was cut before and between."""
    school, card = School(), Plastic()
    for cut in before:
        school.tap(card, cut)
    school.tap(card)
    copy = card.copy()

    for cut in after:
        school.tap(card, cut)
    school.tap(card)

    assert not school.tap(copy)
    assert school.tap(card)


@given(cuts, cuts)
def test_acc_8_if_the_copy_comes_first_the_card_itself_is_found(before, after):
    """ACC-8: of two cards the second to come is told; which is which nobody knows."""
    school, card = School(), Plastic()
    for cut in before:
        school.tap(card, cut)
    school.tap(card)
    copy = card.copy()

    for cut in after:
        school.tap(copy, cut)
    school.tap(copy)

    assert not school.tap(card)


@given(cuts)
def test_acc_8_a_blank_card_with_the_uid_is_never_believed(history):
    """ACC-8: nor one with other bytes, once the card has carried a token."""
    school, card = School(), Plastic()
    school.tap(card)
    for cut in history:
        school.tap(card, cut)

    assert not school.tap(Plastic())
    assert not school.tap(Plastic([b"whatever", b"anything"]))


def test_acc_8_a_token_that_nobody_heard_of_being_written_is_right_by_itself():
    """ACC-8: also where the slot with the one before it can no longer be read."""
    school, card = School(), Plastic()
    school.tap(card)
    before = list(card.slots)
    school.tap(card, Cut.WRITTEN)
    card.slots = [
        new if new != old else TORN for new, old in zip(card.slots, before, strict=True)
    ]

    assert school.tap(card)


def test_acc_8_the_same_bytes_on_a_card_of_another_uid_are_wrong():
    """ACC-8: a token is bound to its card, and to the school's key."""
    table, card = Table(), Plastic()
    book = TokenBook(table, KEY)
    card.slots[0] = book.begin(CARD, UID, Held(is_right=False))
    book.landed(CARD)

    assert book.find(CARD, UID, card.slots).is_right
    assert not book.find(CARD, b"\x05" + UID[1:], card.slots).is_right
    assert not TokenBook(table, KEY[::-1]).is_marked(CARD)


def test_acc_8_what_cannot_be_kept_is_not_written():
    """ACC-8: a full disk; the card stays as it is, and right."""
    school, card = School(), Plastic()
    school.tap(card)
    school.table.fails = True

    with pytest.raises(PeopleUnwritable):
        school.tap(card)
    school.table.fails = False
    assert school.tap(card)


def test_acc_8_keys_differ_from_card_to_card():
    """ACC-8: who breaks one card's key has that card's."""
    book = TokenBook(Table(), KEY)
    keys = {book.card_key(UID[:-1] + bytes([n])) for n in range(100)}

    assert len(keys) == 100
    assert {len(key) for key in keys} == {6}


def test_acc_8_no_digest_is_the_token():
    """ACC-8: eight random bytes each time, and in the store none of them."""
    table = Table()
    book = TokenBook(table, KEY)
    tokens = {book.begin(CARD, UID, Held(is_right=False)) for _ in range(50)}

    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {TOKEN_BYTES}
    row = table.rows[CARD]
    assert all(token not in (row.next or b"") for token in tokens)
