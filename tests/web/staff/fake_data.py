"""Canned answers to the staff pages' requests: request -> function of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller import protocol as p
from tests.web.staff.fake_class import class_page, class_reasons, classes, release_class
from tests.web.staff.fake_desk import DESK
from tests.web.staff.fake_filing import FILING
from tests.web.staff.fake_people import (
    access,
    account_add,
    accounts,
    adults_preview,
    cards_csv,
    enrolment,
    people,
    pupil,
    pupil_add,
    roll_preview,
    sessions,
)
from tests.web.staff.fake_records import day_report, desk, health, journal
from tests.web.staff.fake_rules import (
    LEADERS,
    calendar,
    calendar_preview,
    clubs,
    setting_set,
    settings,
)
from tests.web.staff.fake_safe import SAFE
from tests.web.staff.fake_today import TODAY


def _to_class(**args: Any) -> Any:
    return class_page(str(args.get("class_id", "kestrels")))


def _nothing(**_: Any) -> None:
    return None


FAKE: dict[str, Callable[..., Any]] = {
    **TODAY,
    **FILING,
    **DESK,
    **SAFE,
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
    "adults_preview": adults_preview,
    "adults_apply": lambda **_: p.AdultsApplied(2, 1, 1),
    "roll_preview": roll_preview,
    "roll_apply": lambda **_: p.RollApplied(2, 1, 1),
    "journal": journal,
    "settings": settings,
    "setting_set": setting_set,
    "calendar_set": lambda **_: calendar(),
    "calendar_import": calendar_preview,
    "calendar_apply": lambda **_: calendar(),
    "early_closure": lambda **_: calendar(),
    "clubs": clubs,
    "club_leaders": lambda **_: LEADERS,
    "club_set": clubs,
    "club_remove": clubs,
    "release_club": _nothing,
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
    "access": access,
    "access_review": access,
    "account_second_factor_reset": lambda **_: accounts()[0],
    "second_factor_begin": lambda: p.SettingUp(
        "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "otpauth://totp/Hometime:head?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    ),
    "second_factor_confirm": lambda code: p.RecoveryCodes(["a7mqk-2xvd9"] * 10),
    "recovery_codes_new": lambda: p.RecoveryCodes(["b7mqk-2xvd9"] * 10),
    "second_factor_off": _nothing,
    "account_reset": lambda **_: {"password": "river-candle-eight-finch"},
    "account_card": enrolment,
    "kiosk_unpair": _nothing,
    "sessions": sessions,
    "session_revoke": _nothing,
    "sign_out_everywhere": _nothing,
    "change_password": _nothing,
    "set_pin": _nothing,
}
