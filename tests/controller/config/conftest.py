"""A small sound bank as text, and what the check says of a changed one."""

import pytest

from controller.config import check

SOUND = """\
[bank]
name = "kestrels-bank"
class = "kestrels"

[supply]
volts = 12
amps = 5

[lock]
current_a = 0.65
release_time_s = 0.5
max_on_s = 1.0
min_off_s = 2.0

[[reader]]
name = "front"
bus = 0
device = 0
reset = "header:25"

[[compartment]]
n = 1
coil = "header:16"
contact = "header:2"

[[compartment]]
n = 2
coil = "header:17"
contact = "header:3"
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def examine(write):
    """Check the sound bank with some of its text exchanged and some put at its end."""

    def examine(*exchanges, more=""):
        text = SOUND
        for old, new in exchanges:
            assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        return check(write(text + more))

    return examine


@pytest.fixture
def only_fault(examine):
    """The one fault of the bank as changed; there must be no other, and no warning."""

    def only_fault(*exchanges, more=""):
        report = examine(*exchanges, more=more)
        assert report.warnings == ()
        (fault,) = report.faults
        return fault

    return only_fault


@pytest.fixture
def only_warning(examine):
    """The one warning of the bank as changed, which has no fault."""

    def only_warning(*exchanges, more=""):
        report = examine(*exchanges, more=more)
        assert report.faults == ()
        (warning,) = report.warnings
        return warning

    return only_warning
