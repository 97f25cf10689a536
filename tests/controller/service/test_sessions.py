"""Sessions are rows that end when they should (ACC-4)."""

import pytest

from controller.client import RequestRefused
from controller.domain import people_facts as p
from tests.rig import credentials

MINUTE, HOUR = 60, 3_600


def is_live(rig, token: str) -> bool:
    try:
        rig.ask_with(token, "me")
    except RequestRefused as refused:
        return refused.fault.status != 401
    return True


def test_acc_4_a_page_locks_after_ten_idle_minutes(rig):
    """ACC-4: and says why; use keeps it open."""
    token = rig.token("teacher")
    for _ in range(3):
        rig.skip(9 * MINUTE)
        assert is_live(rig, token)
    rig.skip(10 * MINUTE + 1)

    fault = rig.refused("teacher", "me")
    assert (fault.status, fault.error) == (401, "signed-out")
    assert "a while" in fault.message


def test_acc_4_the_idle_lock_is_a_rule_of_the_school(rig):
    """ACC-4: set on the page, at once in force."""
    token = rig.token("teacher")
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="idle_lock_min", value="2")
    assert rig.ask("teacher", "me")["idle_lock_s"] == 120  # the page locks itself too
    rig.skip(2 * MINUTE + 1)

    assert not is_live(rig, token)


def test_acc_4_a_session_ends_with_the_day_however_busy(rig):
    """ACC-4: nobody is signed in the next morning."""
    token = rig.token("office")
    for _ in range(12 * 8):
        rig.skip(8 * MINUTE)
        if not is_live(rig, token):
            break

    assert not is_live(rig, token)


def test_acc_4_sign_out_ends_this_session_only(rig):
    """ACC-4: the phone stays signed in when the PC signs out."""
    here, there = rig.sign_in("teacher"), rig.sign_in("teacher")
    rig.ask_with(here, "sign_out")

    assert not is_live(rig, here)
    assert is_live(rig, there)


def test_acc_4_sign_out_everywhere_ends_all(rig):
    """ACC-4: a lost phone is signed out from the PC."""
    tokens = [rig.sign_in("teacher") for _ in range(3)]
    other = rig.token("office")
    rig.ask_with(tokens[1], "sign_out_everywhere")

    assert [is_live(rig, token) for token in tokens] == [False] * 3
    assert is_live(rig, other)
    rig.kill()
    assert [is_live(rig, token) for token in tokens] == [False] * 3


def test_acc_4_one_session_can_be_revoked_and_only_ones_own(rig):
    """ACC-4: each is listed with browser and time; another's is not there."""
    here, there = rig.sign_in("teacher"), rig.sign_in("teacher")
    lines = rig.ask_with(here, "sessions")
    (other,) = [line["id"] for line in lines if not line.get("this_one")]

    assert rig.refused("office", "session_revoke", id=other).status == 404
    assert is_live(rig, there)
    left = rig.ask_with(here, "session_revoke", id=other)
    assert [line["this_one"] for line in left] == [True]
    assert not is_live(rig, there)


def test_acc_4_sessions_outlive_the_controller(rig):
    """ACC-4: they are rows on disk; nobody signs in again after an update."""
    token = rig.token("teacher")
    rig.kill()
    assert is_live(rig, token)


def test_acc_4_a_role_change_acts_at_once(rig):
    """ACC-4: in the very session that is open."""
    token = rig.token("teacher")
    assert rig.ask_with(token, "class_page", class_id="kestrels")
    rig.step_up("leadership")
    teacher = rig.cast.adults["teacher"].id
    rig.ask("leadership", "account_change", id=teacher, roles=["office"])

    assert rig.refused("teacher", "class_page", class_id="unknown").status == 404
    assert rig.ask_with(token, "health")
    rig.ask("leadership", "account_change", id=teacher, roles=["technician"])
    fault = rig.refused("teacher", "class_page", class_id="kestrels")
    assert (fault.status, fault.error) == (403, "must-set-up")


def test_acc_4_a_class_taken_away_is_gone_at_once(rig):
    """ACC-4: the teacher of another class now."""
    rig.token("teacher")
    rig.step_up("leadership")
    teacher = rig.cast.adults["teacher"].id
    rig.ask("leadership", "account_change", id=teacher, classes=["wrens"])

    assert rig.refused("teacher", "class_page", class_id="kestrels").status == 403
    assert rig.ask("teacher", "class_page", class_id="wrens")


def test_acc_4_a_leaver_is_signed_out_and_the_card_is_dead(rig):
    """ACC-4, DAT-1: at once, everywhere, and at the bank."""
    token = rig.token("cover")
    rig.step_up("leadership")
    rig.ask("leadership", "account_change", id=rig.cast.adults["cover"].id, left=True)

    assert not is_live(rig, token)
    assert rig.tap("cover").result == "unknown"
    cover = rig.cast.adults["cover"]
    fault = rig.refused("nobody", "sign_in", **credentials("cover", cover.password))
    assert fault.status == 401


def test_acc_4_the_last_leader_cannot_leave(rig):
    """ACC-1: somebody must be able to make accounts."""
    rig.step_up("leadership")
    me = rig.cast.adults["leadership"].id

    for change in ({"left": True}, {"roles": ["teacher"]}):
        fault = rig.refused("leadership", "account_change", id=me, **change)
        assert (fault.status, fault.error) == (409, "last-leadership")


STEPPED = [
    ("leadership", "setting_set", {"key": "sound", "value": "off"}),
    ("leadership", "account_add", {"username": "x", "first_name": "X"}),
    ("leadership", "account_change", {"id": "s0001", "roles": ["teacher"]}),
    ("leadership", "account_reset", {"id": "s0001"}),
    ("technician", "door_open", {"n": 1, "reason": "check"}),
    ("teacher", "release_class", {"class_id": "kestrels", "mode": "all"}),
    ("teacher", "release_class", {"class_id": "kestrels", "mode": "tables"}),
]


@pytest.mark.parametrize(("role", "do", "args"), STEPPED)
def test_acc_4_strong_acts_want_a_second_proof_that_runs_out(rig, role, do, args):
    """ACC-4: nothing is done; five minutes later it is asked for again."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    before = rig.entries
    assert rig.refused(role, do, **args).error == "step-up-needed"
    rig.step_up(role)
    rig.skip(5 * MINUTE + 1)
    said = rig.refused(role, do, **args)

    assert (said.status, said.error) == (403, "step-up-needed")
    assert [f for f in rig.facts()[before:] if isinstance(f, p.SettingSet)] == []
    rig.step_up(role)
    assert said_to(rig, role, do, args) != "step-up-needed"


def said_to(rig, role: str, do: str, args: dict) -> str:
    try:
        rig.ask(role, do, **args)
    except RequestRefused as refused:
        return refused.fault.error
    return ""


def test_acc_4_a_wrong_second_proof_proves_nothing(rig):
    """ACC-4: neither a wrong PIN nor a wrong password."""
    for secret in ("000001", "not the password at all"):
        fault = rig.refused("leadership", "step_up", secret=secret)
        assert fault.error == "wrong-secret"
    fault = rig.refused("leadership", "setting_set", key="sound", value="off")
    assert fault.error == "step-up-needed"


def test_acc_4_a_second_proof_holds_for_one_session_only(rig):
    """ACC-4: not for the phone in the drawer."""
    here, there = rig.sign_in("leadership"), rig.sign_in("leadership")
    adult = rig.cast.adults["leadership"]
    rig.ask_with(here, "step_up", secret=adult.pin)

    assert rig.ask_with(here, "setting_set", key="sound", value="off")
    with pytest.raises(RequestRefused, match="prove once more"):
        rig.ask_with(there, "setting_set", key="sound", value="on")


def test_acc_1_no_token_is_kept_anywhere_on_disk(rig):
    """ACC-4: a copy of the files signs nobody in."""
    token = rig.token("teacher").encode()
    assert [name for name, data in rig.files() if token in data] == []


def test_acc_2_wrong_passwords_are_throttled_over_a_restart(rig):
    """ACC-2, SEC-3: brute force; the right password waits as well."""
    adult = rig.cast.adults["teacher"]
    wrong, right = (
        credentials("teacher", "wrong"),
        credentials("teacher", adult.password),
    )
    faults = [rig.refused("nobody", "sign_in", **wrong) for _ in range(5)]
    assert [fault.status for fault in faults] == [401, 401, 401, 429, 429]

    rig.kill()
    assert rig.refused("nobody", "sign_in", **right).status == 429
    rig.skip(20)
    assert rig.ask("nobody", "sign_in", **right)["token"]


def test_acc_1_nobody_learns_which_usernames_exist(rig):
    """ACC-1, SEC-3: the same answer for a wrong password and for a wrong name."""
    for_name = rig.refused("nobody", "sign_in", **credentials("nobody", "wrong"))
    for_password = rig.refused("nobody", "sign_in", **credentials("teacher", "wrong"))

    assert for_name == for_password


def test_acc_2_a_password_is_changed_with_the_old_one_only(rig):
    """ACC-2: and the new one must be good."""
    adult = rig.cast.adults["teacher"]
    new = "kettle orbit mango 7"
    fault = rig.refused("teacher", "change_password", old="wrong", new=new)
    assert fault.error == "wrong-secret"
    weak = rig.refused("teacher", "change_password", old=adult.password, new="teacher")
    assert weak.status == 422

    rig.ask("teacher", "change_password", old=adult.password, new=new)
    assert rig.ask("nobody", "sign_in", **credentials("teacher", new))["token"]
    old = credentials("teacher", adult.password)
    assert rig.refused("nobody", "sign_in", **old).status == 401


def test_acc_4_whoever_changes_a_password_signs_the_other_browsers_out(rig):
    """ACC-4: who knew the old one is out; this browser stays."""
    adult = rig.cast.adults["teacher"]
    here, there = rig.sign_in("teacher"), rig.sign_in("teacher")
    new = "kettle orbit mango 7"
    rig.ask_with(here, "change_password", old=adult.password, new=new)

    assert is_live(rig, here)
    assert not is_live(rig, there)


def test_acc_1_a_new_account_has_a_one_time_password_that_must_be_changed(rig):
    """ACC-1: shown once; the page then asks for a new one."""
    rig.step_up("leadership")
    made = rig.ask(
        "leadership",
        "account_add",
        username="nina",
        first_name="Nina",
        last_name="Vale",
        roles=["teacher"],
        classes=["wrens"],
    )
    signed = rig.ask("nobody", "sign_in", **credentials("nina", made["password"]))

    assert signed["me"]["must_change"] is True
    assert signed["me"]["classes"] == ["wrens"]
    again = rig.ask("leadership", "account_reset", id=made["line"]["id"])
    assert not is_live(rig, signed["token"])
    assert rig.ask("nobody", "sign_in", **credentials("nina", again["password"]))
