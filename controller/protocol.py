"""What crosses the controller's socket: one JSON object a line, typed with msgspec.

A client sends a :class:`Request`; the controller answers each with one :class:`Answer`
that bears the same ``id``. A request for the feed turns the connection into a stream of
:class:`FeedEvent`, beginning with the whole public state.

Every order and question carries its person's token. The controller checks that
person's right by itself and leaves out of the answer whatever the role may not see; the
site is not trusted.

``docs/reference/protocol.md`` lists each request with the right it needs; a test holds
that list against :data:`controller.service.requests.REQUESTS`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

MAX_LINE_BYTES = 8 * 1024 * 1024
"""Longest line that is read: a roll of 5 MB in base64 with room to spare."""


class Request(msgspec.Struct, omit_defaults=True):
    """One order or question.

    Attributes:
        id: chosen by the client, given back with the answer.
        do: a name of the list of requests.
        token: a person's session token, or a kiosk's pairing token, or empty.
        args: the request's own arguments.
    """

    id: int
    do: str
    token: str = ""
    args: dict[str, Any] = {}


class Fault(msgspec.Struct, omit_defaults=True):
    """Why a request was not done: the site's one error shape."""

    error: str
    message: str
    remedy: str = ""
    status: int = 400
    details: list[str] = []


class Answer(msgspec.Struct, omit_defaults=True):
    """The answer to the request with this ``id``: ``value``, or ``fault``."""

    id: int
    value: Any = None
    fault: Fault | None = None


# ------------------------------------------------------------------ public state

DoorWord = Literal["shut", "open", "broken"]
"""The three words of public screens; a held device's door looks like any other."""


class BoardDoor(msgspec.Struct):
    """One door as passers-by may see it."""

    n: int
    state: DoorWord


class Stop(msgspec.Struct):
    """One stop on the line of the day: ``at`` is local ``HH:MM``."""

    at: str
    label: Literal["phones-in", "lessons", "home-time", "clubs-end"]
    state: Literal["done", "now", "todo"]


class Board(msgspec.Struct):
    """All that a public screen may show: no names, no reasons.

    Attributes:
        bank: the bank's name, a slug.
        class_name: what the board is headed with, e.g. ``Kestrels``.
        year: e.g. ``Year 4``, or empty.
        columns: doors in a row, as they stand on the wall.
        blocks: how many doors stand together, from the top; their sum is all doors.
        at_us: the controller's wall clock, UTC microseconds since 1970.
        clock: ``synced``, ``rtc`` or ``guessed``.
        timezone: IANA name for showing ``at_us``.
        school_day: whether the calendar calls today a school day.
        phase: ``closed-day``, ``before``, ``drop-off``, ``late``, ``lessons``,
            ``home-time`` or ``after``.
        stops: the day as a line; empty when it is no school day.
        next_label, next_at_us: the next change, or empty and 0.
        doors: every compartment in order of its number.
        evacuated: whether "Leave it. Go." holds.
        readers_out: names of readers that do not work.
    """

    bank: str
    class_name: str
    year: str
    columns: int
    at_us: int
    clock: str
    timezone: str
    school_day: bool
    phase: str
    stops: list[Stop]
    next_label: str
    next_at_us: int
    doors: list[BoardDoor]
    evacuated: bool
    readers_out: list[str]
    blocks: list[int] = []


KioskScreen = Literal[
    "waiting",
    "opened",
    "notnow",
    "teacher",
    "leave",
    "one-card",
    "unknown-card",
    "pin",
    "staff",
    "enrol",
    "out-of-order",
]


class KioskShow(msgspec.Struct, omit_defaults=True):
    """What the kiosk of a bank shows now; never a name.

    Attributes:
        screen: which of the kiosk's screens.
        serial: grows with every change, so that a late one is told from a new one.
        compartment: the newest open door, for ``opened``.
        also: other doors that are open now, newest first, at most two.
        home_time: local ``HH:MM``, for ``notnow``; empty where no time is known.
        language: ``en``, ``cy``, ``pl``, ``uk``, ``ar``, ``ro`` or ``ur``.
        ask_off: whether to ask "Switched off?" (morning only).
        sound: the soft sound to play once with this serial: ``soft`` or empty.
        seconds: how long the screen stands before it returns to ``waiting``; 0: stays.
        pin_until_us: wall clock end of the 30 s in which a PIN counts, for ``pin``.
        acts: for ``staff``: what this member of staff may do at the bank now, such as
            ``release:kestrels`` (see request ``bank_act``).
        unlocked: for ``staff``: whether the PIN was right, so that acts may be shown.
    """

    screen: KioskScreen
    serial: int
    compartment: int = 0
    also: list[int] = []
    home_time: str = ""
    language: str = "en"
    ask_off: bool = False
    sound: str = ""
    seconds: float = 0.0
    pin_until_us: int = 0
    acts: list[str] = []
    unlocked: bool = False


class TapOutcome(msgspec.Struct, omit_defaults=True):
    """What came of one tap; for the twin and for lights. No person in it.

    Attributes:
        reader: the reader's name.
        serial: counts this reader's outcomes since the controller started.
        result: ``ordered`` (a durable order to open), ``refused``, ``unknown`` (no such
            card), ``staff`` (a staff card: PIN asked for), ``enrolled``, ``open``
            (its door stands open already), ``two-cards``, ``random-uid``.
        compartment: for ``ordered`` and ``open``.
        reason: the rule's name, for ``refused``.
        entry: node, epoch and sequence of the entry that records it, or empty when
            it was folded into a later one.
    """

    reader: str
    serial: int
    result: str
    compartment: int = 0
    reason: str = ""
    entry: list[Any] = []


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """One message of the feed; exactly one of the parts is there.

    Attributes:
        board: the public state after a change (also sent first, and every minute).
        kiosk: what the kiosk shows now.
        tap: the outcome of a tap.
        gone: a reader's name: its field is empty again.
        door: ``[n, is_open]``: a contact's change that has been recorded.
        changed: topics whose pages are to be asked for anew: ``class:<slug>``,
            ``people``, ``settings``, ``health``, ``journal``, ``desk``, ``enrolment``,
            ``accounts``. No content: whoever may see it asks with a token.
        clock: the wall clock was moved; ``at_us`` after the move.
        beat: sent every 5 s, so that silence means trouble; ``at_us``.
    """

    board: Board | None = None
    kiosk: KioskShow | None = None
    tap: TapOutcome | None = None
    gone: str | None = None
    door: list[Any] | None = None
    changed: list[str] | None = None
    clock: int | None = None
    beat: int | None = None


# ---------------------------------------------------------------- people signed in


class Me(msgspec.Struct):
    """The person behind a token.

    Attributes:
        id: the person's id.
        name: for the corner of the page.
        username: what they sign in with.
        roles: of ``teacher``, ``cover``, ``office``, ``leadership``, ``dsl``,
            ``technician``.
        rights: names of the acts open to these roles (``controller.domain.rights``).
        classes: slugs this person may open.
        stepped_up_until_us: 0, or until when step-up holds.
        must_change: whether the password has to be changed before anything else.
        has_pin: whether a PIN is set.
        has_card: whether a card is enrolled.
    """

    id: str
    name: str
    username: str
    roles: list[str]
    rights: list[str]
    classes: list[str]
    stepped_up_until_us: int
    must_change: bool
    has_pin: bool
    has_card: bool


class SignedIn(msgspec.Struct):
    """Answer to ``sign_in`` and ``first_start``: the token exists only here."""

    token: str
    me: Me


TileState = Literal[
    "expected", "in", "said", "none", "open", "collected", "covered", "left-behind"
]


class Tile(msgspec.Struct, omit_defaults=True):
    """One pupil on the class page, safe on a whiteboard.

    Attributes:
        pupil: id.
        name: first name (with an initial where two share it).
        compartment: 0 when none is given now.
        state: ``covered`` is "Not this time", whatever the reason; ``expected`` is
            "not in yet".
        asked: at home time: an order for this door is in the queue.
        note: a plain sentence where something wants doing, e.g. "Shut again at once.
            Is the device out?", or empty.
        since: local ``HH:MM`` of the state, or empty.
        reason: only in the answer to ``class_reasons``: ``absent``, ``left-early``,
            ``club`` or ``office``.
        marked: whether the actor may take today's mark back.
    """

    pupil: str
    name: str
    compartment: int
    state: TileState
    asked: bool = False
    note: str = ""
    since: str = ""
    reason: str = ""
    marked: bool = False


class Group(msgspec.Struct):
    """A table of the class and who sits there."""

    name: str
    tiles: list[Tile]


class WaveStop(msgspec.Struct, omit_defaults=True):
    """One wave of a release on the line of stops."""

    name: str
    state: Literal["done", "now", "todo"]
    open_doors: int = 0


class ReleaseView(msgspec.Struct, omit_defaults=True):
    """A release under way, or the last one of today.

    Attributes:
        mode: ``tap``, ``tables``, ``rows`` or ``all``.
        state: ``running``, ``waiting`` (for doors to be shut or for "go"),
            ``stopped`` or ``ended``.
        collected, total: pupils whose door was seen open and shut; pupils meant.
        waves: stops, empty for ``tap``.
        next_name: the wave that "Next" would begin, or empty.
        began: local ``HH:MM``.
    """

    mode: str
    state: str
    collected: int
    total: int
    waves: list[WaveStop]
    next_name: str = ""
    began: str = ""


class ClassPage(msgspec.Struct):
    """The class page of one class.

    Attributes:
        class_id: slug. name, year: for the heading.
        phase: as on the board, for this class.
        counts: how many ``in``, ``said``, ``none``, ``covered``, ``expected``,
            ``collected``.
        groups: tables in order; pupils without a table come last under an empty name.
        release: the release of today, if any.
        ways: which of ``tap``, ``tables``, ``rows``, ``all`` can be offered now.
        release_size: doors that a release would open now.
        stay_shut: pupils a release would leave out.
        can: acts open to this person now: ``release``, ``stop``, ``next``, ``end``,
            ``confirm``, ``mark``, ``vouch``, ``drop-off-start``, ``drop-off-end``,
            ``evacuate``, ``resume``.
        drop_off: ``open``, ``late`` or ``shut``.
        by_hand: whether the clock is only guessed, so that staff begin and end things.
        confirmed: local ``HH:MM`` at which the class was confirmed, or empty.
        evacuated_since: local ``HH:MM``, or empty.
        open_doors: numbers of doors that stand open.
        left_out: sentences after a release: who was left out and why, reasons of holds
            withheld ("office").
        refused_today: taps refused today with the rule's name, newest first, at most 5:
            sentences (DAY-3 "the rule's name is on the staff's page"), with names only
            in the answer to ``class_reasons``.
        clubs: slug, name and end of each club.
    """

    class_id: str
    name: str
    year: str
    phase: str
    counts: dict[str, int]
    groups: list[Group]
    release: ReleaseView | None
    ways: list[str]
    release_size: int
    stay_shut: int
    can: list[str]
    drop_off: str
    by_hand: bool
    confirmed: str
    evacuated_since: str
    open_doors: list[int]
    left_out: list[str]
    refused_today: list[str]
    clubs: list[list[str]] = []


class ClassLine(msgspec.Struct):
    """One class in the list of classes."""

    class_id: str
    name: str
    year: str
    pupils: int
    in_now: int
    phase: str


class PupilLine(msgspec.Struct, omit_defaults=True):
    """One pupil in the list of people, for roles that may see it."""

    id: str
    name: str
    class_id: str
    group: str
    compartment: int
    language: str
    card: Literal["enrolled", "lost", "none"]
    card_since: str = ""
    kinds: list[str] = []
    provisional: bool = False
    year: str = ""


class StaffLine(msgspec.Struct, omit_defaults=True):
    """One member of staff in the list of accounts."""

    id: str
    name: str
    username: str
    roles: list[str]
    classes: list[str]
    card: Literal["enrolled", "lost", "none"]
    has_pin: bool
    last_seen: str = ""
    left: bool = False


class BadLine(msgspec.Struct):
    """A row of a file that cannot be taken as it is: line and reason, no content."""

    line: int
    reason: str


class RollPreview(msgspec.Struct):
    """What an import would do. ``ticket`` is wanted back by ``roll_apply``.

    Attributes:
        added, left: ``[id or line, name, class]``; changed: ``[name, class, what]``.
        bad: rows left out unless mended.
        asks_leavers: more than a fifth of the pupils would leave.
        notes: what to look at, and stops nothing.
        held_back: pupils who stay as they are because a bad row may be about them.
    """

    ticket: str
    filename: str
    added: list[list[str]]
    changed: list[list[str]]
    left: list[list[str]]
    bad: list[BadLine]
    asks_leavers: bool
    unchanged: int
    notes: list[BadLine] = []
    held_back: int = 0


class EnrolmentView(msgspec.Struct, omit_defaults=True):
    """Enrolling a class card by card.

    Attributes:
        running: whether taps at ``reader`` enrol.
        next_name, next_pupil, next_compartment: who is to tap now.
        done, total: for the progress bar.
        last: sentence about the last card, e.g. what was refused and why.
        last_ok: whether that was a success.
        can_undo: whether the last card can be undone.
        waiting: ``[pupil, name]`` of those still without a card, next first.
    """

    running: bool
    class_id: str = ""
    reader: str = ""
    next_name: str = ""
    next_pupil: str = ""
    next_compartment: int = 0
    done: int = 0
    total: int = 0
    last: str = ""
    last_ok: bool = True
    can_undo: bool = False
    waiting: list[list[str]] = []


class JournalLine(msgspec.Struct, omit_defaults=True):
    """One entry in plain words, with its place.

    Attributes:
        epoch, seq: the position; ``node`` is the bank.
        day, at: local date (ISO) and ``HH:MM:SS``.
        words: a sentence; names only where the role may see them.
        kind: the entry's kind.
        clock: ``synced``, ``rtc`` or ``guessed``.
        forgotten: the body was forgotten by rule.
    """

    node: str
    epoch: int
    seq: int
    day: str
    at: str
    words: str
    kind: str
    clock: str
    icon: str = ""
    forgotten: bool = False


class JournalPage(msgspec.Struct):
    """A page of the journal, newest first; ``older`` is ``[epoch, seq]`` or empty."""

    lines: list[JournalLine]
    older: list[int]
    entries: int
    head: str


class HealthPart(msgspec.Struct, omit_defaults=True):
    """One line of the health page.

    Attributes:
        key: ``readers``, ``supply``, ``clock``, ``doors``, ``journal``, ``disk``.
        ok: whether there is nothing to do.
        words: a sentence that says what is, and what to do where something is wrong.
        figure, under: the big figure and the small words below it.
    """

    key: str
    ok: bool
    words: str
    figure: str
    under: str


class HealthDoor(msgspec.Struct, omit_defaults=True):
    """A door for the technician: ``fault`` is empty, or a sentence with a remedy."""

    n: int
    ok: bool
    fault: str = ""
    codes: list[str] = []
    in_use: bool = True


class Health(msgspec.Struct):
    """The health page: no personal data.

    Attributes:
        headline: "Ready for Monday" or "Look at door 17 and the supply".
        under: the sentence below it.
        ready: whether nothing wants looking at.
        parts, doors: see there.
        columns: doors in a row.
        version, started_us: of the controller.
        readers: name and a sentence for each reader that does not work.
    """

    headline: str
    under: str
    ready: bool
    parts: list[HealthPart]
    doors: list[HealthDoor]
    columns: int
    version: str
    started_us: int
    readers: list[list[str]] = []


class ProofLine(msgspec.Struct, omit_defaults=True):
    """One order at the end of a day (DAY-6); times are local ``HH:MM:SS`` or empty."""

    compartment: int
    pupil: str
    name: str
    class_id: str
    asked: str = ""
    pulsed: str = ""
    opened: str = ""
    shut: str = ""
    result: str = ""


class LeftBehind(msgspec.Struct, omit_defaults=True):
    """A device that stayed, or an open question, as the office's list shows it.

    Attributes:
        id: of the question. words: a sentence. since: local date and time.
        nights: nights it has stayed; weekend: whether one of them was a weekend's.
    """

    id: str
    compartment: int
    name: str
    class_id: str
    words: str
    since: str
    nights: int = 0
    weekend: bool = False


class Desk(msgspec.Struct):
    """The office's list (DAY-6): what stayed behind and what is not yet explained."""

    left_behind: list[LeftBehind]
    questions: list[LeftBehind]


class DayReport(msgspec.Struct):
    """The proof of one day; ``days`` are the dates (ISO) that can be chosen."""

    day: str
    days: list[str]
    lines: list[ProofLine]
    summary: list[str]


class SettingView(msgspec.Struct, omit_defaults=True):
    """One rule that is set on the page.

    Attributes:
        key: its name. title, help: in plain words.
        kind: ``time``, ``choice``, ``number``, ``flag`` or ``words``.
        value: as the form field shows it.
        choices: ``[value, title]`` for ``choice``.
        version: grows with each change; changed: "12 March, by <name>" or empty.
    """

    key: str
    title: str
    help: str
    kind: str
    value: str
    choices: list[list[str]] = []
    version: int = 0
    changed: str = ""
    group: str = ""


class CalendarView(msgspec.Struct):
    """The calendar as it is set: plain values of ``controller.domain.calendar``."""

    plain: dict[str, Any]
    version: int
    changed: str
    today: str
    next_days: list[list[str]]


class CalendarPreview(msgspec.Struct):
    """What an iCalendar file would change; ``ticket`` goes to ``calendar_apply``."""

    ticket: str
    understood: list[list[str]]
    not_understood: list[str]


class Settings(msgspec.Struct):
    """The settings page."""

    groups: list[str]
    settings: list[SettingView]
    calendar: CalendarView
    classes: list[ClassLine]
    kiosks: list[list[str]]


class SessionLine(msgspec.Struct, omit_defaults=True):
    """One of a person's own sessions."""

    id: str
    since: str
    last_seen: str
    browser: str
    this_one: bool = False
