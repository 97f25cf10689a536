"""The /twin calls over the real room; the controller's feed is by hand (SIM-4)."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager

import pytest

from controller.protocol import FeedEvent, TapOutcome
from hardware.twin import calls
from hardware.twin.room import serve
from hardware.twin.room_client import RoomWallClock
from hardware.twin.spec import CompartmentSpec, ReaderSpec, WorldSpec
from web.feed import Feed
from web.public import tapping, twin
from web.room import Room

UID = "04A1B2C3D4E5F6"
SPEC = WorldSpec(
    compartments=tuple(CompartmentSpec(n, f"coil{n}", f"contact{n}") for n in (1, 7)),
    readers=(ReaderSpec("front", 0, 0),),
)


class FakeRoom:
    """Answers what ``answer`` does, over whatever connection."""

    def __init__(self, mocker, answer):
        self.call = mocker.Mock(side_effect=answer)

    @contextmanager
    def hand(self):
        yield self.call


@pytest.fixture
def room(config, tmp_path):
    """The room's process, in a thread."""
    ready, stop = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=serve,
        args=(SPEC, config.room_socket, tmp_path / "room.json", stop, ready.set),
    )
    thread.start()
    assert ready.wait(5)
    yield Room(config.room_socket)
    stop.set()
    thread.join(5)


@pytest.fixture
def call(site, room):
    """A function that makes one /twin call and returns status and answer."""

    def make(path, body=None):
        http = site.test_client()
        answer = http.get(path) if body is None else http.post(path, json=body)
        return answer.status_code, answer.json

    return make


@pytest.fixture
def controller_hears(room, feed):
    """A function: once a card lies on the reader, the controller tells this outcome."""
    threads = []

    def hears(outcome, *, then_gone=True):
        def listen():
            while not room.call("world")["readers"][0]["cards"]:
                pass
            feed.take(FeedEvent(tap=outcome))
            while room.call("world")["readers"][0]["cards"]:
                pass
            if then_gone:
                feed.take(FeedEvent(gone="front"))

        threads.append(threading.Thread(target=listen))
        threads[-1].start()

    yield hears
    for thread in threads:
        thread.join(5)


def test_sim_4_the_world_is_shown_as_the_contract_has_it(call):
    """SIM-4: clock, doors, bolts, coils, devices, readers, supply."""
    status, world = call("/twin/world")

    assert status == 200
    assert set(world) >= {"clock", "compartments", "readers", "supply"}
    door = world["compartments"][0]
    assert door.items() >= {
        "n": 1, "door": "closed", "bolt": "thrown", "coil": False,
        "coil_pulses": 0, "device": None,
    }.items()  # fmt: skip
    assert door["coil_on_s_max"] == 0
    assert world["supply"]["coils_on_max"] == 0


def test_sim_4_a_refused_tap_tells_rule_and_entry(call, room, controller_hears):
    """SIM-4: the outcome is the controller's own."""
    controller_hears(
        TapOutcome(
            "front", 1, "refused", reason="not-home-time", entry=["front", 1, 42]
        )
    )
    status, told = call("/twin/readers/front/tap", {"uid": UID.lower()})

    assert status == 200
    assert told == {
        "result": "refused",
        "compartment": None,
        "reason": "not-home-time",
        "entry": ["front", 1, 42],
    }
    assert room.call("world")["readers"][0]["cards"] == []


@pytest.mark.parametrize(
    "result", ["unknown", "staff", "enrolled", "two-cards", "open"]
)
def test_sim_4_every_other_outcome_is_told_as_it_is(call, controller_hears, result):
    """SIM-4: unknown cards, staff cards, two cards."""
    controller_hears(TapOutcome("front", 1, result))

    assert call("/twin/readers/front/tap", {"uid": UID})[1]["result"] == result


def test_sim_4_opened_means_that_the_bolt_is_back(site, feed, mocker):
    """SIM-4: not that it was ordered. The room is asked for the bolt."""

    def answer(call, **more):
        if call == "put_card":
            feed.take(
                FeedEvent(tap=TapOutcome("front", 1, "ordered", 7, entry=["b", 1, 9]))
            )
        return {"reached": call == "wait_bolt", "beside": 0}

    room = FakeRoom(mocker, answer)
    told = tapping.Tapper(room, feed).tap("front", UID)

    assert told == {"result": "opened", "compartment": 7, "entry": ["b", 1, 9]}
    assert room.call.call_args_list[-1].kwargs.items() >= {
        "compartment": 7, "retracted": True,
    }.items()  # fmt: skip


@pytest.fixture
def jammed(feed, mocker):
    """A function: what the feed tells at each look at a bolt that never moves.

    Returns the answer and how often the bolt was looked at.
    """

    def tap(*looks):
        news = iter(looks)
        ordered = TapOutcome("front", 1, "ordered", 7, order="o2")

        def answer(call, **_more):
            if call == "put_card":
                feed.take(FeedEvent(tap=ordered))
            elif call == "wait_bolt":
                next(news, lambda: None)()
            return {"reached": False, "beside": 0}

        room = FakeRoom(mocker, answer)
        told = tapping.Tapper(room, feed).tap("front", UID)
        asked = [each.args[0] for each in room.call.call_args_list]
        return told, asked.count("wait_bolt")

    return tap


def test_sim_3_a_jammed_bolt_is_answered_when_the_controller_has_recorded_it(
    jammed, feed
):
    """SIM-3: not before, and not by the end of an earlier order for the same door."""
    told, looks = jammed(
        lambda: None,
        lambda: feed.take(FeedEvent(unopened=["o1", "never-opened"])),
        lambda: feed.take(FeedEvent(unopened=["o2", "never-opened"])),
    )

    assert (told["result"], told["reason"]) == ("not-opened", "bolt-not-back")
    assert looks == 3


@pytest.mark.parametrize("why", ["too-old", "evacuated", "failed"])
def test_sim_3_an_order_that_was_given_up_is_answered_with_why(jammed, feed, why):
    """SIM-3, DAY-15: its coil was never powered."""
    told, looks = jammed(lambda: feed.take(FeedEvent(unopened=["o2", why])))

    assert (told["result"], told["reason"], looks) == ("not-opened", why, 1)


def test_sim_3_a_controller_that_is_killed_meanwhile_opens_nothing_more(jammed, feed):
    """SIM-3, REL-3: nor does it when it is back."""
    told, looks = jammed(lambda: None, feed.lost)

    assert (told["result"], told["reason"], looks) == (
        *("not-opened", "controller-down"),
        2,
    )


def test_sim_3_what_is_never_told_is_waited_for_as_long_as_an_order_lives(
    jammed,
):
    """SIM-3: whatever happens."""
    told, looks = jammed()

    assert (told["result"], told["reason"]) == ("not-opened", "bolt-not-back")
    assert looks * tapping.LOOK_S == pytest.approx(tapping.ORDER_S)


def test_sim_3_a_deaf_reader_leaves_the_tap_unanswered(call, room, monkeypatch):
    """SIM-3: the hand takes the card away again."""
    monkeypatch.setattr(tapping, "HEARD_S", 0.05)
    status, told = call("/twin/readers/front/tap", {"uid": UID})

    assert (status, told["result"]) == (200, "unanswered")
    assert room.call("world")["readers"][0]["cards"] == []


@pytest.mark.parametrize("came_of_it", [ValueError, KeyboardInterrupt])
def test_rel_1_a_card_leaves_with_the_connection_of_the_hand_that_holds_it(
    room, came_of_it
):
    """REL-1: whatever becomes of the site, the reader is free again at once."""

    def hold():
        with room.hand() as ask:
            assert ask("put_card", reader="front", uid=UID, held=True) == {"beside": 0}
            assert room.call("world")["readers"][0]["cards"] == [UID]
            raise came_of_it

    with pytest.raises(came_of_it):
        hold()
    assert until(lambda: not room.call("world")["readers"][0]["cards"])


def until(is_so):
    """Ask again and again, a few seconds at most; return whether it came to be so."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if is_so():
            return True
    return False


@pytest.fixture
def crowded(feed, mocker):
    """A function: tap beside so many lying cards; the reader looks, or is dead."""

    def tap(beside, *before, looks=True, then=()):
        for event in before:
            feed.take(event)

        def answer(call, **_more):
            if call == "take_card":
                return {}
            for event in then if call == "put_card" else ():
                feed.take(event)
            return {"reached": looks, "beside": beside}

        return tapping.Tapper(FakeRoom(mocker, answer), feed).tap("front", UID)

    return tap


TWO = FeedEvent(tap=TapOutcome("front", 1, "two-cards"))
ELSEWHERE = FeedEvent(tap=TapOutcome("back", 1, "refused"))


@pytest.mark.parametrize("beside", [1, 2, 7])
def test_acc_7_a_tap_beside_two_lying_cards_is_two_cards_at_once(
    crowded, feed, mocker, beside
):
    """ACC-7: the reader said so when they came, and says it once."""
    find = mocker.spy(feed, "find")
    told = crowded(beside, TWO, ELSEWHERE, FeedEvent(gone="back"))

    assert told["result"] == "two-cards"
    assert find.call_count == 0, "nothing more will be said, so nothing is waited for"


@pytest.mark.parametrize(
    ("before", "looks"),
    [
        ((TWO, FeedEvent(gone="front")), True),
        ((TWO, FeedEvent(tap=TapOutcome("front", 1, "refused"))), True),
        ((ELSEWHERE,), True),
        ((), True),
        ((TWO,), False),
    ],
)
def test_acc_7_what_the_reader_did_not_say_of_this_crowd_is_no_answer(
    crowded, monkeypatch, before, looks
):
    """ACC-7: a dead reader says nothing, whatever it said before."""
    monkeypatch.setattr(tapping, "HEARD_S", 0.05)
    assert crowded(2, *before, looks=looks)["result"] == "unanswered"


def test_acc_7_a_second_card_is_told_when_the_reader_says_so(crowded):
    """ACC-7: one lies there, another is held beside it."""
    assert crowded(1, then=[TWO])["result"] == "two-cards"


def test_sim_4_names_of_readers_that_are_made_up_are_not_kept(call, site):
    """SIM-4: or whoever calls could fill the memory."""
    for name in ("none", "nobody", "x" * 200):
        assert call(f"/twin/readers/{name}/tap", {"uid": UID})[0] == 404

    assert not site.extensions["hometime-tapper"]._readers


@pytest.mark.parametrize(
    "path", ["readers/front//tap", "readers//tap", "compartments//7/door"]
)
def test_sim_4_an_address_with_two_slashes_is_none_in_the_one_error_shape(call, path):
    """SIM-4: not led on to another address, as a page."""
    status, told = call(f"/twin/{path}", {"uid": UID})

    assert (status, told["error"]) == (404, "not-found")


def test_day_14_a_card_enters_once_the_last_is_seen_gone(feed, mocker, monkeypatch):
    """DAY-14: calls on one reader queue up, as children do."""
    monkeypatch.setattr(tapping, "GONE_S", 0.05)
    outcome = FeedEvent(tap=TapOutcome("front", 1, "refused"))

    def answer(call, **_more):
        if call == "put_card":
            feed.take(outcome)
        return {"beside": 0}

    room = FakeRoom(mocker, answer)
    find = mocker.spy(feed, "find")
    tapper = tapping.Tapper(room, feed)
    tapper.tap("front", UID)
    feed.take(FeedEvent(gone="front"))
    tapper.tap("front", UID)

    first, gone, second = (args.args for args in find.call_args_list)
    assert gone[1](FeedEvent(gone="front"))
    assert not gone[1](FeedEvent(gone="back"))
    assert first[0] < gone[0] < second[0]


def test_sim_4_cards_may_lie_on_the_reader(call, room):
    """SIM-4: left there, or two at once."""
    status, told = call("/twin/readers/front/cards", {"uids": [UID, "04112233"]})

    assert (status, told) == (200, {"uids": [UID, "04112233"]})
    assert room.call("world")["readers"][0]["cards"] == [UID, "04112233"]
    assert call("/twin/readers/front/cards", {"uids": []})[1] == {"uids": []}


def test_sim_2_a_hand_cannot_open_a_bolted_door(call):
    """SIM-2: the call is lawful, and nothing moves."""
    assert call("/twin/compartments/7/door", {"do": "pull"}) == (
        200,
        {"moved": False, "recorded": False},
    )


def test_sim_4_a_moved_door_answers_when_the_controller_has_recorded_it(
    site, feed, mocker
):
    """SIM-4: the commit is the event."""
    room = mocker.Mock(spec=Room)

    def move(call, **more):
        feed.take(FeedEvent(door=[7, more["do"] == "pull"]))
        return {"moved": True}

    room.call.side_effect = move
    site.extensions["hometime-room"] = room
    http = site.test_client()
    pulled = http.post("/twin/compartments/7/door", json={"do": "pull"}).json
    pushed = http.post("/twin/compartments/7/door", json={"do": "push"}).json

    assert pulled == pushed == {"moved": True, "recorded": True}


def test_sim_4_a_controller_that_does_not_record_is_waited_for_no_longer_than_2_s(
    site, feed, mocker, monkeypatch
):
    """SIM-4: within 2 s, whatever happens."""
    assert twin.RECORDED_S == 2.0
    monkeypatch.setattr(twin, "RECORDED_S", 0.05)
    room = mocker.Mock(spec=Room)
    room.call.return_value = {"moved": True}
    site.extensions["hometime-room"] = room

    told = site.test_client().post("/twin/compartments/7/door", json={"do": "pull"})

    assert told.json == {"moved": True, "recorded": False}


def test_sim_4_devices_go_through_open_doors_only(call):
    """SIM-4: put and take."""
    status, told = call("/twin/compartments/7/device", {"do": "put", "label": "phone"})

    assert status == 409
    assert set(told) >= {"error", "message", "remedy"}


def test_sim_4_the_clock_is_moved_either_way_and_nobody_follows(call, monkeypatch):
    """SIM-4: wall clock and calendar only; without a controller it says so."""
    monkeypatch.setattr(calls, "FOLLOW_S", 0.05)
    status, told = call("/twin/clock", {"at": "2026-11-23T08:40:00+00:00"})

    assert status == 200
    assert told["clock"].startswith("2026-11-23T08:40:0")
    assert told["followed"] is False
    assert call("/twin/clock", {"advance_s": -3600})[1]["clock"].startswith(
        "2026-11-23T07:40:0"
    )


@pytest.fixture
def followed(config, room, feed):
    """A controller goes by the room's clock and says so to the feed, then the room."""
    changes = queue.SimpleQueue()
    clock = RoomWallClock(config.room_socket, lambda: changes.put(1))

    def follow():
        while changes.get():
            feed.take(FeedEvent(clock=clock.now_us()))
            clock.ack()

    thread = threading.Thread(target=follow)
    thread.start()
    yield
    changes.put(0)
    thread.join(5)
    clock.close()


@pytest.mark.parametrize("seconds", [3600, 1, 0, -1, -3600])
@pytest.mark.usefixtures("followed")
def test_sim_4_a_clock_that_is_followed_answers_at_once_however_little_it_moves(
    call, mocker, seconds
):
    """SIM-4: the room knows whether it is followed; nobody guesses by the feed."""
    find = mocker.spy(Feed, "find")
    status, told = call("/twin/clock", {"advance_s": seconds})

    assert (status, told["followed"]) == (200, True)
    assert find.spy_return is not None, "it was waited for in vain"


def test_sim_4_the_clock_is_followed_though_the_feed_says_nothing(
    call, config, room, monkeypatch
):
    """SIM-4: the room knows it from the controller itself."""
    monkeypatch.setattr(twin, "RECORDED_S", 0.05)
    clock = RoomWallClock(config.room_socket, lambda: clock.ack())  # noqa: PLW0108  its own
    try:
        assert call("/twin/clock", {"advance_s": 60})[1]["followed"] is True
    finally:
        clock.close()


def test_sim_4_the_clock_advances_by_a_number_and_not_by_true(call):
    """SIM-4: in JSON true is no second."""
    status, told = call("/twin/clock", {"advance_s": True})

    assert (status, told["error"]) == (422, "bad-input")


def test_sim_3_faults_are_begun_and_ended(call, room):
    """SIM-3: on demand."""
    fault = {"kind": "jammed-bolt", "on": 7}
    assert call("/twin/faults", fault) == (200, fault | {"active": True})
    assert room.call("world")["faults"] == [{"kind": "jammed-bolt", "on": "7"}]
    assert call("/twin/faults", fault | {"active": False})[0] == 200
    assert room.call("world")["faults"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("readers/front/tap", {"uid": "xyz"}, 422),
        ("readers/front/tap", {"uid": 7}, 422),
        ("readers/front/tap", {}, 422),
        ("readers/front/tap", [], 422),
        ("readers/front/tap", {"uid": UID, "more": 1}, 422),
        ("readers/none/tap", {"uid": UID}, 404),
        ("readers/front/cards", {"uids": UID}, 422),
        ("compartments/7/door", {"do": "kick"}, 422),
        ("compartments/99/door", {"do": "pull"}, 404),
        ("compartments/x/door", {"do": "pull"}, 404),
        ("compartments/7/device", {"do": "put"}, 422),
        ("clock", {}, 422),
        ("clock", {"at": "2026-11-23T08:40:00"}, 422),
        ("clock", {"at": "noon"}, 422),
        ("clock", {"at": "2026-11-23T08:40:00Z", "advance_s": 1}, 422),
        ("clock", {"advance_s": 1e30}, 422),
        ("faults", {"kind": "flood"}, 422),
        ("faults", {"kind": "jammed-bolt", "on": [7]}, 422),
        ("faults", {"kind": "jammed-bolt", "on": 7, "active": "yes"}, 422),
    ],
)
def test_sim_4_a_call_that_is_none_is_refused_in_the_one_error_shape(
    call, path, body, status
):
    """SIM-4: told what was wanted; nothing moves."""
    found, told = call(f"/twin/{path}", body)

    assert found == status
    assert set(told) >= {"error", "message", "remedy"}


def test_broken_json_is_refused(site, room):
    answer = site.test_client().post("/twin/clock", data="{", content_type="text/plain")

    assert (answer.status_code, answer.json["error"]) == (400, "bad-request")


@pytest.mark.parametrize("call", ["clock", "readers/front/tap", "faults"])
@pytest.mark.parametrize("deep", [900, 2_000, 1_000_000])
def test_sec_3_json_that_is_nested_deep_is_refused(site, call, deep):
    """SEC-3: whatever depth Python still reads."""
    data = "[" * deep + "]" * deep
    answer = site.test_client().post(f"/twin/{call}", data=data)

    assert (answer.status_code, answer.json["error"]) == (422, "bad-input")


def test_without_a_room_the_calls_say_so(site):
    answer = site.test_client().get("/twin/world")

    assert (answer.status_code, answer.json["error"]) == (503, "no-room")


def test_acc_8_a_card_is_copied_over_http_and_the_copy_laid_down(call):
    """ACC-8: the copy goes by its own name; the room shows it on the reader."""
    assert call("/twin/cards/clone", {"uid": UID}) == (200, {"uid": f"{UID}#1"})

    status, _ = call("/twin/readers/front/cards", {"uids": [f"{UID}#1"]})

    assert status == 200
    assert call("/twin/world")[1]["readers"][0]["cards"] == [f"{UID}#1"]


def test_acc_8_a_card_can_be_of_a_kind_that_cannot_be_written(call):
    """ACC-8: what is no kind of card is told as such."""
    kind = {"uid": UID, "kind": "locked"}

    assert call("/twin/cards/kind", kind) == (200, kind)
    assert call("/twin/cards/kind", kind | {"kind": "gold"})[0] == 422
    assert call("/twin/cards/clone", {"uid": UID, "memory": 1})[0] == 422
    assert call("/twin/cards/clone", {"uid": f"{UID}#7"})[0] == 409
