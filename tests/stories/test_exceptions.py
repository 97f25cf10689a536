"""A day besides hand-in and home time, on the whole bank (DAY-7 to DAY-16, REP-6)."""

import pytest

from controller.domain import today_facts as f
from controller.domain.day_facts import DeviceCollected
from controller.domain.door_facts import ReleaseOrdered
from tests.rig import opened
from tests.rig_desk import MOTHER, NEVER, desk_rig, take_away, use

KESTRELS = {"class_id": "kestrels"}


@pytest.fixture
def day(rig):
    """Half past ten; eight devices are in."""
    rig.clock_to("08:40")
    rig.hand_in(*range(1, 9))
    rig.clock_to("10:30")
    return rig


def outing(rig, who="teacher"):
    (line,) = rig.ask(who, "outings", **KESTRELS)["lines"]
    return line


def test_day_7_a_class_goes_swimming_and_comes_back_with_one_missing(day):
    """DAY-7: two touches to go, the count on the page, who is missing by name."""
    day.ask("teacher", "outing_begin", why="trip", **KESTRELS)
    day.collect(1, 2, 3)
    line = outing(day)
    assert (line["out"], line["total"], len(line["waiting"])) == (3, 8, 5)
    shown = day.ask("teacher", "class_page", **KESTRELS)
    assert shown["outing"] == "Trip since 10:30: 3 out, 0 back. Taps open now."
    assert shown["taking"] == ["p0004", "p0005", "p0006", "p0007", "p0008"]
    day.ask("teacher", "outing_move", id=line["id"], stage="away")
    day.clock_to("12:40")
    said = day.ask("teacher", "class_page", **KESTRELS)["outing"]
    assert said == "Trip since 10:30: 3 out, 0 back."
    day.ask("teacher", "outing_move", id=line["id"], stage="returning")
    day.hand_in(1, 2)
    line = outing(day)
    assert (line["back"], line["missing"]) == (2, ["Zofia"])
    day.ask("teacher", "outing_move", id=line["id"], stage="over")

    assert day.tap(1).reason == "lessons"
    (over,) = day.facts(f.OutingOver)
    assert (over.out, over.back, over.missing) == (3, 2, ("p0003",))


def test_day_8_the_teacher_is_asked_about_who_usually_hands_in(rig):
    """DAY-8: not about who never does, nor who has a word for today."""
    for date in ("2026-11-23", "2026-11-24", "2026-11-25"):
        rig.clock_to(f"{date} 08:40")
        rig.hand_in(1, 2, 3)
        assert rig.ask("teacher", "reconciliation", **KESTRELS)["ready"] is False
        rig.clock_to(f"{date} 15:16")
        rig.ask("teacher", "release_class", **KESTRELS)
        rig.collect(1, 2, 3)
        rig.clock_to(f"{date} 17:30")
        rig.run(2)
    rig.clock_to("2026-11-26 08:40")
    rig.run(2)
    rig.hand_in(1)
    rig.clock_to("2026-11-26 09:31")
    asked = rig.ask("teacher", "reconciliation", **KESTRELS)
    assert rig.ask("teacher", "class_page", **KESTRELS)["unasked"] == 2
    assert [one["name"] for one in asked["asks"]] == ["Oliver", "Zofia"]
    assert (asked["ready"], asked["open"]) == (True, False)

    rig.ask("teacher", "mark", pupil="p0002", mark="none")

    asked = rig.ask("teacher", "reconciliation", **KESTRELS)
    assert [one["name"] for one in asked["asks"]] == ["Zofia"]


def test_day_7_a_mother_comes_at_eleven(folder, cheap_hashes):
    """DAY-7 CUS-4: of the list, one act; the words of anybody else stay out of it."""
    with desk_rig(folder) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2)
        rig.clock_to("11:00")
        page = rig.ask("office", "leaving", pupil="p0001")
        assert page["door"] == 1
        assert (MOTHER, False) in [(one[1], one[3]) for one in page["adults"]]
        assert (NEVER, True) in [(one[1], one[3]) for one in page["adults"]]

        rig.ask(
            "office", "leave_early", pupil="p0001", whom="adult", contact=rig.mother
        )
        use(rig, 1)
        assert [fact.pupil for fact in rig.facts(DeviceCollected)] == ["p0001"]

        words = "Barnaby Thistlewood, the neighbour"
        rig.ask("office", "leave_early", pupil="p0002", whom="other", who=words)
        left = rig.facts(f.LeftWith)[-1]
        journal = b"".join(b for name, b in rig.files() if name.startswith("hometime"))
        assert (left.whom, bool(left.note)) == ("other", True)
        assert b"Thistlewood" not in journal
        never = rig.refused(
            *("office", "leave_early"),
            pupil="p0001",
            whom="adult",
            contact=rig.never,
        )
        assert never.details == ["never-release"]


def test_cus_5_leaving_early_lets_the_desk_give_a_same_day_hold_back(
    folder, cheap_hashes
):
    """CUS-5 DAY-7: too early before, open to the desk after."""
    with desk_rig(folder) as rig:
        rig.clock_to("10:00")
        hold = take_away(rig, 1)
        rig.ask("office", "hold_move", id=hold, place="safe")
        give = {
            "holds": [hold],
            "to": "adult",
            "contact": rig.mother,
            "identity": "known",
        }
        assert rig.refused("office", "handover_prepare", **give).details == [
            "too-early"
        ]
        page = rig.ask(
            "office", "leave_early", pupil="p0001", whom="adult", contact=rig.mother
        )
        assert page["held"] == 1

        assert rig.ask("office", "handover_prepare", **give)


def test_day_16_a_mix_up_noticed_at_home_time(day):
    """DAY-16: found, put back, swapped by the teacher, both go home with their own."""
    day.clock_to("15:16")
    day.ask("teacher", "release_class", **KESTRELS)
    assert day.tap(1).result == "ordered"
    assert day.pull(1)
    day.run(3)
    assert day.push(1)

    day.ask("teacher", "swap_devices", pupil="p0001", other="p0002")

    for pupil, door in ((1, 2), (2, 1)):
        assert day.tap(pupil).result == "ordered"
        assert day.pull(door)
        day.take(door)
        day.push(door)
    assert [f"p{n:04d}" in day.state.custody for n in (1, 2, 3)] == [False, False, True]


def test_day_16_a_sibling_carries_it_home(folder, cheap_hashes):
    """DAY-16: siblings share an adult; they are offered first."""
    with desk_rig(folder) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2)
        rig.clock_to("15:16")
        found = rig.ask("teacher", "companions", pupil="p0001")
        assert [name for _, name in found["siblings"]] == ["Oliver Quillfeather"]
        assert "Wilfred" not in str(found), "of another class"

        rig.ask("teacher", "hand_to_sibling", pupil="p0001", sibling="p0002")
        use(rig, 1)
        assert rig.facts(f.GivenToSibling)[-1].sibling == "p0002"
        assert "p0001" in rig.state.collected


# ------------------------------------------------------------------------------- cover

DAY_CARD = "045A112233AA01"


def test_day_12_a_day_card_and_a_pin_in_three_touches(day):
    """DAY-12: class, give, card; the card works at the bank until its hour."""
    issued = day.ask("office", "cover_give", classes=["kestrels"], time="12:00")
    assert day.ask("office", "covers")["waits"] == issued["line"]["staff"]
    day.tap(DAY_CARD)
    (line,) = day.ask("office", "covers")["lines"]
    assert (line["has_card"], line["until"]) == (True, "today, 12:00")
    assert day.tap(DAY_CARD).result == "staff"

    token = day.ask(
        *("nobody", "sign_in"),
        username=line["username"],
        password=issued["password"],
        remote="r",
        browser="b",
    )["token"]
    assert day.ask_with(token, "class_page", **KESTRELS)["name"] == "Kestrels"

    day.clock_to("12:00")
    day.run(2)
    assert day.ask("office", "covers")["lines"] == []
    assert day.tap(DAY_CARD).result == "unknown"
    with pytest.raises(Exception, match="signed in"):
        day.ask_with(token, "class_page", **KESTRELS)


def test_day_12_the_same_day_card_serves_the_next_cover(day):
    """DAY-12: a box of day cards, used again and again."""
    first = day.ask("office", "cover_give", classes=["kestrels"])
    day.tap(DAY_CARD)
    assert day.refused("teacher", "cover_give", classes=["kestrels"]).status == 403
    day.ask("office", "cover_end", id=first["line"]["staff"])
    assert day.tap(DAY_CARD).result == "unknown"

    second = day.ask("office", "cover_give", classes=["wrens"], name="Mx Rook")
    day.tap(DAY_CARD)

    (line,) = day.ask("office", "covers")["lines"]
    assert (line["name"], line["has_card"]) == ("Mx Rook", True)
    assert second["line"]["username"] != first["line"]["username"]
    assert second["pin"] not in str([day.ask("office", "covers")])


def test_day_12_what_is_refused_leaves_no_name_behind(day):
    """DAY-12: an end that is past, a class that is not there."""
    people = len(day.hub.directory.store.persons.of_sort("staff"))
    for args in ({"time": "09:00"}, {"classes": ["owls"]}, {"time": "25:00"}):
        day.refused("office", "cover_give", **({"classes": ["kestrels"]} | args))

    assert len(day.hub.directory.store.persons.of_sort("staff")) == people
    assert day.ask("office", "covers")["lines"] == []


# -------------------------------------------------------------------------- stock-take


def test_rep_6_open_all_empties_and_compare(rig):
    """REP-6: one after the other within the power budget; what is full stays shut."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("10:30")
    rig.step_up("office")
    page = rig.ask("office", "stock_begin")
    doors = [row["n"] for row in page["rows"] if row["waits"]]
    assert doors == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    for n in doors:
        rig.until(lambda n=n: rig.pull(n), within=30)
        assert len(rig.coils_on) <= rig.config.supply.max_coils
        rig.push(n)
    done = rig.ask(
        "office", "stock_record", id=page["id"], agreed=[3, 4], extra=[5], missing=[1]
    )

    assert done["differences"] == 2
    asked = rig.ask("office", "desk")["questions"]
    assert sorted(one["compartment"] for one in asked) == [1, 5]
    assert {o.compartment for o in rig.facts(ReleaseOrdered) if o.cause == "stock"} == (
        set(doors)
    )


def test_rep_6_a_stopped_stock_take_opens_no_further_door(rig):
    """REP-6: stopped at the second door."""
    rig.clock_to("10:30")
    rig.step_up("office")
    page = rig.ask("office", "stock_begin")
    rig.until(lambda: rig.pull(1), within=30)
    rig.ask("office", "stock_stop", id=page["id"])
    rig.run(30)

    opened_doors = [n for n in range(2, 12) if rig.world.pull(n)]
    assert len(opened_doors) <= 1, "the one whose coil was on already"


# --------------------------------------------------------------------------- the sheet


def test_day_13_the_sheet_leaves_by_itself_when_drop_off_closes(folder, cheap_hashes):
    """DAY-13: initials, in, do not open; nobody's name, no reason."""
    out = folder / "share"
    out.mkdir()
    with opened(folder / "rig", settings=paper(out)) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2)
        rig.clock_to("09:31")
        rig.run(10)

        text = (out / "hometime-kestrels-bank.txt").read_text()
        assert "2 in, 0 not to be opened" in text
        assert "  1  AQ  in" in text
        assert not [name for name in rig.cast.pupil_names if name in text]
        (way,) = rig.ask("office", "sheet")["ways"]
        assert (way["way"], way["left"]) == ("folder", "Monday 23 November, 09:31")


def test_day_13_it_leaves_again_on_change_and_says_when_it_cannot(folder, cheap_hashes):
    """DAY-13: a device is held: do not open; then the share is away, then back."""
    out = folder / "share"
    out.mkdir()
    with opened(folder / "rig", settings=paper(out)) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1)
        rig.clock_to("09:31")
        rig.run(10)
        rig.step_up("leadership")
        rig.ask("leadership", "policy_clause", clause="4.2", name="Phones")
        rig.ask("leadership", "hold_confiscate", pupil="p0001", clause="4.2")
        rig.skip(70)
        rig.run(6)
        assert "DO NOT OPEN" in (out / "hometime-kestrels-bank.html").read_text()

        for file in out.iterdir():
            file.unlink()
        out.rmdir()
        rig.ask("office", "sheet_now")
        rig.run(1)
        (way,) = rig.ask("office", "sheet")["ways"]
        assert "the folder is not there" in way["stuck"]
        rig.ask("office", "sheet_now")
        rig.run(1)
        out.mkdir()
        rig.skip(301)
        rig.run(6)
        (way,) = rig.ask("office", "sheet")["ways"]
        assert way["stuck"] == ""
        assert len(rig.facts(f.SheetStuck)) == 1


def paper(folder):
    """Return the settings of a bank whose sheet goes to ``folder``."""
    return {"[contacts]": f'[paper]\nfolder = "{folder}"\n\n[contacts]'}


def test_day_13_the_sheet_typed_back_in_is_marked_from_paper(day):
    """DAY-13: the journal's words say so, with the moment that is on the paper."""
    day.clock_to("16:30")
    day.ask(
        "office",
        "sheet_enter",
        day="2026-11-23",
        lines=["p0001,out,15:18,0", "p0002,out,15:19,0"],
    )

    page = day.ask("office", "journal", kind="DeviceCollected")
    assert "from paper, where 2026-11-23, 15:19 stands" in page["lines"][0]["words"]
    assert "p0001" not in day.state.custody
