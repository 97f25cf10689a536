"""Records about adults: visitors, staff's own devices, breaches of the policy."""

from __future__ import annotations

from collections.abc import Mapping

from controller.domain import record_shape as s
from controller.domain.record_fields import DATE, FLAG, RECORD, STAFF, TEXT, Field
from controller.domain.record_shape import Kind, flag

PURPOSES = {
    "contractor": "Contractor",
    "supply": "Supply or agency staff",
    "professional": "Health, social care, education",
    "volunteer": "Volunteer",
    "parent": "Parent or carer",
    "speaker": "Speaker or coach",
    "other": "Another",
}
OWN_USE = {
    "on-call": "On call for the school",
    "family": "Family, for a time",
    "personal": "Personal, known to the head",
    "teaching": "For teaching",
}
BREACHES = {
    "seen": "Used where pupils are",
    "not-away": "Not put away",
    "picture": "Picture or recording",
    "lent": "Lent to a pupil",
    "notice": "Notice not followed",
    "other": "Another, told by word of mouth",
}
TOLD_TO = {
    "head": "The head",
    "dsl": "The safeguarding lead",
    "chair": "The chair of governors",
}

ADULTS: Mapping[str, Kind] = {
    "visitor": Kind(
        key="visitor",
        id="REC-6",
        title="Visitor's device",
        lead="Who came, for whom, until when. Used with pupils, it needs the head's "
        "approval.",
        source="Keeping children safe in education (DfE); school policy",
        about=(s.NOBODY,),
        fields=(
            Field("name", "Name", TEXT, most=80),
            Field("organisation", "Organisation", TEXT, required=False, most=80),
            Field("sponsor", "Comes to", STAFF, default="me"),
            Field("purpose", "Purpose", choices=PURPOSES, default="contractor"),
            Field("first", "From", DATE, default="today"),
            Field("last", "To", DATE, default="today"),
            flag("with_pupils", "The device is used with pupils"),
            Field(
                "risk",
                "Risk assessment",
                TEXT,
                "Its reference.",
                when="with_pupils",
                most=60,
            ),
            Field("notice", "The notice was shown and accepted", FLAG),
        ),
        file="records.visitor",
        see="records.visitor",
        change="records.visitor",
        end="records.visitor",
        keep="visit",
        approve="with_pupils",
    ),
    "own-use": Kind(
        key="own-use",
        id="REC-11",
        title="Own device in teaching time",
        lead="The head's written permission. Choose a reason; write nothing about "
        "anybody's health.",
        source="School policy",
        about=(s.STAFF,),
        fields=(
            Field("reason", "Reason", choices=OWN_USE),
            Field("first", "From", DATE, default="today"),
            Field("last", "To", DATE, default="term-end"),
        ),
        file=s.STAFFS,
        see=s.STAFFS,
        change=s.STAFFS,
        end=s.STAFFS,
        keep="staff",
        approve=s.ALWAYS,
        own=True,
    ),
    "breach": Kind(
        key="breach",
        id="REC-9",
        title="Breach by staff or a visitor",
        lead="What, when, who was told; no more. Whoever it is about is never told "
        "here and never sees it. A worry about a child is a concern.",
        source="Keeping children safe in education (DfE), part four",
        about=(s.STAFF, s.NOBODY),
        fields=(
            Field(
                "visitor", "Which visitor", RECORD, "Where it was one.", required=False
            ),
            Field("day", "Date", DATE, default="today"),
            Field("what", "What", choices=BREACHES),
            Field("told_to", "Told to", choices=TOLD_TO, default="head"),
        ),
        file=s.TELL,
        see=s.SEALED,
        change=s.SEALED,
        end=s.SEALED,
        keep="staff",
        sealed=True,
        blind=True,
        read_by="told_to",
    ),
}
"""Key -> kind."""
