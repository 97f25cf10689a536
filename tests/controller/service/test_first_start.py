"""The first account: no default password, a code from the machine itself (ACC-1)."""

import stat

import pytest

from tests.rig import credentials, opened

GOOD = {
    "username": "helen.marsh",
    "password": "heron tractor lamp 9",
    "first_name": "Helen",
    "last_name": "Marsh",
    "remote": "10.0.0.9",
}


@pytest.fixture
def new(folder, cheap_hashes):
    """A bank on its first day, without anybody."""
    with opened(folder / "rig", seeded=False) as rig:
        yield rig


def code_file(rig):
    return rig.config.bank.data / "secrets" / "first-start"


def code(rig) -> str:
    return code_file(rig).read_text().strip()


def test_acc_1_the_first_start_asks_for_an_account_with_the_machines_code(new):
    """ACC-1: whoever can read the machine's secrets makes the first account."""
    assert new.ask("nobody", "first_start_needed") is True
    assert stat.S_IMODE(code_file(new).stat().st_mode) == 0o600

    signed_in = new.ask("nobody", "first_start", code=code(new), **GOOD)

    assert set(signed_in["me"]["roles"]) == {"leadership", "technician"}
    assert new.ask_with(signed_in["token"], "me")["username"] == "helen.marsh"
    assert new.ask("nobody", "first_start_needed") is False
    assert not code_file(new).exists()
    assert new.ask("nobody", "sign_in", **credentials("helen.marsh", GOOD["password"]))[
        "token"
    ]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"code": "0000-0000-0000-0000"}, 401),
        ({"code": "\u20ac"}, 401),
        ({"password": "short"}, 422),
        ({"password": "passwordpassword"}, 422),
        ({"username": "no blanks"}, 422),
        ({"username": "élan"}, 422),
        ({"username": ""}, 422),
        ({"first_name": " "}, 422),
        ({"first_name": "x" * 61}, 422),
    ],
)
def test_acc_1_a_wrong_first_start_makes_nobody(new, wrong, status):
    """ACC-1: told what is wrong; the code still holds."""
    before = new.entries
    fault = new.refused("nobody", "first_start", **({"code": code(new)} | GOOD | wrong))

    assert fault.status == status
    assert new.entries == before
    assert new.ask("nobody", "first_start_needed") is True
    assert new.ask("nobody", "first_start", code=code(new), **GOOD)


def test_acc_1_there_is_no_second_first_account(new):
    """ACC-1: the code is worth nothing once there is an account."""
    old = code(new)
    new.ask("nobody", "first_start", code=old, **GOOD)

    second = GOOD | {"username": "second"}
    assert new.refused("nobody", "first_start", code=old, **second).status == 409
    new.kill()
    assert new.refused("nobody", "first_start", code=old, **second).status == 409
    assert not code_file(new).exists()


def test_acc_1_the_code_stays_the_same_until_it_is_used(new):
    """ACC-1: whoever has written it down need not look again after a restart."""
    before = code(new)
    new.kill()
    assert code(new) == before


def test_acc_1_a_bank_with_accounts_offers_no_first_start(rig):
    """ACC-1: also after a restart."""
    rig.kill()
    assert rig.ask("nobody", "first_start_needed") is False
    assert not code_file(rig).exists()
    assert rig.refused("nobody", "first_start", code="", **GOOD).status == 409


def test_acc_1_killed_between_name_and_account_the_name_is_free_again(new):
    """ACC-1, REL-1: what no entry knows is swept away at the next start."""
    given = code(new)

    def die(facts):
        if facts:
            raise SystemExit

    new.hub.core.commit = die
    with pytest.raises(SystemExit):
        new.ask("nobody", "first_start", code=given, **GOOD)
    new.kill()

    assert new.ask("nobody", "first_start", code=code(new), **GOOD)["token"]
