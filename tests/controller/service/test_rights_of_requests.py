"""Every request against every role: what the table says, happens (SEC-2, ACC-6)."""

import msgspec
import pytest

from controller.client import RequestRefused
from controller.domain.bases import VERDICTS
from controller.domain.orders import ORDERS
from controller.domain.records import KINDS
from controller.domain.rights import RIGHTS, ROLES
from controller.domain.tap_facts import OrderRefused
from controller.service.handling import KIOSK, OPERATOR, PERSON, PUBLIC
from controller.service.requests.table import REQUESTS
from tests.rig import Rig
from tests.rig_fixtures import quick_folder

NOT_SENT = {"sign_out", "sign_out_everywhere", "lock"}
"""These would end the session that the next case needs; test_sessions has them."""


@pytest.fixture(scope="module")
def school(cheap_hashes):
    """One bank for the whole table; a refusal changes nothing."""
    with quick_folder() as folder:
        rig = Rig(folder / "rig", pupils=2)
        for role in (*ROLES, "kiosk"):
            rig.token(role)
        yield rig
        rig.close()


def answer(rig, who: str, do: str) -> tuple[int, str]:
    """Return status and code of an answer to the bare request; 200 when it is done."""
    try:
        rig.ask(who, do)
    except RequestRefused as refused:
        return refused.fault.status, refused.fault.error
    return 200, ""


def expected(who: str, do: str) -> set[tuple[int, str]] | None:
    """Return how ``who`` must be turned away, or ``None`` where it is let through."""
    need = REQUESTS[do].need
    if need == PUBLIC:
        return None
    if need == KIOSK:
        return None if who == "kiosk" else {(403, "not-a-kiosk")}
    if need == OPERATOR:
        return {(403, "no-right")}
    if who in ("nobody", "kiosk"):
        return {(401, "signed-out")}
    if need == PERSON or who in RIGHTS[need]:
        return None
    return {(403, "no-right")}


@pytest.mark.parametrize("who", [*ROLES, "nobody", "kiosk"])
@pytest.mark.parametrize("do", sorted(set(REQUESTS) - NOT_SENT))
def test_sec_2_a_request_is_served_to_those_who_need_it_and_to_nobody_else(
    school, do, who
):
    """SEC-2: by role, nobody, and a kiosk's token that is no person's."""
    before = school.hub.core.state
    found = answer(school, who, do)
    turned_away = expected(who, do)

    if turned_away is None:
        assert found[1] not in ("no-right", "signed-out", "not-a-kiosk")
        assert found[0] < 500
        step_up = REQUESTS[do].step_up
        assert not step_up or found == (403, "step-up-needed")
    else:
        assert found in turned_away
        assert school.hub.core.state == before, "a refusal changes nothing"


def test_every_act_that_a_request_needs_is_in_the_table_of_rights():
    """SEC-2: no request hangs on a right that nobody wrote down."""
    needs = {handling.need for handling in REQUESTS.values()}
    assert needs <= {*RIGHTS, PUBLIC, KIOSK, PERSON, OPERATOR}


def test_every_right_is_needed_by_something():
    """ACC-6: least privilege: the table has no row that opens nothing."""
    needs = {handling.need for handling in REQUESTS.values()}
    orders = {need.act for need in ORDERS.values()}
    bases = {cell.right for row in VERDICTS.values() for cell in row.values()} - {""}
    # inside vouch and release_club; before the planned end; what is sealed
    within = {"class.early-leaver", "custody.override", "custody.reasons"}
    kinds = {
        right for k in KINDS.values() for right in (k.file, k.see, k.change, k.end)
    }
    fields = {f.sees or f.writes for k in KINDS.values() for f in k.fields} - {""}
    records = kinds | fields | {"records.staff"}  # what is about staff themselves
    assert set(RIGHTS) == needs & set(RIGHTS) | orders | bases | within | records


def test_sec_2_what_a_role_may_not_is_written_down(school):
    """SEC-2: asking for it is a fact, with who and what."""
    school.refused("technician", "people")

    fact = school.facts(OrderRefused)[-1]
    assert (fact.order, fact.rule) == ("people", "no-right")
    assert fact.by == school.cast.adults["technician"].id


@pytest.mark.parametrize(
    "token", ["x", "0" * 43, "é", "\x00", "a" * 100_000, "' OR 1=1 --"]
)
@pytest.mark.parametrize("do", ["me", "kiosk", "operator_roll", "evacuate"])
def test_sec_2_a_made_up_token_is_nobodys(school, do, token):
    """SEC-2, SEC-3: whatever is in it."""
    with pytest.raises(RequestRefused) as refused:
        school.ask_with(token, do)
    assert refused.value.fault.status in (401, 403)


OTHER = [
    ("class_page", {"class_id": "wrens"}),
    ("class_reasons", {"class_id": "wrens", "pin": "582911"}),
    ("release_class", {"class_id": "wrens"}),
    ("wave_next", {"class_id": "wrens"}),
    ("release_stop", {"class_id": "wrens"}),
    ("release_end", {"class_id": "wrens"}),
    ("confirm_class", {"class_id": "wrens"}),
    ("drop_off_start", {"class_id": "wrens"}),
    ("drop_off_end", {"class_id": "wrens"}),
    ("mark", {"pupil": "p0003", "mark": "absent"}),
    ("unmark", {"pupil": "p0003"}),
    ("vouch", {"pupil": "p0003"}),
    ("pupil", {"id": "p0003"}),
    ("card_lost", {"id": "p0003"}),
    ("card_replace", {"id": "p0003"}),
    ("enrolment_start", {"class_id": "wrens"}),
]


@pytest.mark.parametrize("who", ["teacher", "cover"])
@pytest.mark.parametrize(("do", "args"), OTHER)
def test_sec_2_another_class_is_not_the_teachers_business(school, who, do, args):
    """SEC-2, SEC-3: somebody else's id in a form."""
    before = school.hub.core.state
    fault = school.refused(who, do, **args)

    assert fault.status == 403
    assert school.hub.core.state == before
    assert school.cast.other.first_name not in str(fault)


def test_sec_2_lists_leave_out_what_is_not_ones_business(school):
    """SEC-2: a teacher's lists hold the teacher's class; the office's hold all."""
    assert [c["class_id"] for c in school.ask("teacher", "classes")] == ["kestrels"]
    assert {p["class_id"] for p in school.ask("teacher", "people")} == {"kestrels"}
    assert len(school.ask("office", "classes")) == 2
    found = school.ask("teacher", "people", query=school.cast.other.first_name)
    assert found == []


def test_acc_6_no_answer_to_the_technician_names_a_pupil(rig):
    """ACC-6: after a day on which everything happened, whatever is asked."""
    _a_busy_day(rig)
    rig.step_up("technician")
    pupils = [*rig.cast.pupil_names, "Newcome"]
    args = [
        {},
        {"class_id": "kestrels"},
        {"id": "p0001"},
        {"pupil": "p0001"},
        {"n": 1, "on": False, "reason": "check"},
        {"person": "p0001"},
        {"kind": "CardEnrolled", "limit": 200},
        {"before": [1, 60], "limit": 200},
    ]
    for do in sorted(set(REQUESTS) - NOT_SENT):
        for each in args:
            try:
                said = rig.ask("technician", do, **each)
            except RequestRefused as refused:
                said = msgspec.to_builtins(refused.fault)
            text = msgspec.json.encode(said).decode()
            assert [name for name in pupils if name in text] == [], do


def _a_busy_day(rig) -> None:
    rig.clock_to("08:40")
    rig.hand_in(1, 2, 3)
    rig.ask(
        "office", "pupil_add", first_name="Ada", last_name="Newcome", class_id="wrens"
    )
    rig.ask("teacher", "mark", pupil="p0004", mark="absent")
    rig.ask("teacher", "card_lost", id="p0005")
    rig.world.fault("contact-stuck-open", 2, active=True)
    rig.run(2)
    rig.clock_to("12:00")
    rig.tap(1)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)
    rig.ask("leadership", "evacuate")
    rig.clock_to("17:30")
