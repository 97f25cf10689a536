"""Folder and port of a demo: what somebody types when they are taken."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from controller.config.check import load
from controller.config.faults import ConfigError
from controller.demo import seed
from controller.demo.files import leave_no_sockets, socket_folder, write_config
from controller.demo.place import FolderTaken, PortTaken, taken
from controller.demo.run import Demo
from controller.demo.seed import load_or_seed

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_web_6_a_taken_port_says_what_to_type_whichever_way_the_demo_was_begun(
    port, tmp_path
):
    """WEB-6: most people have typed ``make demo`` and never saw ``--port``."""
    with (
        pytest.raises(PortTaken, match=f"port {port}: address") as told,
        taken(tmp_path, port),
    ):
        pass

    assert "make demo PORT=N" in told.value.remedy
    assert "hometime demo --port N" in told.value.remedy


def test_make_demo_takes_the_port_that_its_remedy_names():
    """Nothing is begun: make prints what it would do."""
    told = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "demo", "PORT=18123"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert told.stdout.splitlines()[-1].endswith("hometime demo --port 18123")


def test_a_real_banks_data_is_never_taken_for_a_demo(tmp_path):
    """REL-4: one line that says so; not a byte of it is touched."""
    (tmp_path / "hometime.db").write_bytes(b"a school's record")
    (tmp_path / "people.db").write_bytes(b"a school's names")

    with pytest.raises(FolderTaken, match="belongs to a real bank"):
        load_or_seed(tmp_path)

    assert (tmp_path / "hometime.db").read_bytes() == b"a school's record"
    assert (tmp_path / "people.db").read_bytes() == b"a school's names"


def test_half_a_demo_is_begun_anew(tmp_path, monkeypatch):
    """A start that was killed in the middle leaves a mark; the next one clears up."""
    with monkeypatch.context() as patch:
        patch.setattr(seed, "_seed", killed)
        with pytest.raises(KeyboardInterrupt):
            load_or_seed(tmp_path)
    (tmp_path / "hometime.db").write_bytes(b"half")

    assert len(load_or_seed(tmp_path).pupils) == 30
    assert not (tmp_path / "secrets" / "demo-begun").exists()


def killed(*_args):
    raise KeyboardInterrupt


def test_a_configuration_of_somebodys_own_is_left_alone(tmp_path):
    """The demo's folder may hold foreign files."""
    own = tmp_path / "config.toml"
    own.write_text("[bank]\n")

    path = write_config(tmp_path, 8080)

    assert own.read_text() == "[bank]\n"
    assert path.name == "demo-config.toml"
    own.unlink()
    assert write_config(tmp_path, 8080) == write_config(tmp_path, 8081) == own


def test_a_cast_that_was_changed_is_told_in_one_line(tmp_path):
    """No traceback for whoever edits the file."""
    load_or_seed(tmp_path)
    (tmp_path / "secrets" / "demo-cast.json").write_text("{")

    with pytest.raises(FolderTaken, match="not as the demo wrote it"):
        load_or_seed(tmp_path)


@pytest.mark.parametrize(
    "name", ['a "quoted" one', "back\\slash", "it's", "[twin]", "{data}", "Grüße 🗝"]
)
def test_a_folder_of_any_name_makes_a_configuration_that_is_read(tmp_path, name):
    """HW-7: whatever signs the name has."""
    data = tmp_path / name
    data.mkdir()
    found = load(write_config(data, 8080))

    assert found.bank.data == data
    assert found.bank.socket == data / "controller.sock"
    assert (found.twin.room, found.twin.state) == (
        data / "room.sock",
        data / "room.json",
    )


@pytest.mark.parametrize("name", ["two\nlines", "tab\tand", "del\x7f"])
def test_a_folder_with_control_characters_is_told_as_such(tmp_path, name):
    """HW-7: and not as a file that is no TOML."""
    data = tmp_path / name
    data.mkdir()
    with pytest.raises(ConfigError) as told:
        load(write_config(data, 8080))

    assert str(told.value).count("control characters") == 4


@pytest.fixture
def deep(tmp_path, monkeypatch):
    """A folder too deep for sockets, and the system's temporary one."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    data = tmp_path / ("deep" * 30)
    data.mkdir()
    return data, temporary


def test_what_a_deep_folder_s_sockets_stood_in_goes_with_the_demo(deep):
    """HW-8: nothing is left in the system's temporary folder."""
    data, temporary = deep
    sockets = socket_folder(data)
    assert sockets.parent == temporary
    (sockets / "room.sock").touch()
    (sockets / "controller.sock").touch()
    (data / "hometime.db").touch()

    leave_no_sockets(data)

    assert list(temporary.iterdir()) == []
    assert [path.name for path in data.iterdir()] == ["hometime.db"]


def test_a_file_of_somebody_s_own_beside_the_sockets_stays(deep):
    """HW-8: and so does the folder."""
    data, _ = deep
    mine = socket_folder(data) / "mine.txt"
    mine.touch()
    leave_no_sockets(data)

    assert mine.exists()


def test_a_demo_that_has_ended_leaves_no_sockets(deep):
    """HW-8: also where a part had to be killed."""
    data, temporary = deep
    demo = Demo(data, 8080, None)
    (socket_folder(data) / "room.sock").touch()
    demo.end()

    assert list(temporary.iterdir()) == []
