"""``hometime demo --afternoon``: a Monday at ten to three, something on every page."""

import json
import re
import time
from html import unescape

import pytest

from controller.client import Client
from controller.demo import afternoon as day
from controller.demo.files import write_config
from controller.demo.place import default_data
from controller.demo.seed import Scene, load_or_seed
from controller.demo.stage import DayAbandoned
from tests.controller.processes import ended, free_port, hometime, kill_group
from tests.controller.test_demo import Demo

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One afternoon for all tests that leave it as it is."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "afternoon", "--afternoon").ready()
    yield demo
    kill_group(demo.process)


@pytest.fixture(scope="module")
def entries(demo):
    """What its journal holds."""
    told = hometime("journal", "export", "--data", demo.data).stdout
    return [json.loads(line) for line in told.splitlines()]


def words(page: str) -> str:
    """Return what a page says."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def name(demo, door: int) -> str:
    return next(
        p["first_name"] for p in demo.json["pupils"] if p["compartment"] == door
    )


def pupil(demo, door: int) -> str:
    return next(p["id"] for p in demo.json["pupils"] if p["compartment"] == door)


def bodies(entries, kind: str) -> list[dict]:
    return [entry["body"] for entry in entries if entry["kind"] == kind]


def test_sim_4_it_comes_up_at_ten_to_three_on_the_monday(demo):
    """SIM-4: no coil is on, no door stands open, the clock runs from there."""
    world = demo.twin("world")

    assert world["clock"].startswith("2026-11-23T14:5")
    assert {c["door"] for c in world["compartments"]} == {"closed"}
    assert not any(c["coil"] for c in world["compartments"])
    board = words(demo.get("/"))
    assert "Out of order" not in board


def test_rel_2_what_was_played_verifies_as_what_was_lived(demo, entries):
    """REL-2: decided, written and signed by the controller's own parts."""
    verified = hometime("journal", "verify", "--data", demo.data)

    assert verified.returncode == 0, verified.stderr
    times = [entry["at"] for entry in entries]
    assert times == sorted(times)
    assert not bodies(entries, "ClockMoved"), "time passed; nobody set a clock"
    assert not bodies(entries, "OrderRefused"), "nobody was refused on the way"


def test_sim_2_every_device_lies_where_the_record_says(demo, entries):
    """SIM-2, CUS-3: behind its door, held or not; all other doors are empty."""
    inside: dict[str, int] = {}
    held: dict[str, str] = {}
    given: dict[str, list[str]] = {}
    for entry in entries:
        body = entry["body"]
        match entry["kind"]:
            case "DeviceSaidIn":
                inside[body["pupil"]] = body["compartment"]
            case "DeviceCollected":
                inside.pop(body["pupil"])
            case "DeviceHeld":
                held[body["hold"]] = body["place"]
                inside.pop(body["person"], None)
            case "HoldMoved":
                held[body["hold"]] = body["place"]
            case "HandOverPrepared":
                given[body["handover"]] = body["holds"]
            case "HandedOver":
                for hold in given[body["handover"]]:
                    del held[hold]
    doors = {int(p[5:]) for p in held.values() if p.startswith("door:")}
    own = [one["compartment"] for one in bodies(entries, "OwnDeviceIn")]
    recorded = {*inside.values(), *doors, *own}

    lying = {c["n"] for c in demo.twin("world")["compartments"] if c["device"]}

    assert lying == recorded
    assert sorted(held.values()) == ["door:3", "door:34", "safe"]
    assert len(own) == 2, "the teacher's and the visitor's"


def test_the_day_has_what_a_newcomer_should_see(demo, entries):
    """CUS, REC-3, DAY-6, DAY-7: each of it once, by somebody who may."""
    absent, club, early, none = (
        [b["pupil"] for b in bodies(entries, "PupilMarked")[-4:] if b["mark"] == mark]
        for mark in ("absent", "club", "left-early", "none")
    )
    assert absent == [pupil(demo, day.ABSENT)]
    assert club == [pupil(demo, day.FOOTBALL)]
    assert early == [pupil(demo, day.EARLY)]
    assert none == [pupil(demo, day.NO_PHONE)]
    assert [b["about"] for b in bodies(entries, "QuestionRaised")] == ["left-behind"]
    assert len(bodies(entries, "ConcernRaised")) == 1
    assert len(bodies(entries, "ConcernSeen")) == 1
    assert len(bodies(entries, "StrangeCardsSeen")) == 1
    assert {b["rule"] for b in bodies(entries, "TapRefused")} == {
        "lessons",
        "see-teacher",
    }
    exceptions = [b for b in bodies(entries, "RecordFiled") if b["kind"] == "exception"]
    assert [b["about"] for b in exceptions] == [pupil(demo, day.ALLOWED)]
    assert exceptions[0]["record"] in {
        b["record"] for b in bodies(entries, "RecordApproved")
    }


def test_cus_10_the_desk_shows_two_held_and_one_overdue(demo):
    """CUS-4, CUS-10: whose, since when, and that home of one of them was not told."""
    demo.sign_in("office")
    desk = words(demo.get("/desk"))

    for door in (day.HELD_INSIDE, day.HELD_AT_DESK, day.OVERDUE):
        assert name(demo, door) in desk
    assert name(demo, day.FETCHED) not in desk, "that one went home on Thursday"
    client = Client(demo.data / "controller.sock")
    account = next(a for a in demo.json["accounts"] if a["role"] == "office")
    token = client.ask(
        "sign_in",
        username=account["username"],
        password=account["password"],
        remote="127.0.0.1",
        browser="test",
    )["token"]
    lines = client.ask("custody", token)["held"]
    client.close()
    assert [line["overdue"] for line in lines if line.get("overdue")] == [True]
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("role", "path", "shown"),
    [
        ("teacher", "/classes/kestrels", "Said to be in"),
        ("office", "/records", "Exception"),
        ("teacher", "/classes/kestrels/morning", "No device today"),
        ("office", "/visitors", "Fen and Moor Lifts"),
        ("office", "/desk", "Not collected"),
        ("office", "/reports", "Overdue since Friday 20 November"),
        ("office", "/journal", "Sealed"),
        ("leadership", "/safeguarding", "somebody keeps sending messages"),
        ("leadership", "/accounts/access", "Helen Marsh"),
        ("leadership", "/reports", "Friday"),
        ("technician", "/health", "Ready"),
    ],
)
def test_no_page_is_empty(demo, role, path, shown):
    demo.sign_in(role)

    assert shown.lower() in words(demo.get(path)).lower()


def test_it_is_kept_apart_from_the_plain_demo(demo, tmp_path):
    """Another default folder; and neither goes on in the other's."""
    assert default_data("demo-afternoon") != default_data()
    ended_demo = Demo(tmp_path / "plain").ready()
    ended(ended_demo.process, 15)

    wrong = hometime(
        *("demo", "--afternoon", "--headless", "--port", free_port()),
        *("--data", tmp_path / "plain"),
    )

    assert wrong.returncode == 1
    assert "holds a demo that begins in the morning" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1


def test_rel_1_started_again_it_goes_on_where_it_was(tmp_path):
    """REL-1: nothing is played twice; the room and its clock go on."""
    folder = tmp_path / "afternoon"
    first = Demo(folder, "--afternoon").ready()
    try:
        first.twin("clock", at="2026-11-23T15:16:00+00:00")
        card = first.json["pupils"][4]["card"]
        first.sign_in("teacher")
        first.post("/classes/kestrels/release", "/classes/kestrels")
        assert first.twin("readers/front/tap", uid=card)["result"] == "opened"
        assert first.twin("compartments/5/door", do="pull")["moved"]
        first.twin("compartments/5/device", do="take")
        first.twin("compartments/5/door", do="push")
    finally:
        first.kill_everything()
    began = time.monotonic()
    again = Demo(folder, "--afternoon").ready()
    try:
        world = again.twin("world")
        assert world["clock"].startswith("2026-11-23T15:1")
        assert world["compartments"][4]["device"] is None
        assert world["compartments"][33]["device"] == "phone 24"
        assert again.json["accounts"] == first.json["accounts"]
    finally:
        kill_group(again.process)
    verified = hometime("journal", "verify", "--data", folder)
    assert verified.returncode == 0, verified.stderr
    assert time.monotonic() - began < 60


def test_stopped_while_it_is_played_it_begins_anew(tmp_path):
    """Half a past is nobody's: the next start clears it away."""
    looks = iter(range(10_000))
    asked = lambda: next(looks) > 500  # noqa: E731  short
    from controller.__main__ import in_one_thread  # noqa: PLC0415  one use

    def play(cast) -> None:
        config = write_config(tmp_path, 8080)
        day.play(config, cast, in_one_thread, asked, "9.9.9")

    with pytest.raises(DayAbandoned):
        load_or_seed(tmp_path, Scene("afternoon", day.MADE_US, play))
    half = (tmp_path / "hometime.db").stat().st_ino
    assert not (tmp_path / "secrets/demo-cast.json").exists()

    load_or_seed(tmp_path, Scene("afternoon", day.MADE_US))

    assert (tmp_path / "hometime.db").stat().st_ino != half
