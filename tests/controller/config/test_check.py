"""Every fault at once, each with its line, place and remedy (HW-7)."""

import pytest

from controller.config import check
from tests.controller.config.conftest import SOUND


def test_hw_7_a_sound_file_has_neither_faults_nor_warnings(examine):
    report = examine()

    assert (report.faults, report.warnings, report.lines) == ((), (), [])


def test_hw_7_given_many_mistakes_then_each_is_named_with_its_line(write):
    """HW-7: a technician mends the file in one go."""
    path = write(
        """\
[bank]
name = "Kestrels Bank"
colums = 4

[suply]
volts = 12

[lock]
current_a = 9
release_time_s = 2
max_on_s = 1
min_off_s = "two"

[[reader]]
name = "front"
bus = 0
device = 0
reset = "header:15"

[[compartment]]
n = 1
coil = "header:4"
contact = "header:9"

[[compartment]]
n = 1
coil = "header:17"
contact = "header:17"

[[compartment]]
coil = "i2c-1:0x20:3"
contact = "room:reeds:3"
purpose = "pupils"
lock = "heavy"
"""
    )

    report = check(path)

    assert [(fault.line, fault.place) for fault in report.faults] == [
        (None, "supply"),
        (2, "bank, name"),
        (3, "bank, colums"),
        (5, "suply"),
        (10, "lock, release_time_s"),
        (12, "lock, min_off_s"),
        (18, "reader front, reset"),
        (22, "compartment 1, coil"),
        (23, "compartment 1, contact"),
        (26, "compartment 1, n"),
        (28, "compartment 1, contact"),
        (30, "compartment (no. 3 in the file), n"),
        (31, "compartment (no. 3 in the file), coil"),
        (32, "compartment (no. 3 in the file), contact"),
        (33, "compartment (no. 3 in the file), purpose"),
        (34, "compartment (no. 3 in the file), lock"),
    ]
    assert all(each.wanted and each.remedy for each in report.faults)


def test_hw_7_a_line_says_file_line_place_found_wanted_and_remedy(examine):
    report = examine(('"header:16"', '"header:14"'))

    (line,) = report.lines
    assert line == (
        f"{report.path}:23: fault: compartment 1, coil: "
        'found "header:14", wanted a line that is low while the Pi boots; '
        "GPIO14 is a serial line then; take 12, 13 or one of 16 to 27."
    )


def test_a_misspelt_setting_is_told_once_with_what_was_meant(only_fault):
    fault = only_fault(('contact = "header:3"', 'contcat = "header:3"'))

    assert fault.place == "compartment 2, contcat"
    assert fault.remedy == 'Did you mean "contact"?'


def test_a_setting_that_resembles_none_is_to_be_taken_out(only_fault):
    assert only_fault(more='sparkle = "yes"\n').remedy == "Take it out."


@pytest.mark.parametrize(
    ("exchange", "place", "found"),
    [
        (("volts = 12", "volts = nan"), "supply, volts", "nan"),
        (("amps = 5", "amps = true"), "supply, amps", "true"),
        (("volts = 12", 'volts = "12"'), "supply, volts", '"12"'),
        (("amps = 5", "amps = 1e9"), "supply, amps", "1000000000.0"),
        (("n = 2", "n = 0"), "compartment 0, n", "0"),
        (("n = 2", "n = 2.0"), "compartment (no. 2 in the file), n", "2.0"),
        (("bus = 0", "bus = true"), "reader front, bus", "true"),
        (('"header:3"', "3"), "compartment 2, contact", "3"),
        (('"header:3"', '"header:28"'), "compartment 2, contact", '"header:28"'),
        (('"header:3"', '"GPIO3"'), "compartment 2, contact", '"GPIO3"'),
        (('"header:3"', '""'), "compartment 2, contact", '""'),
        (('"header:3"', '["header:3"]'), "compartment 2, contact", "a list"),
        (('"kestrels"', '"../etc"'), "bank, class", '"../etc"'),
        (('"kestrels"', '"kestrels\\n"'), "bank, class", '"kestrels\\n"'),
        (('"front"', '""'), "reader (no. 1 in the file), name", '""'),
    ],
)
def test_a_value_that_does_not_fit_is_shown_as_the_file_writes_it(
    only_fault, exchange, place, found
):
    fault = only_fault(exchange)

    assert (fault.place, fault.found) == (place, found)


@pytest.mark.parametrize(
    ("setting", "remedy"),
    [
        ('timezone = "Europe/Londn"', 'Did you mean "Europe/London"?'),
        ('timezone = "../../etc/passwd"', "timedatectl"),
        ('timezone = ""', "timedatectl"),
        ('assignment = "first_free"', 'Did you mean "first-free"?'),
        ('kiosk_side = "middle"', "Choose one of these words."),
        ('data = "~/hometime"', "no home"),
        ('data = "a\\u0000b"', "control characters"),
        ("columns = 0", "within these bounds"),
    ],
)
def test_the_remedy_says_what_to_write(only_fault, setting, remedy):
    assert remedy in only_fault(("[supply]", f"{setting}\n[supply]")).remedy


@pytest.mark.parametrize(
    "web",
    [
        'host = "http://lockers"',
        'host = "lockers:8080"',
        "port = 0",
        'trusted_hosts = "lockers.school.example"',
        'trusted_hosts = ["lockers_school"]',
        f'trusted_hosts = ["{"a." * 127}b"]',
    ],
)
def test_the_site_is_named_by_plain_hosts(only_fault, web):
    assert only_fault(more=f"[web]\n{web}\n").place == f"web, {web.split()[0]}"


def test_ip_addresses_and_names_are_both_hosts(examine):
    hosts = '[web]\nhost = "::1"\ntrusted_hosts = ["fd00::7", "lockers.school.example"]'

    assert examine(more=hosts).lines == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[[reader]]", "[reader]", "reader"),
        ("[supply]", "[[supply]]", "supply"),
        ("[lock]", "[locks]", "locks.current_a"),
        ("[bank]", "[[compartment]]\n[bank]", "compartment (no. 1 in the file), n"),
        ("[bank]", "locks = 3\n[bank]", "locks"),
        ("[bank]", "reader = 3\n[bank]\n[x]", "file"),
    ],
)
def test_tables_of_the_wrong_shape_are_faults_not_crashes(write, old, new, place):
    report = check(write(SOUND.replace(old, new, 1)))

    assert place in [fault.place for fault in report.faults]
    assert all(isinstance(line, str) for line in report.lines)


@pytest.mark.parametrize("table", ["bank", "supply", "lock", "reader", "compartment"])
def test_a_table_that_must_stand_there_is_asked_for(write, table):
    kept = [
        part
        for part in SOUND.split("\n\n")
        if part.split("]", maxsplit=1)[0].strip("[") != table
    ]

    (fault,) = check(write("\n\n".join(kept))).faults

    assert (fault.place, fault.found, fault.line) == (table, "nothing", None)
    assert f"[{table}]" in fault.wanted


def test_an_empty_file_lacks_five_tables(write):
    assert len(check(write("")).faults) == 5


def test_a_file_that_is_no_toml_is_told_with_its_line(write):
    (fault,) = check(write(SOUND + "[[compartment]\n")).faults

    assert (fault.place, fault.line) == ("file", 30)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'[bank]\nname = "\xff"', "byte 0xff at 15"),
        (b"a = " + b"[" * 9000, "lists within lists"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_one_fault(write, content, found):
    (fault,) = check(write(content)).faults

    assert found in fault.found


def test_a_missing_file_and_a_folder_are_one_fault_each(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        (fault,) = check(path).faults
        assert "no way to read it" in fault.found
