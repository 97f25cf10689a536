"""Every page of the site, and who is let in: one table, written by hand (SEC-2, ACC-6).

Not derived from the table of rights: what a page is meant to be is said here once more,
in other words. A page that is added, moved or taken away turns this red until somebody
has said who it is for.
"""

from __future__ import annotations

from itertools import product
from urllib.parse import quote

import pytest

from tests.rig import Rig
from tests.rig_fixtures import cheap_hashes, quick_folder  # noqa: F401  a fixture
from tests.web.over_rig import Site
from web.app import create_app
from web.config import WebConfig

BANK = "kestrels-bank"
NOBODY, SCREEN = "nobody", "screen"
ROLES = ("teacher", "cover", "office", "leadership", "dsl", "technician")
WHO = (NOBODY, SCREEN, *ROLES)

OFFICE = {"office", "leadership"}
DESK = OFFICE | {"dsl"}
CLASSROOM = DESK | {"teacher", "cover"}
PUPILS = DESK | {"teacher"}
RULES = OFFICE | {"technician"}
HEAD = {"leadership"}
SAFE = {"leadership", "dsl"}
EVERY_ROLE = set(ROLES)
ALL = set(WHO)

CHILD = "/classes/kestrels/pupils/p0001"
PAGES: dict[str, tuple[str, set[str]]] = {
    # rule of the site: (an address of it, who is let in)
    "/": ("/", ALL),
    "/favicon.ico": ("/favicon.ico", ALL),
    "/healthz": ("/healthz", ALL),
    "/metrics": ("/metrics", ALL),
    "/parts/board": ("/parts/board", ALL),
    "/parts/link": ("/parts/link", ALL),
    "/sign-in": ("/sign-in", ALL),
    "/sign-in/code": ("/sign-in/code", ALL),
    "/first-start": ("/first-start", ALL),
    "/static/<path:filename>": ("/static/css/site.css", ALL),
    "/stream": ("/stream", ALL),
    "/kiosk/<bank>": (f"/kiosk/{BANK}", {SCREEN}),
    "/kiosk/<bank>/screen": (f"/kiosk/{BANK}/screen", {SCREEN}),
    "/kiosk/<bank>/pair": (f"/kiosk/{BANK}/pair", set()),
    "/step-up": ("/step-up", EVERY_ROLE),
    "/account": ("/account", EVERY_ROLE),
    "/account/second-factor": ("/account/second-factor", EVERY_ROLE),
    "/accounts": ("/accounts", HEAD),
    "/accounts/<staff>": ("/accounts/s0001", HEAD),
    "/accounts/access": ("/accounts/access", HEAD),
    "/accounts/add": ("/accounts/add", HEAD),
    "/classes": ("/classes", CLASSROOM),
    "/classes/<class_id>": ("/classes/kestrels", CLASSROOM),
    "/classes/<class_id>/confirm": (
        "/classes/kestrels/confirm",
        {"teacher", "cover", "leadership"},
    ),
    "/classes/<class_id>/pupils/<pupil>": (CHILD, CLASSROOM),
    "/classes/<class_id>/pupils/<pupil>/take": (f"{CHILD}/take", CLASSROOM),
    "/classes/<class_id>/pupils/<pupil>/home/<hold>": (f"{CHILD}/home/x", CLASSROOM),
    "/classes/<class_id>/outing": (
        "/classes/kestrels/outing",
        OFFICE | {"teacher", "cover"},
    ),
    "/classes/<class_id>/morning": ("/classes/kestrels/morning", CLASSROOM),
    "/pupils/<pupil>/leave": ("/pupils/p0001/leave", OFFICE),
    "/pupils/<pupil>/sibling": ("/pupils/p0001/sibling", CLASSROOM),
    "/pupils/<pupil>/mix-up": ("/pupils/p0001/mix-up", CLASSROOM),
    "/covers": ("/covers", OFFICE),
    "/visitors": ("/visitors", OFFICE),
    "/sheet": ("/sheet", OFFICE),
    "/sheet/enter": ("/sheet/enter", OFFICE),
    "/sheet/envelope": ("/sheet/envelope", OFFICE),
    "/stock-take": ("/stock-take", OFFICE),
    "/clubs": ("/clubs", CLASSROOM),
    "/concern": ("/concern", EVERY_ROLE),
    "/concern/told": ("/concern/told", EVERY_ROLE),
    "/desk": ("/desk", DESK),
    "/desk/find": ("/desk/find", DESK),
    "/desk/found/<hold>": ("/desk/found/x", DESK),
    "/desk/hand-overs/<handover>": ("/desk/hand-overs/x", DESK),
    "/desk/hand-overs/<handover>/receipt": ("/desk/hand-overs/x/receipt", DESK),
    "/desk/hand-overs/<handover>/sign": ("/desk/hand-overs/x/sign", OFFICE),
    "/desk/pupils/<pupil>": ("/desk/pupils/p0001", DESK),
    "/health": ("/health", RULES),
    "/health/doors/<int:n>": ("/health/doors/1", RULES),
    "/journal": ("/journal", DESK | {"technician"}),
    "/people": ("/people", PUPILS),
    "/people/<pupil>": ("/people/p0001", PUPILS),
    "/people/<pupil>/adults": ("/people/p0001/adults", DESK),
    "/people/<pupil>/adults/<adult>/siblings": (
        "/people/p0001/adults/x/siblings",
        OFFICE,
    ),
    "/people/add": ("/people/add", OFFICE),
    "/people/adults": ("/people/adults", OFFICE),
    "/people/cards": ("/people/cards", OFFICE),
    "/people/enrol": ("/people/enrol", OFFICE | {"teacher"}),
    "/people/import": ("/people/import", OFFICE),
    "/records": ("/records", CLASSROOM),
    "/records/<record>": ("/records/x", CLASSROOM),
    "/records/<record>/change": ("/records/x/change", CLASSROOM),
    "/records/due": ("/records/due", CLASSROOM),
    "/records/new": ("/records/new", CLASSROOM),
    "/records/new/<kind>": ("/records/new/x", CLASSROOM),
    "/reports": ("/reports", DESK),
    "/safeguarding": ("/safeguarding", SAFE),
    "/safeguarding/hand-overs/<handover>/chain": (
        "/safeguarding/hand-overs/x/chain",
        SAFE,
    ),
    "/safeguarding/unread": ("/safeguarding/unread", SAFE),
    "/settings": ("/settings", RULES),
    "/settings/calendar": ("/settings/calendar", OFFICE),
    "/settings/calendar/import": ("/settings/calendar/import", OFFICE),
    "/settings/calendar/times": ("/settings/calendar/times", OFFICE),
    "/settings/policy": ("/settings/policy", HEAD),
}

IN_THE_DEMO = {"/twin", "/twin/telephones", "/twin/world"}
"""Pages of the simulated room, which nobody has to sign in for."""

NOT_THERE = {
    *("/people/p0001/adults/x/siblings", "/desk/found/x", "/desk/hand-overs/x/receipt"),
    "/safeguarding/hand-overs/x/chain",
    *("/desk/hand-overs/x/sign", "/records/x", "/records/x/change", "/records/new/x"),
}
"""Addresses of nothing: whoever is let in is told so, nobody else learns of it."""

LEADS_ON = {
    (SCREEN, "/first-start"): "/sign-in",
    (SCREEN, "/sign-in/code"): "/sign-in",
    (NOBODY, "/first-start"): "/sign-in",
    (NOBODY, "/sign-in/code"): "/sign-in",
    **{(role, "/first-start"): "/sign-in" for role in ROLES},
    **{(role, "/sign-in/code"): "/sign-in" for role in ROLES},
    **{(role, "/sign-in"): "/classes" for role in CLASSROOM},
    ("technician", "/sign-in"): "/health",
    **{
        (role, "/account/second-factor"): "/step-up?next=/account/second-factor"
        for role in ("leadership", "dsl", "technician")
    },
    **{
        (role, "/desk/hand-overs/x"): "/desk/hand-overs/x/receipt"  # which is not there
        for role in DESK
    },
}
"""Where somebody who is let in is led on at once."""


@pytest.fixture(scope="module")
def site(cheap_hashes):  # noqa: F811  the fixture
    """One school for all; everybody has signed in, and one screen is paired."""
    with quick_folder() as folder:
        rig = Rig(folder / "rig", pupils=2)
        rig.clock_to("08:40")
        site = Site(rig)
        site.pair(SCREEN, BANK)
        yield site
        rig.close()


def pages_of(app) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}


def expected(who: str, rule: str) -> tuple[int, str]:
    """Return status and way on, as the table above says."""
    path, let_in = PAGES[rule]
    if who in let_in:
        if on := LEADS_ON.get((who, path)):
            return 303, on
        return (404, "") if path in NOT_THERE else (200, "")
    if who in ROLES or rule.startswith("/kiosk"):
        return 403, ""
    return 303, f"/sign-in?next={quote(path)}"


def test_sec_2_every_page_says_here_who_it_is_for(site):
    """SEC-2: a page that is added is red until somebody has said it."""
    assert pages_of(site.app) == set(PAGES)


def test_sec_2_the_demo_adds_only_the_simulated_room(tmp_path):
    """SEC-2: what the demo alone has, a school's site answers with 404."""
    config = WebConfig(
        socket=tmp_path / "none.sock",
        data_dir=tmp_path,
        secret_key_path=tmp_path / "web.key",
        demo=True,
        room_socket=tmp_path / "room.sock",
    )
    assert pages_of(create_app(config, follow=False)) - set(PAGES) == IN_THE_DEMO


@pytest.mark.parametrize(("rule", "who"), list(product(PAGES, WHO)))
def test_sec_2_each_page_answers_each_visitor_as_the_table_says(site, rule, who):
    """SEC-2 ACC-6: let in, shown to the sign-in, or told that it is not for them."""
    answer = site.look(who, PAGES[rule][0])

    assert (answer.status_code, answer.location or "") == expected(who, rule)
    assert who in PAGES[rule][1] or not names_in(site, answer)


def names_in(site, answer) -> list[str]:
    """Return the names that an answer lets slip, a stream's left unread."""
    text = "" if answer.is_streamed else answer.text
    return [name for name in site.rig.cast.all_names if name in text]
