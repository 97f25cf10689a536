"""Records about pupils and classes: what was allowed, agreed, sat and found."""

from __future__ import annotations

from collections.abc import Mapping

from controller.domain import record_shape as s
from controller.domain.decide_people import KINDS as DEVICES
from controller.domain.record_fields import (
    DATE,
    NUMBER,
    RECORD,
    TEXT,
    TIME,
    Field,
)
from controller.domain.record_fields import (
    PUPILS as MANY,
)
from controller.domain.record_shape import Kind, flag

NEEDS = {
    "medical": "Medical",
    "assistive": "Assistive technology",
    "young-carer": "Young carer",
    "welfare": "Welfare",
}
SCOPES = {
    "all-day": "Keeps it all day, out of sight",
    "set-times": "Has it at set times",
    "with-adult": "An adult of the class keeps it at hand",
    "one-app": "Uses it for one purpose only",
    "way-only": "On the way in and out of the building only",
}
SANCTIONS = {
    "ends": "The exception ends",
    "talk": "A talk with parents first, then it ends",
    "policy": "As the policy says for everybody",
}
WRITTEN_BY = {"parent": "The parent", "pupil": "The pupil", "both": "Both"}
JOURNEY = {
    "walks": "Walks or cycles alone",
    "bus": "Bus, tram or train",
    "two-homes": "Goes to different homes",
    "collected-late": "Is collected late or by different people",
    "other": "Another reason, agreed with the office",
}
LESSONS = {
    "english": "English",
    "maths": "Maths",
    "science": "Science",
    "computing": "Computing",
    "humanities": "History, geography, RE",
    "languages": "Languages",
    "arts": "Art and design",
    "music": "Music",
    "pe": "PE and sport",
    "pshe": "PSHE",
    "other": "Another lesson",
}
PAPERS = {
    "ks2-gps": "Key stage 2: grammar and spelling",
    "ks2-reading": "Key stage 2: reading",
    "ks2-maths": "Key stage 2: mathematics",
    "ks1": "Key stage 1",
    "mtc": "Multiplication tables check",
    "phonics": "Phonics screening",
    "entrance": "Entrance test",
    "other": "Another test",
}
BODIES = {
    "sta": "Standards and Testing Agency",
    "authority": "The local authority",
    "board": "The exam board",
    "trust": "The trust",
}

_FIRST = Field("first", "From", DATE, default="today")

PUPILS: Mapping[str, Kind] = {
    "exception": Kind(
        key="exception",
        id="REC-3",
        title="Exception",
        lead="Holds once the head has approved it, until its review date. Never write "
        "down an illness or a diagnosis: the school has it elsewhere.",
        source="Mobile phones in schools (DfE); Equality Act 2010 s.20",
        about=(s.PUPIL,),
        fields=(
            Field("need", "Kind of need", choices=NEEDS, sees="records.exception"),
            Field("scope", "What is allowed", choices=SCOPES, default="all-day"),
            _FIRST,
            Field(
                "last",
                "Review date",
                DATE,
                "After it the exception is over, unless it is renewed.",
                default="term-end",
            ),
            Field("sanctions", "If it is misused", choices=SANCTIONS, default="ends"),
            Field(
                "agreed_by",
                "Agreed in writing by",
                choices=WRITTEN_BY,
                default="parent",
            ),
            Field("agreed_on", "Agreed on", DATE, "The date on the paper."),
        ),
        file="records.exception",
        see=s.SEE,
        change="records.exception",
        end="records.exception",
        keep="pupil",
        approve=s.ALWAYS,
    ),
    "permission": Kind(
        key="permission",
        id="REC-10",
        title="Permission to bring a device",
        lead="For the journey. Without one the device is still taken in, and staff are "
        "told.",
        source="School policy",
        about=(s.PUPIL,),
        fields=(
            Field("journey", "Why", choices=JOURNEY, default="walks"),
            _FIRST,
            Field("last", "Until", DATE, default="year-end"),
            Field("agreed_by", "Agreed by", choices=WRITTEN_BY, default="parent"),
            Field("agreed_on", "Agreed on", DATE, default="today"),
        ),
        file=s.KEEP,
        see=s.SEE,
        change=s.KEEP,
        end=s.KEEP,
        keep="pupil",
    ),
    "agreement": Kind(
        key="agreement",
        id="REC-7",
        title="Acceptable-use agreement",
        lead="One for each person, of the version that holds now.",
        source="School policy; Keeping children safe in education (DfE)",
        about=(s.PUPIL, s.STAFF),
        fields=(
            Field("version", "Version", NUMBER, default="version"),
            Field(
                "agreed_by",
                "Signed by",
                choices=WRITTEN_BY | {"self": "The member of staff"},
                default="both",
            ),
            Field("agreed_on", "Signed on", DATE, default="today"),
        ),
        file=s.KEEP,
        see=s.SEE,
        change=s.KEEP,
        end=s.KEEP,
        keep="pupil",
        own=True,
    ),
    "education": Kind(
        key="education",
        id="REC-4",
        title="Use in a lesson",
        lead="Leadership approves it. Then the class takes its devices out, and they "
        "are counted in again.",
        source="Mobile phones in schools (DfE)",
        about=(s.CLASS,),
        fields=(
            Field("lesson", "Lesson", choices=LESSONS),
            Field("day", "Date", DATE, default="today"),
            Field("starts", "From", TIME, default="now"),
            Field("ends", "To", TIME),
            Field(
                "risk",
                "Risk assessment",
                TEXT,
                "Its reference.",
                required=False,
                most=60,
            ),
        ),
        file=s.KEEP,
        see=s.SEE,
        change=s.KEEP,
        end=s.KEEP,
        keep="year",
        approve=s.ALWAYS,
    ),
    "exam": Kind(
        key="exam",
        id="REC-5",
        title="Examination",
        lead="While it lasts nobody who sits it opens a door by tap. The page of the "
        "record lists who has not handed in yet.",
        source="Test administration guidance (STA); instructions of the examining body",
        about=(s.CLASS,),
        fields=(
            Field("paper", "Session", choices=PAPERS),
            Field("day", "Date", DATE, default="today"),
            Field("starts", "From", TIME, default="now"),
            Field("ends", "To", TIME),
            Field("room", "Room", TEXT, most=60),
            Field("pupils", "Pupils sitting", MANY, default="everybody"),
        ),
        file=s.KEEP,
        see=s.SEE,
        change=s.KEEP,
        end=s.KEEP,
        keep="year",
    ),
    "possession": Kind(
        key="possession",
        id="REC-5",
        title="Found in an examination",
        lead="The examining body must be told. Nobody looks at what is on the device.",
        source="Test administration guidance (STA); instructions of the examining body",
        about=(s.PUPIL,),
        fields=(
            Field("exam", "Examination", RECORD),
            Field("day", "Found on", DATE, default="today"),
            Field("at", "At", TIME, default="now"),
            Field(
                "device",
                "What",
                choices={one: one.capitalize() for one in DEVICES},
                default="phone",
            ),
            flag("reported", "It has been reported"),
            Field("body", "To", choices=BODIES, default="sta", when="reported"),
            Field("reported_on", "On", DATE, default="today", when="reported"),
            Field("reported_at", "At", TIME, default="now", when="reported"),
        ),
        file=s.KEEP,
        see=s.KEEP,
        change=s.KEEP,
        end=s.KEEP,
        keep="year",
    ),
}
"""Key -> kind."""
