"""New pupils of a roll get a door in the same step, or it is said who has none (DAT-1).

The rig's bank has doors 1 to 11: eight kestrels, one wren, two that are nobody's.
"""

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controller.domain import people_facts as p
from controller.roll.doors import NO_SUCH, BankDoors
from controller.service.rolling import import_roll
from tests.rig import opened

HEAD = "Admission Number,Forename,Surname,Class,Compartment\n"
NEW = ("Ada", "Bela", "Cleo", "Dora")


def line(number: int, first: str, klass: str = "Kestrels", door: object = "") -> str:
    return f"{number:04d},{first},Quillfeather,{klass},{door}\n"


def as_it_is(rig, *leave_out: int) -> str:
    return HEAD + "".join(
        line(int(c.id[1:]), c.first_name, c.klass.capitalize())
        for c in rig.cast.everybody
        if int(c.id[1:]) not in leave_out
    )


def joining(*doors: object, klass: str = "Kestrels") -> str:
    return "".join(line(100 + n, NEW[n], klass, door) for n, door in enumerate(doors))


def preview(rig, text: str) -> dict:
    data = base64.b64encode(text.encode()).decode()
    return rig.ask("office", "roll_preview", filename="roll.csv", data=data)


def apply(rig, text: str, **more) -> dict:
    return rig.ask("office", "roll_apply", ticket=preview(rig, text)["ticket"], **more)


def doors(rig) -> dict[str, int]:
    """Return first name -> door of everybody on the roll."""
    return {
        one["name"].split()[0]: one["compartment"]
        for one in rig.ask("office", "people")
    }


def test_dat_1_new_pupils_get_the_first_free_doors_in_the_same_commit(rig):
    """DAT-1: nobody need be given a door by hand; a tap opens at once."""
    text = as_it_is(rig) + joining("", "")
    shown = preview(rig, text)
    assert (shown["doors"], shown["no_door"]) == (2, [])
    assert 10 not in doors(rig).values(), "a preview gives nothing away"

    done = rig.ask("office", "roll_apply", ticket=shown["ticket"])

    assert done == {"added": 2, "changed": 0, "left": 0, "doors": 2}
    assert (doors(rig)["Ada"], doors(rig)["Bela"]) == (10, 11)
    assert sum(isinstance(fact, p.RollImported) for fact in rig.facts()) == 1


def test_dat_1_a_full_bank_says_who_is_without_a_door(rig):
    """DAT-1: with names on the office's page, with ids to go on from."""
    text = as_it_is(rig) + joining("", "", "", "")
    shown = preview(rig, text)
    assert shown["doors"] == 2
    assert [row[1] for row in shown["no_door"]] == [
        "Cleo Quillfeather",
        "Dora Quillfeather",
    ]

    done = rig.ask("office", "roll_apply", ticket=shown["ticket"])

    assert [row[1:] for row in done["no_door"]] == [
        ["Cleo Quillfeather", "kestrels"],
        ["Dora Quillfeather", "kestrels"],
    ]
    cleo = rig.ask("office", "pupil", id=done["no_door"][0][0])
    assert (cleo["compartment"], cleo["no_door"]) == (0, "full")
    assert not {"Cleo", "Dora"} & set(json.dumps(rig.ask("technician", "board")))


def test_dat_1_where_doors_are_found_each_morning_nobody_needs_one(rig):
    """DAT-1, DAY-1: first free: a new pupil has no door of the own."""
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="assignment", value="first-free")

    done = apply(rig, as_it_is(rig) + joining("", "", ""))

    assert done == {"added": 3, "changed": 0, "left": 0}
    assert rig.ask("office", "people", query="Ada")[0].get("no_door", "") == ""


def test_dat_1_a_leavers_door_goes_to_who_joins_in_the_same_file(rig):
    """DAT-1: leavers first."""
    apply(rig, as_it_is(rig, 3) + joining(""))

    assert doors(rig)["Ada"] == 3


@pytest.mark.parametrize("asked", ["", 3])
def test_cus_1_a_leavers_door_is_kept_while_the_device_is_behind_it(rig, asked):
    """CUS-1, DAT-1: not found as free, and not given because the file says so."""
    rig.clock_to("08:40")
    rig.hand_in(3)
    text = as_it_is(rig, 3) + joining(asked)
    shown = preview(rig, text)
    assert bool(shown["bad"]) is bool(asked)
    lines = [row["line"] for row in shown["bad"]]
    rig.ask("office", "roll_apply", ticket=shown["ticket"], leave_out=lines)
    if not asked:
        assert doors(rig)["Ada"] == 10
    rig.run(2)

    (left,) = rig.ask("office", "desk")["left_behind"]
    assert left["compartment"] == 3
    assert rig.state.custody["p0003"].compartment == 3
    rig.ask("office", "question_close", id=left["id"], how="handed-over")
    apply(
        rig,
        as_it_is(rig, 3) + joining(asked, 3 if not asked else ""),
    )
    assert 3 in doors(rig).values(), "handed over: the door is free again"


def test_dat_1_no_door_that_is_out_of_use_or_set_aside_is_given(folder, cheap_hashes):
    """DAT-1: door 10 is the technician's, door 11 is for holds."""
    door = 'contact = "room:contacts:10"\npurpose = "{}"'
    aside = {door.format("pupil"): door.format("holding")}
    with opened(folder / "rig", settings=aside) as rig:
        rig.ask("technician", "out_of_use", n=10, on=True)

        shown = preview(rig, as_it_is(rig) + joining("") + line(200, "Edda", door=11))

        assert [row[1] for row in shown["no_door"]] == ["Ada Quillfeather"]
        assert [row["reason"] for row in shown["bad"]] == [NO_SUCH]


def test_dat_1_a_door_that_a_later_line_asks_for_is_left_to_it(rig):
    """DAT-1: doors of the file come before those that are found."""
    apply(rig, as_it_is(rig) + joining("", 10))

    assert (doors(rig)["Ada"], doors(rig)["Bela"]) == (11, 10)


def test_dat_1_another_childs_door_is_refused_whatever_its_class(rig):
    """DAT-1: a wren has door 9 here."""
    shown = preview(rig, as_it_is(rig) + joining(9))

    assert "another pupil's" in shown["bad"][0]["reason"]


def test_dat_1_who_had_no_door_gets_one_at_the_next_import(rig):
    """DAT-1: the bank was full; somebody has left since. Nobody is forgotten."""
    text = as_it_is(rig) + joining("", "", "")
    apply(rig, text)
    assert doors(rig)["Cleo"] == 0
    assert preview(rig, text)["doors"] == 0

    done = apply(rig, text.replace(line(3, "Zofia"), ""))

    assert done == {"added": 0, "changed": 0, "left": 1, "doors": 1}
    assert doors(rig)["Cleo"] == 3


def test_dat_1_a_class_with_another_bank_gets_no_door_here_and_is_told(rig):
    """DAT-1: one roll for the school, one bank a room; those numbers are not ours."""
    shown = preview(rig, as_it_is(rig) + joining("", 3, klass="Wrens"))
    assert (shown["doors"], shown["no_door"], shown["elsewhere"]) == (0, [], 2)

    rig.ask("office", "roll_apply", ticket=shown["ticket"])

    assert doors(rig)["Bela"] == 0
    assert rig.ask("office", "people", query="Bela")[0]["no_door"] == "elsewhere"
    again = preview(rig, as_it_is(rig) + joining("", 3, klass="Wrens"))
    assert (again["changed"], again["bad"]) == ([], [])


def test_dat_1_who_moves_to_another_classs_bank_leaves_the_door_to_others(rig):
    """DAT-1: in September a whole class moves on, and its doors with the bank."""
    moved = as_it_is(rig).replace(
        "Zofia,Quillfeather,Kestrels", "Zofia,Quillfeather,Wrens"
    )

    apply(rig, moved + joining(""))

    assert (doors(rig)["Zofia"], doors(rig)["Ada"]) == (0, 3)


def test_dat_1_a_bank_of_every_class_serves_them_all(folder, cheap_hashes):
    """DAT-1: then a door is asked for by two classes at most once."""
    with opened(folder / "rig", settings={'class = "kestrels"\n': ""}) as rig:
        twice = joining(10) + line(300, "Edda", "Wrens", 10)
        shown = preview(rig, as_it_is(rig) + twice)
        assert len(shown["bad"]) == 2

        apply(rig, as_it_is(rig) + joining("", "", klass="Wrens"))

        assert (doors(rig)["Ada"], doors(rig)["Bela"]) == (10, 11)


def test_dat_1_the_command_line_says_lines_and_never_names(rig):
    """DAT-1, DAT-2: the same for a dry run; nothing to say, nothing said."""
    wishes = {"dry_run": True, "leave_out_bad": False, "accept_leavers": False}
    text = as_it_is(rig) + joining("", "", "") + line(200, "Edda", "Wrens")

    for dry in (True, False):
        said = import_roll(
            rig.hub.roll, text.encode(), "r.csv", wishes | {"dry_run": dry}
        )["roll"]
        assert said["doors"] == 2
        assert [one["line"] for one in said["no_door"]] == [13, 14]
        assert "Quillfeather" not in json.dumps(said)
    again = import_roll(rig.hub.roll, text.encode(), "r.csv", wishes)["roll"]
    assert set(again) == {"added", "changed", "left", "bad"}


# ----------------------------------------------------------------- who left and is back


@pytest.mark.parametrize("door", ["", 3])
def test_dat_1_who_left_by_mistake_is_back_with_the_device(rig, door):
    """DAT-1, CUS-1: half a file was applied, then the whole one: the same child."""
    rig.clock_to("08:40")
    rig.hand_in(3)
    apply(rig, as_it_is(rig, 3))
    rig.run(2)
    assert len(rig.ask("office", "desk")["left_behind"]) == 1

    back = as_it_is(rig, 3) + line(3, "Zofia", door=door)
    done = apply(rig, back + joining(""))

    assert done == {"added": 2, "changed": 0, "left": 0, "doors": 2}
    assert (doors(rig)["Zofia"], doors(rig)["Ada"]) == (3, 10)
    assert rig.state.pupils["p0003"].on_roll
    assert rig.state.pupils["p0003"].language == "pl"


def test_dat_1_a_leavers_number_may_be_given_to_another_child(rig):
    """DAT-1: another name is another child; the leaver's record lets go of it."""
    apply(rig, as_it_is(rig, 3))

    apply(rig, as_it_is(rig, 3) + "0003,Piotr,Nowak,Kestrels,\n")

    assert not rig.state.pupils["p0003"].on_roll
    assert doors(rig)["Piotr"] == 3
    kept = rig.hub.directory.store.persons.pupil("p0003")
    assert kept.external_id is None


# ------------------------------------------------------------------------------- a law

DOORS = st.sampled_from(["", "", "", *range(1, 13)])
ROLLS = st.lists(
    st.tuples(
        st.sampled_from([*range(1, 10), *range(100, 106)]),
        st.sampled_from(["Kestrels", "Kestrels", "Wrens"]),
        DOORS,
    ),
    unique_by=lambda row: row[0],
    max_size=14,
)
"""Numbers of pupils who stay, change or join, with their class and a door or none."""


@pytest.mark.parametrize("of_one_class", [True, False])
def test_dat_1_law_no_door_is_two_pupils_and_none_has_anothers_device(
    folder, cheap_hashes, of_one_class
):
    """DAT-1, CUS-1: whatever rolls follow one another while devices are inside."""
    setting = {} if of_one_class else {'class = "kestrels"\n': ""}
    with opened(folder / "rig", settings=setting) as rig:
        rig.clock_to("08:40")
        rig.hand_in(2, 5, 9)

        @settings(
            max_examples=30,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        @given(ROLLS)
        def law(rows):
            text = HEAD + "".join(
                line(number, f"Child{number}", klass, door)
                for number, klass, door in rows
            )
            if rows:
                apply_by_choice(rig, text)
            check(rig)

        law()


def apply_by_choice(rig, text: str) -> None:
    wishes = {"dry_run": False, "leave_out_bad": True, "accept_leavers": True}
    assert import_roll(rig.hub.roll, text.encode(), "r.csv", wishes)["refused"] == ""


def check(rig) -> None:
    pupils = [one for one in rig.state.pupils.values() if one.on_roll]
    given = [one.compartment for one in pupils if one.compartment]
    assert len(given) == len(set(given)), "two pupils to one door"
    inside = {c.compartment: c.pupil for c in rig.state.custody.values()}
    assert set(inside.values()) == {"p0002", "p0005", "p0009"}, (
        "custody outlives a roll"
    )
    for one in pupils:
        assert inside.get(one.compartment, one.pupil) == one.pupil
        if one.pupil in rig.state.custody:
            where = rig.state.custody[one.pupil].compartment
            assert one.compartment in (0, where), "a door moved away from its device"
    free = set(range(1, 12)) - set(given) - set(inside)
    bank: BankDoors = rig.hub.roll.bank
    without = [one for one in pupils if not one.compartment and bank.serves(one.klass)]
    assert not (free and without), "a door is free and somebody has none"
