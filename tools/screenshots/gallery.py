"""Which picture shows which page: every address of the site that a person opens.

Written by hand, as it is the site's list said once more; a page that is added turns
``tests/test_gallery.py`` red until somebody has taken its picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PICTURES: Final[Mapping[str, tuple[str, ...]]] = {
    # endpoint of the site: pictures in docs/images
    # the way in
    "signing.first_start_page": ("first-start",),
    "signing.sign_in_page": ("sign-in",),
    "signing.code_page": ("sign-in-code",),
    "signing.step_up_page": ("step-up",),
    # for everybody
    "board.page": ("board", "board-old"),
    "kiosk.page": ("kiosk", "kiosk-not-now", "kiosk-pin", "kiosk-two-people"),
    "kiosk.pairing": ("kiosk-pair-how", "kiosk-pair"),
    # a class
    "classes.index": ("classes",),
    "classes.page": (
        *("class", "class-morning", "class-afternoon", "class-release"),
        *("class-reasons", "class-old", "evacuated"),
    ),
    "classes.exceptions": ("confirm",),
    "pupils.sheet": ("class-pupil",),
    "taking.page": ("take",),
    "taking.home": ("travel",),
    "outings.page": ("outing",),
    "outings.morning": ("morning",),
    "leaving.mix_up": ("mix-up",),
    "leaving.siblings": ("sibling",),
    "concerns.form": ("concern",),
    "concerns.told": ("concern-told",),
    "clubs.page": ("clubs",),
    # the desk
    "desk.page": ("desk",),
    "visits.page": ("desk-visit",),
    "visits.found": ("found",),
    "handovers.page": ("hand-over", "two-people"),
    "handovers.sign": ("sign",),
    "handovers.receipt": ("receipt",),
    "leaving.page": ("leave",),
    "covers.page": ("covers",),
    "visitors.page": ("visitors",),
    "sheet.page": ("sheet",),
    "sheet.form": ("sheet-enter",),
    "sheet.envelope": ("envelope",),
    "stock.page": ("stock-take", "stock-take-going", "stock-take-found"),
    "reports.page": ("reports",),
    # the roll
    "people.index": ("people",),
    "people.one": ("pupil",),
    "people.add_form": ("pupil-add",),
    "adults.page": ("adults",),
    "adults.siblings": ("siblings",),
    "roll.form": ("roll",),
    "adult_lists.form": ("adults-import",),
    "cards.cards_form": ("cards",),
    "cards.enrolment": ("enrol", "enrol-going"),
    # safeguarding and records
    "safeguarding.page": ("safeguarding", "safeguarding-unread", "police-hold"),
    "safeguarding.chain": ("chain",),
    "records.index": ("records",),
    "records.choose": ("record-new",),
    "records.new": ("record-form",),
    "records.one": ("record",),
    "records.change_form": ("record-change",),
    # accounts
    "accounts.index": ("accounts",),
    "accounts.one": ("account-of",),
    "accounts.add_form": ("account-add",),
    "access.page": ("access",),
    "account.page": ("account",),
    "second_factor.page": ("second-factor",),
    # the school's rules
    "settings.page": ("settings",),
    "policy.page": ("policy",),
    "calendar.dates": ("calendar",),
    "calendar.times": ("calendar-times",),
    "calendar.import_form": ("calendar-import",),
    # what happened, and what works
    "journal.page": ("journal", "journal-person"),
    "health.page": ("health",),
    "health.door": ("door",),
    "twin_page.page": ("twin",),
}

AFTERWARDS: Final[Mapping[str, tuple[str, ...]]] = {
    # endpoint that is sent a form: what it shows
    "accounts.add": ("password-once",),
    "adult_lists.preview": ("adults-preview",),
    "calendar.import_preview": ("calendar-preview",),
    "roll.preview": ("roll-preview",),
    "roll.apply": ("roll-done",),
    "second_factor.confirm": ("recovery-codes",),
    "subject.everything": ("everything",),
}
"""Pages that nobody opens by an address: they come of a form."""

INSTEAD: Final[Mapping[str, str]] = {
    # a page in the place of any other: when
    "refused": "the page is not for this role",
    "silent": "the controller is down, and the page needs it",
}

NO_PAGE: Final[Mapping[str, str]] = {
    # endpoint: what it gives, which nobody reads as a page
    "assets.favicon": "the picture in a browser's tab",
    "assets.static": "style, scripts and drawings",
    "board.link": "a part of every page: whether the lockers answer",
    "board.part": "a part of the board",
    "desk.find": "a part of the desk: names, while one is typed",
    "kiosk.screen": "a part of the kiosk: what it shows now",
    "machines.healthz": "one word for a watchdog",
    "machines.metrics": "figures for a monitor",
    "records.due": "a part of the bar: how many records wait",
    "safeguarding.unread": "a part of the bar: how many concerns wait",
    "stream.stream": "events, as long as a page is open",
    "telephones.part": "a part of the simulated room: codes of the second factor",
    "twin.world": "the simulated room for programs, as JSON",
}


def shown() -> set[str]:
    """Return the name of every picture that shows a page."""
    lists = (*PICTURES.values(), *AFTERWARDS.values())
    return {name for names in lists for name in names} | set(INSTEAD)
