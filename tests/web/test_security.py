"""What other sites, other names and other people's words cannot do (SEC-2, SEC-3)."""

from __future__ import annotations

import stat
from dataclasses import replace

import pytest

from controller.protocol import FeedEvent
from tests.web.conftest import TOKEN_FIELD, Visitor
from tests.web.fake_controller import PASSWORD, a_board
from web.app import create_app
from web.config import MAX_UPLOAD_BYTES
from web.security import FORM_FIELDS_BYTES, HEADERS, KEY_BYTES, secret_key

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def real_site(config):
    """The site as it is on a wall, not in the demo."""
    config = replace(config, demo=False, trusted_hosts=("lockers.school.example",))
    app = create_app(config, follow=False)
    app.extensions["hometime-feed"].take(FeedEvent(board=a_board()))
    yield app
    app.extensions["hometime-client"].close()


@pytest.mark.parametrize(
    "path",
    ["/", "/sign-in", "/kiosk/front", "/no-such-page", "/healthz", "/classes", "/twin"],
)
def test_sec_3_every_answer_bears_the_protecting_headers(visitor, path):
    """SEC-3: no frame, no foreign script, no guessing of types."""
    headers = visitor.get(path).headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_sec_3_scripts_and_styles_come_from_files_alone(signed_in):
    """SEC-3: nothing inline, so an injected script does not run."""
    visitor = signed_in("teacher")
    for path in ("/", "/sign-in", "/twin", "/classes", "/classes/kestrels"):
        page = visitor.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "hx-on" not in page
        assert page.count("<script") == page.count("<script src=")


def test_sec_3_personal_pages_are_kept_nowhere(signed_in):
    """SEC-3: a shared tablet's memory holds no page of somebody else."""
    assert signed_in("teacher").get("/classes").headers["Cache-Control"] == "no-store"


def test_sec_3_a_page_with_a_secret_is_never_compressed(signed_in):
    """SEC-3: lengths of compressed pages give secrets away (BREACH)."""
    page = signed_in("teacher").get("/classes", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in page.headers


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/first-start",
        "/step-up",
        "/lock",
        "/sign-out",
        "/kiosk/front/pin",
        "/kiosk/front/act",
        "/kiosk/front/done",
        "/kiosk/front/pair",
        "/classes/kestrels/release",
    ],
)
def test_sec_3_a_form_without_its_token_changes_nothing(signed_in, controller, path):
    """SEC-3: CSRF."""
    visitor = signed_in("leadership")
    before = len(controller.asked)
    answer = visitor.http.post(path, data={"mode": "tap", "username": "x"})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert len(controller.asked) == before


def test_sec_3_the_token_of_another_browser_is_worth_nothing(signed_in, controller):
    """SEC-3: CSRF."""
    token = TOKEN_FIELD.search(signed_in("teacher").get("/classes/kestrels").text)[1]
    answer = signed_in("teacher").http.post(
        "/classes/kestrels/release", data={"csrf_token": token}
    )

    assert answer.status_code == 400
    assert controller.count("release_class") == 0


def test_sec_3_a_valid_token_suffices_without_origin_or_referer(signed_in, controller):
    """SEC-3: as the contract has it; also over TLS."""
    answer = signed_in("teacher").submit(
        "/classes/kestrels/release",
        on="/classes/kestrels",
        base_url="https://localhost",
    )

    assert answer.status_code in {303, 400}
    visitor = signed_in("teacher")
    token = TOKEN_FIELD.search(visitor.get("/classes/kestrels").text)[1]
    answer = visitor.http.post("/classes/kestrels/release", data={"csrf_token": token})
    assert answer.status_code == 303
    assert controller.last("release_class").args["class_id"] == "kestrels"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:x@y"]
)
def test_sec_3_the_site_answers_to_its_own_names_only(visitor, host):
    """SEC-3: host header."""
    answer = visitor.get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert host not in answer.text


def test_sec_3_a_foreign_host_cannot_use_the_twin(visitor):
    """SEC-3: a page that rebinds its name to this machine is refused."""
    answer = visitor.http.post(
        "/twin/clock", json={"advance_s": 1}, headers={"Host": "evil.example"}
    )

    assert answer.status_code == 400


def test_sec_3_on_a_wall_cookies_travel_over_tls_only(real_site):
    """SEC-3: Secure, HttpOnly, SameSite, bound to this very host."""
    answer = real_site.test_client().get(
        "/sign-in", base_url="https://lockers.school.example"
    )
    cookie = answer.headers["Set-Cookie"]

    assert cookie.startswith("__Host-hometime=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


def test_only_in_the_demo_cookies_lack_secure(visitor):
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("hometime=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/twin"),
        ("GET", "/twin/world"),
        ("POST", "/twin/readers/front/tap"),
        ("POST", "/twin/readers/front/cards"),
        ("POST", "/twin/compartments/7/door"),
        ("POST", "/twin/compartments/7/device"),
        ("POST", "/twin/clock"),
        ("POST", "/twin/faults"),
    ],
)
def test_sim_4_outside_the_demo_there_is_no_twin(real_site, method, path):
    """SIM-4: on a wall nobody taps over HTTP."""
    answer = real_site.test_client().open(
        path, method=method, json={}, base_url="https://lockers.school.example"
    )

    assert answer.status_code == 404
    assert answer.json["error"] == "not-found"


def test_sec_3_a_body_beyond_the_limit_is_refused_before_it_is_read(visitor):
    """SEC-3: upload limits."""
    answer = visitor.http.post(
        "/sign-in", data=b"x" * (MAX_UPLOAD_BYTES + FORM_FIELDS_BYTES + 1),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert answer.status_code == 413


def test_sec_3_a_script_in_a_name_stays_words(feed, visitor):
    """SEC-3: XSS through what the school typed."""
    feed.take(FeedEvent(board=a_board(class_name=SCRIPT, year=SCRIPT)))
    page = visitor.get("/").text

    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_sec_3_a_script_in_an_address_or_a_form_stays_words(visitor, controller):
    """SEC-3: reflected XSS."""
    pages = [
        visitor.get(f"/{SCRIPT}").text,
        visitor.get(f"/kiosk/{SCRIPT}").text,
        visitor.get("/sign-in", query_string={"next": f"/{SCRIPT}"}).text,
        visitor.submit("/sign-in", {"username": SCRIPT, "password": PASSWORD}).text,
    ]

    assert all(SCRIPT not in page for page in pages)


def test_sec_2_the_key_that_signs_cookies_is_readable_by_us_alone(tmp_path):
    """SEC-2: made once, kept, refused when it is too short."""
    path = tmp_path / "web.key"
    key = secret_key(path)

    assert len(key) == KEY_BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_key(path) == key
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="found 5 bytes, wanted 32"):
        secret_key(path)


def test_sec_2_the_cookie_holds_the_token_and_the_seed_of_forms_alone(site, signed_in):
    """SEC-2: no name, no role: those are asked of the controller."""
    visitor = signed_in("teacher")
    visitor.get("/classes")
    with visitor.http.session_transaction() as session:
        assert set(session) == {"token", "csrf_token"}


def test_sec_3_a_session_is_not_shared_between_browsers(signed_in, site):
    signed_in("teacher")

    assert Visitor(site).get("/classes").status_code == 303
