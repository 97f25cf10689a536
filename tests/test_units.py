"""The units are code: systemd accepts them; they allow little (HW-8, SEC-2)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parent.parent / "systemd"
UNITS = sorted(path.name for path in SYSTEMD.iterdir() if path.suffix != ".conf")
SERVICES = ["hometime-controller.service", "hometime-web.service"]
CONFIG = "/etc/hometime/config.toml"
PROGRAM = "/usr/bin/env /opt/hometime/.venv/bin/hometime"


def settings(unit: str) -> dict[str, list[str]]:
    """Return every setting of a unit with all its values, in order."""
    found = defaultdict(list)
    for line in (SYSTEMD / unit).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[key].append(value)
    return found


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def units(tmp_path) -> Path:
    """A copy of the units that a test may damage."""
    return Path(shutil.copytree(SYSTEMD, tmp_path / "systemd"))


def test_every_service_is_looked_at():
    assert [name for name in UNITS if name.endswith(".service")] == SERVICES


@pytest.mark.parametrize("unit", UNITS)
def test_hw_8_systemd_accepts_the_unit_without_a_word(unit):
    """HW-8: not a warning either; an unknown key would only be warned of."""
    done = analyze("verify", SYSTEMD / unit)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_misspelt_key_would_be_noticed(units):
    unit = units / "hometime-controller.service"
    unit.write_text(unit.read_text().replace("WatchdogSec=", "WatchdogSecs="))

    assert "Unknown key" in analyze("verify", unit).stderr


@pytest.mark.parametrize("unit", SERVICES)
def test_sec_2_a_service_reaches_little_of_the_machine(unit):
    """SEC-2: systemd's own score, 0 (nothing) to 10 (everything); ours measured 1.1."""
    said = analyze("security", "--offline=true", "--no-pager", SYSTEMD / unit).stdout

    score = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert score is not None
    assert float(score[1]) <= 1.5


def test_hw_8_the_controller_is_watched_and_always_comes_back():
    """HW-8: a loop that hangs is killed and started again, as often as it takes."""
    unit = settings("hometime-controller.service")

    assert unit["Type"] == ["notify"]
    assert 2 <= int(unit["WatchdogSec"][0]) <= 30
    assert unit["Restart"] == ["always"]
    assert unit["StartLimitIntervalSec"] == ["0"]


def test_hw_8_after_every_end_all_coils_go_off():
    """HW-8: the helper knows the same coils as the controller that ended."""
    unit = settings("hometime-controller.service")

    assert unit["ExecStart"] == [f"{PROGRAM} controller --config {CONFIG}"]
    assert unit["ExecStopPost"] == [f"{PROGRAM} all-off --config {CONFIG}"]


def test_sec_2_the_controller_has_its_chips_and_no_network():
    """SEC-2: readers, header pins and expanders; sockets only by a path."""
    unit = settings("hometime-controller.service")

    assert unit["DevicePolicy"] == ["closed"]
    assert unit["DeviceAllow"] == ["char-spi rw", "char-gpiochip rw", "char-i2c rw"]
    assert unit["RestrictAddressFamilies"] == ["AF_UNIX"]
    assert unit["PrivateNetwork"] == ["yes"]


def test_sec_2_the_site_has_no_device_file():
    """SEC-2: not even to look at."""
    unit = settings("hometime-web.service")

    assert unit["PrivateDevices"] == ["yes"]
    assert unit["DevicePolicy"] == ["closed"]
    assert unit["DeviceAllow"] == []


def test_sec_2_the_site_cannot_open_what_is_personal():
    """SEC-2: another account, to which the files are not even there."""
    web, controller = map(settings, reversed(SERVICES))

    assert web["User"] != controller["User"]
    assert web["SupplementaryGroups"] == controller["Group"]
    assert web["ProtectSystem"] == ["strict"]
    assert web["StateDirectory"] == ["hometime-web"]
    assert {
        f"-/var/lib/hometime/{name}"
        for name in ("people.db", "people.db-wal", "people.db-shm", "secrets")
    } == set(web["InaccessiblePaths"])


def test_the_site_stays_up_without_the_controller():
    """WEB-7 needs a site that runs while the controller does not."""
    unit = settings("hometime-web.service")

    assert unit["Wants"] == ["hometime-controller.service"]
    assert not {"Requires", "BindsTo", "Requisite"} & set(unit)


def test_the_accounts_of_the_units_are_made(tmp_path):
    """Both users, the shared group, and the groups of the device files."""
    done = subprocess.run(
        [
            "systemd-sysusers",
            "--dry-run",
            f"--root={tmp_path}",
            SYSTEMD / "hometime-sysusers.conf",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    said = done.stdout + done.stderr
    for user in ("hometime", "hometime-web"):
        assert f"Creating user '{user}'" in said
