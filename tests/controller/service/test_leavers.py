"""Whoever leaves can do nothing from that moment on; somebody stays (ACC-4, ACC-6)."""

from __future__ import annotations

import pytest

from controller.client import RequestRefused
from controller.domain import custody_facts as f
from controller.domain import people_facts as p
from tests.rig import credentials


def end(rig, role: str) -> None:
    rig.step_up("leadership")
    person = rig.cast.adults[role].id
    rig.ask("leadership", "account_change", id=person, left=True)


def test_acc_4_a_leavers_sessions_cards_and_secrets_end_at_once(rig):
    """ACC-4: page, lockers, password, app; and nothing of them can be guessed at."""
    dsl = rig.cast.adults["dsl"]
    tokens = [rig.sign_in("dsl"), rig.sign_in("dsl")]
    known = rig.credentials("dsl")
    end(rig, "dsl")

    for token in tokens:
        with pytest.raises(RequestRefused) as refused:
            rig.ask_with(token, "me")
        assert refused.value.fault.status == 401
    assert rig.refused("nobody", "sign_in", **known).status == 401
    assert rig.tap("dsl").result == "unknown"
    assert rig.facts(p.CardRevoked)[-1].why == "left"
    store = rig.hub.directory.store
    assert store.secrets.get(dsl.id) is None
    assert store.second_factors.get(dsl.id) is None


def test_acc_4_half_a_sign_in_of_a_leaver_comes_to_nothing(rig):
    """ACC-4: the code was still wanted."""
    dsl = rig.cast.adults["dsl"]
    fault = rig.refused("nobody", "sign_in", **credentials("dsl", dsl.password))
    end(rig, "dsl")
    more = {"ticket": fault.details[0], "code": rig.phone.code(dsl.totp), "remote": "r"}
    assert rig.refused("nobody", "sign_in_code", **more).error == "sign-in-over"


def test_cus_8_what_a_leaver_prepared_waits_for_nobodys_card(rig):
    """CUS-8 ACC-4: a hand-over that was not begun is undone; one begun is shown."""
    by, head = rig.cast.adults["dsl"].id, rig.cast.adults["leadership"].id
    prepared = f.HandOverPrepared("o1", ("h1",), "police", by)
    begun = f.HandOverPrepared("o2", ("h2",), "police", by)
    others = f.HandOverPrepared("o3", ("h3",), "police", head)
    rig.hub.core.commit([prepared, begun, others, f.HandOverBegun("o2", by, head)])
    end(rig, "dsl")

    undone = [(fact.handover, fact.by) for fact in rig.facts(f.HandOverUndone)]
    assert undone == [("o1", head)]
    assert set(rig.state.handovers) == {"o2", "o3"}


@pytest.mark.parametrize("what", [{"left": True}, {"roles": ["teacher"]}])
def test_acc_6_the_last_account_of_leadership_neither_ends_nor_demotes_itself(
    rig, what
):
    """ACC-6: or nobody could make an account again."""
    head = rig.cast.adults["leadership"].id
    rig.step_up("leadership")
    fault = rig.refused("leadership", "account_change", id=head, **what)
    assert fault.error == "last-leadership"

    office = rig.cast.adults["office"].id
    rig.ask("leadership", "account_change", id=office, roles=["office", "leadership"])
    rig.ask("leadership", "account_change", id=head, **what)
    assert "leadership" not in rig.state.staff[head].roles


def test_acc_4_who_comes_back_is_given_a_new_password(rig):
    """ACC-4: the old one is not good again."""
    dsl, before = rig.cast.adults["dsl"], rig.sign_in("dsl")
    end(rig, "dsl")
    rig.ask("leadership", "account_change", id=dsl.id, roles=["dsl"])
    with pytest.raises(RequestRefused):
        rig.ask_with(before, "me")
    old = credentials("dsl", dsl.password)
    assert rig.refused("nobody", "sign_in", **old).status == 401

    given = rig.ask("leadership", "account_reset", id=dsl.id)["password"]
    signed = rig.ask("nobody", "sign_in", **credentials("dsl", given))
    assert (signed["me"]["must_change"], signed["me"]["must_set_up"]) == (True, True)
