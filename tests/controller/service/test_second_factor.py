"""A code of an app beside the password: set up, asked for, used once, lost (ACC-3)."""

from __future__ import annotations

import pytest

from controller.client import RequestRefused
from controller.domain import access_facts as a
from controller.domain import people_facts as p
from controller.people.totp import code_at, step_of
from tests.rig import Rig, credentials


@pytest.fixture
def head(rig):
    """The head, with password and app."""
    return rig.cast.adults["leadership"]


def first_half(rig: Rig, role: str) -> str:
    """Give the right password alone; return the ticket for the code."""
    adult = rig.cast.adults[role]
    fault = rig.refused("nobody", "sign_in", **credentials(role, adult.password))
    assert (fault.error, fault.status) == ("second-factor-needed", 401)
    return fault.details[0]


def second_half(rig: Rig, ticket: str, code: str) -> dict:
    return rig.ask(
        "nobody", "sign_in_code", ticket=ticket, code=code, remote="10.0.0.5"
    )


def turned_away(rig: Rig, ticket: str, code: str) -> str:
    more = {"ticket": ticket, "code": code, "remote": "10.0.0.5"}
    return rig.refused("nobody", "sign_in_code", **more).error


# ------------------------------------------------------------------------- signing in


@pytest.mark.parametrize("role", ["leadership", "dsl", "technician"])
def test_acc_3_a_password_alone_signs_these_roles_in_nowhere(rig, role):
    """ACC-3: leadership, DSL, technician; then the code ends the sign-in."""
    ticket = first_half(rig, role)
    assert rig.facts(p.SignedIn) == []

    signed = second_half(rig, ticket, rig.phone.code(rig.cast.adults[role].totp))

    assert signed["me"]["has_second_factor"] is True
    assert rig.ask_with(signed["token"], "me")["roles"] == [role]
    assert [fact.where for fact in rig.facts(p.SignedIn)] == ["page"]


@pytest.mark.parametrize("role", ["teacher", "cover", "office"])
def test_acc_3_other_roles_sign_in_with_the_password(rig, role):
    """ACC-3: unless the school asks for more."""
    adult = rig.cast.adults[role]
    assert rig.ask("nobody", "sign_in", **credentials(role, adult.password))["token"]


def test_acc_3_a_code_may_come_with_the_password(rig):
    """ACC-3: one form with three fields; a wrong code there is no sign-in."""
    known = rig.credentials("leadership")
    wrong = known | {"code": "000000"}
    assert rig.refused("nobody", "sign_in", **wrong).error == "wrong-second-factor"
    assert rig.ask("nobody", "sign_in", **known)["token"]


def test_acc_3_a_code_without_the_right_password_is_nothing(rig):
    """ACC-3: both, or neither; and it is not said which was wrong."""
    code = {"code": rig.phone.code(rig.cast.adults["leadership"].totp)}
    wrong = rig.refused("nobody", "sign_in", **credentials("leadership", "x"), **code)
    nobody = rig.refused("nobody", "sign_in", **credentials("nobody", "x"), **code)
    assert wrong == nobody
    assert turned_away(rig, "made up", "000000") == "sign-in-over"


# ------------------------------------------------------------------------------ codes


def test_acc_3_a_code_counts_once_and_stays_spent_over_a_restart(rig, head):
    """ACC-3: who looked over the shoulder comes too late (RFC 6238, 5.2)."""
    code = rig.phone.code(head.totp)
    second_half(rig, first_half(rig, "leadership"), code)

    assert (
        turned_away(rig, first_half(rig, "leadership"), code) == "wrong-second-factor"
    )
    rig.kill()
    assert (
        turned_away(rig, first_half(rig, "leadership"), code) == "wrong-second-factor"
    )


@pytest.mark.parametrize(
    ("steps", "counts"), [(-2, False), (-1, True), (1, True), (2, False)]
)
def test_acc_3_a_clock_may_be_one_step_off_and_no_more(rig, head, steps, counts):
    """ACC-3: half a minute either way."""
    code = code_at(head.totp, step_of(rig.real_us()) + steps)
    ticket = first_half(rig, "leadership")

    if counts:
        assert second_half(rig, ticket, code)["token"]
    else:
        assert turned_away(rig, ticket, code) == "wrong-second-factor"


def test_acc_3_wrong_codes_are_throttled_over_a_restart(rig, head):
    """ACC-3 SEC-3: the right code waits as well; a new ticket does not help."""
    for _ in range(3):
        first = turned_away(rig, first_half(rig, "leadership"), "000000")
        assert first == "wrong-second-factor"
    assert turned_away(rig, first_half(rig, "leadership"), "000000") == "throttled"

    rig.kill()
    ticket = first_half(rig, "leadership")
    assert turned_away(rig, ticket, rig.phone.code(head.totp)) == "throttled"
    rig.skip(20)
    assert second_half(rig, ticket, rig.phone.code(head.totp))["token"]


def test_acc_3_wrong_codes_are_written_down_folded(rig):
    """ACC-3: a fact with a count, at most one a minute."""
    for _ in range(3):
        turned_away(rig, first_half(rig, "leadership"), "000000")
    rig.skip(61)

    told = [(f.what, f.count) for f in rig.facts(p.SecretsRefused)]
    assert told == [("code", 1), ("code", 2)]


def test_acc_3_half_a_sign_in_waits_five_minutes_and_no_restart(rig, head):
    """ACC-3: then the password is asked for again."""
    ticket = first_half(rig, "leadership")
    rig.skip(301)
    assert turned_away(rig, ticket, rig.phone.code(head.totp)) == "sign-in-over"

    ticket = first_half(rig, "leadership")
    rig.kill()
    assert turned_away(rig, ticket, rig.phone.code(head.totp)) == "sign-in-over"


def test_acc_3_a_ticket_serves_once(rig, head):
    """ACC-3: the second browser types the password itself."""
    ticket = first_half(rig, "leadership")
    second_half(rig, ticket, rig.phone.code(head.totp))
    assert turned_away(rig, ticket, rig.phone.code(head.totp)) == "sign-in-over"


def test_acc_3_half_a_sign_in_ends_with_the_old_password(rig):
    """ACC-3 ACC-4: a reset turns away who waits with the old one."""
    ticket = first_half(rig, "dsl")
    rig.step_up("leadership")
    dsl = rig.cast.adults["dsl"]
    rig.ask("leadership", "account_reset", id=dsl.id)
    assert turned_away(rig, ticket, rig.phone.code(dsl.totp)) == "sign-in-over"


# --------------------------------------------------------------------- setting one up


def set_up(rig: Rig, token: str) -> list[str]:
    """Set up an app as the page does; return the recovery codes."""
    begun = rig.ask_with(token, "second_factor_begin")
    code = rig.phone.code(begun["secret"])
    return rig.ask_with(token, "second_factor_confirm", code=code)["codes"]


def newcomer(rig: Rig, role: str) -> tuple[str, str]:
    """Make an account; return its id and a token of its first sign-in."""
    rig.step_up("leadership")
    made = rig.ask(
        "leadership",
        "account_add",
        username="nora",
        first_name="Nora",
        last_name="Vale",
        roles=[role],
        classes=[],
    )
    signed = rig.ask("nobody", "sign_in", **credentials("nora", made["password"]))
    return made["line"]["id"], signed["token"]


def test_acc_3_nothing_is_open_before_the_second_factor_is_set_up(rig):
    """ACC-3: a new technician meets it at the first sign-in, and only it."""
    _, token = newcomer(rig, "technician")
    assert rig.ask_with(token, "me")["must_set_up"] is True
    for do in ("health", "journal", "step_up", "set_pin", "kiosk_pair"):
        with pytest.raises(RequestRefused) as refused:
            rig.ask_with(token, do, secret="x", pin="739104")
        assert refused.value.fault.error == "must-set-up"

    codes = set_up(rig, token)

    assert len(set(codes)) == 10
    me = rig.ask_with(token, "me")
    assert (me["must_set_up"], me["recovery_codes"]) == (False, 10)
    assert me["must_change"] is True, "the one-time password comes next"


def test_acc_2_beside_a_second_factor_eight_characters_are_enough(rig):
    """ACC-2: and fifteen without."""
    _, token = newcomer(rig, "technician")
    adult = rig.cast.adults["teacher"]
    short = "m4ple!owl"
    fault = rig.refused("teacher", "change_password", old=adult.password, new=short)
    assert fault.error == "bad-password"
    set_up(rig, token)
    rig.step_up("leadership")
    person = next(
        s for s in rig.ask("leadership", "accounts") if s["username"] == "nora"
    )
    given = rig.ask("leadership", "account_reset", id=person["id"])["password"]
    known = credentials("nora", given)
    secret = rig.hub.directory.store.second_factors.get(person["id"]).secret
    signed = rig.ask("nobody", "sign_in", **known, code=rig.phone.code(secret))

    changed = rig.ask_with(signed["token"], "change_password", old=given, new=short)
    assert changed["must_change"] is False


def test_acc_3_a_role_given_today_asks_for_it_at_the_next_page(rig):
    """ACC-3 ACC-4: in the session that is open."""
    token = rig.token("teacher")
    rig.step_up("leadership")
    teacher = rig.cast.adults["teacher"].id
    rig.ask("leadership", "account_change", id=teacher, roles=["teacher", "dsl"])
    assert rig.refused("teacher", "classes").error == "must-set-up"
    set_up(rig, token)
    assert rig.ask("teacher", "classes")


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("least", set()),
        ("office", {"office"}),
        ("all", {"office", "teacher", "cover"}),
    ],
)
def test_acc_3_the_school_may_ask_more_people_for_it(rig, value, asked):
    """ACC-3: a rule, leadership's."""
    for role in ("office", "teacher", "cover"):
        rig.token(role)
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="second_factor", value=value)
    found = {
        r for r in ("office", "teacher", "cover") if rig.ask(r, "me")["must_set_up"]
    }
    assert found == asked


def test_acc_3_the_first_code_must_be_of_this_secret(rig):
    """ACC-3: a scan that went wrong locks nobody out; guessing is throttled."""
    token = rig.token("teacher")
    rig.ask_with(token, "second_factor_begin")
    wrong = [
        rig.refused("teacher", "second_factor_confirm", code="000000") for _ in range(5)
    ]
    assert [fault.status for fault in wrong] == [403, 403, 403, 429, 429]
    assert rig.ask_with(token, "me")["has_second_factor"] is False


def test_acc_3_the_picture_stays_the_same_while_it_is_being_scanned(rig):
    """ACC-3: a page that is loaded again shows the same secret; an old one is gone."""
    begun = rig.ask("teacher", "second_factor_begin")
    assert rig.ask("teacher", "second_factor_begin") == begun
    assert begun["secret"] in begun["uri"]
    for _ in range(4):
        rig.skip(240)
        again = rig.ask("teacher", "second_factor_begin")
    assert again["secret"] != begun["secret"]


def test_acc_3_another_telephone_wants_a_proof_first_and_ends_the_old_one(rig, head):
    """ACC-3 ACC-4: a page left open cannot take somebody's account over."""
    elsewhere = rig.sign_in("leadership")
    fault = rig.refused("leadership", "second_factor_begin")
    assert fault.error == "step-up-needed"
    rig.step_up("leadership")
    set_up(rig, rig.token("leadership"))

    with pytest.raises(RequestRefused):
        rig.ask_with(elsewhere, "me")
    ticket = first_half(rig, "leadership")
    assert turned_away(rig, ticket, rig.phone.code(head.totp)) == "wrong-second-factor"


# ---------------------------------------------------------------------- recovery codes


@pytest.fixture
def codes(rig):
    """The head's fresh recovery codes."""
    rig.step_up("leadership")
    return rig.ask("leadership", "recovery_codes_new")["codes"]


def test_acc_3_a_recovery_code_signs_in_once(rig, codes):
    """ACC-3: in whatever case it is typed; the others stay good."""
    typed = codes[3].upper().replace("-", " ")
    assert second_half(rig, first_half(rig, "leadership"), typed)["token"]
    ticket = first_half(rig, "leadership")
    assert turned_away(rig, ticket, codes[3]) == "wrong-second-factor"
    assert second_half(rig, ticket, codes[4])["me"]["recovery_codes"] == 8
    assert [fact.left for fact in rig.facts(a.RecoveryUsed)] == [9, 8]


def test_acc_3_new_recovery_codes_end_the_old_ones(rig, codes):
    """ACC-3: a lost slip of paper is worth nothing."""
    again = rig.ask("leadership", "recovery_codes_new")["codes"]
    assert set(again).isdisjoint(codes)
    ticket = first_half(rig, "leadership")
    assert turned_away(rig, ticket, codes[0]) == "wrong-second-factor"
    assert second_half(rig, ticket, again[0])["token"]


def test_acc_3_new_recovery_codes_want_a_proof_first(rig):
    """ACC-4: not from a page that was left open."""
    assert rig.refused("leadership", "recovery_codes_new").error == "step-up-needed"


def test_acc_3_recovery_codes_are_nowhere_on_disk(rig, codes):
    """ACC-3: hashes only; nor is a secret in the journal."""
    plain = [code.encode() for code in codes] + [
        code.replace("-", "").encode() for code in codes
    ]
    for name, data in rig.files():
        assert not [code for code in plain if code in data], name
    totp = rig.cast.adults["leadership"].totp.encode()
    holding = [name for name, data in rig.files() if totp in data]
    assert all("people" in name for name in holding)


# ------------------------------------------------------------------- lost, and given up


def test_acc_3_leadership_resets_the_second_factor_of_another(rig):
    """ACC-3: with a proof; sessions end; a fact says who; it is set up anew."""
    dsl = rig.cast.adults["dsl"]
    token = rig.token("dsl")
    rig.token("leadership")
    asked = {"id": dsl.id}
    assert (
        rig.refused("leadership", "account_second_factor_reset", **asked).error
        == "step-up-needed"
    )
    rig.step_up("leadership")
    rig.ask("leadership", "account_second_factor_reset", **asked)

    with pytest.raises(RequestRefused):
        rig.ask_with(token, "me")
    fact = rig.facts(a.SecondFactorReset)[-1]
    assert (fact.person, fact.by) == (dsl.id, rig.cast.adults["leadership"].id)
    signed = rig.ask("nobody", "sign_in", **credentials("dsl", dsl.password))
    assert signed["me"]["must_set_up"] is True


def test_acc_3_nobody_resets_their_own(rig, head):
    """ACC-3: another account of leadership, or a recovery code."""
    rig.step_up("leadership")
    fault = rig.refused("leadership", "account_second_factor_reset", id=head.id)
    assert fault.error == "own-second-factor"
    assert rig.ask("leadership", "me")["has_second_factor"] is True


def test_acc_2_a_reset_leaves_no_short_password_alone(rig):
    """ACC-2: a teacher who had one chooses a long password at the next sign-in."""
    set_up(rig, rig.token("teacher"))
    teacher = rig.cast.adults["teacher"]
    rig.step_up("leadership")
    rig.ask("leadership", "account_second_factor_reset", id=teacher.id)

    signed = rig.ask("nobody", "sign_in", **credentials("teacher", teacher.password))
    assert signed["me"]["must_change"] is True


def test_acc_3_who_needs_it_cannot_give_it_up_and_others_can(rig, head):
    """ACC-3: by password."""
    fault = rig.refused("leadership", "second_factor_off", password=head.password)
    assert fault.error == "second-factor-needed-here"
    teacher = rig.cast.adults["teacher"]
    set_up(rig, rig.token("teacher"))
    wrong = rig.refused("teacher", "second_factor_off", password="not this one")
    assert wrong.error == "wrong-secret"
    rig.ask("teacher", "second_factor_off", password=teacher.password)
    assert rig.ask("nobody", "sign_in", **credentials("teacher", teacher.password))[
        "token"
    ]


def test_acc_2_a_short_password_does_not_stay_alone(rig):
    """ACC-2: it is made longer first."""
    short = "m4ple!owl"
    teacher = rig.cast.adults["teacher"]
    set_up(rig, rig.token("teacher"))
    rig.ask("teacher", "change_password", old=teacher.password, new=short)
    fault = rig.refused("teacher", "second_factor_off", password=short)
    assert fault.error == "bad-password"


# --------------------------------------------------------------------- the second proof


def test_acc_4_a_code_is_a_second_proof_and_counts_once(rig, head):
    """ACC-4: a PIN or the password still does as well."""
    code = rig.phone.code(head.totp)
    rig.ask("leadership", "step_up", secret=code)
    assert rig.refused("leadership", "step_up", secret=code).error == "wrong-secret"
    rig.ask("leadership", "step_up", secret=head.pin)
    rig.ask("leadership", "step_up", secret=head.password)


def test_acc_4_codes_cannot_be_guessed_as_a_second_proof(rig, head):
    """ACC-4 ACC-5: each try is charged, also where a PIN would be too."""
    wrong = [rig.refused("leadership", "step_up", secret="000001") for _ in range(5)]
    assert [fault.status for fault in wrong] == [403, 403, 403, 429, 429]
    fault = rig.refused("leadership", "step_up", secret=rig.phone.code(head.totp))
    assert fault.status == 429


def test_acc_4_wrong_codes_of_a_thief_do_not_lock_the_owner_out_of_a_proof(rig, head):
    """ACC-4: who knows the password guesses; the head at the page goes on."""
    rig.token("leadership")
    for _ in range(4):
        turned_away(rig, first_half(rig, "leadership"), "000000")
    assert rig.ask("leadership", "step_up", secret=head.pin)


# -------------------------------------------------------------------- a clock not set


def test_day_11_under_a_guessed_clock_an_old_code_does_not_come_back(rig, head):
    """DAY-11 ACC-3: a plug pulled, a clock in the past: recovery codes still count."""
    rig.step_up("leadership")
    codes = rig.ask("leadership", "recovery_codes_new")["codes"]
    step = step_of(rig.real_us())
    later = code_at(head.totp, step + 1)
    second_half(rig, first_half(rig, "leadership"), later)
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)

    ticket = first_half(rig, "leadership")
    before = code_at(head.totp, step - 1)
    assert turned_away(rig, ticket, before) == "wrong-second-factor"
    more = {"ticket": ticket, "code": "000000", "remote": "r"}
    assert "clock" in rig.refused("nobody", "sign_in_code", **more).remedy
    assert second_half(rig, ticket, codes[0])["token"]
