"""Canned journal, health, desk and proof of the day."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from controller.protocol.reports import HeldLine
from tests.web.staff.fake_school import NAMES


def _line(
    seq: int, at: str, words: str, kind: str, icon: str, **over: Any
) -> p.JournalLine:
    return p.JournalLine(
        "bank1", 1, seq, "2026-11-23", at, words, kind, "synced", icon, **over
    )


def journal(**asked: Any) -> p.JournalPage:
    """Answer ``journal``; nothing on 2026-11-22, a Sunday."""
    lines = [
        _line(
            1841,
            "15:16:40",
            "Door 1 was shut. Amina has collected.",
            "DeviceCollected",
            "collected",
        ),
        _line(1840, "15:16:12", "Door 1 was opened.", "DoorOpened", "open"),
        _line(
            1839,
            "15:16:10",
            "Door 1 was told to open for Amina.",
            "ReleaseOrdered",
            "key",
        ),
        _line(
            1838,
            "15:15:02",
            "Mr Hughes released Kestrels, each child taps.",
            "ReleaseStarted",
            "hand",
        ),
        _line(
            1802,
            "11:20:31",
            "Leon tapped in lessons. Nothing opened.",
            "TapRefused",
            "clock",
        ),
        _line(
            1790,
            "09:02:10",
            "Mr Hughes saw Kestrels: all off, 26 handed in.",
            "ClassConfirmed",
            "tick",
        ),
        _line(1789, "08:58:44", "Forgotten by rule.", "CardTapped", "", forgotten=True),
        _line(
            1788,
            "08:40:00",
            "The clock was set. It had been guessed.",
            "ClockMoved",
            "clock",
        ),
    ]
    lines[-1].clock = "guessed"
    if asked.get("day") == "2026-11-22":
        lines = []
    return p.JournalPage(lines, [1, 1788] if lines else [], 1841, "9f2c")


def health(**_: Any) -> p.Health:
    """Answer ``health``: door 17 and the supply want looking at."""
    doors = [p.HealthDoor(n, ok=True) for n in range(1, 37)]
    doors[16] = p.HealthDoor(
        17,
        ok=False,
        fault="Door 17: the bolt did not move. Look at the strike.",
        codes=["jammed"],
    )
    doors[35] = p.HealthDoor(
        36, ok=False, fault="Door 36 was taken out of use.", in_use=False
    )
    parts = [
        p.HealthPart(
            "readers",
            True,
            "Front reader answers 20 times a second.",
            "1 of 1",
            "working",
        ),
        p.HealthPart(
            "supply",
            False,
            "Dips when three coils are on together. Two at once until it is looked at.",
            "10.9 V",
            "limit 11.0",
        ),
        p.HealthPart(
            "clock",
            True,
            "Set from the network, 4 minutes ago.",
            "12 ms",
            "off at most",
        ),
        p.HealthPart(
            "doors", False, "Door 17: the bolt did not move.", "34 of 36", "good"
        ),
        p.HealthPart(
            "journal", True, "Every entry is in its place.", "1 841", "entries"
        ),
        p.HealthPart("disk", True, "Room for about nine years.", "11 GB", "free"),
    ]
    return p.Health(
        headline="Look at door 17 and the supply",
        under="The other 35 doors are ready for Monday.",
        ready=False,
        parts=parts,
        doors=doors,
        columns=6,
        version="0.1.0",
        started_us=1_795_420_800_000_000,
    )


def desk(**_: Any) -> p.Desk:
    """Answer ``desk`` and ``question_close``."""
    return p.Desk(
        left_behind=[
            p.LeftBehind(
                "q1",
                12,
                "Luca",
                "merlins",
                "Not collected at home time.",
                "Wed 18 Nov, 15:40",
                5,
                weekend=True,
            ),
            p.LeftBehind(
                "q2",
                3,
                "Zofia",
                "kestrels",
                "Not collected at home time.",
                "Fri 20 Nov, 15:40",
                3,
                weekend=True,
            ),
            p.LeftBehind(
                "q3",
                30,
                "Martha",
                "kestrels",
                "Not collected at home time.",
                "today, 15:40",
            ),
        ],
        questions=[
            p.LeftBehind(
                "q4",
                16,
                "Iris",
                "kestrels",
                "Seen open, not seen shut. Ask someone to push it.",
                "today, 15:19",
            ),
            p.LeftBehind("q5", 22, "", "", "Opened without an order.", "today, 12:02"),
        ],
    )


def day_report(day: str = "") -> p.DayReport:
    """Answer ``day_report``."""
    lines = [
        p.ProofLine(
            n + 1,
            f"p{n + 1:02d}",
            NAMES[n],
            "kestrels",
            "15:16:10",
            "15:16:11",
            "15:16:12",
            "15:16:40",
            "collected",
        )
        for n in range(12)
    ]
    lines[3] = p.ProofLine(4, "p04", "Jayden", "kestrels", result="not asked")
    lines[8] = p.ProofLine(
        9, "p09", "Kofi", "kestrels", "15:18:02", "15:18:03", result="not collected"
    )
    lines[10].shut, lines[10].result = "", "not seen shut"
    return p.DayReport(
        day or "2026-11-23",
        ["2026-11-23", "2026-11-20", "2026-11-19"],
        lines,
        [
            "24 asked, 24 pulsed, 23 seen open, 22 seen shut.",
            "1 device was not collected: door 9.",
        ],
        [
            HeldLine("held", "h1", "Zofia", "Phone: confiscated", "10:35", [1, 1300]),
            HeldLine("overdue", "h2", "Jayden", "Phone: nobody has come", "Friday"),
        ],
    )
