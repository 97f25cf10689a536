"""Every act against every role over HTTP, over the real controller (ACC-6, SEC-2).

Two tables. The first is written by hand: one address for each act, and the roles of the
hand-written matrix. The second is every address of the site: whatever it asks of the
controller is looked up, so an address that is added is judged without being listed.
"""

from __future__ import annotations

import re
from itertools import product

import pytest

from controller.domain.rights import RIGHTS, ROLES
from controller.service.requests.table import REQUESTS
from tests.controller.domain.test_rights import decided
from tests.rig import Rig
from tests.rig_fixtures import cheap_hashes, quick_folder  # noqa: F401  a fixture
from tests.web.over_rig import Site

PUPIL = {"pupil": "p0001"}
DECIDED = decided()
ADDRESSES = {
    "class.see": ("GET", "/classes/kestrels", {}),
    "class.release": ("POST", "/classes/kestrels/stop", {}),
    "class.confirm": ("POST", "/classes/kestrels/confirm", {}),
    "class.mark": ("POST", "/classes/kestrels/mark", PUPIL | {"mark": "absent"}),
    "class.vouch": ("POST", "/classes/kestrels/vouch", PUPIL),
    "class.drop-off": ("POST", "/classes/kestrels/drop-off/start", {}),
    "class.early-leaver": ("GET", "/pupils/p0001/leave", {}),
    "class.outing": ("GET", "/classes/kestrels/outing", {}),
    "evacuate": ("POST", "/evacuate", {}),
    "resume": ("POST", "/resume", {"secret": "000001"}),
    "people.see": ("GET", "/people", {}),
    "people.change": ("POST", "/people/p0001", {}),
    "people.export": ("POST", "/people/p0001/everything", {}),
    "cards.enrol": ("GET", "/people/enrol", {}),
    "roll.import": ("POST", "/people/import/apply", {"ticket": "x"}),
    "accounts.see": ("GET", "/accounts", {}),
    "accounts.change": ("POST", "/accounts/s0001/leave", {}),
    "custody.see": ("GET", "/desk/pupils/p0001", {}),
    "custody.reasons": ("POST", "/safeguarding/concerns/x/read", {}),
    "custody.confiscate": ("GET", "/classes/kestrels/pupils/p0001/take", {}),
    "custody.concern": ("GET", "/concern", {}),
    "custody.hand-over": ("POST", "/desk/hand-overs/x/again", {}),
    "custody.unlisted": ("POST", "/desk/hand-overs/x/allow", {}),
    "custody.move": ("POST", "/desk/holds/x/move", {"to": "safe"}),
    "custody.told": ("POST", "/desk/holds/x/told", {"how": "phone"}),
    "contacts.see": ("GET", "/people/p0001/adults", {}),
    "contacts.change": ("POST", "/people/p0001/adults/x/remove", {}),
    "policy.change": ("GET", "/settings/policy", {}),
    "records.see": ("GET", "/records", {}),
    "records.approve": ("POST", "/records/x/approve", {}),
    "records.sealed": ("POST", "/records/x/read", {}),
    "cover.give": ("POST", "/covers/x/end", {}),
    "visitors.keep": ("POST", "/visitors/x/end", {}),
    "sheet.keep": ("GET", "/sheet", {}),
    "stock.take": ("POST", "/stock-take/stop", {}),
    "journal.see": ("GET", "/journal", {}),
    "desk.see": ("GET", "/desk", {}),
    "desk.change": ("POST", "/desk/x/close", {"how": "explained"}),
    "reports.see": ("GET", "/reports", {}),
    "settings.see": ("GET", "/settings", {}),
    "settings.change": ("POST", "/settings/rules/sound", {"value": "off"}),
    "calendar.change": ("POST", "/settings/early", {"home_time": "13:15"}),
    "kiosk.pair": ("POST", "/settings/kiosks/x/unpair", {}),
    "health.see": ("GET", "/health", {}),
    "fault.clear": ("POST", "/health/doors/1/clear", {}),
    "door.open": ("POST", "/health/doors/1/open", {"reason": "check"}),
}
"""Act -> method, address and form with which somebody does it on the page."""

NO_ADDRESS: set[str] = set()
"""Acts that requests need and no page sends: at the bank alone."""

TURNED_AWAY = ("no-right", "not-your-class")
SAMPLES = {
    "class_id": "kestrels",
    "pupil": "p0001",
    "staff": "s0001",
    "n": "1",
    "bank": "kestrels-bank",
    "club": "football",
    "key": "sound",
}
ENDS_THE_SESSION = ("/sign-out", "/lock", "/account/sign-out-everywhere")
ELSEWHERE = ("/static", "/kiosk", "/stream", "/healthz")
"""Files, the kiosk's own pages, a stream that does not end, what machines ask."""

OPEN_TO_ALL = {
    *("/", "/favicon.ico", "/metrics", "/parts/board", "/parts/link"),
    *("/sign-in", "/sign-in/code", "/first-start"),
    *("/sign-out", "/lock"),
    "/safeguarding/unread",  # a piece of the bar: empty for nobody
}
"""Addresses that need nobody to be signed in; a kiosk's own are below ``/kiosk``."""


@pytest.fixture(scope="module")
def site(cheap_hashes):  # noqa: F811  the fixture
    """One school for all; everybody has signed in."""
    with quick_folder() as folder:
        rig = Rig(folder / "rig", pupils=2)
        rig.clock_to("08:40")
        for role in ROLES:
            rig.token(role)
        yield Site(rig)
        rig.close()


def code_of(answer) -> str:
    return (answer.json or {}).get("error", "") if answer.is_json else ""


# --------------------------------------------------------------------- the first table


def test_acc_6_every_act_that_a_request_needs_has_its_address_here():
    """ACC-6: an act that is added is tried over HTTP, or it is said why not."""
    needed = {handling.need for handling in REQUESTS.values()} & set(RIGHTS)
    assert needed - NO_ADDRESS <= set(ADDRESSES)


@pytest.mark.parametrize(("act", "role"), list(product(ADDRESSES, ROLES)))
def test_acc_6_each_role_meets_over_http_what_the_matrix_says(site, act, role):
    """ACC-6 SEC-2: allowed or refused; a refusal changes nothing and names nobody."""
    before = site.rig.state
    answer = site.open(role, *ADDRESSES[act])

    assert answer.status_code not in (401, 404) or code_of(answer) != "signed-out"
    assert answer.status_code < 500
    if DECIDED[act, role]:
        assert code_of(answer) not in TURNED_AWAY
    else:
        assert (answer.status_code, code_of(answer)) == (403, "no-right")
        assert site.rig.state == before
        assert not [n for n in site.rig.cast.all_names if n in answer.text]
    settle(site)


@pytest.mark.parametrize("act", ADDRESSES)
def test_sec_2_nobody_signed_in_does_none_of_it(site, act):
    """SEC-2: signed out is all that is said."""
    before = site.rig.state
    answer = site.open("nobody", *ADDRESSES[act])
    assert (answer.status_code, code_of(answer)) == (401, "signed-out")
    assert site.rig.state == before


# -------------------------------------------------------------------- the second table


def addresses(site) -> list[tuple[str, str]]:
    """Return every address with its methods, the gaps filled in."""
    found = []
    for rule in site.app.url_map.iter_rules():
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: SAMPLES.get(gap[1], "x"), path)
        if path in ENDS_THE_SESSION or path.startswith(ELSEWHERE):
            continue
        found += [(method, path) for method in sorted(rule.methods & {"GET", "POST"})]
    return sorted(set(found))


@pytest.mark.parametrize("role", ROLES)
def test_sec_2_no_address_does_more_for_a_role_than_the_table_of_rights(site, role):
    """SEC-2 ACC-6: whatever a page asks of the controller without the right fails."""
    tried, needed = 0, set()
    for method, path in addresses(site):
        before = site.rig.state
        answer = site.open(role, method, path)
        assert answer.status_code < 500, (method, path)
        lacking = [
            asked
            for asked in site.client.asked
            if REQUESTS[asked.do].need in RIGHTS
            and role not in RIGHTS[REQUESTS[asked.do].need]
        ]
        assert all(asked.error == "no-right" for asked in lacking), (method, path)
        if lacking and method == "POST":
            assert site.rig.state == before, (method, path)
        needed |= {REQUESTS[asked.do].need for asked in site.client.asked}
        tried += 1
        settle(site)
    assert tried > 90
    assert not needed & NO_ADDRESS, "there is an address now: to the first table"


def test_sec_2_without_a_sign_in_only_the_listed_addresses_answer(site):
    """SEC-2: a page that is added is closed until somebody opens it here."""
    for method, path in addresses(site):
        answer = site.open("nobody", method, path)
        if path not in OPEN_TO_ALL:
            assert (answer.status_code, code_of(answer)) == (401, "signed-out"), path


def settle(site) -> None:
    """Undo what a case has left behind that the next would stumble over."""
    if site.rig.state.the_bank.evacuated_us:
        head = site.rig.cast.adults["leadership"]
        site.rig.ask("leadership", "resume", secret=head.pin)
