"""The public pages in a real browser: live, by touch and by keyboard, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from controller.protocol import BoardDoor, FeedEvent, KioskShow
from tests.web.fake_controller import AT_US, MINUTE_US, PASSWORD, a_board

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor/axe/axe.min.js"
SIZES = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "desktop": (1280, 800),
    "wall": (1920, 1080),
}
SCREENS = {
    "opened": {"compartment": 7, "also": [12, 21], "ask_off": True},
    "notnow": {"home_time": "15:15"},
    "teacher": {},
    "leave": {},
    "one-card": {},
    "unknown-card": {},
    "enrol": {"compartment": 9},
    "out-of-order": {},
    "pin": {"pin_until_us": AT_US + 10 * MINUTE_US},
    "staff": {"unlocked": True, "acts": ["release:kestrels", "evacuate"]},
    "waiting": {},
}


@pytest.fixture
def quiet(page):
    """The page, on which no script may fail and nothing be asked of elsewhere."""
    said, asked = [], []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console", lambda line: said.append(line.text) if line.type == "error" else None
    )
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert not [line for line in said if "Failed to load resource" not in line]
    assert not [url for url in asked if not url.startswith("http://127.0.0.1:")]


@pytest.fixture
def listening(quiet, served):
    """A function that opens a page and waits until its stream has begun."""

    def open_(path):
        with quiet.expect_response(lambda answer: "/stream" in answer.url):
            quiet.goto(served.url + path)
        return quiet

    open_.page = quiet
    return open_


@dataclass
class Beside:
    """The kiosk's page, and what the controller wants shown on it."""

    page: object
    controller: object
    serial: int = 100

    def show(self, screen, **more):
        self.serial += 1
        self.controller.push(kiosk=KioskShow(screen, self.serial, **more))
        expect(self.page.locator(f"[data-serial='{self.serial}']")).to_be_visible()


@pytest.fixture
def beside(listening, served, controller):
    """The screen beside the lockers, paired."""
    cookie = {"name": "kiosk", "value": served.pairing_cookie, "url": served.url}
    listening.page.context.add_cookies([cookie])
    return Beside(listening("/kiosk/front"), controller)


def faults_of(page):
    page.evaluate(
        AXE.read_text()
    )  # a script tag would be stopped by the site's own CSP
    return page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )


def is_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


# -------------------------------------------------------------------------- all


@pytest.mark.parametrize(
    ("size", "theme"),
    [("phone", "light"), ("tablet", "dark"), ("desktop", "light"), ("wall", "dark")],
)
def test_web_2_every_public_page_is_for_everybody(
    quiet, served, controller, size, theme
):
    """WEB-2: WCAG 2.2 AA by axe, no sideways scrolling, at every size and theme."""
    width, height = SIZES[size]
    quiet.set_viewport_size({"width": width, "height": height})
    quiet.emulate_media(color_scheme=theme)
    found = {}
    for path in ("/", "/sign-in", "/kiosk/front", "/no-such-page", "/twin"):
        quiet.goto(served.url + path)
        if faults := faults_of(quiet):
            found[path] = faults
        if is_sideways(quiet):
            found[path] = "sideways"
    controller.must_start = True
    quiet.goto(f"{served.url}/first-start")
    found |= {"/first-start": faults} if (faults := faults_of(quiet)) else {}

    assert found == {}


def test_web_2_the_cabinet_does_not_reflow_at_320_px(quiet, served):
    """WEB-2: still six columns, nothing cut off."""
    quiet.set_viewport_size({"width": 320, "height": 640})
    quiet.goto(served.url)

    assert not is_sideways(quiet)
    tops = [quiet.locator(f"#door-{n}").bounding_box()["y"] for n in (1, 6, 7)]
    assert tops[0] == tops[1] < tops[2]


def test_web_2_reduced_motion_is_kept(quiet, served):
    """WEB-2: nothing moves for whom motion makes ill."""
    quiet.emulate_media(reduced_motion="reduce")
    quiet.goto(served.url)

    moving = quiet.evaluate("document.getAnimations().length")
    assert moving == 0


# ------------------------------------------------------------------------ board


def test_web_1_a_door_that_opens_is_seen_and_said_at_once(listening, controller):
    """WEB-1: live; WEB-2: said aloud in one polite live region."""
    page = listening("/")
    expect(page.locator("#door-3")).to_have_class("door shut")
    doors = [BoardDoor(n, "open" if n == 3 else "shut") for n in range(1, 37)]
    controller.push(board=a_board(doors=doors))

    expect(page.locator("#door-3")).to_have_class("door open")
    expect(page.locator("#aloud")).to_contain_text("Door 3 open.")


def test_the_stream_begins_however_late_its_script_comes(quiet, served):
    """A slow network must not leave a page without its stream."""

    def late(route):
        quiet.wait_for_timeout(500)
        route.continue_()

    quiet.route("**/hx-sse.min.js*", late)
    with quiet.expect_response(lambda answer: "/stream" in answer.url, timeout=5000):
        quiet.goto(served.url, wait_until="commit")


def test_the_clock_goes_by_the_controllers_and_follows_when_it_is_moved(
    listening, controller
):
    page = listening("/")
    expect(page.locator(".time [data-clock]")).to_have_text("14:52")
    controller.push(clock=AT_US + 23 * MINUTE_US)

    expect(page.locator(".time [data-clock]")).to_have_text("15:15")


def test_web_7_the_board_is_marked_old_and_comes_back_by_itself(listening, controller):
    """WEB-7: without a touch."""
    page = listening("/")
    controller.stop()
    expect(page.get_by_text("Not answering since")).to_be_visible()
    expect(page.locator(".cabinet")).to_have_class("cabinet cols-6 old")
    controller.start()

    expect(page.get_by_text("Next, in")).to_be_visible()


def test_web_1_what_the_first_load_weighs_on_the_wire(quiet, served):
    """WEB-1: at most 80 kB compressed, as the browser itself counted it."""
    with quiet.expect_response(lambda answer: "/stream" in answer.url):
        quiet.goto(served.url, wait_until="load")
    weight = quiet.evaluate(
        "performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"
    )

    assert 10_000 < weight <= 80_000


# ------------------------------------------------------------------------ kiosk


def test_a_technician_pairs_the_screen_on_the_screen_itself(quiet, served):
    quiet.goto(f"{served.url}/kiosk/front")
    quiet.get_by_role("link", name="Sign in to pair").click()
    quiet.get_by_label("Username").fill("technician")
    quiet.get_by_label("Password").fill(PASSWORD)
    quiet.get_by_role("button", name="Sign in").click()
    quiet.get_by_role("button", name="Pair this screen").click()

    expect(quiet.get_by_role("heading", name="Tap your card")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "theme"),
    [((1280, 800), "light"), ((800, 480), "dark"), ((390, 844), "light")],
)
def test_web_3_every_screen_is_for_everybody_and_fits(beside, size, theme):
    """WEB-3: one idea a screen, on a small panel too, without scrolling sideways."""
    beside.page.set_viewport_size({"width": size[0], "height": size[1]})
    beside.page.emulate_media(color_scheme=theme)
    found = {}
    for screen, more in SCREENS.items():
        beside.show(screen, **more)
        if faults := faults_of(beside.page):
            found[screen] = faults
        if is_sideways(beside.page):
            found[screen] = "sideways"

    assert found == {}


def test_web_3_on_a_landscape_panel_no_screen_scrolls(beside):
    """WEB-3: the whole idea in sight."""
    beside.page.set_viewport_size({"width": 1280, "height": 720})
    for screen, more in SCREENS.items():
        beside.show(screen, **more)
        height = beside.page.evaluate("document.documentElement.scrollHeight")
        assert height <= 720, screen


def test_web_3_the_screen_returns_to_waiting_by_itself(beside):
    """WEB-3: nobody has to touch it."""
    beside.show("opened", compartment=7, seconds=0.3)

    expect(beside.page.get_by_role("heading", name="Tap your card")).to_be_visible()


def test_web_3_the_soft_sound_has_a_visual_twin(beside):
    """WEB-3: once for each tap, and over again after a moment."""
    beside.show("notnow", home_time="15:15", sound="soft")
    expect(beside.page.locator(".kiosk.ping")).to_be_visible()

    expect(beside.page.locator(".kiosk.ping")).to_have_count(0)


def test_acc_5_the_pin_is_typed_by_touch(beside, controller):
    """ACC-5: card, then PIN."""
    beside.show("pin", pin_until_us=AT_US + 10 * MINUTE_US)
    for digit in controller.secret[:-1] + "9":
        beside.page.get_by_role("button", name=digit, exact=True).click()
    beside.page.get_by_role("button", name="Delete one digit").click()
    beside.page.get_by_role("button", name=controller.secret[-1], exact=True).click()
    expect(beside.page.locator("#dots .on")).to_have_count(6)
    beside.page.get_by_role("button", name="Done").click()

    expect(beside.page.get_by_role("button", name="Release Kestrels")).to_be_visible()
    assert controller.last("bank_pin").args == {"pin": controller.secret}


def test_acc_5_the_pin_is_typed_by_keyboard(beside, controller):
    """ACC-5: and a wrong one is told without what was typed."""
    beside.show("pin", pin_until_us=AT_US + 10 * MINUTE_US)
    beside.page.keyboard.type("111111")
    beside.page.keyboard.press("Enter")
    expect(beside.page.get_by_role("alert")).to_have_text(
        "That PIN was not right. Try once more."
    )
    expect(beside.page.locator("#dots .on")).to_have_count(0)
    beside.page.keyboard.type(controller.secret)
    beside.page.keyboard.press("Enter")

    expect(beside.page.get_by_role("button", name="Release Kestrels")).to_be_visible()


def test_day_4_a_release_at_the_bank_is_one_touch_after_the_pin(beside, controller):
    """DAY-4: card, PIN, one touch."""
    beside.show("staff", unlocked=True, acts=["release:kestrels"])
    beside.page.get_by_role("button", name="Release Kestrels").click()

    expect(beside.page.get_by_role("heading", name="Tap your card")).to_be_visible()
    assert controller.last("bank_act").args == {"act": "release:kestrels"}


def test_web_7_the_kiosk_rests_while_the_controller_is_away(beside, controller):
    """WEB-7: kind, and back by itself."""
    controller.stop()
    expect(beside.page.get_by_role("heading")).to_have_text(
        "The lockers are having a rest"
    )
    controller.kiosk = KioskShow("waiting", 1)
    controller.start()

    expect(beside.page.get_by_role("heading", name="Tap your card")).to_be_visible()


# ------------------------------------------------------------------------- staff


def test_acc_4_a_page_that_nobody_touches_locks_itself(page, served, controller):
    """ACC-4: idle lock, as long as the school says; the names go off the screen.

    The page is not a quiet one: what it asks while its clock leaps ahead times out.
    """
    controller.people["teacher"].idle_lock_s = 120
    page.goto(f"{served.url}/sign-in")
    page.get_by_label("Username").fill("teacher")
    page.get_by_label("Password").fill(PASSWORD)
    page.clock.install()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    page.wait_for_load_state("load")  # its scripts have begun
    page.clock.run_for(119_000)
    assert "/classes" in page.url
    page.clock.run_for(7_000)

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert controller.count("lock") == 1


def test_the_feed_of_the_page_survives_a_restart_of_the_stream(listening, served):
    """A page that was away asks for everything anew."""
    page = listening("/")
    served.feed.take(FeedEvent(board=a_board(class_name="Owls")))

    expect(page.get_by_role("heading", name="Owls")).to_be_visible()
