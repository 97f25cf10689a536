"""The command line's contract: exit codes, one line that says what and what to do."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from controller.commands.cli import cli
from controller.journal.layout import Layout
from controller.readside import last_known
from tests.controller.processes import (
    TREE,
    ended,
    hometime,
    kill_group,
    start,
    wait_for,
)
from tests.rig_fixtures import quick_folder

EXAMPLE = TREE / "examples" / "header-bank.toml"
MOCK = {"GPIOZERO_PIN_FACTORY": "mock"}
COMMANDS = (
    *(
        "account",
        "all-off",
        "config",
        "controller",
        "demo",
        "journal",
        "reader",
        "room",
    ),
    *("roster", "web"),
)
SIGTERM_S = 5.0
READY_S = 1.5


def run(*arguments: object):
    return CliRunner().invoke(cli, list(map(str, arguments)))


def one_line(text: str) -> str:
    """Return the one line that stderr is, and hold it against the contract."""
    (line,) = text.splitlines()
    assert line.startswith("hometime: ")
    assert len(re.split(r"[.;:] ", line)) >= 2, "what, and what to do"
    assert "Traceback" not in line
    return line


# ------------------------------------------------------------------- help and usage


def test_help_names_every_command():
    found = run("--help")
    assert found.exit_code == 0
    assert re.findall(
        r"^  (\S+) +\S", found.output.split("Commands:")[1], re.MULTILINE
    ) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help(command):
    found = (
        hometime(command, "--help") if command == "all-off" else run(command, "--help")
    )
    text = found.stdout if command == "all-off" else found.output
    assert text.lower().startswith("usage:")


def test_the_version_is_the_installed_one():
    assert re.fullmatch(r"hometime \d+\.\d+\.\d+\n", run("--version").output)


@pytest.mark.parametrize(
    "wrong",
    [
        ["nonsense"],
        ["controller"],
        ["web"],
        ["demo", "--port", "0"],
        ["demo", "--port", "many"],
        ["reader", "watch"],
        ["reader", "watch", "--bus", "0", "--device", "0", "--count", "0"],
        ["roster", "import"],
        ["roster", "import", "/no/such/file"],
        ["config", "check"],
        ["journal", "verify", "--data", "a", "--config", "b"],
    ],
)
def test_wrong_usage_is_exit_2(wrong):
    assert run(*wrong).exit_code == 2


# -------------------------------------------------------------------- configuration


def test_a_sound_configuration_is_exit_0():
    found = run("config", "check", EXAMPLE)
    assert (found.exit_code, found.stderr) == (0, "")
    assert json.loads(run("config", "check", EXAMPLE, "--json").stdout)["faults"] == []


def test_hw_7_a_configuration_with_mistakes_tells_all_of_them_and_starts_nothing(
    tmp_path,
):
    """HW-7: each with its place; nothing was started."""
    text = EXAMPLE.read_text().replace(
        "columns = 4", f'columns = 4\ndata = "{tmp_path}/d"'
    )
    text = text.replace("max_coils = 1", "max_coils = 0").replace(
        "max_on_s = 1.0", "max_on_s = 0.1"
    )
    path = tmp_path / "c.toml"
    path.write_text(text)

    checked = run("config", "check", path)
    assert checked.exit_code == 1
    assert len(json.loads(run("config", "check", path, "--json").stdout)["faults"]) >= 2
    started = hometime("controller", "--config", path, env=MOCK)
    assert started.returncode == 1
    assert "max_coils" in started.stderr
    assert "Traceback" not in started.stderr
    assert not (tmp_path / "d").exists()


def test_hw_8_all_off_loads_nothing_else_of_ours(tmp_path):
    """HW-8: it must work when nothing else does."""
    code = (
        "import sys; sys.argv = ['hometime', 'all-off', '--config', sys.argv[1]]\n"
        "from controller.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code in (0, None), end.code\n"
        "ours = [m for m in sys.modules if m.split('.')[0] in "
        "('controller', 'hardware', 'web', 'click', 'msgspec')]\n"
        "print(*sorted(ours))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLE)],
        capture_output=True,
        text=True,
        check=True,
        cwd=TREE,
        env={"GPIOZERO_PIN_FACTORY": "mock", "PATH": "/usr/bin:/bin"},
    )
    assert found.stdout.split() == [
        *("controller", "controller.__main__", "controller.alloff")
    ]


# -------------------------------------------------------------- a controller on mocks


def config_of(folder: Path) -> Path:
    """Write the example bank's configuration for a folder of the test's own."""
    text = EXAMPLE.read_text().replace(
        "columns = 4\n",
        f'columns = 4\ndata = "{folder}/data"\nsocket = "{folder}/c.sock"\n',
    )
    path = folder / "config.toml"
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def pi():
    """A controller as on a Pi, on gpiozero's mock pins, whose reader is not there."""
    with quick_folder() as folder:
        config = config_of(folder)
        process = start(
            "controller", "--config", config, env=MOCK, stderr=subprocess.PIPE
        )
        try:
            wait_for((folder / "c.sock").exists)
            process.folder, process.config = folder, config
            yield process
        finally:
            kill_group(process)
            process.stderr.close()


def test_a_second_controller_on_the_same_data_is_refused_and_harms_nothing(pi):
    """HW-2: one writer; the first goes on, its socket too."""
    second = hometime("controller", "--config", pi.config, env=MOCK)

    assert second.returncode == 1
    assert "held by another process" in one_line(second.stderr.splitlines()[-1])
    assert pi.poll() is None
    assert (pi.folder / "c.sock").exists()


def test_dat_1_the_roll_goes_through_the_controller_that_runs(pi):
    """DAT-1: all or nothing, JSON as the contract has it, exit codes."""
    roll = TREE / "examples" / "rolls"
    data = ("--data", pi.folder / "data")
    bad = hometime("roster", "import", roll / "with-mistakes.csv", *data, "--json")
    assert bad.returncode == 1
    counts = json.loads(bad.stdout)
    assert set(counts) == {"added", "changed", "left", "bad"}
    assert all(set(row) == {"line", "reason"} for row in counts["bad"])
    assert "--leave-out-bad" in one_line(bad.stderr)

    dry = hometime("roster", "import", roll / "sims.csv", *data, "--json", "--dry-run")
    done = hometime("roster", "import", roll / "sims.csv", *data, "--json")
    again = hometime("roster", "import", roll / "sims.csv", *data, "--json")
    assert (dry.returncode, done.returncode, again.returncode) == (0, 0, 0)
    added = json.loads(done.stdout)["added"]
    assert added == json.loads(dry.stdout)["added"] > 0
    assert json.loads(again.stdout) == {"added": 0, "changed": 0, "left": 0, "bad": []}


def test_the_read_side_reads_beside_a_writer_that_does_not_answer(pi):
    """WEB-7: one that hangs is as good as none."""
    board = last_known(pi.folder / "data")

    assert board.bank == "kestrels-bank"
    assert board.at_us > 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_controller_ends_in_order_when_it_is_asked_to(number):
    """HW-2, HW-8: exit 0 within five seconds; afterwards the last board can be read."""
    with quick_folder() as folder:
        process = start(
            "controller",
            "--config",
            config_of(folder),
            env=MOCK,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for((folder / "c.sock").exists)
            code, took = ended(process, SIGTERM_S + 1, number)
            assert code == 0
            assert took <= SIGTERM_S
            assert not (folder / "c.sock").exists()
            board = last_known(folder / "data")
            assert board.bank == "kestrels-bank"
            assert [door.n for door in board.doors] == list(range(1, 9))
        finally:
            kill_group(process)


@pytest.mark.parametrize("spoil", ["hometime.db", "head", "secrets/node.key"])
def test_rel_2_what_is_lost_is_told_in_one_line(pi, tmp_path, spoil):
    """REL-2, REL-4: never a silent empty start."""
    config = config_of(tmp_path)
    process = start(
        "controller", "--config", config, env=MOCK, stderr=subprocess.DEVNULL
    )
    try:
        wait_for((tmp_path / "c.sock").exists)
        ended(process, SIGTERM_S + 1)
    finally:
        kill_group(process)
    (tmp_path / "data" / spoil).unlink()

    found = hometime("controller", "--config", config, env=MOCK)

    assert found.returncode == 1
    assert "missing" in one_line(found.stderr) or "no readable slot" in found.stderr
    assert not (tmp_path / "data" / spoil).exists(), "nothing was made anew"


def test_dat_1_without_a_controller_the_command_does_it_by_itself(tmp_path):
    """DAT-1: into an empty folder; then the record can be verified."""
    roll = TREE / "examples" / "rolls"
    data = ("--data", tmp_path / "data")
    done = run("roster", "import", roll / "arbor.csv", *data, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["added"] > 0

    assert run("journal", "verify", *data).exit_code == 0
    half = tmp_path / "half.csv"
    lines = (roll / "arbor.csv").read_text("utf-8-sig").splitlines(keepends=True)
    half.write_text("".join(lines[:3]))
    asked = run("roster", "import", half, *data, "--json")
    assert asked.exit_code == 1
    assert "--accept-leavers" in one_line(asked.stderr)
    before = run("journal", "export", *data).stdout
    only_said = run("roster", "import", half, *data, "--dry-run", "--json")
    assert only_said.exit_code == 0, "a dry run only says so"
    assert "more than a fifth" in one_line(only_said.stderr)
    assert "--accept-leavers" in only_said.stderr
    assert json.loads(only_said.stdout)["left"] > 0
    silent = run("roster", "import", half, *data, "--dry-run", "--accept-leavers")
    assert (silent.exit_code, silent.stderr) == (0, "")
    assert run("journal", "export", *data).stdout == before, "nothing was applied"
    accepted = run("roster", "import", half, *data, "--accept-leavers", "--json")
    assert accepted.exit_code == 0
    assert json.loads(accepted.stdout)["left"] > 0


def test_dat_1_bad_rows_are_left_out_by_choice(tmp_path):
    """DAT-1: else nothing is applied; people read the reasons."""
    mistakes = TREE / "examples" / "rolls" / "with-mistakes.csv"
    file = tmp_path / "roll.csv"
    file.write_text(mistakes.read_text("utf-8") + "6,Edda,Bramble,4 Maple,Year 4,\n")
    data = ("--data", tmp_path / "data")
    refused = run("roster", "import", file, *data)
    assert refused.exit_code == 1
    assert re.search(r"^line \d+: ", refused.stdout, re.MULTILINE)
    assert "would be added" in refused.stdout

    left_out = run("roster", "import", file, *data, "--leave-out-bad", "--json")
    assert left_out.exit_code == 0
    assert json.loads(left_out.stdout)["added"] == 1


@pytest.mark.parametrize("name", ["oneroster-1.1", "oneroster-1.2"])
def test_dat_1_a_oneroster_folder_is_a_roll(tmp_path, name):
    """DAT-1: unpacked, as systems export it."""
    folder = TREE / "examples" / "rolls" / name
    found = run("roster", "import", folder, "--data", tmp_path / "data", "--json")
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)["added"] > 0


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"a,b\n1,2\n", b'"open\n'])
def test_dat_1_what_is_no_roll_is_told_in_one_line(tmp_path, content):
    """DAT-1: and names no cell."""
    file = tmp_path / "r.csv"
    file.write_bytes(content)
    found = run("roster", "import", file, "--data", tmp_path / "data")
    assert found.exit_code == 1
    one_line(found.stderr)


def test_dat_1_a_folder_that_somebody_writes_to_is_told(tmp_path):
    """DAT-1: the controller is starting, and does not answer yet."""
    from controller.journal.lock import WriterLock  # noqa: PLC0415  as the controller

    (tmp_path / "data").mkdir()
    lock = WriterLock(Layout(tmp_path / "data").lock)
    try:
        file = TREE / "examples" / "rolls" / "sims.csv"
        found = run("roster", "import", file, "--data", tmp_path / "data")
    finally:
        lock.release()
    assert found.exit_code == 1
    assert "held by another process" in one_line(found.stderr)


def test_a_site_whose_port_is_taken_says_so_in_one_line(pi, tmp_path):
    """The site: what, and what to do."""
    import socket  # noqa: PLC0415  only here

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        config = tmp_path / "c.toml"
        text = config_of(pi.folder).read_text()
        config.write_text(f"{text}\n[web]\nport = {port}\n")
        found = hometime("web", "--config", config)
    assert found.returncode == 1
    assert "in use" in one_line(found.stderr.splitlines()[-1])


# --------------------------------------------------------------------- reader watch

SPIDEV = """
# Stands for the kernel's spidev: one chip on bus 0, device 0, with a card in its field.
from hardware.clock import RealClock
from hardware.twin.cards import Card
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.spidev_inprocess import SpiDevBase, SpiWires

clock = RealClock()
chip = Mfrc522Chip(clock)
chip.put(Card(bytes.fromhex("04A1B2C3D4E5F6")))


class SpiDev(SpiDevBase):
    wires = SpiWires({(0, 0): chip}, clock)
"""


@pytest.fixture
def bench(tmp_path):
    """A folder with a module ``spidev`` of ours, for PYTHONPATH."""
    (tmp_path / "spidev.py").write_text(SPIDEV)
    return {"PYTHONPATH": f"{tmp_path}:{TREE}", **MOCK}


def test_hw_1_reader_watch_talks_to_whatever_spidev_is_on_the_path(bench):
    """HW-1, ACC-7: one JSON line a tap; it ends after --count."""
    found = hometime(
        *("reader", "watch", "--bus", 0, "--device", 0, "--count", 1), env=bench
    )
    assert found.returncode == 0, found.stderr
    assert [json.loads(line) for line in found.stdout.splitlines()] == [
        {"uid": "04A1B2C3D4E5F6", "atqa": 0x44, "sak": 0}
    ]


def test_hw_4_reader_watch_tells_a_dead_reader_at_once_and_ends_when_asked(bench):
    """HW-4: nothing is wired at device 1; lines are flushed; SIGTERM within 5 s."""
    process = start(
        *("reader", "watch", "--bus", 0, "--device", 1),
        env=bench,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert json.loads(process.stdout.readline()) == {"fault": "reader-dead"}
        code, took = ended(process, SIGTERM_S + 1)
        assert (code, took <= SIGTERM_S) == (0, True)
    finally:
        kill_group(process)
        process.stdout.close()
