"""``hometime demo --afternoon``: four school days played to a Monday at ten to three.

Wednesday and Thursday are ordinary. On Friday one phone is taken away and not fetched,
and one is left behind over the weekend. On Monday there is something on every page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from controller.config.check import load
from controller.demo.acting import Actors
from controller.demo.classroom import CLASS, CLUB, READER
from controller.demo.seed import Cast
from controller.demo.stage import Opener, Stage

FIRST_MORNING = datetime(2026, 11, 18, 7, 45, tzinfo=UTC)
"""A Wednesday. What a pupil usually does is known after three days (DAY-8)."""

MADE_US = int(FIRST_MORNING.timestamp()) * 1_000_000 - 900_000_000
"""The class is made a quarter of an hour before."""

ENDS_AT = "14:50"
"""Monday, 23 November, 25 minutes before home time."""

EVERYBODY = frozenset(range(1, 31))
NO_PHONE = 11
"""Has no telephone: one tap of the teacher each morning."""
ALLOWED = 16
"""Keeps it by an exception (REC-3)."""
WITH_PHONES = EVERYBODY - {NO_PHONE, ALLOWED}

NOT_SIGNED = frozenset({28, 30})
"""Nobody has brought their papers yet; the class page says how many (REC-7, REC-10)."""

FETCHED = 17
"""Thursday in the yard; home came for it the same day."""
OVERDUE = 4
"""Friday in class; nobody has come for it yet."""
LEFT_BEHIND = 29
"""Forgot it on Friday; it still lies behind the door."""

ABSENT, LATE, FOOTBALL, EARLY = 10, 9, 12, 8
HELD_INSIDE = 3
"""Seen in use on the way in: held behind the pupil's own door."""
HELD_AT_DESK = 24
"""Was not handed in; taken in the corridor, behind a door at the office's desk."""
UNANSWERED = 28
"""Usually hands in, has not, and nobody has said why (DAY-8)."""
HANDS_IN_MONDAY = WITH_PHONES - {
    *(OVERDUE, LEFT_BEHIND, ABSENT, LATE, HELD_AT_DESK, UNANSWERED),
}

HEAD = "Helen Marsh"
"""Signs the list of who has access."""

VISITORS_CARD = "045A1122334461"
"""A plain card from reception's drawer."""

NOBODYS_CARD = "04C0FFEE123456"
"""A bus pass: 7 bytes, enrolled for nobody."""


def play(
    config: Path,
    cast: Cast,
    open_room: Opener,
    told_to_stop: Callable[[], bool],
    version: str,
) -> None:
    """Play the days into the stores and the room of a demo's folder.

    Args:
        config: of a folder that is seeded, and played in by nobody yet.
        cast: everybody in it.
        open_room: opens the simulated room in this process.
        told_to_stop: looked at all the time.
        version: of the program, for the record.

    Raises:
        DayAbandoned: told to stop; the folder is half made.
        DayStuck: the program does not do what a day relies on.
    """
    print("Four school days are being played: some seconds.", flush=True)
    loaded = load(config)
    with ExitStack() as ends:
        stage = Stage(loaded, open_room(loaded, FIRST_MORNING), READER, told_to_stop)
        ends.callback(stage.close)
        stage.begin(version)
        actors = Actors(stage, cast)
        _wednesday(actors)
        _thursday(actors)
        _friday(actors)
        _monday(actors)
        stage.end()


def _wednesday(a: Actors) -> None:
    """The papers of the term, and a day on which nothing happens."""
    a.at("08:20")
    a.prove("leadership")
    listed = a.ask("leadership", "access")
    a.ask("leadership", "access_review", version=listed["version"], name=HEAD)
    _papers(a)
    _morning(a, WITH_PHONES)
    _home_time(a, WITH_PHONES)


def _papers(a: Actors) -> None:
    """Exception, permissions, agreements: filed by the office, approved by the head."""
    exception = a.file(
        "office",
        "exception",
        a.pupil(ALLOWED),
        need="medical",
        agreed_on="2026-11-13",
    )
    a.ask("leadership", "record_approve", record=exception)
    for door in sorted(WITH_PHONES - NOT_SIGNED):
        a.file("office", "permission", a.pupil(door))
        a.file("office", "agreement", a.pupil(door))
    own = a.staff("technician").id
    a.file("leadership", "own-use", own, approve=True, reason="on-call")


def _thursday(a: Actors) -> None:
    """A phone is taken away and handed over the same afternoon."""
    a.stage.next_morning("08:20")
    _morning(a, WITH_PHONES - {FETCHED})
    a.at("10:40")
    hold = a.confiscate(FETCHED, taken=True, where="yard")
    a.at("10:52")
    a.to_safe(hold)
    a.tell_home(hold)
    _home_time(a, WITH_PHONES - {FETCHED}, then=lambda: a.hand_over(hold, FETCHED))


def _friday(a: Actors) -> None:
    """One phone is not fetched, one is forgotten."""
    a.stage.next_morning("08:20")
    _morning(a, WITH_PHONES - {OVERDUE})
    a.at("11:10")
    hold = a.confiscate(OVERDUE, taken=True, where="class")
    a.at("11:25")
    a.to_safe(hold)
    a.tell_home(hold)
    _home_time(a, WITH_PHONES - {OVERDUE, LEFT_BEHIND})


def _monday(a: Actors) -> None:
    a.stage.next_morning("08:20", days=3)
    _diary(a)
    a.put_own_away("teacher")
    a.at("08:31")
    half = len(HANDS_IN_MONDAY) // 2
    first = frozenset(sorted(HANDS_IN_MONDAY)[:half])
    a.hand_in(first)
    a.stage.tap(NOBODYS_CARD)
    a.hand_in(HANDS_IN_MONDAY - first)
    a.at("09:03")
    a.stage.tap(a.staff("teacher").card)
    a.confirm()
    a.mark(ABSENT, "absent")
    a.mark(NO_PHONE, "none")
    a.mark(FOOTBALL, "club", club=CLUB[0])
    a.at("09:20")
    a.receive(
        VISITORS_CARD,
        name="Barnaby Thistlewood",
        organisation="Fen and Moor Lifts",
        notice="yes",
    )
    a.at("09:42")
    a.hand_in({LATE})
    a.at("10:35")
    inside = a.confiscate(HELD_INSIDE, where="gate", reason="Filming at the gate.")
    _midday(a)
    a.at("14:20")
    a.ask("office", "hold_fetch", id=inside)
    a.everybody_goes_home()
    a.stage.clock_at(ENDS_AT)


def _diary(a: Actors) -> None:
    """What stands in the diary of the week."""
    a.file(
        "office",
        "visitor",
        name="Wilhelmina Ashdown",
        purpose="speaker",
        first="2026-11-24",
        last="2026-11-25",
        notice="yes",
    )
    a.file(
        "teacher",
        "education",
        CLASS,
        lesson="science",
        day="2026-11-24",
        starts="10:00",
        ends="10:45",
    )
    a.file(
        "office",
        "exam",
        CLASS,
        paper="mtc",
        day="2026-11-26",
        starts="09:15",
        ends="10:00",
        room="Hall",
    )


def _midday(a: Actors) -> None:
    """A concern, a phone in the corridor, two taps that open nothing, a dentist."""
    a.at("11:20")
    a.ask(
        "teacher",
        "concern_raise",
        person=a.pupil(NO_PHONE),
        reason="Told me somebody keeps sending messages at night.",
    )
    a.at("11:50")
    hold = a.confiscate(HELD_AT_DESK, taken=True, where="corridor")
    a.at("11:58")
    a.to_desk(hold, HELD_AT_DESK)
    a.tell_home(hold)
    a.at("12:10")
    for concern in a.ask("dsl", "concerns"):
        a.ask("dsl", "concern_seen", id=concern["id"])
    a.at("12:31")
    for door in (6, HELD_INSIDE):
        a.tap(door)
        a.stage.wait(8)
    a.at("13:05")
    a.leave_early(EARLY)


# ------------------------------------------------------------------------ every day


def _morning(a: Actors, doors: frozenset[int]) -> None:
    a.at("08:31")
    a.hand_in(doors)
    a.at("09:02")
    a.confirm()
    a.mark(NO_PHONE, "none")


def _home_time(
    a: Actors, doors: frozenset[int], then: Callable[[], None] = lambda: None
) -> None:
    a.at("15:15")
    a.release()
    a.collect(doors)
    then()
    a.at("16:30")
    a.everybody_goes_home()
