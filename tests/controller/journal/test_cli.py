"""``hometime journal verify`` and ``export``, beside a controller and without one."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from controller.errors import JournalChanged
from controller.journal.cli import journal_commands
from controller.journal.entry import Position
from controller.journal.layout import Layout
from controller.journal.reading import open_read_only
from controller.journal.verify import verify
from tests.controller.journal.toy import TOY, HandedIn, fill, open_toy, stamp, tamper


@pytest.fixture
def run():
    """Call ``hometime journal`` with these words."""

    def invoke(*words):
        return CliRunner().invoke(
            journal_commands(lambda: TOY), [str(w) for w in words]
        )

    return invoke


def test_rel_2_verify_prints_entries_epochs_and_head(data, run):
    """REL-2: three lines, exit 0."""
    fill(data, 5)
    result = run("verify", "--data", data)

    entries, epochs, head = result.stdout.splitlines()
    assert (result.exit_code, entries, epochs) == (0, "entries 5", "epochs 1")
    assert head.startswith("head 1/5 ")
    assert head.endswith("(signed up to 1/5)")


def test_rel_2_verify_exits_1_and_names_the_first_bad_sequence(data, run):
    """REL-2: one line on stderr says what and what to do."""
    fill(data, 5)
    tamper(data, "UPDATE entry SET body = '{\"v\":1}' WHERE seq = 3")
    result = run("verify", "--data", data)
    as_json = run("verify", "--data", data, "--json")

    assert result.exit_code == as_json.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "first bad sequence 3" in line
    assert "restore the newest backup" in line
    assert json.loads(as_json.stdout)["first_bad"] == {
        "node": "room-4",
        "epoch": 1,
        "seq": 3,
        "why": "digest: not that of nonce and body",
    }


def test_verify_says_the_same_in_json(data, run):
    fill(data, 5)
    found = json.loads(run("verify", "--data", data, "--json").stdout)

    assert found["ok"]
    assert (found["node"], found["entries"], found["epochs"]) == ("room-4", 5, 1)
    assert (found["head"]["epoch"], found["head"]["seq"]) == (1, 5)
    assert found["signed"] == {"epoch": 1, "seq": 5}
    assert found["first_bad"] is None


def test_export_writes_one_line_of_json_for_each_entry(data, run, journal):
    journal.append([HandedIn(7, "p12")], stamp(1))
    journal.append([HandedIn(8, "p13")], stamp(2))
    journal.forget([Position(1, 1)], "rule", stamp(3))

    lines = [json.loads(x) for x in run("export", "--data", data).stdout.splitlines()]

    assert [list(line) for line in lines] == [
        ["node", "epoch", "seq", "at", "clock", "kind", "body"]
    ] * 4
    assert lines[0]["body"] is None
    assert lines[1] == {
        "node": "room-4",
        "epoch": 1,
        "seq": 2,
        "at": "2026-11-23T08:25:02.000000+00:00",
        "clock": "synced",
        "kind": "HandedIn",
        "body": {"v": 1, "compartment": 8, "pupil": "p13", "kinds": ["phone"]},
    }
    assert [line["kind"] for line in lines[2:]] == ["Snapshot", "Forgotten"]


@pytest.mark.parametrize("command", ["verify", "export"])
@pytest.mark.parametrize("spoil", ["nothing there", "no database"])
def test_what_cannot_be_read_is_one_line_and_exit_1(data, run, command, spoil):
    fill(data, 1)
    if spoil == "nothing there":
        shutil.rmtree(data)
    else:
        Layout(data).database.write_bytes(b"spoilt" * 1000)
    result = run(command, "--data", data)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["verify", "export"])
@pytest.mark.parametrize("there", [False, True])
def test_rel_2_where_no_journal_is_nothing_is_lost_and_nothing_advised(
    tmp_path, run, command, there
):
    """REL-2: a mistyped directory; beginning anew there is no remedy."""
    path = tmp_path / "data"
    if there:
        path.mkdir()
        (path / "letter.txt").write_text("of somebody's own")
    result = run(command, "--data", path)

    assert result.exit_code == 1
    assert result.stderr == (
        f"{path}: no journal here. Name the directory with --data, or its "
        "configuration with --config.\n"
    )
    assert path.exists() is there


@pytest.mark.parametrize("left", ["head", "secrets/node.key", "secrets/node.pub"])
def test_rel_2_what_is_left_of_a_journal_is_a_loss(data, run, left):
    """REL-2: whatever is left of it; that is never taken for no journal."""
    fill(data, 1)
    kept = (data / left).read_bytes()
    shutil.rmtree(data)
    (data / left).parent.mkdir(parents=True)
    (data / left).write_bytes(kept)

    assert "missing" in run("verify", "--data", data).stderr


def test_a_damaged_row_stops_the_export_with_one_line(data, run):
    fill(data, 3)
    tamper(data, "UPDATE entry SET body = 'no json' WHERE seq = 2")
    result = run("export", "--data", data)

    assert result.exit_code == 1
    assert "journal 1/2: columns: cannot be exported" in result.stderr


def test_data_and_config_together_are_wrong_usage(data, run):
    assert run("verify", "--data", data, "--config", data / "c.toml").exit_code == 2


def test_begin_epoch_is_the_operators_word(data, run):
    """REL-2: after a loss the controller starts again, and the record says why."""
    fill(data, 3)
    tamper(data, "DELETE FROM entry WHERE seq = 3")
    result = run("begin-epoch", "--data", data)

    assert (result.exit_code, result.stdout) == (0, "epoch 2 has begun\n")
    assert run("verify", "--data", data).exit_code == 0
    journal = open_toy(data)
    assert journal.tail.position == (2, 1)
    journal.close()


def test_begin_epoch_asks_for_the_node_that_no_head_tells(data, run):
    fill(data, 3)
    Layout(data).head.unlink()

    assert run("begin-epoch", "--data", data).exit_code == 2
    assert run("begin-epoch", "--data", data, "--node", "room-4").exit_code == 0


@pytest.fixture(params=["live", "killed", "log without index", "at rest", "empty log"])
def found(request, data, tmp_path):
    """A data directory as a reader may find it."""
    journal = open_toy(data)
    for n in range(5):
        journal.append([HandedIn(n, "p1")], stamp(n))
    journal.head_writer.flush()
    target = data
    if request.param in {"killed", "log without index"}:
        target = tmp_path / "copy"
        shutil.copytree(data, target)
    if request.param == "log without index":
        Layout(target).wal_index.unlink()
    if request.param in {"at rest", "empty log"}:
        journal.close()
    if request.param == "empty log":
        Layout(data).wal.touch()
    yield target
    journal.close()


def test_verify_changes_nothing_whatever_it_finds(found):
    """It is read-only, beside a writer and without one, with a log and without."""
    before = {p: p.read_bytes() for p in found.rglob("*") if p.is_file()}

    report = verify(found)

    after = {p: p.read_bytes() for p in found.rglob("*") if p.is_file()}
    assert (report.entries, report.first_bad) == (5, None)
    assert {p for p in before if not p.name.endswith("-shm")} == {
        p for p in after if not p.name.endswith("-shm")
    }
    assert all(before[p] == after[p] for p in before if not p.name.endswith("-shm"))
    assert before.keys() == after.keys()


def test_a_reader_sees_one_moment_while_the_writer_goes_on(data, journal):
    journal.append([HandedIn(1, "p1")], stamp())
    with open_read_only(data) as reader:
        journal.append([HandedIn(2, "p2")], stamp())
        assert reader.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    assert verify(data).entries == 2


def test_a_writer_that_starts_meanwhile_is_noticed(data):
    fill(data, 3)

    with pytest.raises(JournalChanged), open_read_only(data):
        fill(data, 1)
