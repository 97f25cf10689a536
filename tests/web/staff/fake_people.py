"""Canned pupils, cards, files and accounts."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from tests.web.staff.fake_school import (
    NAMES,
    SCRIPT,
    SURNAMES,
    TABLES,
    pupil_id,
    school,
)


def _pupil(number: int) -> p.PupilLine:
    name = f"{NAMES[number]} {SURNAMES[number % len(SURNAMES)]}"
    card = "none" if number == 17 else "lost" if number == 8 else "enrolled"
    return p.PupilLine(
        id=f"p{number + 1:02d}",
        name=SCRIPT if school["script"] and number == 0 else name,
        class_id="kestrels",
        group=list(TABLES)[number // 6],
        compartment=number + 1,
        language=["en", "en", "pl", "en", "ar", "uk"][number % 6],
        card=card,  # type: ignore[arg-type]  # canned
        card_since="" if card == "none" else "4 September",
        kinds=["phone"] if number % 5 else ["phone", "watch"],
        provisional=number == 29,
        year="Year 4",
    )


def people(query: str = "", class_id: str = "") -> list[p.PupilLine]:
    """Answer ``people``."""
    lines = [_pupil(n) for n in range(len(NAMES))]
    if class_id and class_id != "kestrels":
        return []
    return [line for line in lines if query.lower() in line.name.lower()]


def pupil(id: str, **changes: Any) -> Any:  # noqa: A002  the protocol's own word
    """Answer ``pupil`` and ``pupil_change``."""
    for number in range(len(NAMES)):
        line = _pupil(number)
        if line.id == id:
            for key, value in changes.items():
                setattr(line, key, value)
            return line
    return p.Fault(
        "no-such-pupil", "There is no such pupil.", "Go back to the list.", 404
    )


def pupil_add(**fields: Any) -> p.PupilLine:
    """Answer ``pupil_add``."""
    del fields
    return _pupil(29)


def enrolment(**_: Any) -> p.EnrolmentView:
    """Answer the requests about enrolling: ten cards of thirty are done."""
    return p.EnrolmentView(
        running=True,
        class_id="kestrels",
        reader="front",
        next_name="Noah",
        next_pupil="p11",
        next_compartment=11,
        done=10,
        total=30,
        last="Emily's card works now. It opens door 10.",
        can_undo=True,
        waiting=[[pupil_id(name), name] for name in NAMES[10:]],
    )


def roll_preview(filename: str, data: str) -> p.RollPreview:
    """Answer ``roll_preview`` with some of everything."""
    del data
    return p.RollPreview(
        ticket="t1",
        filename=filename,
        added=[["12", "Ines Duarte", "Kestrels"], ["13", "Callum Reid", "Merlins"]],
        changed=[["Oscar Evans", "Kestrels", "moves from Merlins to Kestrels"]],
        left=[["p07", "Leon Okafor", "Kestrels"]],
        bad=[
            p.BadLine(14, "The class is missing."),
            p.BadLine(31, "Door 7 is given to another pupil in line 9 already."),
        ],
        asks_leavers=True,
        unchanged=214,
    )


def adults_preview(filename: str, data: str) -> p.AdultsPreview:
    """Answer ``adults_preview`` with some of everything."""
    del data
    marigold = ("Marigold Finch", "mother")
    bad = [p.BadLine(9, "adult's name: empty, fill it in")]
    return p.AdultsPreview(
        *("t5", filename),
        added=[
            p.AdultLine(2, *marigold, "Amina Khan", "kestrels"),
            p.AdultLine(3, *marigold, "Oliver Khan", "kestrels", joins=True),
            p.AdultLine(
                4,
                SCRIPT if school["script"] else "Craig",
                "",
                "Zofia Nowak",
                "kestrels",
                never=True,
            ),
        ],
        changed=[
            p.AdultLine(
                5, "Barnaby", "uncle", "Amina Khan", "kestrels", what="relationship"
            )
        ],
        absent=[p.AdultLine(0, "Ottoline", "aunt", "Amina Khan", "kestrels")],
        bad=bad if "bad" in filename else [],
        notes=[
            p.BadLine(7, "never release: the mark stays although the file has none")
        ],
        unchanged=31,
        passed=4,
        apart=1,
    )


def cards_csv(filename: str, data: str) -> dict[str, Any]:
    """Answer ``cards_csv``: two rows cannot be taken."""
    del data
    bad = [{"line": 3, "reason": "This card stands for two people, lines 3 and 8."}]
    return (
        {"applied": 0, "bad": bad} if "bad" in filename else {"applied": 28, "bad": []}
    )


def accounts() -> list[p.StaffLine]:
    """Answer ``accounts``."""
    return [
        p.StaffLine(
            "s1",
            "Mr Hughes",
            "hughes",
            ["teacher"],
            ["kestrels"],
            "enrolled",
            True,
            "today, 15:14",
        ),
        p.StaffLine(
            "s2",
            "Ms Okoro",
            "okoro",
            ["leadership", "dsl"],
            [],
            "enrolled",
            True,
            "yesterday",
        ),
        p.StaffLine(
            "s3", "Priya Shah", "shah", ["office"], [], "lost", True, "today, 08:05"
        ),
        p.StaffLine("s4", "Tom Baker", "baker", ["technician"], [], "none", False, ""),
        p.StaffLine(
            "s5",
            "Ann Lee",
            "lee",
            ["teacher"],
            ["merlins"],
            "none",
            False,
            "17 July",
            left=True,
        ),
    ]


def account_add(**_: Any) -> dict[str, Any]:
    """Answer ``account_add``: the password is shown once."""
    line = p.StaffLine(
        "s6", "New Person", "new.person", ["teacher"], ["kestrels"], "none", False
    )
    return {"line": line, "password": "otter-maple-thirty-lantern"}


def access(**_: Any) -> p.AccessList:
    """Answer ``access`` and ``access_review``."""
    lines = [
        p.AccessLine(
            *(one.id, one.name, one.username, role, "1 September 2026", "Helen Marsh"),
            used="23 November 2026",
            card=True,
        )
        for one in accounts()
        for role in one.roles
    ]
    return p.AccessList(
        lines,
        [("3 September 2026", "Tariq Stone")],
        "1/57",
        "Heron Primary",
        "23 November 2026",
        "20 October 2026",
        "Helen Marsh",
        "H. Marsh",
        due=True,
    )


def sessions() -> list[p.SessionLine]:
    """Answer ``sessions``."""
    return [
        p.SessionLine(
            "a", "today, 08:01", "now", "Chromium on a tablet", this_one=True
        ),
        p.SessionLine("b", "yesterday, 15:02", "yesterday, 15:40", "Firefox on a PC"),
    ]
