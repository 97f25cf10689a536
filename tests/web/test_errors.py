"""Every error is a page, a piece or the one JSON shape (WEB-6), on every route."""

from __future__ import annotations

import re

import pytest

from controller.protocol import Fault
from tests.web.conftest import Visitor
from tests.web.staff.fake_school import NAMES, SURNAMES

JSON = {"Accept": "application/json"}
PIECE = {"HX-Request": "true", "HX-Current-URL": "http://localhost/classes"}
SAMPLES = {
    "hold": "h1",
    "handover": "ready",
    "adult": "a1",
    "record": "rec1",
    "kind": "exception",
    "class_id": "kestrels",
    "bank": "front",
    "reader": "front",
    "pupil": "p07",
    "filename": "css/look.css",
    "n": "7",
}
LAWFUL = {200, 204, 302, 303, 400, 401, 403, 404, 409, 422, 503}
ROLES = [None, "teacher", "office", "leadership", "technician"]


def is_the_shape(answer):
    shape = answer.json
    return (
        set(shape) >= {"error", "message", "remedy"}
        and re.fullmatch(r"[a-z0-9-]+", shape["error"]) is not None
        and bool(shape["message"])
    )


def routes(site):
    """Return each address of the site with its methods, its gaps filled in."""
    for rule in site.url_map.iter_rules():
        path = re.sub(
            r"<(?:\w+:)?(\w+)>", lambda gap: SAMPLES.get(gap[1], "s-office"), rule.rule
        )
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield method, path


@pytest.mark.parametrize("role", ROLES)
def test_web_6_every_route_answers_with_a_page_or_the_one_error_shape(
    site, signed_in, role
):
    """WEB-6: whoever comes, in whatever order: no stack trace, no shapeless error."""
    visitor = signed_in(role) if role else Visitor(site)
    for method, path in routes(site):
        answer = visitor.http.open(path, method=method, headers=JSON, buffered=False)
        assert answer.status_code in LAWFUL, (method, path, answer.status_code)
        if answer.status_code >= 400:
            assert is_the_shape(answer), (method, path, answer.status_code)
            assert "Traceback" not in answer.text
        answer.close()


def test_web_6_no_error_of_any_route_bears_a_name(site):
    """WEB-6: none shows a name."""
    visitor = Visitor(site)
    for method, path in routes(site):
        answer = visitor.http.open(path, method=method, buffered=False)
        if answer.status_code >= 400:
            assert not [name for name in NAMES + SURNAMES if name in answer.text], path
        answer.close()


def test_web_6_an_unknown_address_says_what_to_do(visitor):
    """WEB-6: what happened, and what to do."""
    page = visitor.get("/no-such-page")

    assert page.status_code == 404
    assert "There is no such page." in page.text
    assert "begin again at the board" in page.text


def test_web_6_machines_get_json(visitor):
    """WEB-6: the one shape, for a client that asks for it."""
    answer = visitor.get("/no-such-page", headers=JSON)

    assert (answer.status_code, answer.json["error"]) == (404, "not-found")
    assert visitor.http.delete("/", headers=JSON).json["error"] == "wrong-method"


def test_web_6_browsers_get_pages(visitor):
    """WEB-6: a browser also takes anything, JSON too, and still wants a page."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    assert visitor.get("/no", headers={"Accept": accept}).mimetype == "text/html"
    assert visitor.get("/no", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_web_6_a_piece_of_a_page_gets_a_notice_and_not_a_page_inside_a_page(visitor):
    """WEB-6: htmx puts it where notices stand."""
    answer = visitor.get("/no-such-page", headers=PIECE)

    assert answer.headers["HX-Retarget"] == "#said"
    assert "<html" not in answer.text
    assert "There is no such page." in answer.text


def test_a_refusal_is_told_in_the_controllers_own_words(signed_in, controller):
    controller.answers["classes"] = lambda: Fault(
        "refused",
        "The release is still running.",
        "Stop it first.",
        409,
        ["one", "two"],
    )
    visitor = signed_in("teacher")
    page = visitor.get("/classes")
    shape = visitor.get("/classes", headers=JSON)

    assert page.status_code == 409
    assert "The release is still running." in page.text
    assert "Stop it first." in page.text
    assert shape.json == {
        "error": "refused",
        "message": "The release is still running.",
        "remedy": "Stop it first.",
        "details": ["one", "two"],
    }


def test_signed_out_means_the_sign_in_page_for_people_and_401_for_machines(visitor):
    assert visitor.get("/classes").location == "/sign-in?next=/classes"
    assert visitor.get("/classes", headers=JSON).status_code == 401
    piece = visitor.get("/classes", headers=PIECE)
    assert (piece.status_code, piece.headers["HX-Redirect"]) == (
        200,
        "/sign-in?next=/classes",
    )


def test_step_up_for_a_page_leads_there_and_back(signed_in, controller):
    controller.answers["classes"] = lambda: Fault(
        "step-up-needed", "Prove it.", status=403
    )

    answer = signed_in("leadership").get("/classes")

    assert answer.location == "/step-up?next=/classes"


def test_web_7_while_the_controller_is_down_pages_say_so(signed_in, controller):
    """WEB-7: 503, in words, and back by itself."""
    visitor = signed_in("teacher")
    controller.stop()
    down = visitor.get("/classes")
    controller.start()
    back = visitor.get("/classes")

    assert (down.status_code, back.status_code) == (503, 200)
    assert "The lockers do not answer at the moment." in down.text
    assert down.headers["Retry-After"] == "2"
    assert down.headers["Refresh"] == "5"  # the page promises to come back by itself


def test_web_6_a_fault_of_our_own_shows_no_trace(site, signed_in, mocker, caplog):
    """WEB-6: it is logged, by its kind and place, and told in plain words."""
    mocker.patch.dict(site.view_functions, {"classes.index": lambda: 1 / 0})
    page = signed_in("teacher").get("/classes")

    assert page.status_code == 500
    assert "The doors are not concerned." in page.text
    assert "ZeroDivisionError" not in page.text
    assert "classes.index: ZeroDivisionError" in caplog.text
