"""The roll through the page: preview, then apply, all or nothing (DAT-1)."""

import base64

import pytest

from controller.domain import people_facts as p

HEAD = "Admission Number,Forename,Surname,Class,Card\n"


def line(number: int, first: str, klass: str = "Kestrels", card: str = "") -> str:
    return f"{number:04d},{first},Quillfeather,{klass},{card}\n"


def whole_roll(rig) -> str:
    """Return the roll as it is, as a school system would export it."""
    return HEAD + "".join(
        line(int(c.id[1:]), c.first_name, c.klass.capitalize())
        for c in rig.cast.everybody
    )


def preview(rig, text: str, encoding: str = "utf-8") -> dict:
    data = base64.b64encode(text.encode(encoding)).decode()
    return rig.ask("office", "roll_preview", filename="roll.csv", data=data)


def names(rig) -> set[str]:
    return {line["name"].split()[0] for line in rig.ask("office", "people")}


def test_dat_1_the_same_roll_again_changes_nothing(rig):
    """DAT-1: imported every Monday."""
    shown = preview(rig, whole_roll(rig))

    assert (shown["added"], shown["changed"], shown["left"]) == ([], [], [])
    assert shown["unchanged"] == 9
    done = rig.ask("office", "roll_apply", ticket=shown["ticket"])
    assert done == {"added": 0, "changed": 0, "left": 0}


def test_dat_1_a_preview_says_who_joins_changes_and_leaves_and_does_nothing(rig):
    """DAT-1: names and classes, before anything is applied."""
    roll = whole_roll(rig).replace("Oliver", "Ollie").replace(line(3, "Zofia"), "")
    shown = preview(rig, roll + line(77, "Ada"))

    assert [row[1] for row in shown["added"]] == ["Ada Quillfeather"]
    assert [row[0] for row in shown["changed"]] == ["Ollie Quillfeather"]
    assert [row[1] for row in shown["left"]] == ["Zofia Quillfeather"]
    assert names(rig) >= {"Oliver", "Zofia"}
    assert "Ada" not in names(rig)

    done = rig.ask("office", "roll_apply", ticket=shown["ticket"])
    assert done == {"added": 1, "changed": 1, "left": 1, "doors": 1}
    assert names(rig) >= {"Ollie", "Ada"}
    assert not names(rig) & {"Oliver", "Zofia"}


def test_dat_1_a_leavers_card_is_dead_at_once(rig):
    """DAT-1: leavers leave."""
    rig.clock_to("08:40")
    shown = preview(rig, whole_roll(rig).replace(line(3, "Zofia"), ""))
    rig.ask("office", "roll_apply", ticket=shown["ticket"])

    assert rig.tap(3).result == "unknown"
    assert [fact.why for fact in rig.facts(p.CardRevoked)] == ["left"]


@pytest.mark.parametrize(
    "bad",
    [
        line(78, ""),
        line(2, "Twice"),
        line(79, "Card", card="08A1B2C3"),
        line(80, "Card", card="not a card"),
        line(81, "Taken", card="045A1122334401"),
    ],
)
def test_dat_1_one_bad_row_and_nothing_is_applied(rig, bad):
    """DAT-1: the preview names line and reason; all or nothing."""
    shown = preview(rig, whole_roll(rig) + line(77, "Ada") + bad)
    before = rig.entries
    assert [row["line"] for row in shown["bad"]]
    assert all(row["reason"] for row in shown["bad"])

    fault = rig.refused("office", "roll_apply", ticket=shown["ticket"])
    assert fault.status == 422
    assert rig.entries == before
    assert "Ada" not in names(rig)

    lines = [row["line"] for row in shown["bad"]]
    rig.ask("office", "roll_apply", ticket=shown["ticket"], leave_out=lines)
    assert "Ada" in names(rig)


def test_dat_1_many_leavers_are_asked_about(rig):
    """DAT-1: half a file must not empty the school."""
    half = HEAD + line(1, "Amina") + line(2, "Oliver")
    shown = preview(rig, half)
    assert shown["asks_leavers"] is True

    fault = rig.refused("office", "roll_apply", ticket=shown["ticket"])
    assert fault.status == 409
    assert len(names(rig)) == 9
    done = rig.ask("office", "roll_apply", ticket=shown["ticket"], accept_leavers=True)
    assert done["left"] == 7


@pytest.mark.parametrize(
    ("encoding", "sep"), [("utf-8-sig", ","), ("cp1252", ","), ("cp1252", ";")]
)
def test_dat_1_a_file_as_windows_saves_it_is_read(rig, encoding, sep):
    """DAT-1: BOM, cp1252, semicolons."""
    roll = (whole_roll(rig) + line(77, "Zoë")).replace(",", sep)
    shown = preview(rig, roll, encoding)
    rig.ask("office", "roll_apply", ticket=shown["ticket"])

    assert "Zoë" in names(rig)


def test_dat_1_what_changed_since_the_preview_is_looked_at_anew(rig):
    """DAT-1: two people in the office at once; nobody is added twice."""
    first = preview(rig, whole_roll(rig) + line(77, "Ada"))
    second = preview(rig, whole_roll(rig) + line(77, "Ada"))
    rig.ask("office", "roll_apply", ticket=first["ticket"])

    done = rig.ask("office", "roll_apply", ticket=second["ticket"])
    assert done["added"] == 0
    assert [x["name"] for x in rig.ask("office", "people", query="Ada Q")] == [
        "Ada Quillfeather"
    ]


def test_dat_1_an_old_ticket_is_told(rig):
    """DAT-1: applied already, or the program was restarted meanwhile."""
    shown = preview(rig, whole_roll(rig) + line(77, "Ada"))
    rig.kill()

    assert rig.refused("office", "roll_apply", ticket=shown["ticket"]).status == 422


def test_sec_3_a_script_in_a_pupils_name_is_a_name(rig):
    """SEC-3: it comes back as data; the site escapes it; the journal has none of it."""
    roll = whole_roll(rig) + line(77, "<script>alert(1)</script>")
    rig.ask("office", "roll_apply", ticket=preview(rig, roll)["ticket"])

    assert any("<script>" in name for name in names(rig))
    bodies = rig.hub.core.journal.entries(limit=10_000)
    assert not any("script" in (entry.body or "") for entry in bodies)


def test_dat_1_a_device_inside_keeps_its_door_whatever_the_roll_says(rig):
    """DAT-1: the child must find the phone again; the preview says so."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    head = "Admission Number,Forename,Surname,Class,Compartment\n"
    row = "0001,Amina,Quillfeather,Kestrels,10\n"
    shown = preview(rig, head + row)
    assert shown["changed"] == []
    assert "device is inside" in shown["notes"][0]["reason"]
    rig.ask("office", "roll_apply", ticket=shown["ticket"], accept_leavers=True)

    assert rig.state.pupils["p0001"].compartment == 1
    assert rig.tap(1).compartment == 1


def test_dat_2_a_tables_name_comes_into_the_journal_as_a_code(rig):
    """DAT-1, DAT-2: "Table 1" as people write it; again it is the same table."""
    head = "Admission Number,Forename,Surname,Class,Table\n"
    rest = "".join(
        f"{c.id[1:]},{c.first_name},Quillfeather,{c.klass.capitalize()},\n"
        for c in rig.cast.everybody[1:]
    )
    text = f"{head}0001,Amina,Quillfeather,Kestrels,Table One\n{rest}"

    rig.ask("office", "roll_apply", ticket=preview(rig, text)["ticket"])

    assert rig.state.pupils["p0001"].group == "table-one"
    assert rig.ask("office", "pupil", id="p0001")["group"] == "Table one"
    assert preview(rig, text)["changed"] == []
