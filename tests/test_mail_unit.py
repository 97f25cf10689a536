"""The addition that lets the controller send mail, and no more (CUS-6, SEC-2)."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.test_units import SYSTEMD, analyze

UNIT = "hometime-controller.service"


@pytest.fixture
def units(tmp_path):
    """The units with the addition where a technician puts it."""
    copy = shutil.copytree(SYSTEMD, tmp_path / "systemd")
    folder = copy / f"{UNIT}.d"
    folder.mkdir()
    shutil.copy(SYSTEMD / "hometime-mail.conf", folder / "mail.conf")
    return copy


def test_cus_6_systemd_accepts_the_addition_without_a_word(units):
    """CUS-6 HW-8: an unknown key would only be warned of."""
    done = analyze("verify", units / UNIT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_misspelt_key_of_the_addition_would_be_noticed(units):
    """The addition is really read."""
    added = units / f"{UNIT}.d" / "mail.conf"
    added.write_text(added.read_text().replace("SocketBindDeny=", "SocketBindDenies="))
    assert "Unknown key" in analyze("verify", units / UNIT).stderr


def test_sec_2_with_mail_the_controller_still_listens_nowhere():
    """SEC-2: out it may, in nobody; everything else stays as it was."""
    text = (SYSTEMD / "hometime-mail.conf").read_text()
    keys = re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)

    assert ("SocketBindDeny", "any") in keys
    assert {key for key, _ in keys} == {
        "PrivateNetwork",
        "IPAddressDeny",
        "RestrictAddressFamilies",
        "SocketBindDeny",
    }
