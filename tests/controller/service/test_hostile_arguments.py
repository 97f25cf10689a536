"""Arguments are the site's, so hostile: they are told, and nothing changes (SEC-3)."""

import base64

import msgspec
import pytest

from controller.client import RequestRefused
from controller.service.requests.table import REQUESTS
from tests.rig import Rig
from tests.rig_fixtures import quick_folder

MARK = "zzHOSTILEzz"
DEEP: object = MARK
for _ in range(300):
    DEEP = [DEEP]

VALUES = {
    "null": None,
    "true": True,
    "minus one": -1,
    "past 64 bits": 10**30,
    "most of 64 bits": 2**63 - 1,
    "fraction": 1.5,
    "empty": "",
    "blank": " ",
    "long": MARK * 10_000,
    "zero byte": f"{MARK}\x00",
    "escape": f"\x1b[2J{MARK}",
    "lines": f"{MARK}\nhometime: all is well",
    "turned": f"\u202e{MARK}",
    "accents": "é" * 30,
    "power": "²",
    "arabic digits": "١٢",
    "two minuses": "--5",
    "sql": f"'; DROP TABLE entry; -- {MARK}",
    "script": f"<script>{MARK}</script>",
    "formula": f"=cmd|{MARK}",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no time": "24:00",
    "list": [MARK],
    "numbers": [2**63, -1],
    "many": [MARK] * 2_000,
    "object": {"a": {"b": MARK}},
    "deep": DEEP,
}

GOOD = {
    "first_start": {
        "code": "1",
        "username": "u",
        "password": "heron tractor lamp 9",
        "first_name": "F",
    },
    "sign_in": {
        "username": "teacher",
        "password": "x",
        "remote": "r",
        "browser": "b",
        "code": "123456",
    },
    "sign_in_code": {"ticket": "x", "code": "123456", "remote": "r", "browser": "b"},
    "second_factor_confirm": {"code": "123456"},
    "second_factor_off": {"password": "x"},
    "kiosk": {"bank": "kestrels-bank"},
    "bank_pin": {"pin": "582911"},
    "bank_act": {"act": "evacuate"},
    "session_revoke": {"id": "x"},
    "step_up": {"secret": "x"},
    "change_password": {"old": "x", "new": "kettle orbit mango 7"},
    "set_pin": {"secret": "x", "pin": "918273"},
    "class_page": {"class_id": "kestrels"},
    "class_reasons": {"class_id": "kestrels", "pin": "x"},
    "release_class": {"class_id": "kestrels", "mode": "tap"},
    "wave_next": {"class_id": "kestrels"},
    "release_stop": {"class_id": "kestrels"},
    "release_end": {"class_id": "kestrels"},
    "confirm_class": {"class_id": "kestrels", "except_pupils": ["p0001"]},
    "mark": {"pupil": "p0001", "mark": "club", "until": "15:00", "club": "football"},
    "unmark": {"pupil": "p0001"},
    "vouch": {"pupil": "p0001"},
    "drop_off_start": {"class_id": "kestrels"},
    "drop_off_end": {"class_id": "kestrels"},
    "release_club": {"club": "football"},
    "resume": {"secret": "x"},
    "people": {"query": "a", "class_id": "kestrels"},
    "pupil": {"id": "p0001"},
    "pupil_add": {
        "first_name": "F",
        "last_name": "L",
        "class_id": "kestrels",
        "language": "en",
        "compartment": 0,
    },
    "pupil_change": {
        "id": "p0001",
        "compartment": 1,
        "group": "otters",
        "language": "en",
        "kinds": ["phone"],
    },
    "card_lost": {"id": "p0002"},
    "card_replace": {"id": "p0001"},
    "enrolment_start": {"class_id": "kestrels", "reader": "front"},
    "enrolment_skip": {"pupil": "p0001"},
    "cards_csv": {"filename": "c.csv", "data": "eA=="},
    "roll_preview": {"filename": "r.csv", "data": "eA=="},
    "roll_apply": {"ticket": "x", "leave_out": [1], "accept_leavers": False},
    "journal": {
        "before": [1, 5],
        "kind": "",
        "person": "",
        "door": 0,
        "day": "2026-11-23",
        "limit": 5,
    },
    "journal_file": {"before": [1, 5], "person": "p0001", "limit": 5},
    "setting_set": {"key": "school.name", "value": "x"},
    "calendar_set": {"plain": {}},
    "calendar_import": {"filename": "c.ics", "data": "eA=="},
    "calendar_apply": {"ticket": "x"},
    "early_closure": {"home_time": "13:15"},
    "club_set": {"club": "chess", "name": "Chess", "ends": "16:00", "leader": "s0001"},
    "club_remove": {"club": "football"},
    "custody_find": {"q": "a"},
    "custody_visit": {"pupil": "p0001"},
    "hold": {"id": "x"},
    "hold_terms": {"pupil": "p0001"},
    "hold_confiscate": {
        "pupil": "p0001",
        "basis": "confiscated",
        "taken": True,
        "place": "safe",
        "kind": "phone",
        "clause": "",
        "where": "yard",
        "step": "same-day",
        "days": 1,
        "individual": True,
        "seal": "B-1",
        "condition": "good",
        "reason": "r",
        "circumstances": "c",
        "remarks": "r",
    },
    "hold_move": {"id": "x", "place": "safe", "seal": "B-1"},
    "hold_reclassify": {"id": "x", "basis": "police", "reason": "r"},
    "hold_owner": {"id": "x", "pupil": "p0001"},
    "hold_told": {"id": "x", "how": "phone"},
    "hold_travel": {"id": "x", "travels": "bus", "home_knows": True},
    "hold_fetch": {"id": "x", "drop": False},
    "handover": {"id": "x"},
    "handover_prepare": {
        "holds": ["x"],
        "to": "unlisted",
        "contact": "x",
        "identity": "known",
        "override": True,
        "name": "n",
        "relationship": "r",
        "force": "f",
        "number": "1",
        "reference": "r",
        "reason": "r",
        "remarks": "r",
    },
    "handover_allow": {"id": "x"},
    "handover_again": {"id": "x"},
    "handover_finish": {
        "id": "x",
        "signed": "screen",
        "strokes": [[[1, 2]]],
        "remarks": "r",
    },
    "handover_undo": {"id": "x", "why": "mistake", "remarks": "r"},
    "handover_receipt": {"id": "x"},
    "contacts": {"pupil": "p0001"},
    "contact_set": {
        "pupil": "p0001",
        "id": "",
        "name": "N",
        "phone": "1",
        "relationship": "r",
        "never": True,
    },
    "contact_remove": {"pupil": "p0001", "id": "x"},
    "adults_preview": {"filename": "a.csv", "data": "eA=="},
    "adults_apply": {"ticket": "x", "leave_out": False, "take_off": False},
    "policy_authorise": {"staff": "s0001", "withdraw": False},
    "policy_clause": {"clause": "9.9", "name": "n", "longer": True, "remove": False},
    "concern_form": {"pupil": "p0001", "q": "a"},
    "concern_raise": {
        "about": "pupil",
        "person": "p0001",
        "compartment": 1,
        "taken": False,
        "reason": "r",
    },
    "concern_seen": {"id": "x"},
    "concern_agency": {"id": "x", "agency": "lado", "date": "2026-11-23"},
    "concern_close": {"id": "x", "remarks": "r"},
    "person_everything": {"person": "p0001"},
    "outings": {"class_id": "kestrels"},
    "outing_begin": {"class_id": "kestrels", "why": "trip", "pupils": ["p0001"]},
    "outing_move": {"id": "x", "stage": "back"},
    "reconciliation": {"class_id": "kestrels"},
    "leaving": {"pupil": "p0001"},
    "leave_early": {"pupil": "p0001", "whom": "words", "contact": "", "who": "w"},
    "companions": {"pupil": "p0001"},
    "hand_to_sibling": {"pupil": "p0001", "sibling": "p0002"},
    "swap_devices": {"pupil": "p0001", "other": "p0002"},
    "cover_give": {
        "classes": ["kestrels"],
        "name": "N",
        "day": "2026-11-23",
        "time": "15:30",
    },
    "cover_card": {"id": "x"},
    "cover_end": {"id": "x"},
    "visitor_give": {
        "values": {"purpose": "contractor", "notice": "yes"},
        "words": {"name": "N"},
        "approve": False,
    },
    "visitor_card": {"record": "x"},
    "visitor_end": {"id": "x"},
    "own_give_back": {"person": "x"},
    "sheet_enter": {"day": "2026-11-23", "lines": ["1 in 08:45"]},
    "stock_record": {"id": "x", "agreed": [1], "extra": [2], "missing": []},
    "stock_stop": {"id": "x"},
    "records": {"kind": "exception", "query": "a", "everything": True},
    "record": {"record": "rec1"},
    "record_form": {
        "kind": "exam",
        "about": "kestrels",
        "given": {"day": "2026-11-23"},
    },
    "record_change_form": {"record": "rec1"},
    "record_file": {
        "kind": "permission",
        "about": "p0001",
        "values": {
            "journey": "bus",
            "first": "2026-11-23",
            "last": "2026-12-01",
            "agreed_by": "parent",
            "agreed_on": "2026-11-20",
        },
        "words": {},
        "approve": False,
    },
    "record_amend": {"record": "rec1", "values": {}, "words": {}, "approve": True},
    "record_approve": {"record": "rec1"},
    "record_read": {"record": "rec1"},
    "record_end": {"record": "rec1", "why": "over"},
    "fault_clear": {"n": 1},
    "out_of_use": {"n": 1, "on": False},
    "door_open": {"n": 1, "reason": "check"},
    "opened_by_key": {"n": 1},
    "question_close": {"id": "x", "how": "explained", "note": "n"},
    "day_report": {"day": "2026-11-23"},
    "account_add": {
        "username": "u",
        "first_name": "F",
        "last_name": "L",
        "roles": ["teacher"],
        "classes": ["kestrels"],
    },
    "account_change": {
        "id": "s0002",
        "roles": ["cover"],
        "classes": ["kestrels"],
        "left": False,
    },
    "account_reset": {"id": "s0002"},
    "account_second_factor_reset": {"id": "s0002"},
    "account_card": {"id": "s0002"},
    "account_card_lost": {"id": "x"},
    "access_review": {"version": "1/1", "name": "N"},
    "kiosk_pair": {"bank": "kestrels-bank"},
    "kiosk_unpair": {"id": "x"},
    "operator_second_factor": {"username": "x"},
    "operator_roll": {"filename": "r.csv", "data": "eA==", "dry_run": True},
}
WITHOUT = {
    *("first_start_needed", "board", "bank_done", "me", "sign_out", "lock", "sessions"),
    *("sign_out_everywhere", "classes", "evacuate", "enrolment", "enrolment_undo"),
    *("enrolment_stop", "settings", "clubs", "health", "desk", "accounts"),
    *("club_leaders", "second_factor_begin", "recovery_codes_new", "access"),
    *("custody", "policy", "concerns", "covers", "sheet", "sheet_now", "stock"),
    *("stock_begin", "visitors", "bank_own", "my_card_lost"),
}
"""Requests that look at no argument."""

CASES = [(do, name) for do, args in GOOD.items() for name in args]


def asker(do: str) -> str:
    """Return who may ask for it."""
    if REQUESTS[do].need == "kiosk":
        return "kiosk"
    if REQUESTS[do].need == "fault.clear":
        return "technician"
    return "leadership"


@pytest.fixture(scope="module")
def school(cheap_hashes):
    """One bank for every hostile argument, whose person has just stepped up."""
    with quick_folder() as folder:
        rig = Rig(folder / "rig", pupils=2)
        rig.clock_to("08:40")
        yield rig
        rig.close()


def test_every_request_is_attacked():
    """SEC-3: a new request has to be added here."""
    assert set(GOOD) | WITHOUT == set(REQUESTS)


@pytest.mark.parametrize(("do", "name"), CASES)
def test_sec_3_a_hostile_argument_is_told_and_changes_nothing(school, do, name, caplog):
    """SEC-3: wrong kinds, too long, control characters, nested without end."""
    rig, who = school, asker(do)
    rig.step_up(who) if who != "kiosk" else None
    token = (
        rig.hub.operator_token if REQUESTS[do].need == "operator" else rig.token(who)
    )
    for what, value in VALUES.items():
        before = rig.state
        try:
            rig.ask_with(token, do, **(GOOD[do] | {name: value}))
        except RequestRefused as refused:
            fault = refused.fault
            assert 400 <= fault.status < 500, (what, fault)
            if name != "filename":  # said to whoever chose the file
                assert MARK not in msgspec.json.encode(fault).decode(), what
            assert fault.message, what
            assert rig.state == before, what
    assert "request failed" not in caplog.text


def test_dat_2_no_hostile_text_has_come_into_the_journal(school):
    """DAT-2: after all of that, whatever was accepted.

    The words of a door sign, a club, the policy and the school's name are nobody's.
    """
    kinds = {"ClassSet", "ClubSet", "ClauseSet", "SettingSet"}
    entries = school.hub.core.journal.entries(limit=100_000)
    assert [
        e.kind for e in entries if e.kind not in kinds and MARK in (e.body or "")
    ] == []


def test_the_chain_still_verifies_after_all_of_that(school):
    """SEC-3: and the bank still opens."""
    school.ask("teacher", "resume", secret=school.cast.adults["teacher"].pin) if (
        school.state.the_bank.evacuated_us
    ) else None
    assert school.hub.core.journal.rebuild().differing == ()


BIG = base64.b64encode(b"x" * (5 * 1024 * 1024 + 1)).decode()


@pytest.mark.parametrize(
    "do", ["roll_preview", "cards_csv", "adults_preview", "calendar_import"]
)
@pytest.mark.parametrize("data", ["not base64!", BIG, "", "AAAA", "UEsDBA=="])
def test_sec_3_a_hostile_file_is_told(school, do, data):
    """SEC-3: too large, damaged, empty, binary, half a zip."""
    assert said_to(school, do, data) in range(200, 500)


def said_to(school, do: str, data: str) -> int:
    try:
        school.ask("office", do, filename="x.csv", data=data)
    except RequestRefused as refused:
        return refused.fault.status
    return 200


def test_an_unknown_request_is_told(school):
    """SEC-3: also one that is called like something of Python's."""
    for do in ("", "nothing", "__class__", "x" * 10_000):
        assert school.refused("leadership", do).status == 404
