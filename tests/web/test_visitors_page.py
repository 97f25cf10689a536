"""Reception's page over a real controller: the form, the lists, ways back (REC-6)."""

from __future__ import annotations

import pytest

from tests.rig import opened
from tests.rig_desk import use
from tests.rig_fixtures import cheap_hashes, folder  # noqa: F401  fixtures
from tests.stories.test_own_devices import CARD, FIRST, NAME, SECOND, own_doors
from tests.web.over_rig import Site


@pytest.fixture
def site(folder, cheap_hashes):  # noqa: F811  the fixtures
    """Twenty to nine, two doors set aside, the second in sight of the desk."""
    with opened(folder / "rig", settings=own_doors()) as rig:
        rig.clock_to("08:40")
        yield Site(rig)


def give(site, **form):
    """Send the form of a new visitor, as it stands, with what was typed."""
    page = site.rig.ask("office", "visitors")["form"]
    sent = {field["name"]: field.get("value", "") for field in page["fields"]}
    return site.open("office", "POST", "/visitors", sent | {"name": NAME} | form)


def text_of(site):
    return site.look("office", "/visitors").text


def test_rec_6_the_form_gives_a_card_and_the_page_says_where_to_hold_it(site):
    """REC-6: redirected at once, so that nothing is filed twice."""
    assert give(site, notice="yes").status_code == 303
    assert "Hold a plain card to the reader" in text_of(site)
    site.rig.tap(CARD)
    page = text_of(site)
    assert f"<b>{NAME}</b>" in page
    assert "Has a card since 08:40" in page
    assert "2 of 2 doors for own devices are free" in page


def test_web_6_what_is_missing_is_named_and_nothing_typed_is_lost(site):
    """WEB-6: as a browser meets it, without a word of JSON."""
    browser, csrf = site._browser("office")
    answer = browser.post("/visitors", data={"csrf_token": csrf, "name": NAME})
    assert answer.status_code == 422
    assert "is missing" in answer.text
    assert f'value="{NAME}"' in answer.text
    assert give(site).status_code == 422
    assert site.rig.state.records == {}


def test_rec_6_a_script_for_a_name_is_words(site):
    """SEC-3: escaped wherever it stands."""
    give(site, name="<script>x</script>", notice="yes")
    assert "&lt;script&gt;" in text_of(site)
    assert "<script>x" not in text_of(site)


def test_rec_6_the_card_is_ended_and_the_device_given_back_from_the_page(site):
    """CUS-4: where the desk sees the door; else the page says how."""
    rig = site.rig
    rig.tap("teacher")
    rig.ask("kiosk", "bank_own")
    use(rig, FIRST)
    give(site, notice="yes")
    rig.tap(CARD)
    rig.tap(CARD)
    use(rig, SECOND)
    visitor = next(iter(rig.state.visitors))

    assert site.open("office", "POST", f"/visitors/{visitor}/end").status_code == 303
    assert f"Open door {SECOND}" in text_of(site)
    back = site.open("office", "POST", f"/visitors/{visitor}/give-back")
    assert back.status_code == 303
    use(rig, SECOND)
    assert "Left behind" not in text_of(site)


def test_rec_6_a_card_is_given_anew_by_the_visit(site):
    """REC-6: lost within the hour, or the second day."""
    give(site, notice="yes")
    site.rig.tap(CARD)
    record = next(iter(site.rig.state.records))
    answer = site.open("office", "POST", f"/visitors/{record}/card")
    assert answer.status_code == 303
    assert site.rig.tap(CARD).result == "enrolled"
    assert site.open("office", "POST", "/visitors/x/card").status_code == 404


def test_day_9_whoever_misses_the_own_card_ends_it(site):
    """DAY-9 ACC-5: on the account's page; a colleague's by leadership."""
    rig = site.rig
    assert "My card is lost" in site.look("teacher", "/account").text
    assert site.open("teacher", "POST", "/account/card/lost").status_code == 303
    assert rig.tap("teacher").result == "unknown"
    assert "My card is lost" not in site.look("teacher", "/account").text

    rig.step_up("leadership")
    staff = rig.cast.adults["office"].id
    assert "The card is lost" in site.look("leadership", f"/accounts/{staff}").text
    lost = site.open("leadership", "POST", f"/accounts/{staff}/card/lost")
    assert lost.status_code == 303
    assert rig.tap("office").result == "unknown"
