"""ACC-2: which passwords are taken, and how they are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from hypothesis import given
from hypothesis import strategies as st

from controller.people import passwords
from controller.people.passwords import (
    MAX_LENGTH,
    Reason,
    check_password,
    hash_secret,
    in_deny_list,
    needs_rehash,
    verify_nobody,
    verify_secret,
)

VENDOR = Path("controller/people/vendor")
WORDS = ["Wrenfield Primary School", "Ms Quillfeather", "Oak"]


def check(password: str, *, username: str = "amira.hassan", two: bool = True):
    """Return the reasons, for an account with a second factor unless said otherwise."""
    return check_password(password, username=username, words=WORDS, second_factor=two)


@pytest.mark.parametrize(
    "password",
    [
        "heron tractor lamp",
        "correct horse battery",
        "Môr-ladron y gwynt",
        "дощ іде по склу вночі",
        "🦆🦊🐝🦉🐢🦔🐿🦀🐙🦑🐌🦎🐍🦂🦩",
        "my old school bus was blue",
        "definitely hijack deeds",
        "x" * 3 + "kjd8 shw!pqz mvnb",
        "q7$Kp2!xVb9#Lm4z",
    ],
)
def test_acc_2_fifteen_characters_of_any_kind_are_enough_alone(password):
    """ACC-2: no rules of composition: words, any script, spaces."""
    assert check(password, two=False) == []


def test_acc_2_eight_characters_need_a_second_factor():
    assert check("tk4 wvqm", two=True) == []
    assert check("tk4 wvqm", two=False) == [Reason.TOO_SHORT]
    assert check("tk4 wvq", two=True) == [Reason.TOO_SHORT]
    assert check("tk4 wvqmz bho1", two=False) == [Reason.TOO_SHORT]
    assert check("tk4 wvqmz bho1r", two=False) == []


def test_acc_2_sixty_four_and_more_are_allowed_to_a_bound():
    long = "heron tractor lamp " * 3 + "and quite a few other words beside these " * 2

    assert len(long) >= 64
    assert check(long[:MAX_LENGTH]) == []
    assert check(long[:MAX_LENGTH].ljust(MAX_LENGTH + 1, "z")) == [Reason.TOO_LONG]
    assert Reason.TOO_LONG in check("x" * 1_000_000)


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "Password123!",
        "PASSWORD2024",
        "P@ssw0rd",
        "p4$$w0rd!!",
        "$unshine1",
        "123monkey123",
        "Sunshine2024!",
        "qwertyuiop",
        "passwordpassword",
        "PasswordPassword1",
        "liverpool1",
        "Hometime2026",
        "Classroom4!",
        "school-2026",
        "trustno1",
    ],
)
def test_acc_2_what_many_people_use_is_refused_with_its_usual_dressing(password):
    """ACC-2: the deny-list works offline."""
    assert Reason.COMMON in check(password)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "1234567890123456",
        "987654321098765",
        "qwertyuiopasdfghjkl",
        "abcabcabcabcabc",
        "1234qwer1234qwer",
        "zzzzzzzzyyyyyyyyxx",
        "                ",
    ],
)
def test_acc_2_repeats_and_rows_are_refused(password):
    assert Reason.PREDICTABLE in check(password, two=False)


@pytest.mark.parametrize(
    "password",
    ["amira.hassan and tea", "tea with AmiraHassan", "Amira-Hassan 77 x"],
)
def test_acc_2_the_username_may_not_be_inside(password):
    assert check(password) == [Reason.HAS_USERNAME]


def test_acc_2_a_short_username_counts_only_by_itself():
    assert check("lamp tractor jo heron", username="jo") == []
    assert Reason.HAS_USERNAME in check("jo", username="jo")


@pytest.mark.parametrize(
    "password",
    [
        "i like wrenfield!",
        "WRENFIELD primary",
        "Quillfeather 99 x",
        "wren-field tea cup",
    ],
)
def test_acc_2_the_schools_own_words_may_not_be_inside(password):
    assert check(password) == [Reason.HAS_SCHOOL_WORD]


def test_acc_2_words_of_every_school_are_no_secret_and_no_fault():
    """ACC-2: "primary" or "oak" inside a sentence gives nothing away."""
    assert check("my primary oak reason") == []


@pytest.mark.parametrize("char", ["\0", "\n", "\x7f", "\ud800", "\ue000"])
def test_acc_2_a_character_that_cannot_be_typed_again_is_refused(char):
    assert check(f"heron tractor{char}lamp") == [Reason.ODD_CHARACTER]


def test_acc_2_every_reason_is_said_at_once_in_words():
    reasons = check_password("amira1", username="amira1", second_factor=False)

    assert {Reason.TOO_SHORT, Reason.HAS_USERNAME} <= set(reasons)
    for reason in Reason:
        assert reason.says.endswith(".")
        assert "amira" not in reason.says


def test_acc_2_composed_and_decomposed_accents_are_one_password():
    """ACC-2: a Mac types é as two characters, a PC as one."""
    stored = hash_secret("caf\u00e9 tractor lamp")

    assert verify_secret(stored, "cafe\u0301 tractor lamp")
    assert check("cafe\u0301 trac lamp", two=False) == check(
        "caf\u00e9 trac lamp", two=False
    )


# ------------------------------------------------------------------------------ keep


def test_acc_2_kept_as_argon2id_with_our_parameters():
    """ACC-2: t=3, m=19456 KiB, p=1; each hash with a salt of its own."""
    stored, again = hash_secret("heron tractor"), hash_secret("heron tractor")
    parameters = extract_parameters(stored)

    assert stored.startswith("$argon2id$")
    assert (parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (
        3,
        19456,
        1,
    )
    assert stored != again
    assert verify_secret(stored, "heron tractor")
    assert not verify_secret(stored, "heron tractoR")
    assert not verify_secret(stored, "")
    assert not needs_rehash(stored)


def test_acc_2_an_older_hash_is_to_be_made_anew():
    older = passwords.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

    assert needs_rehash(older.hash("heron tractor"))


def test_acc_2_a_secret_beyond_the_bound_is_never_hashed():
    with pytest.raises(ValueError, match="wanted 1 to 128"):
        hash_secret("x" * 129)
    with pytest.raises(ValueError, match="0 characters"):
        hash_secret("")
    assert not verify_secret(hash_secret("x" * 128), "x" * 129)


def test_acc_2_a_broken_character_matches_nothing():
    assert not verify_secret(hash_secret("ab?"), "ab\ud800")


@pytest.mark.parametrize("stored", ["", "nonsense", "$argon2id$nonsense"])
def test_acc_2_a_damaged_hash_is_not_a_wrong_password(stored):
    with pytest.raises((InvalidHashError, VerificationError)):
        verify_secret(stored, "heron")


def test_acc_2_an_unknown_username_costs_a_hash_too(mocker):
    """ACC-2: so that the time of the answer does not tell who has an account."""
    verify = mocker.spy(passwords.HASHER.__class__, "verify")

    assert verify_nobody("heron tractor") is False
    assert verify_nobody("nobody has this password") is False
    assert verify.call_count == 2


def test_acc_2_a_long_guess_is_turned_away_before_any_work(mocker):
    verify = mocker.spy(passwords.HASHER.__class__, "verify")

    assert not verify_secret("$argon2id$nonsense", "x" * 129)
    assert verify.call_count == 0


def test_acc_2_eight_signs_around_a_common_password_are_little_and_nine_are_not():
    assert Reason.COMMON in check("73@1monkey!$94")
    assert Reason.COMMON not in check("73@17monkey!$94")


# ------------------------------------------------------------------------- the list


def test_acc_2_the_deny_list_is_the_one_it_says_it_is():
    sums = dict(
        reversed(line.split())
        for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )

    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*.txt")
    }


def test_acc_2_the_deny_list_is_folded_as_we_look_things_up():
    lines = (VENDOR / "common_passwords.txt").read_text("utf-8").splitlines()

    assert len(lines) == len(set(lines)) == 30_000
    assert all(line == line.casefold() for line in lines)
    assert in_deny_list(lines[0])
    assert in_deny_list(lines[-1])
    for part in ("", "asswor", "password\npasswords", "\n"):
        assert not in_deny_list(part)


@given(st.text(max_size=150), st.booleans())
def test_acc_2_law_any_text_is_judged(text, second_factor):
    reasons = check_password(text, username="", second_factor=second_factor)

    assert len(reasons) == len(set(reasons))
    if not 8 <= len(text) <= 128 and text.isascii():
        assert reasons
