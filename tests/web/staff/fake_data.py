"""Canned answers to the staff pages' requests: a school of people who do not exist.

``FAKE`` maps each request to a function of its arguments. The classes differ in state,
so that every state of the class page can be looked at: ``kestrels`` is ready for home
time, ``herons`` in the middle of a release, ``merlins`` in the morning, ``wrens``
evacuated, ``swifts`` under a guessed clock, ``robins`` after its release, ``larks`` empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller import protocol as p

TABLES = {
    "Otters": ["Amina", "Oliver", "Zofia", "Jayden", "Maryam", "Harry"],
    "Badgers": ["Leon", "Grace", "Kofi", "Emily", "Noah", "Ruby"],
    "Herons": ["Yusuf", "Freya", "Daniel", "Iris", "Mateo", "Sana"],
    "Foxes": ["Elsie", "Tomasz", "Aisha", "Hugo", "Poppy", "Arjun"],
    "Hares": ["Bohdan", "Layla", "Oscar", "Nadia", "Theo", "Martha"],
}
NAMES = [name for names in TABLES.values() for name in names]
SURNAMES = ["Ahmed", "Brown", "Nowak", "Okafor", "Patel", "Kovalenko", "Evans", "Ionescu"]
COVERED = {"Jayden": "absent", "Freya": "office", "Poppy": "left-early", "Nadia": "club"}
NONE = {"Kofi", "Mateo"}
SAID = {"Grace", "Aisha"}
OPEN = {"Daniel", "Iris", "Sana"}
SCRIPT = "<script>alert(1)</script>"
"""Handed out as a first name where ``school["script"]`` is set."""

school: dict[str, bool] = {"script": False, "stepped_up": False}
"""What tests turn: whether the first pupil's name is a script; whether opening doors
without cards goes through, which it does from the second time on."""


def pupil_id(name: str) -> str:
    """Return the id of the pupil called ``name``."""
    return f"p{NAMES.index(name) + 1:02d}"


def _tile(name: str, state: str, *, reasons: bool = False) -> p.Tile:
    number = NAMES.index(name) + 1
    shown = SCRIPT if school["script"] and number == 1 else name
    covered = name in COVERED and state in {"in", "said", "expected"}
    tile = p.Tile(pupil_id(name), shown, number, "covered" if covered else state)  # type: ignore[arg-type]  # canned
    if covered:
        tile.marked = COVERED[name] != "office"
        tile.reason = COVERED[name] if reasons else ""
    elif name in NONE:
        tile.state, tile.marked = "none", True
    elif state == "in" and name in SAID:
        tile.state = "said"
    if tile.state in {"in", "said"}:
        tile.since = "08:39"
    return tile


def _groups(states: Callable[[str, int], str], *, reasons: bool = False) -> list[p.Group]:
    return [
        p.Group(
            table,
            [_tile(name, states(name, row), reasons=reasons) for name in names],
        )
        for row, (table, names) in enumerate(TABLES.items())
    ]


def _counts(groups: list[p.Group]) -> dict[str, int]:
    counts = dict.fromkeys(("in", "said", "none", "covered", "expected", "collected"), 0)
    for group in groups:
        for tile in group.tiles:
            counts[tile.state] = counts.get(tile.state, 0) + 1
    return counts


def _page(class_id: str, groups: list[p.Group], **over: Any) -> p.ClassPage:
    fields: dict[str, Any] = {
        "class_id": class_id,
        "name": class_id.capitalize(),
        "year": "Year 4",
        "phase": "home-time",
        "counts": _counts(groups),
        "groups": groups,
        "release": None,
        "ways": ["tap", "tables", "rows", "all"],
        "release_size": 24,
        "stay_shut": 6,
        "can": ["release", "mark", "vouch", "evacuate"],
        "drop_off": "shut",
        "by_hand": False,
        "confirmed": "09:02",
        "evacuated_since": "",
        "open_doors": [],
        "left_out": [],
        "refused_today": [],
    }
    return p.ClassPage(**fields | over)


def _running_state(name: str, row: int) -> str:
    if row < 2 or name in {"Yusuf"}:
        return "collected" if name not in COVERED else "covered"
    if name in OPEN:
        return "open"
    return "in"


def _waves() -> list[p.WaveStop]:
    states = ["done", "done", "now", "todo", "todo"]
    return [
        p.WaveStop(name, state, 3 if state == "now" else 0)  # type: ignore[arg-type]  # canned
        for name, state in zip(TABLES, states, strict=True)
    ]


def _ready(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda *_: "in", reasons=reasons)
    return _page(
        class_id,
        groups,
        refused_today=["Leon tapped at 11:20: it was lessons, home time is at 15:15."],
    )


def _running(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(_running_state, reasons=reasons)
    for group in groups:
        for tile in group.tiles:
            if tile.name == "Sana":
                tile.note = "Shut again at once. Is the device out?"
    release = p.ReleaseView("tables", "running", 11, 24, _waves(), "Foxes", "15:15")
    return _page(
        class_id,
        groups,
        release=release,
        ways=[],
        open_doors=[15, 16, 18],
        left_out=[
            "Jayden: absent.",
            "Freya: office.",
            "Poppy: left early at 13:40.",
            "Nadia: at Choir until 16:15.",
        ],
        can=["stop", "next", "end", "mark", "vouch", "evacuate"],
    )


def _morning(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda _, row: "said" if row < 3 else "expected", reasons=reasons)
    return _page(
        class_id,
        groups,
        phase="drop-off",
        ways=[],
        can=["confirm", "mark", "vouch", "evacuate"],
        drop_off="open",
        confirmed="",
        release_size=0,
    )


def _evacuated(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    return _page(
        class_id,
        _groups(lambda *_: "in", reasons=reasons),
        evacuated_since="13:26",
        open_doors=[9, 22],
        ways=[],
        can=["resume"],
        phase="lessons",
    )


def _guessed(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    page = _morning(class_id, reasons=reasons)
    page.by_hand = True
    page.drop_off = "shut"
    page.can = ["release", "drop-off-start", "confirm", "mark", "vouch", "evacuate"]
    page.ways = ["tap", "tables", "rows", "all"]
    page.release_size = 16
    return page


def _after(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    groups = _groups(lambda *_: "collected", reasons=reasons)
    groups[4].tiles[5].state = "left-behind"
    release = p.ReleaseView("tap", "ended", 23, 24, [], "", "15:15")
    return _page(class_id, groups, release=release, ways=[], phase="after", can=["mark", "vouch", "evacuate"])


def _empty(class_id: str, *, reasons: bool = False) -> p.ClassPage:
    del reasons
    return _page(class_id, [], can=["evacuate"], ways=[], release_size=0, confirmed="")


PAGES: dict[str, Callable[..., p.ClassPage]] = {
    "kestrels": _ready,
    "herons": _running,
    "merlins": _morning,
    "wrens": _evacuated,
    "swifts": _guessed,
    "robins": _after,
    "larks": _empty,
}


def class_page(class_id: str, *, reasons: bool = False, **_: Any) -> Any:
    """Answer ``class_page``; a class that is not there is a 404."""
    if class_id not in PAGES:
        return p.Fault("no-such-class", "There is no such class.", "Go back to the list.", 404)
    return PAGES[class_id](class_id, reasons=reasons)


def class_reasons(class_id: str, pin: str) -> Any:
    """Answer ``class_reasons``: the right PIN is 123456."""
    if pin != "123456":
        return p.Fault("wrong-secret", "That is not your PIN.", "Try once more.", 403)
    return class_page(class_id, reasons=True)


def release_class(class_id: str, mode: str = "tap") -> Any:
    """Answer ``release_class``: other than by tap wants the step-up."""
    if mode != "tap" and not school["stepped_up"]:
        school["stepped_up"] = True
        return p.Fault(
            "step-up-needed",
            "Opening doors without cards needs your password or PIN first.",
            "Type it, and the doors open.",
            403,
        )
    return class_page("herons") if class_id in PAGES else class_page(class_id)


def classes() -> list[p.ClassLine]:
    """Answer ``classes``."""
    phases = ["home-time", "home-time", "drop-off", "lessons", "before", "after", "closed-day"]
    lines = []
    for (slug, page), phase in zip(PAGES.items(), phases, strict=True):
        tiles = [tile for group in page(slug).groups for tile in group.tiles]
        inside = sum(tile.state in {"in", "said"} for tile in tiles)
        lines.append(p.ClassLine(slug, slug.capitalize(), "Year 4", len(tiles), inside, phase))
    return lines


# ------------------------------------------------------------------------- people


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
    if class_id not in {"", "kestrels"}:
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
    return p.Fault("no-such-pupil", "There is no such pupil.", "Go back to the list.", 404)


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


def cards_csv(filename: str, data: str) -> dict[str, Any]:
    """Answer ``cards_csv``: two rows cannot be taken."""
    del data
    bad = [{"line": 3, "reason": "This card stands for two people, lines 3 and 8."}]
    return {"applied": 0, "bad": bad} if "bad" in filename else {"applied": 28, "bad": []}


# ------------------------------------------------------------------------ journal


def _line(seq: int, at: str, words: str, kind: str, icon: str, **over: Any) -> p.JournalLine:
    return p.JournalLine("bank1", 1, seq, "2026-11-23", at, words, kind, "synced", icon, **over)


def journal(**asked: Any) -> p.JournalPage:
    """Answer ``journal``; nothing on 2026-11-22, a Sunday."""
    lines = [
        _line(1841, "15:16:40", "Door 1 was shut. Amina has collected.", "DeviceCollected", "collected"),
        _line(1840, "15:16:12", "Door 1 was opened.", "DoorOpened", "open"),
        _line(1839, "15:16:10", "Door 1 was told to open for Amina.", "ReleaseOrdered", "key"),
        _line(1838, "15:15:02", "Mr Hughes released Kestrels, each child taps.", "ReleaseStarted", "hand"),
        _line(1802, "11:20:31", "Leon tapped in lessons. Nothing opened.", "TapRefused", "clock"),
        _line(1790, "09:02:10", "Mr Hughes saw Kestrels: all off, 26 handed in.", "ClassConfirmed", "tick"),
        _line(1789, "08:58:44", "Forgotten by rule.", "CardTapped", "", forgotten=True),
        _line(1788, "08:40:00", "The clock was set. It had been guessed.", "ClockMoved", "clock"),
    ]
    lines[-1].clock = "guessed"
    if asked.get("day") == "2026-11-22":
        lines = []
    return p.JournalPage(lines, [1, 1788] if lines else [], 1841, "9f2c")


# ----------------------------------------------------------------------- settings


def _setting(key: str, group: str, title: str, kind: str, value: str, **over: Any) -> p.SettingView:
    over = {"help": "", "version": 2, "changed": "4 September, by Ms Okoro"} | over
    return p.SettingView(key=key, title=title, kind=kind, value=value, group=group, **over)


def calendar() -> p.CalendarView:
    """Return the autumn term of 2026."""
    return p.CalendarView(
        plain=CALENDAR,
        version=3,
        changed="2 September, by Ms Okoro",
        today="School day, home time 15:15",
        next_days=[
            ["2026-11-24", "School day, home time 15:15"],
            ["2026-11-25", "Half day, home time 12:00"],
            ["2026-11-26", "INSET day: no pupils"],
        ],
    )


_TIMES = {
    "session_start": "08:50",
    "drop_off_from": "08:30",
    "drop_off_until": "09:30",
    "late_until": "10:00",
    "home_time": "15:15",
    "home_until": "15:45",
    "session_end": "15:15",
    "clubs_end": "16:15",
}
CALENDAR: dict[str, Any] = {
    "timezone": "Europe/London",
    "terms": [{"first": "2026-09-02", "last": "2026-12-18"}],
    "closures": [
        {"first": "2026-10-26", "last": "2026-10-30", "kind": "holiday"},
        {"first": "2026-11-26", "last": "2026-11-26", "kind": "inset"},
    ],
    "half_days": {"2026-11-25": "12:00"},
    "days": {day: _TIMES for day in ("mon", "tue", "wed", "thu", "fri")},
    "classes": {"merlins": {"fri": None, "mon": {**_TIMES, "home_time": "15:00"}}},
}


def settings() -> p.Settings:
    """Answer ``settings``."""
    return p.Settings(
        groups=["Morning", "Home time", "Doors"],
        settings=[
            _setting("late-rule", "Morning", "Late arrivals", "choice", "until-late",
                     help="What a tap does after drop-off.",
                     choices=[["until-late", "May hand in until late ends"], ["office", "Go to the office"]]),
            _setting("ask-off", "Morning", "Ask \u201cSwitched off?\u201d", "flag", "yes",
                     help="The screen asks once, and waits for no answer."),
            _setting("wave-wait", "Home time", "Between tables", "choice", "doors",
                     choices=[["doors", "Wait until the doors are shut"], ["go", "Wait for the teacher's Next"]]),
            _setting("left-open-s", "Doors", "Say that a door was left open after", "number", "60",
                     help="Seconds."),
            _setting("latest", "Home time", "Home time ends by itself at", "time", "16:00",
                     help="What is still behind a door then goes on the office's list."),
        ],
        calendar=calendar(),
        classes=classes(),
        kiosks=[["k1", "front", "Paired 4 September"]],
    )


def setting_set(key: str, value: str) -> Any:
    """Answer ``setting_set``: 0 seconds is out of bounds."""
    view = next(one for one in settings().settings if one.key == key)
    if value == "0":
        return p.Fault("refused", "60 seconds is the least.", "Choose 60 or more.", 422,
                       ["left-open-s: found 0, wanted at least 60"])
    view.value, view.version, view.changed = value, 3, "today at 15:16, by you"
    return view


def calendar_preview(**_: Any) -> p.CalendarPreview:
    """Answer ``calendar_import``."""
    return p.CalendarPreview(
        ticket="c1",
        understood=[
            ["Autumn term", "2 September to 18 December 2026"],
            ["Half-term holiday", "26 to 30 October 2026"],
            ["INSET day", "26 November 2026"],
        ],
        not_understood=["Nativity rehearsal, 4 December: not a term, holiday, INSET or half day"],
    )


# ------------------------------------------------- health, desk, report, accounts


def health(**_: Any) -> p.Health:
    """Answer ``health``: door 17 and the supply want looking at."""
    doors = [p.HealthDoor(n, ok=True) for n in range(1, 37)]
    doors[16] = p.HealthDoor(
        17, ok=False, fault="The bolt did not move. Look for something caught in the strike.", codes=["jammed"]
    )
    doors[35] = p.HealthDoor(36, ok=True, in_use=False)
    parts = [
        p.HealthPart("readers", True, "Front reader answers 20 times a second.", "1 of 1", "working"),
        p.HealthPart("supply", False, "Dips when three coils are on together. Two at once until it is looked at.",
                     "10.9 V", "limit 11.0"),
        p.HealthPart("clock", True, "Set from the network, 4 minutes ago.", "12 ms", "off at most"),
        p.HealthPart("doors", False, "Door 17: the bolt did not move.", "34 of 36", "good"),
        p.HealthPart("journal", True, "Every entry is in its place.", "1 841", "entries"),
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
            p.LeftBehind("q1", 12, "Luca", "merlins", "Not collected at home time.", "Wed 18 Nov, 15:40", 5, weekend=True),
            p.LeftBehind("q2", 3, "Zofia", "kestrels", "Not collected at home time.", "Fri 20 Nov, 15:40", 3, weekend=True),
            p.LeftBehind("q3", 30, "Martha", "kestrels", "Not collected at home time.", "today, 15:40"),
        ],
        questions=[
            p.LeftBehind("q4", 16, "Iris", "kestrels", "Seen open, not seen shut. Ask someone to push it.", "today, 15:19"),
            p.LeftBehind("q5", 22, "", "", "Opened without an order.", "today, 12:02"),
        ],
    )


def day_report(day: str = "") -> p.DayReport:
    """Answer ``day_report``."""
    lines = [
        p.ProofLine(n + 1, f"p{n + 1:02d}", NAMES[n], "kestrels", "15:16:10", "15:16:11", "15:16:12", "15:16:40", "collected")
        for n in range(12)
    ]
    lines[3] = p.ProofLine(4, "p04", "Jayden", "kestrels", result="not asked")
    lines[8] = p.ProofLine(9, "p09", "Kofi", "kestrels", "15:18:02", "15:18:03", result="not collected")
    lines[10].shut, lines[10].result = "", "not seen shut"
    return p.DayReport(
        day or "2026-11-23",
        ["2026-11-23", "2026-11-20", "2026-11-19"],
        lines,
        ["24 asked, 24 pulsed, 23 seen open, 22 seen shut.", "1 device was not collected: door 9."],
    )


def accounts() -> list[p.StaffLine]:
    """Answer ``accounts``."""
    return [
        p.StaffLine("s1", "Mr Hughes", "hughes", ["teacher"], ["kestrels"], "enrolled", True, "today, 15:14"),
        p.StaffLine("s2", "Ms Okoro", "okoro", ["leadership", "dsl"], [], "enrolled", True, "yesterday"),
        p.StaffLine("s3", "Priya Shah", "shah", ["office"], [], "lost", True, "today, 08:05"),
        p.StaffLine("s4", "Tom Baker", "baker", ["technician"], [], "none", False, ""),
        p.StaffLine("s5", "Ann Lee", "lee", ["teacher"], ["merlins"], "none", False, "17 July", left=True),
    ]


def account_add(**_: Any) -> dict[str, Any]:
    """Answer ``account_add``: the password is shown once."""
    line = p.StaffLine("s6", "New Person", "new.person", ["teacher"], ["kestrels"], "none", False)
    return {"line": line, "password": "otter-maple-thirty-lantern"}


def sessions() -> list[p.SessionLine]:
    """Answer ``sessions``."""
    return [
        p.SessionLine("a", "today, 08:01", "now", "Chromium on a tablet", this_one=True),
        p.SessionLine("b", "yesterday, 15:02", "yesterday, 15:40", "Firefox on a PC"),
    ]


def _to_class(**args: Any) -> Any:
    return class_page(str(args.get("class_id", "kestrels")))


def _nothing(**_: Any) -> None:
    return None


FAKE: dict[str, Callable[..., Any]] = {
    "classes": classes,
    "class_page": class_page,
    "class_reasons": class_reasons,
    "release_class": release_class,
    "wave_next": _to_class,
    "release_stop": _to_class,
    "release_end": _to_class,
    "confirm_class": _to_class,
    "mark": _to_class,
    "unmark": _to_class,
    "vouch": _to_class,
    "drop_off_start": _to_class,
    "drop_off_end": _to_class,
    "evacuate": _nothing,
    "resume": _nothing,
    "people": people,
    "pupil": pupil,
    "pupil_add": pupil_add,
    "pupil_change": pupil,
    "card_lost": pupil,
    "card_replace": enrolment,
    "enrolment_start": enrolment,
    "enrolment": enrolment,
    "enrolment_undo": enrolment,
    "enrolment_skip": enrolment,
    "enrolment_stop": lambda: p.EnrolmentView(running=False),
    "cards_csv": cards_csv,
    "roll_preview": roll_preview,
    "roll_apply": lambda **_: {"added": 2, "changed": 1, "left": 1},
    "journal": journal,
    "settings": settings,
    "setting_set": setting_set,
    "calendar_set": lambda **_: calendar(),
    "calendar_import": calendar_preview,
    "calendar_apply": lambda **_: calendar(),
    "early_closure": lambda **_: calendar(),
    "health": health,
    "fault_clear": health,
    "out_of_use": health,
    "door_open": health,
    "opened_by_key": health,
    "desk": desk,
    "question_close": desk,
    "day_report": day_report,
    "accounts": accounts,
    "account_add": account_add,
    "account_change": lambda **_: accounts()[0],
    "account_reset": lambda **_: {"password": "river-candle-eight-finch"},
    "account_card": enrolment,
    "kiosk_unpair": _nothing,
    "sessions": sessions,
    "session_revoke": _nothing,
    "sign_out_everywhere": _nothing,
    "change_password": _nothing,
    "set_pin": _nothing,
}
