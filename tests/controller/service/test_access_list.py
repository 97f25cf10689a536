"""The written record of who has access, and its monthly signature (REC-8)."""

from __future__ import annotations

import pytest

from controller.domain.access_facts import AccessReviewed

ROLES = ["teacher", "cover", "office", "leadership", "dsl", "technician"]


def the_list(rig) -> dict:
    return rig.ask("leadership", "access")


def lines_of(rig, role: str) -> list[dict]:
    person = rig.cast.adults[role].id
    return [line for line in the_list(rig)["lines"] if line["id"] == person]


def sign(rig, name: str = "Helen Stonecrop") -> dict:
    version = the_list(rig)["version"]
    rig.step_up("leadership")
    return rig.ask("leadership", "access_review", version=version, name=name)


def change(rig, role: str, **what) -> None:
    rig.step_up("leadership")
    person = rig.cast.adults[role].id
    rig.ask("leadership", "account_change", id=person, **what)


def test_rec_8_every_role_of_every_account_is_a_line(rig):
    """REC-8: who, role, since when, by whom, last used, how they sign in."""
    rig.token("teacher")
    found = the_list(rig)

    assert sorted(line["role"] for line in found["lines"]) == sorted(ROLES)
    teacher, head = lines_of(rig, "teacher")[0], lines_of(rig, "leadership")[0]
    assert teacher["name"] == "Teresa Stonecrop"
    assert teacher["since"] == "23 November 2026"
    assert (teacher["used"], teacher["classes"]) == ("23 November 2026", ["kestrels"])
    assert "used" not in lines_of(rig, "cover")[0]
    assert head["second_factor"]
    assert not teacher.get("second_factor")


def test_rec_8_each_role_has_its_own_since_and_giver(rig):
    """REC-8: a second role does not make the first one younger."""
    rig.clock_to("2026-11-30 09:00")
    change(rig, "teacher", roles=["teacher", "office"])

    by_role = {line["role"]: line for line in lines_of(rig, "teacher")}
    assert by_role["teacher"]["since"] == "23 November 2026"
    assert by_role["teacher"]["by"] == ""
    assert by_role["office"]["since"] == "30 November 2026"
    assert by_role["office"]["by"] == "Helen Stonecrop"


def test_rec_8_it_is_signed_with_a_proof_and_a_name(rig):
    """REC-8 ACC-4: a fact says who and of which list; the name is no part of it."""
    version = the_list(rig)["version"]
    more = {"version": version, "name": "Helen Stonecrop"}
    assert rig.refused("leadership", "access_review", **more).error == "step-up-needed"
    rig.step_up("leadership")
    bare = rig.refused("leadership", "access_review", version=version, name="")
    assert bare.details == ["not-signed"]

    signed = sign(rig)

    assert signed["reviewed"] == "23 November 2026"
    assert signed["signature"] == "Helen Stonecrop"
    fact = rig.facts(AccessReviewed)[-1]
    assert (fact.by, fact.version) == (rig.cast.adults["leadership"].id, version)
    assert fact.accounts == 6
    entry = rig.hub.core.journal.entries(limit=1, newest_first=True)[0]
    assert "Helen" not in entry.body


def test_rec_8_a_list_that_changed_meanwhile_is_looked_at_again(rig):
    """REC-8: nobody signs what they have not seen."""
    old = the_list(rig)["version"]
    change(rig, "cover", roles=["cover", "office"])
    more = {"version": old, "name": "Helen Stonecrop"}

    assert rig.refused("leadership", "access_review", **more).details == [
        "list-changed"
    ]
    assert rig.facts(AccessReviewed) == []


def test_rec_8_it_is_due_a_month_after_the_last_time(rig):
    """REC-8: leadership is reminded on every page, nobody else."""
    assert rig.ask("leadership", "me")["review_due"] is False
    rig.clock_to("2026-12-24 08:00")
    assert rig.ask("leadership", "me")["review_due"] is False
    rig.clock_to("2026-12-24 09:00")
    assert rig.ask("leadership", "me")["review_due"] is True
    assert rig.ask("office", "me")["review_due"] is False
    assert the_list(rig)["due"] is True

    sign(rig)
    assert rig.ask("leadership", "me")["review_due"] is False
    rig.clock_to("2027-01-26 09:00")
    assert rig.ask("leadership", "me")["review_due"] is True


def test_day_11_a_guessed_clock_finds_nothing_overdue(rig):
    """DAY-11 REC-8: a date that nobody believes reminds nobody."""
    rig.clock_to("2026-12-25 09:00")
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)
    assert rig.ask("leadership", "me")["review_due"] is False


def test_rec_8_what_changed_since_the_signature_stands_out(rig):
    """REC-8: new roles, and who has left."""
    sign(rig)
    rig.clock_to("2026-12-01 09:00")
    change(rig, "cover", roles=["cover", "dsl"])
    change(rig, "teacher", left=True)

    new = [(line["role"], line.get("is_new", False)) for line in lines_of(rig, "cover")]
    assert sorted(new) == [("cover", False), ("dsl", True)]
    (gone,) = lines_of(rig, "teacher")
    assert (gone["role"], gone["since"]) == ("", "1 December 2026")
    assert gone["by"] == "Helen Stonecrop"
    rig.clock_to("2026-12-02 09:00")
    sign(rig)
    assert lines_of(rig, "teacher") == []


def test_rec_8_an_account_that_nobody_uses_stands_out(rig):
    """REC-8: after a month without a sign-in."""
    rig.clock_to("2026-12-25 09:00")
    rig.sign_in("teacher")
    assert not lines_of(rig, "teacher")[0].get("idle")
    assert lines_of(rig, "office")[0]["idle"]


def test_rec_8_it_is_the_same_after_a_restart(rig):
    """REC-8: folded from entries, not kept beside them."""
    sign(rig)
    before = the_list(rig)
    rig.kill()
    assert the_list(rig) == before


@pytest.mark.parametrize("role", [role for role in ROLES if role != "leadership"])
def test_rec_8_the_list_is_leaderships(rig, role):
    """REC-8 ACC-6: and nobody else's."""
    assert rig.refused(role, "access").status == 403
    assert rig.refused(role, "access_review", version="1/1", name="x").status == 403
