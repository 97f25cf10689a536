"""The page of who has access: read, printed, signed (REC-8)."""

from __future__ import annotations

from controller.protocol import Fault
from tests.web.staff.conftest import words


def test_rec_8_the_page_lists_each_role_and_the_last_signature(leadership):
    """REC-8: with a button to print it."""
    answer = leadership.get("/accounts/access")

    page = words(answer)
    assert "Last signed on 20 October 2026 by Helen Marsh, as “H. Marsh”." in page
    assert "The monthly look is overdue." in page
    assert 'data-label="Given by">Helen Marsh' in answer.text
    assert "data-print" in answer.text


def test_rec_8_signing_sends_the_version_that_was_shown(leadership, controller):
    """REC-8: and a list that changed meanwhile is told there."""
    form = {"version": "1/57", "name": " Helen Marsh "}
    done = leadership.post("/accounts/access", form)
    assert done.status_code == 303
    asked = controller.last("access_review").args
    assert asked == {"version": "1/57", "name": "Helen Marsh"}

    why = "Somebody's access was changed while you looked at the list."
    fault = Fault("refused", why, "Look at it once more, then sign.", 409)
    controller.answers["access_review"] = lambda **_: fault
    back = leadership.post("/accounts/access", form)
    assert back.status_code == 409
    assert "Look at it once more, then sign." in words(back)


def test_rec_8_whoever_may_sign_is_reminded_on_other_pages(leadership, controller):
    """REC-8: with a link; not on the page itself."""
    assert "The monthly look" not in leadership.get("/accounts").text
    controller.people["leadership"].review_due = True
    link = 'href="/accounts/access">Who has access?</a>'
    assert link in leadership.get("/accounts").text
    assert link not in leadership.get("/accounts/access").text
