"""The record of a search (REC-2).

The narrative belongs in the school's own safeguarding system; here stands where to
find it, and what must be answered about any search at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from controller.domain import record_shape as s
from controller.domain.record_fields import DATE, STAFF, TEXT, TIME, Field
from controller.domain.record_shape import Kind, flag

PLACES = {
    "office": "An office",
    "class": "A classroom",
    "corridor": "A corridor",
    "yard": "The playground",
    "toilets": "By the toilets",
    "gate": "The gate",
    "trip": "On a trip",
    "other": "Elsewhere",
}
CONSENT = {
    "given": "Asked, and given",
    "refused": "Asked, and refused",
    "not-asked": "Not asked",
}
WANTED = {
    "phone": "A phone or other device",
    "banned": "Something else the rules ban",
    "knife": "A knife or weapon",
    "alcohol": "Alcohol",
    "drugs": "Drugs",
    "stolen": "Something stolen",
    "tobacco": "Tobacco, vapes, papers",
    "fireworks": "Fireworks",
    "images": "Pornographic images",
    "offence": "Something meant for an offence or harm",
}
"""What a search can be for (Searching, screening and confiscation, DfE 2022)."""
GROUNDS = {
    "seen": "A member of staff saw it",
    "told": "Somebody said so",
    "heard": "It was heard or shown",
    "conduct": "The pupil's conduct",
    "other": "As the reference says",
}
FOUND = {
    "nothing": "Nothing",
    "phone": "A phone or other device",
    "item": "Something else that is banned",
    "both": "A device and something else",
}
EXAMINE_FOR = {
    "harm": "It may be used to do harm",
    "offence": "It may be used for an offence",
    "rules": "It may break the school's rules",
}
DELETED_FOR = {
    "harm": "Its being there was likely to do harm",
    "asked": "Pupil or parent asked for it",
    "rules": "It broke the school's rules",
}
REFUSED_BY = {
    "nobody": "Nobody refused",
    "pupil": "The pupil would not delete it",
    "parent": "The parent would not delete it",
    "both": "Neither would delete it",
}
AGENCIES = {
    "agreed": "Agreed",
    "none": "None is involved",
    "not-asked": "Not asked",
}
FOLLOW_UP = {
    "none": "None",
    "confiscated": "The device was confiscated",
    "concern": "A concern was raised",
    "police": "Police were told",
    "meeting": "Parents come to school",
    "other": "As the reference says",
}
HOW_TOLD = {
    "phone": "By phone",
    "in-person": "In person",
    "message": "By message",
    "letter": "By letter",
    "not-yet-safe": "Not yet: the safeguarding lead decided to wait",
}
"""As ``custody_facts.TOLD_HOW``; a test holds the two together."""

SEARCHES: Mapping[str, Kind] = {
    "search": Kind(
        key="search",
        id="REC-2",
        title="Search",
        lead="Leadership searches, with a witness. The safeguarding lead is told by "
        "this form. The story itself goes into the safeguarding system.",
        source="Education and Inspections Act 2006 s.94; Education Act 1996 s.550ZA; "
        "Searching, screening and confiscation (DfE 2022)",
        about=(s.PUPIL,),
        fields=(
            Field("day", "Date", DATE, default="today"),
            Field("at", "Time", TIME, default="now"),
            Field("place", "Place", choices=PLACES, default="office"),
            Field(
                "searched_by", "Who searched", STAFF, "Leadership only.", default="me"
            ),
            Field("witness", "Who else was present", STAFF, "Another member of staff."),
            Field("consent", "Consent", choices=CONSENT),
            Field("wanted", "What was looked for", choices=WANTED, default="phone"),
            Field("grounds", "Reason", choices=GROUNDS),
            Field("found", "What was found", choices=FOUND),
            flag("examined", "The device was examined"),
            Field(
                "examine_for",
                "Good reason to examine it",
                choices=EXAMINE_FOR,
                when="examined",
            ),
            flag("deleted", "Something was deleted"),
            Field("deleted_by", "Who deleted it", STAFF, default="me", when="deleted"),
            Field("deleted_for", "Why", choices=DELETED_FOR, when="deleted"),
            Field("refused_by", "Asked first", choices=REFUSED_BY, when="deleted"),
            flag("not_evidence", "It is not evidence of an offence", when="deleted"),
            Field("agencies", "Outside agencies", choices=AGENCIES, when="deleted"),
            flag("viewed", "Something on it was viewed"),
            Field(
                "justification",
                "The safeguarding lead's reason why it was viewed",
                TEXT,
                "Why it was needed. Never what was seen.",
                required=False,
                when="viewed",
                writes="records.justify",
            ),
            Field("follow_up", "Follow-up", choices=FOLLOW_UP, default="none"),
            flag(
                "parents_told",
                "Parents know of the search and its outcome",
                help="They are always told.",
            ),
            Field("told_on", "Told on", DATE, default="today", when="parents_told"),
            Field("told_how", "How", choices=HOW_TOLD, when="parents_told"),
            Field(
                "reference",
                "Reference in the safeguarding system",
                TEXT,
                "A number, no story.",
                most=60,
            ),
        ),
        file="records.search",
        see=s.SEALED,
        change=s.SEALED,
        end="records.search",
        keep="safeguarding",
        sealed=True,
        read_by="dsl",
    ),
}
"""Key -> kind."""
