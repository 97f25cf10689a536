"""What crosses the controller's socket: one JSON object a line, typed with msgspec.

A client sends a :class:`Request`; the controller answers each with one :class:`Answer`
that bears the same ``id``. A request for the feed turns the connection into a stream of
:class:`FeedEvent`, beginning with the whole public state.

Every order and question carries its person's token. The controller checks that
person's right by itself and leaves out of the answer whatever the role may not see; the
site is not trusted.

``docs/reference/protocol.md`` lists each request with the right it needs; a test holds
that list against :data:`controller.service.requests.REQUESTS`.

A subject, mostly one page, has its module here; what it may say is written there and
nowhere else. A new subject is a new module, an import below and its names in
``__all__``. Everybody imports from the package itself, so that a type may move.
"""

from controller.protocol.access import AccessLine, AccessList
from controller.protocol.board import Board, BoardDoor, DoorWord, Stop
from controller.protocol.calendar import CalendarPreview, CalendarView
from controller.protocol.classes import (
    ClassLine,
    ClassPage,
    Group,
    ReleaseView,
    Tile,
    TileState,
    WaveStop,
)
from controller.protocol.custody import (
    Child,
    ConcernForm,
    ConcernLine,
    ContactLine,
    CustodyDesk,
    Found,
    HandOverView,
    HoldLine,
    PastLine,
    Policy,
    Raised,
    Receipt,
    Terms,
    TermStep,
    Visit,
)
from controller.protocol.desk import Desk, LeftBehind
from controller.protocol.enrolment import EnrolmentView
from controller.protocol.envelope import MAX_LINE_BYTES, Answer, Fault, Request
from controller.protocol.feed import FeedEvent
from controller.protocol.health import Health, HealthDoor, HealthPart
from controller.protocol.journal import JournalLine, JournalPage
from controller.protocol.kiosk import KioskScreen, KioskShow
from controller.protocol.people import PupilLine, StaffLine
from controller.protocol.records import (
    RecordDone,
    RecordField,
    RecordForm,
    RecordKind,
    RecordLine,
    RecordPage,
    RecordsPage,
)
from controller.protocol.reports import DayReport, HeldLine, ProofLine
from controller.protocol.roll import (
    AdultLine,
    AdultsApplied,
    AdultsPreview,
    BadLine,
    RollApplied,
    RollPreview,
)
from controller.protocol.settings import Settings, SettingView
from controller.protocol.signing import (
    Me,
    RecoveryCodes,
    SessionLine,
    SettingUp,
    SignedIn,
)
from controller.protocol.subject import Subject, SubjectPart
from controller.protocol.taps import TapOutcome
from controller.protocol.today import (
    AskLine,
    Companions,
    CoverIssued,
    CoverLine,
    Covers,
    Leaving,
    OutingLine,
    OutingPage,
    Reconciliation,
    Sheet,
    SheetRow,
    SheetWay,
    Stock,
    StockRow,
)
from controller.protocol.visitors import OwnLeft, VisitorLine, Visitors

__all__ = [
    "MAX_LINE_BYTES",
    "AccessLine",
    "AccessList",
    "AdultLine",
    "AdultsApplied",
    "AdultsPreview",
    "Answer",
    "AskLine",
    "BadLine",
    "Board",
    "BoardDoor",
    "CalendarPreview",
    "CalendarView",
    "Child",
    "ClassLine",
    "ClassPage",
    "Companions",
    "ConcernForm",
    "ConcernLine",
    "ContactLine",
    "CoverIssued",
    "CoverLine",
    "Covers",
    "CustodyDesk",
    "DayReport",
    "Desk",
    "DoorWord",
    "EnrolmentView",
    "Fault",
    "FeedEvent",
    "Found",
    "Group",
    "HandOverView",
    "Health",
    "HealthDoor",
    "HealthPart",
    "HeldLine",
    "HoldLine",
    "JournalLine",
    "JournalPage",
    "KioskScreen",
    "KioskShow",
    "Leaving",
    "LeftBehind",
    "Me",
    "OutingLine",
    "OutingPage",
    "OwnLeft",
    "PastLine",
    "Policy",
    "ProofLine",
    "PupilLine",
    "Raised",
    "Receipt",
    "Reconciliation",
    "RecordDone",
    "RecordField",
    "RecordForm",
    "RecordKind",
    "RecordLine",
    "RecordPage",
    "RecordsPage",
    "RecoveryCodes",
    "ReleaseView",
    "Request",
    "RollApplied",
    "RollPreview",
    "SessionLine",
    "SettingUp",
    "SettingView",
    "Settings",
    "Sheet",
    "SheetRow",
    "SheetWay",
    "SignedIn",
    "StaffLine",
    "Stock",
    "StockRow",
    "Stop",
    "Subject",
    "SubjectPart",
    "TapOutcome",
    "TermStep",
    "Terms",
    "Tile",
    "TileState",
    "Visit",
    "VisitorLine",
    "Visitors",
    "WaveStop",
]
