"""The release desk in a browser: office, parent and head at real processes (CUS-4).

Each story has a child of its own.
"""

from __future__ import annotations

import math
import time

import pytest
from playwright.sync_api import expect

from controller.client import Client
from controller.demo.classroom import DESK_DOORS
from tests.browser.classroom import opened, wait_for
from tests.browser.hands import children_at, hand_at_one_of
from tests.browser.looking import faults_of, main_words

pytestmark = pytest.mark.browser

MOST_ACTS = 5
"""From the search to the open door: name, child, adult, identity, the button."""

MOST_S = 30.0
HOME_TIME = "15:20"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one classroom of this file, in its lessons."""
    with opened(tmp_path_factory.mktemp("desk") / "room") as room:
        room.clock("11:05")
        yield room


class Hand:
    """A hand at a browser that counts what it does."""

    def __init__(self, page) -> None:
        self.page = page
        self.acts = 0
        self.began = time.monotonic()

    def type(self, words):
        """Type into what has the focus: one act, however many letters."""
        self.acts += 1
        self.page.keyboard.type(words)

    def touch(self, place):
        """Touch one thing."""
        self.acts += 1
        place.click()


def taken_from(classroom, name) -> str:
    """Let the teacher take a child's phone away in the corridor; return the hold."""
    account = classroom.account("teacher")
    client = Client(classroom.folder / "controller.sock")
    signing = {key: account[key] for key in ("username", "password")}
    where = {"remote": "127.0.0.1", "browser": "Firefox"}
    token = client.ask("sign_in", **signing, **where)["token"]
    args = {"pupil": pupil(classroom, name)["id"], "taken": True, "clause": "4.2"}
    hold = client.ask("hold_confiscate", token=token, **args)["id"]
    client.close()
    return hold


def pupil(classroom, name):
    """Return a pupil of the cast by first name."""
    return next(p for p in classroom.cast["pupils"] if p["first_name"] == name)


def put_behind_a_door(classroom, page, name) -> int:
    """Let the office put what the teacher has brought behind a door of the desk."""
    page.goto(f"{classroom.url}/desk/pupils/{pupil(classroom, name)['id']}")
    page.get_by_role("button", name="I have it now").click()
    page.get_by_text("Put it somewhere else").click()
    with hand_at_one_of(classroom, DESK_DOORS) as opened:
        page.get_by_role("button", name="Behind a door here").click()
    (n,) = opened
    expect(page.get_by_text(f"Door {n} opens").first).to_be_visible()
    classroom.twin(f"compartments/{n}/device", do="put", label=f"phone of {n}")
    classroom.door(n, "push")
    expect(page.get_by_text(f"Door {n}, at the desk")).to_be_visible()
    return n


def sign(page) -> None:
    """Draw a line like a name."""
    box = page.locator("#pad").bounding_box()
    x, y = box["x"] + 60, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(40):
        page.mouse.move(x + 5 * k, y - 30 * math.sin(k / 3))
    page.mouse.up()


def test_cus_4_from_search_to_open_door_in_five_acts_and_to_the_receipt(
    classroom, signed_in
):
    """CUS-4, CUS-13: search, adult, identity, door, signature, receipt; axe at each."""
    office = signed_in("office")
    taken_from(classroom, "Amina")
    n = put_behind_a_door(classroom, office, "Amina")
    classroom.clock(HOME_TIME)
    office.goto(f"{classroom.url}/desk")
    assert faults_of(office) == []

    hand = Hand(office)
    hand.type("ami")
    hand.touch(office.locator("#found a").first)
    hand.touch(office.get_by_text("Marta"))
    hand.touch(office.get_by_text("Known to staff"))
    with children_at(classroom, n):
        hand.touch(office.get_by_role("button", name=f"Open door {n}"))
    assert hand.acts <= MOST_ACTS
    assert time.monotonic() - hand.began <= MOST_S

    expect(office.get_by_text("then push the door shut")).to_be_visible()
    assert faults_of(office) == []
    assert classroom.twin(f"compartments/{n}/device", do="take")["device"]
    classroom.door(n, "push")
    office.get_by_role("link", name="Turn the screen to Marta").click()
    expect(office.get_by_role("button", name="Done")).to_be_disabled()
    assert "Phones in lessons" not in main_words(office)
    sign(office)
    assert faults_of(office) == []
    office.get_by_role("button", name="Done").click()

    expect(office.get_by_role("heading", name="Handed over")).to_be_visible()
    assert faults_of(office) == []
    words = main_words(office)
    assert "Marta, mother" in words
    assert "Known to staff" in words
    assert office.locator("polyline").count() == 1
    entries = classroom.journal()
    assert [e["kind"] for e in entries].count("HandedOver") == 1
    assert "Marta" not in str(entries)


def test_cus_4_on_a_phone_a_stranger_waits_for_leadership(classroom, signed_in):
    """CUS-4: the office asks, the head's page shows it, nothing opens before."""
    classroom.clock("11:05")
    taken_from(classroom, "Oscar")
    office, head = signed_in("office", 390), signed_in("leadership")
    n = put_behind_a_door(classroom, office, "Oscar")
    classroom.clock(HOME_TIME)
    office.reload()
    assert "Never release Craig" in main_words(office)
    assert faults_of(office) == []

    before = classroom.compartment(n)["coil_pulses"]
    office.get_by_text("Not on the list").click()
    expect(office.get_by_role("button", name=f"Open door {n}")).to_be_hidden()
    office.get_by_role("button", name="Ask leadership").click()
    assert not office.url.endswith("hand-over")  # the name is asked for first
    office.fill("#name", "Quentin Ashgrove")
    office.get_by_text("Passport seen").click()
    office.get_by_role("button", name="Ask leadership").click()
    expect(office.get_by_text("Leadership has been asked.")).to_be_visible()
    assert classroom.compartment(n)["coil_pulses"] == before

    head.goto(f"{classroom.url}/desk")
    head.get_by_role("link", name="Decide").click()
    expect(head.get_by_text("Never release to Craig.")).to_be_visible()
    assert faults_of(head) == []
    head.get_by_role("button", name="Allow it").click()

    with children_at(classroom, n):
        office.get_by_role("button", name=f"Open door {n}").click()
    classroom.twin(f"compartments/{n}/device", do="take")
    classroom.door(n, "push")
    office.get_by_role("button", name="Signed on paper").click()
    expect(office.get_by_text("Allowed by")).to_be_visible()


def test_cus_4_two_at_one_device_the_slower_is_told_what_happened(classroom, signed_in):
    """CUS-4: one wins; the other sees who is at it, and goes on from there."""
    classroom.clock("11:05")
    taken_from(classroom, "Kofi")
    office, head = signed_in("office"), signed_in("leadership")
    address = f"{classroom.url}/desk/pupils/{pupil(classroom, 'Kofi')['id']}"
    office.goto(address)
    office.get_by_role("button", name="I have it now").click()
    office.get_by_text("Put it somewhere else").click()
    office.get_by_role("button", name="Into the office safe").click()
    classroom.clock(HOME_TIME)
    for page in (office, head):
        page.goto(address)
        page.get_by_text("Kwame").click()
        page.get_by_text("Known to staff").click()
    head.route("**/stream*", lambda route: route.abort())  # a page that has not heard

    office.get_by_role("button", name="Hand it over").click()
    expect(office.get_by_role("link", name="Turn the screen to Kwame")).to_be_visible()
    form = "document.querySelector('form.giving')"
    if head.evaluate(f"!!{form}"):
        head.evaluate(f"{form}.requestSubmit()")
        expect(head.get_by_text("Somebody else was quicker.")).to_be_visible()
    expect(head.get_by_text("by Olga Finch, to Kwame, father")).to_be_visible()


def test_cus_4_power_cut_in_a_hand_over_shows_it_as_begun(classroom, signed_in):
    """CUS-4, REL-3: killed with the door ordered: begun still, finished or undone."""
    classroom.clock("11:05")
    taken_from(classroom, "Leon")
    office = signed_in("office")
    n = put_behind_a_door(classroom, office, "Leon")
    classroom.clock(HOME_TIME)
    office.reload()
    office.get_by_text("Isobel").click()
    office.get_by_text("Known to staff").click()
    office.get_by_role("button", name=f"Open door {n}").click()
    expect(office.get_by_role("heading", name="Hand over to Isobel")).to_be_visible()
    classroom.kill("controller")
    classroom.start_controller()

    wait_for(lambda: not classroom.compartment(n)["coil"], "the coil to be off")
    office.goto(f"{classroom.url}/desk")
    expect(office.get_by_text("The door has not been opened.")).to_be_visible()
    office.locator("li", has_text="Isobel").get_by_role("link", name="Go on").click()
    expect(office.get_by_role("button", name=f"Open door {n}")).to_be_visible()
    office.get_by_text("Nothing was handed over").click()
    office.get_by_text("Nobody came for it").click()
    office.get_by_role("button", name="Undo it").click()

    expect(office.get_by_text("Undone.")).to_be_visible()
    office.goto(f"{classroom.url}/desk/pupils/{pupil(classroom, 'Leon')['id']}")
    expect(office.get_by_role("button", name=f"Open door {n}")).to_be_visible()


ADULTS = """\
Adno,Contact ID,Contact Forename,Contact Surname,Relationship,Court Order,May Collect
{ruby},71,Zinnia,Fernlock,Mother,No,Yes
{yusuf},71,Zinnia,Fernlock,Mother,No,Yes
{ruby},72,Osbert,Fernlock,Father,Yes,
{ruby},73,Leander,Fernlock,Doctor,,No
{more}"""


def test_cus_4_adults_come_from_a_file_and_the_desk_shows_them(classroom, signed_in):
    """CUS-4: a bad line, then the good file; a mark, and one mother of two children."""
    children = {
        name.lower(): pupil(classroom, name)["id"] for name in ("Ruby", "Yusuf")
    }
    office = signed_in("office")
    preview_adults(
        classroom, office, ADULTS.format(**children, more="p9999,,,Moss,,,\n")
    )
    expect(office.get_by_text("1 line cannot be taken")).to_be_visible()
    expect(office.get_by_text("nobody on the roll has it")).to_be_visible()
    assert faults_of(office) == []
    office.get_by_role("button", name="Apply to the lists").click()
    expect(office.get_by_role("heading", name="What would change")).to_be_visible()

    preview_adults(classroom, office, ADULTS.format(**children, more=""))
    expect(office.get_by_text("on more than one list")).to_be_visible()
    expect(office.get_by_text("are on a list and not in the file")).to_be_visible()
    assert faults_of(office) == []
    office.get_by_role("button", name="Apply to the lists").click()
    expect(office.get_by_text("3 added, 0 changed, 0 taken off.")).to_be_visible()
    assert faults_of(office) == []

    taken_from(classroom, "Ruby")
    office.goto(f"{classroom.url}/desk/pupils/{children['ruby']}")
    expect(office.get_by_text("Zinnia Fernlock").first).to_be_visible()
    marked = office.locator(".adult.never")
    expect(marked).to_contain_text("Never release")
    expect(marked).to_contain_text("Osbert Fernlock")
    expect(office.get_by_text("Leander")).to_have_count(0)
    assert "Fernlock" not in str(classroom.journal())


def preview_adults(classroom, page, text):
    """Go by the people page to the import and choose a file."""
    page.goto(f"{classroom.url}/people")
    page.get_by_role("link", name="Import adults").click()
    assert faults_of(page) == []
    file = {"name": "adults.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#adults", file)
    page.get_by_role("button", name="Show what would change").click()
