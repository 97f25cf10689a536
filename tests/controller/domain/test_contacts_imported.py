"""CUS-4: adults of many lists in one order; a mark is never lifted by it."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain.evolve_custody import contact_key
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import OFFICE, a_full_school


@pytest.fixture
def school():
    """A mother on p1's list, and an adult who is marked."""
    school = a_full_school()
    school.tell(f.ContactSet("a1", "p1", never=False, by="o1"))
    school.tell(f.ContactSet("a2", "p1", never=True, by="o1"))
    return school


def file_of(*listed, removed=()):
    return c.ImportContacts(
        tuple(c.SetContact(*one) for one in listed),
        tuple(c.RemoveContact(*one) for one in removed),
    )


def marks(school) -> dict[str, bool]:
    return {key: one.never for key, one in school.state.contacts.items()}


def test_cus_4_one_order_writes_each_change_and_one_count(school):
    """CUS-4: added, changed and taken off, and one fact that says how many."""
    order = file_of(("a3", "p2"), ("a3", "p3", True), removed=[("a1", "p1")])
    done = school.order(order, OFFICE)

    by = OFFICE.person
    assert list(done) == [
        f.ContactSet("a3", "p2", never=False, by=by),
        f.ContactSet("a3", "p3", never=True, by=by),
        f.ContactRemoved("a1", "p1", by),
        f.ContactsImported(2, 0, 1, by),
    ]
    assert marks(school) == {"a2/p1": True, "a3/p2": False, "a3/p3": True}


def test_cus_4_never_release_is_not_lifted_and_the_marked_are_not_taken_off(school):
    """CUS-4: whatever the site sends."""
    order = file_of(("a2", "p1", False), removed=[("a2", "p1")])

    assert school.order(order, OFFICE)[-1] == f.ContactsImported(0, 1, 0, OFFICE.person)
    assert marks(school)[contact_key("a2", "p1")] is True


def test_cus_4_an_order_that_changes_nothing_writes_nothing(school):
    """CUS-4: an empty file, and adults who were taken off meanwhile."""
    assert school.order(file_of(), OFFICE) == []
    assert school.order(file_of(removed=[("a9", "p1"), ("a2", "p1")]), OFFICE) == []


def test_cus_4_a_pupil_whom_nobody_knows_refuses_all_of_it(school):
    """CUS-4: all or nothing."""
    before = school.state
    assert school.order(file_of(("a3", "p2"), ("a3", "nobody")), OFFICE) == Refusal(
        "unknown"
    )
    assert school.state == before
