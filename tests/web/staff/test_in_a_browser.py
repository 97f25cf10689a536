"""The staff pages in a real browser: live, by hand, by keyboard, and for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from controller.protocol import Tile
from tests.web.fake_controller import AT_US, PASSWORD
from tests.web.staff.fake_class import class_page
from tests.web.staff.fake_desk import STATES
from tests.web.staff.fake_school import SCRIPT, school

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "vendor/axe/axe.min.js"
PAGES = {
    "leadership": [
        "/classes",
        "/classes/kestrels",
        "/classes/herons",
        "/classes/merlins",
        "/classes/merlins/confirm",
        "/classes/wrens",
        "/classes/swifts",
        "/classes/robins",
        "/classes/larks",
        "/classes/kestrels/pupils/p04",
        "/classes/kestrels/pupils/p01/take",
        "/classes/kestrels/pupils/p02/take",
        "/classes/kestrels/pupils/p03/take",
        "/classes/kestrels/pupils/p01/home/h7",
        "/concern",
        "/concern?q=Khan",
        "/concern?pupil=p01&class=kestrels",
        "/concern/told?about=pupil&device=held",
        "/safeguarding",
        "/safeguarding/hand-overs/g0/chain",
        "/people",
        "/people/add",
        "/people/p01",
        "/people/p09",
        "/people/enrol",
        "/people/adults",
        "/people/cards",
        "/people/import",
        "/clubs",
        "/journal",
        "/desk",
        "/desk?q=Khan",
        "/desk?q=Nobody",
        "/desk/pupils/p01",
        "/desk/pupils/p05",
        *(f"/desk/hand-overs/{state}" for state in STATES),
        "/desk/hand-overs/ready/sign",
        "/desk/hand-overs/g0/receipt",
        "/desk/found/h4?q=Khan",
        "/people/p01/adults",
        "/people/p01/adults/a1/siblings?q=Oliver",
        "/settings/policy",
        "/reports",
        "/records",
        "/records/new",
        "/records/new/exception",
        "/records/new/exam",
        "/records/rec1",
        "/records/rec2",
        "/records/rec1/change",
        "/settings",
        "/settings/calendar",
        "/settings/calendar/times?class_id=merlins",
        "/settings/calendar/import",
        "/accounts",
        "/accounts/add",
        "/accounts/s1",
        "/account",
    ],
    "technician": [
        "/health",
        "/health/doors/1",
        "/health/doors/17",
        "/settings",
        "/concern",
    ],
}


def no_answer(route):
    """Let a request come to nothing, so that the page that asked stays."""
    route.abort("aborted")


def sign_in(page, served, role="teacher"):
    page.goto(f"{served}/sign-in")
    page.fill("[name=username]", role)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture
def complaints(page):
    """What the browser has to say on its console; must stay empty."""
    found = []
    page.on(
        "console", lambda m: m.type in {"error", "warning"} and found.append(m.text)
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def open_page(page, served, path, role="teacher"):
    sign_in(page, served, role)
    page.goto(served + path)


def test_web_2_a_tile_changes_by_itself_and_the_page_keeps_what_is_being_typed(
    page, served, controller, complaints
):
    """WEB-2, DAY-4: a topic of the stream makes the page ask for itself anew."""
    open_page(page, served, "/classes/kestrels")
    page.get_by_text("Show all reasons").click()
    page.fill("#pin", "1234")
    page.get_by_text("Table by table").click()

    changed = class_page("kestrels")
    changed.groups[0].tiles[0] = Tile("p01", "Amina", 1, "open")
    controller.answers["class_page"] = lambda class_id: changed
    controller.push(changed=["class:kestrels"])

    expect(page.locator("#tile-p01 .tile.open")).to_be_visible()
    expect(page.locator("#pin")).to_have_value("1234")
    expect(page.locator("#pin")).to_be_visible()
    expect(page.locator("[value=tables]")).to_be_checked()
    assert complaints == []


def test_web_8_reasons_go_by_themselves_after_20_seconds(page, served, complaints):
    """WEB-8: no second passes here; the browser's clock is ours."""
    open_page(page, served, "/classes/herons")
    page.clock.install()
    page.get_by_text("Show all reasons").click()
    page.fill("#pin", "123456")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Jayden: absent.")).to_be_visible()

    page.clock.run_for(15_000)
    expect(page.get_by_text("Jayden: absent.")).to_be_visible()
    page.clock.run_for(5_500)

    expect(page.get_by_text("Jayden: absent.")).to_be_hidden()
    expect(page.get_by_text("11 of 24")).to_be_visible()
    # What is under way while the clock leaps ahead times out, and says so.
    assert [one for one in complaints if "htmx:error: timeout" not in one] == []


def test_web_8_reasons_go_even_when_the_site_is_silent(page, served):
    """WEB-8: they are taken off the page before the page is asked for anew."""
    open_page(page, served, "/classes/herons")
    page.clock.install()
    page.get_by_text("Show all reasons").click()
    page.fill("#pin", "123456")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Jayden: absent.")).to_be_visible()

    page.route("**/classes/**", no_answer)
    page.clock.run_for(20_500)

    expect(page.get_by_text("Jayden: absent.")).to_be_hidden()


def test_day_15_evacuate_needs_a_press_of_one_second(page, served, controller):
    """DAY-15: a short touch does nothing."""
    open_page(page, served, "/classes/kestrels")
    page.clock.install()
    button = page.get_by_role("button", name="Evacuate")
    button.click()
    assert not controller.count("evacuate")

    button.hover()
    page.mouse.down()
    with page.expect_navigation():
        page.clock.run_for(1_100)

    assert controller.count("evacuate") == 1


def test_day_15_from_the_keyboard_enter_asks_once_more(page, served, controller):
    """DAY-15, WEB-2."""
    open_page(page, served, "/classes/kestrels")
    page.get_by_role("button", name="Evacuate").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Press again: Evacuate")).to_be_focused()
    assert not controller.count("evacuate")

    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert controller.count("evacuate") == 1


def test_acc_4_release_by_tables_goes_on_after_the_password(page, served, controller):
    """ACC-4, DAY-4: one touch more, and nothing is chosen twice."""
    open_page(page, served, "/classes/kestrels")
    page.get_by_text("Table by table").click()
    page.get_by_role("button", name="Release class").click()
    page.fill("[type=password]", controller.secret)
    page.locator("main form button[type=submit]").first.click()

    expect(page).to_have_url(f"{served}/classes/kestrels")
    assert controller.last("release_class").args["mode"] == "tables"


def test_day_9_a_pupil_without_a_card_is_let_out_in_two_touches(
    page, served, controller
):
    """DAY-9."""
    open_page(page, served, "/classes/kestrels")

    page.get_by_role("link", name="Sana").click()
    page.get_by_role("button", name="Open door 18 for Sana").click()

    expect(page.get_by_text("You vouched.")).to_be_visible()
    assert controller.last("vouch").args == {"pupil": "p18"}


def test_day_1_exceptions_are_named_by_touch(page, served, controller):
    """DAY-1: the touched tiles say so in a word and a shape."""
    open_page(page, served, "/classes/merlins/confirm")

    page.get_by_text("Amina").click()
    page.get_by_text("Noah").click()
    expect(page.get_by_text("Not seen off").first).to_be_visible()
    page.get_by_role("button", name="All off but these").click()

    expect(page).to_have_url(f"{served}/classes/merlins")
    assert controller.last("confirm_class").args["except_pupils"] == ["p01", "p11"]


def test_acc_9_enrolment_follows_the_cards(page, served, controller, complaints):
    """ACC-9, WEB-5: the page stands beside the reader, nobody touches it."""
    open_page(page, served, "/people/enrol", "office")
    view = controller.answers["enrolment"]()
    view.done, view.next_name, view.last = 11, "Ruby", "Noah's card works now."
    controller.answers["enrolment"] = lambda: view

    controller.push(changed=["enrolment"])

    expect(page.get_by_text("Ruby, tap your card")).to_be_visible()
    expect(page.locator("progress")).to_have_attribute("value", "11")
    assert complaints == []


def test_web_5_a_file_under_way_shows_that_it_is(page, served, controller):
    """WEB-5: and cannot be sent twice."""
    open_page(page, served, "/people/import", "office")
    page.route("**/people/import", no_answer)
    page.set_input_files(
        "#roll", {"name": "r.csv", "mimeType": "text/csv", "buffer": b"x"}
    )

    page.get_by_role("button", name="Show what would change").click(no_wait_after=True)

    expect(page.get_by_text("Reading the file")).to_be_visible()
    expect(page.get_by_role("button", name="Show what would change")).to_be_disabled()


def test_sec_3_a_script_in_a_pupils_name_does_not_run(page, served, controller):
    """SEC-3: neither in the page nor in what htmx puts into it."""
    school["script"] = True
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    open_page(page, served, "/classes/kestrels")
    controller.push(changed=["class:kestrels"])

    expect(page.get_by_text(SCRIPT)).to_be_visible()
    assert ran == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("role", PAGES)
def test_web_2_every_page_is_for_everybody(
    page, served, controller, complaints, role, width, scheme
):
    """WEB-2: nothing found by axe, nothing sideways, no target below 44 px."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, served, role)
    faults = []
    for path in PAGES[role]:
        controller.push(beat=AT_US)  # alive, however long this takes
        page.goto(served + path)
        faults += [(path, fault) for fault in complaints]
        faults += [(path, fault) for fault in page.evaluate(LOOK)]
        page.evaluate(AXE.read_text())
        faults += [(path, fault) for fault in page.evaluate(ASK_AXE)]
        complaints.clear()  # axe's own inline styles, which the policy forbids

    assert faults == []


LOOK = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push("sideways");
  const targets = "main :is(button, .button, summary, select), main .field input";
  for (const one of document.querySelectorAll(targets)) {
    const { width, height } = one.getBoundingClientRect();
    if (width && height < 43.5) faults.push(`${height} px: ${one.outerHTML}`);
  }
  return faults;
}"""
ASK_AXE = """() => axe.run({ preload: false })
  .then(({ violations }) => violations.map(v => `${v.id}: ${v.nodes[0].html}`))"""
