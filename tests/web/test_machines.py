"""What machines read: /healthz, /metrics, static files."""

from __future__ import annotations

import gzip

from controller.protocol import FeedEvent
from tests.web.fake_controller import a_board
from tests.web.staff.fake_school import NAMES
from web.app import create_app


def test_healthz_says_up_with_200_and_down_with_503(visitor, feed):
    up = visitor.get("/healthz")
    feed.lost()
    down = visitor.get("/healthz")
    feed.take(FeedEvent(board=a_board()))
    back = visitor.get("/healthz")

    assert (up.status_code, up.json["controller"]) == (200, "up")
    assert (down.status_code, down.json["controller"]) == (503, "down")
    assert down.json["error"] == "controller-down"
    assert (back.status_code, back.json["controller"]) == (200, "up")


def test_metrics_are_figures_without_a_person(visitor):
    text = visitor.get("/metrics").text

    assert 'hometime_doors{state="open"} 2' in text
    assert "hometime_controller_up 1" in text
    assert 'hometime_clock{state="synced"} 1' in text
    assert not [name for name in [*NAMES, "Kestrels"] if name in text]
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(float(line.rsplit(" ", 1)[1]) >= 0 for line in lines)


def test_metrics_without_a_controller_are_those_of_the_site(config):
    text = create_app(config, follow=False).test_client().get("/metrics").text

    assert "hometime_controller_up 0" in text
    assert "hometime_doors" not in text


def test_a_file_is_kept_for_ever_under_its_digest_and_asked_for_again_without(visitor):
    path = visitor.get("/").text.split('href="/static/css/look.css', 1)[1].split('"')[0]
    versioned = visitor.get(f"/static/css/look.css{path}")
    bare = visitor.get("/static/css/look.css")

    assert "immutable" in versioned.headers["Cache-Control"]
    assert bare.headers["Cache-Control"] == "no-cache"
    again = visitor.get(
        "/static/css/look.css", headers={"If-None-Match": bare.headers["ETag"]}
    )
    assert again.status_code == 304


def test_files_are_sent_compressed_to_whom_can_read_it(visitor):
    squeezed = visitor.get("/static/css/look.css", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get("/static/css/look.css")

    assert gzip.decompress(squeezed.data) == plain.data
    assert len(squeezed.data) < len(plain.data) / 3


def test_nothing_outside_static_is_sent(visitor):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/nothing.css"):
        assert visitor.get(path).status_code == 404
