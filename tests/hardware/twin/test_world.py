"""The room as a whole: wires, hands, faults, what is shown and what is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from hardware.errors import RoomRefused
from hardware.ports import ClockState
from hardware.twin.clock import VirtualClock
from hardware.twin.faults import FAULTS
from hardware.twin.mechanics import TRAVEL_S
from hardware.twin.spec import CompartmentSpec, ReaderSpec, WorldSpec
from hardware.twin.store import Store
from hardware.twin.world import World

SPEC = WorldSpec(
    readers=(
        ReaderSpec("front", 0, 0, light_line="header:22", reset_line="header:25"),
        ReaderSpec("back", 0, 1),
    ),
    compartments=(
        CompartmentSpec(7, "room:locks:7", "room:locks:107"),
        CompartmentSpec(8, "room:locks:8", "room:locks:108"),
    ),
)
UID = "04A1B2C3D4E5F6"


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def world(clock):
    return World(SPEC, clock)


def open_door(world, clock, n=7):
    world.set_output(f"room:locks:{n}", True)
    clock.sleep(TRAVEL_S)
    assert world.pull(n)
    world.set_output(f"room:locks:{n}", False)
    clock.sleep(TRAVEL_S)


def test_the_world_is_shown_as_the_contract_says(world, clock):
    open_door(world, clock)
    world.put(7, "a phone")
    world.lay_cards("front", [UID.lower()])
    world.set_output("room:locks:8", True)

    shown = json.loads(json.dumps(world.as_dict()))

    assert shown["compartments"] == [
        {
            "n": 7,
            "door": "open",
            "bolt": "thrown",
            "coil": False,
            "coil_on_s_max": 0.025,
            "coil_pulses": 1,
            "device": "a phone",
            "devices": ["a phone"],
        },
        {
            "n": 8,
            "door": "closed",
            "bolt": "thrown",
            "coil": True,
            "coil_on_s_max": 0.0,
            "coil_pulses": 1,
            "device": None,
            "devices": [],
        },
    ]
    assert shown["clock"] == "2026-11-23T08:25:00.050+00:00"
    assert shown["supply"]["coils_on_max"] == 1
    assert shown["readers"][0] == {
        "name": "front",
        "cards": [UID],
        "light": False,
        "buzzer": False,
        "looks": 0,
    }


def test_the_spec_goes_through_json_unchanged():
    assert WorldSpec.from_dict(json.loads(json.dumps(SPEC.as_dict()))) == SPEC


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda world: world.pull(9), "no-such-compartment"),
        (lambda world: world.put(7, "a phone"), "door-shut"),
        (lambda world: world.lay_cards("side", []), "no-such-reader"),
        (lambda world: world.put_card("front", "04A1"), "bad-uid"),
        (lambda world: world.put_card("front", "what?"), "bad-uid"),
        (lambda world: world.put_card("front", "88A1B2C3"), "bad-uid"),
        (lambda world: world.take_card("front", UID), "no-card"),
        (lambda world: world.fault("rain", 7, active=True), "unknown-fault"),
        (lambda world: world.fault("jammed-bolt", "x", active=True), "no-such-comp"),
        (lambda world: world.fault("deaf-reader", 7, active=True), "no-such-reader"),
        (lambda world: world.fault("two-cards", None, active=True), "no-such-reader"),
    ],
)
def test_what_is_impossible_is_refused_with_a_reason(world, act, reason):
    before = world.as_dict()

    with pytest.raises(RoomRefused) as refused:
        act(world)

    assert refused.value.reason.startswith(reason)
    assert UID not in str(refused.value)
    assert world.as_dict() == before


def test_cards_lie_until_others_do(world):
    reader = world.readers["front"]
    world.lay_cards("front", [UID, "04A1B2C3"])
    stays = reader.chip.field[-1]
    world.lay_cards("front", ["04A1B2C3"])

    assert reader.uids == ["04A1B2C3"]
    assert reader.chip.field[-1] is stays
    world.lay_cards("front", [])
    assert reader.uids == []


def test_a_card_in_the_field_is_not_brought_there_again(world):
    world.put_card("front", UID)

    with pytest.raises(RoomRefused, match="this card is in the field"):
        world.put_card("front", UID)
    world.take_card("front", UID)
    world.put_card("front", UID)


def test_only_the_very_card_that_was_brought_is_taken_away(world):
    """REL-1: it left in time; the same card brought again, or laid there, stays."""
    let_go = world.put_card("front", UID)
    let_go()
    assert world.readers["front"].uids == []

    let_go()
    world.put_card("front", UID)
    let_go()
    let_go_lying = world.put_card("back", UID)
    world.lay_cards("back", [UID])
    let_go_lying()

    assert [world.readers[name].uids for name in ("front", "back")] == [[UID], [UID]]


def test_lines_end_at_light_and_reset(world):
    world.set_output("header:22", True)
    assert world.as_dict()["readers"][0]["light"]

    chip = world.chip(0, 0)
    world.set_output("header:25", False)
    assert chip.transfer([0x37 << 1 | 0x80, 0]) == [0, 0]
    world.set_output("header:25", True)
    assert chip.transfer([0x37 << 1 | 0x80, 0])[1] == 0x92


def test_a_line_to_nowhere_is_harmless(world):
    world.set_output("room:locks:99", True)

    assert world.output("room:locks:99")
    assert not world.loop_is_closed("room:locks:99")
    world.watch("room:locks:99", print)()
    assert world.chip(1, 0) is None


def test_a_power_cut_leaves_doors_and_devices(world, clock):
    """SIM-3."""
    open_door(world, clock)
    world.put(7, "a phone")
    world.set_output("room:locks:8", True)

    world.lose_power()

    assert not world.compartments[8].coil.is_on
    assert world.compartments[7].door_is_open
    assert world.compartments[7].devices == ["a phone"]


def test_the_clock_is_set_either_way_and_runs_on(world, clock):
    told = []
    world.wall_clock.on_change.append(lambda: told.append(world.as_dict()["clock"]))

    world.set_clock(datetime(2026, 11, 23, 8, 40, tzinfo=UTC))
    clock.sleep(1.5)
    assert world.as_dict()["clock"] == "2026-11-23T08:40:01.500+00:00"
    world.set_clock(datetime(2026, 9, 1, tzinfo=UTC))

    assert told == ["2026-11-23T08:40:00.000+00:00", "2026-09-01T00:00:00.000+00:00"]
    assert world.wall_clock.state() is ClockState.SYNCED


ON = {
    "deaf-reader": "front",
    "unplugged-reader": "front",
    "broken-antenna": "front",
    "two-cards": "front",
    "card-at-edge": "front",
    "jammed-bolt": 7,
    "stuck-contact": 7,
    "contact-stuck-open": 7,
    "contact-stuck-shut": "7",
    "chattering-contact": 7,
    "brown-out": None,
    "sagging-supply": None,
    "torn-write": None,
    "alarm": None,
    "guessed-clock": None,
    "rtc-clock": None,
}


@pytest.mark.parametrize("kind", FAULTS)
def test_sim_3_every_fault_begins_is_shown_and_ends(world, clock, kind):
    """SIM-3: and the room is as before."""
    world.lay_cards("front", [UID])
    before = world.as_dict()

    world.fault(kind, ON[kind], active=True)
    clock.sleep(0.25)
    shown = world.as_dict()
    world.fault(kind, ON[kind], active=False)
    clock.sleep(0.25)

    on = "" if ON[kind] is None else str(ON[kind])
    assert shown["faults"] == [{"kind": kind, "on": on}]
    after = world.as_dict()
    assert after | {"clock": ""} == before | {"clock": ""}


def reads_version(world):
    return world.chip(0, 0).transfer([0x37 << 1 | 0x80, 0])[1]


def test_sim_3_what_each_fault_does(world, clock):
    """SIM-3: what the mechanics' own tests do not show already."""
    world.fault("deaf-reader", "front", active=True)
    assert reads_version(world) == 0xFF
    world.fault("deaf-reader", "front", active=False)
    world.fault("unplugged-reader", "front", active=True)
    assert reads_version(world) == 0x00

    world.fault("two-cards", "front", active=True)
    assert len(world.readers["front"].uids) == 2

    world.fault("guessed-clock", None, active=True)
    assert world.wall_clock.state() is ClockState.GUESSED

    world.fault("card-at-edge", "back", active=True)
    world.lay_cards("back", [UID])
    assert world.chip(0, 1).field[-1].fringe.unheard > 0

    world.fault("brown-out", "", active=True)
    assert world.supply.voltage_v == 0


def test_a_room_goes_on_where_it_was(world, clock, tmp_path):
    """What a kill of the room may not lose (design.md, "The demo")."""
    open_door(world, clock)
    world.put(7, "a phone")
    world.lay_cards("front", [UID])
    world.put_card("back", "04A1B2C3")
    world.fault("jammed-bolt", 8, active=True)
    world.set_output("room:locks:8", True)
    world.set_clock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    clock.sleep(2)
    store = Store(tmp_path / "room.json")
    store.save(world.state())

    later = VirtualClock(start=777.0)
    again = World(SPEC, later)
    again.restore(store.load())
    later.sleep(0.25)

    was, now = world.as_dict(), again.as_dict()
    assert now["clock"] == "2026-12-01T09:00:02.250+00:00"
    assert now["readers"][0] == was["readers"][0]
    assert now["readers"][1]["cards"] == []  # it was only being tapped
    assert now["faults"] == was["faults"]
    assert now["supply"] == {"coils_on_max": 1, "voltage_v": 12.0}
    assert now["compartments"][0] == was["compartments"][0]
    assert now["compartments"][1] == was["compartments"][1] | {"coil": False}
    assert not again.loop_is_closed("room:locks:107")


def test_a_room_that_was_rebuilt_keeps_what_is_still_there(world, clock):
    open_door(world, clock)
    world.lay_cards("front", [UID])
    world.fault("jammed-bolt", 7, active=True)
    world.fault("deaf-reader", "front", active=True)
    state = world.state()

    smaller = World(WorldSpec(compartments=SPEC.compartments[1:]), VirtualClock())
    smaller.restore(state)

    assert smaller.as_dict()["faults"] == []


def test_a_store_begins_empty_and_is_replaced_whole(tmp_path):
    store = Store(tmp_path / "room.json")
    assert store.load() is None

    store.save({"v": 1, "n": 1})
    store.save({"v": 1, "n": 2})

    assert store.load() == {"v": 1, "n": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["room.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"v": 2}'])
def test_a_damaged_store_is_refused_and_stays(tmp_path, text):
    path = tmp_path / "room.json"
    path.write_text(text)

    with pytest.raises(RoomRefused, match="not a saved room"):
        Store(path).load()
    assert path.read_text() == text


def test_each_hand_is_told_to_who_saves(world, clock):
    told = []
    world.on_change.append(lambda: told.append(1))

    open_door(world, clock)
    world.put(7, "a phone")
    world.take(7)
    world.push(7)
    world.lay_cards("front", [UID])
    world.set_clock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    world.fault("jammed-bolt", 7, active=True)

    assert len(told) == 7
