"""Rules and the calendar (REP-5, DAY-10)."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.datastructures import MultiDict

from controller.domain.calendar_plain import from_plain, to_plain
from controller.protocol import Fault
from tests.web.staff.conftest import words
from tests.web.staff.fake_rules import CALENDAR
from web.staff.calendar_form import (
    week_rows,
    with_class_week,
    with_dates,
    with_school_week,
)


def test_rep_5_each_rule_says_its_version_who_and_when(leadership):
    """REP-5."""
    assert "Version 2, 4 September, by Ms Okoro." in leadership.text("/settings")


def test_rep_5_a_rule_is_set_one_at_a_time(leadership, controller):
    """REP-5."""
    done = leadership.post("/settings/rules/left-open-s", {"value": " 90 "})

    assert done.status_code == 303
    assert controller.last("setting_set").args == {"key": "left-open-s", "value": "90"}


def test_web_6_a_rule_out_of_bounds_is_refused_in_words(leadership):
    """WEB-6."""
    refused = leadership.post("/settings/rules/left-open-s", {"value": "0"})

    assert refused.status_code == 422
    told = "60 seconds is the least. Choose 60 or more. It is as it was."
    assert told in words(refused)
    assert refused.text.count('aria-invalid="true"') == 1


def test_rep_5_a_number_says_its_bounds_before_it_is_typed(leadership):
    """REP-5: in words, and for the field itself."""
    assert "Then the class page says so. From 60 to 600 seconds." in leadership.text(
        "/settings"
    )
    assert 'value="60" min="60" max="600"' in leadership.get("/settings").text


def test_acc_6_who_may_only_read_the_rules_gets_no_buttons(office, leadership):
    """ACC-6: the office sees them, leadership sets them."""
    page = office.get("/settings").text

    assert "Save: Late arrivals" in leadership.get("/settings").text
    assert "Save: Late arrivals" not in page
    assert "Wait until the doors are shut" in page


def test_day_10_close_early_today(office, controller):
    """DAY-10."""
    office.post("/settings/early", {"home_time": "13:00"})

    assert controller.last("early_closure").args == {"home_time": "13:00"}


def test_web_6_a_home_time_that_is_past_is_told_at_its_field(office, controller):
    """WEB-6, DAY-10: with what was typed, and the rest of the page."""
    fault = Fault("closure-past", "13:00 is past.", "Choose a later time.", 409)
    controller.answers["early_closure"] = lambda home_time: fault

    refused = office.post("/settings/early", {"home_time": "13:00"})

    assert refused.status_code == 409
    assert "13:00 is past. Choose a later time. It is as it was." in words(refused)
    assert 'value="13:00" aria-invalid="true"' in refused.text


def date_form(plain):
    """Return the form as the page has it: each table with an empty row at its end."""
    form = MultiDict()
    for row in [*plain["terms"], {}]:
        form.add("term-first", row.get("first", ""))
        form.add("term-last", row.get("last", ""))
    for row in [*plain["closures"], {}]:
        form.add("closure-first", row.get("first", ""))
        form.add("closure-last", row.get("last", ""))
        form.add("closure-kind", row.get("kind", "holiday"))
    for day, end in [*plain["half_days"].items(), ("", "")]:
        form.add("half-day", day)
        form.add("half-end", end)
    return form


def test_day_10_a_form_sent_back_untouched_changes_nothing():
    """DAY-10: and the controller's own reader takes it."""
    plain = to_plain(from_plain(CALENDAR))

    assert with_dates(plain, date_form(plain)) == plain
    assert to_plain(from_plain(with_dates(plain, date_form(plain)))) == plain


def test_day_10_an_emptied_row_goes_and_the_last_one_adds():
    """DAY-10: a closed day needs no second date."""
    form = date_form(CALENDAR)
    form.setlist("closure-first", ["", "2026-11-26", "2026-12-01"])
    form.setlist("closure-last", ["", "2026-11-26", ""])
    form.setlist("closure-kind", ["holiday", "inset", "closure"])

    assert with_dates(CALENDAR, form)["closures"] == [
        {"first": "2026-11-26", "last": "2026-11-26", "kind": "inset"},
        {"first": "2026-12-01", "last": "2026-12-01", "kind": "closure"},
    ]


def test_day_10_half_a_row_goes_to_the_controller_to_be_named():
    """DAY-10: nothing that was typed is dropped in silence."""
    form = MultiDict({"term-first": "2026-09-02", "term-last": ""})

    assert with_dates({}, form | _no_rows())["terms"] == [
        {"first": "2026-09-02", "last": ""}
    ]


def _no_rows():
    return MultiDict(
        {
            "closure-first": "",
            "closure-last": "",
            "closure-kind": "inset",
            "half-day": "",
            "half-end": "",
        }
    )


def week_form(rows):
    form = MultiDict()
    for row in rows:
        form[f"{row['day']}-is"] = row["is"]
        for name, at in row["times"].items():
            form[f"{row['day']}-{name}"] = at
    return form


def test_day_10_the_times_of_the_week_sent_back_untouched_change_nothing():
    """DAY-10: the school's and a class's own."""
    school = week_form(week_rows(CALENDAR, ""))
    merlins = week_form(week_rows(CALENDAR, "merlins"))

    assert with_school_week(CALENDAR, school)["days"] == CALENDAR["days"]
    assert (
        with_class_week(CALENDAR, merlins, "merlins")["classes"] == CALENDAR["classes"]
    )


def test_day_10_a_class_without_times_of_its_own_is_as_the_school():
    """DAY-10."""
    form = MultiDict({f"{day}-is": "school" for day in CALENDAR["days"]})

    assert with_class_week(CALENDAR, form, "merlins")["classes"] == {}


def test_day_10_mondays_times_for_every_day():
    """DAY-10: one row typed, five set."""
    form = week_form(week_rows(CALENDAR, ""))
    form["mon-home_time"] = "15:00"
    form["same"] = "yes"

    days = with_school_week(CALENDAR, form)["days"]

    assert {row["home_time"] for row in days.values()} == {"15:00"}
    assert list(days) == list(CALENDAR["days"])


@pytest.mark.parametrize("path", ["/settings/calendar", "/settings/calendar/times"])
def test_day_10_a_calendar_with_faults_comes_back_as_typed(office, controller, path):
    """DAY-10, WEB-6: every fault is named, nothing typed is lost."""
    fault = Fault(
        "calendar-faults",
        "Nothing was set.",
        "Mend it.",
        422,
        ["terms[1].last: not understood"],
    )
    controller.answers["calendar_set"] = lambda plain: fault
    form = {
        "term-first": "2027-01-05",
        "term-last": "2026-01-05",
        "mon-is": "own",
        "mon-home_time": "15:07",
    }

    back = office.post(path, form | dict(_no_rows()))

    assert back.status_code == 422
    assert "Term 1, last day: not understood" in words(back)
    assert ("2027-01-05" if path.endswith("calendar") else "15:07") in back.text


def test_day_10_an_icalendar_file_is_shown_before_it_counts(office, controller):
    """DAY-10."""
    seen = office.post(
        "/settings/calendar/import", {"calendar": (BytesIO(b"x"), "a.ics")}
    )
    assert "Half-term holiday" in words(seen)
    assert "Left aside" in words(seen)
    assert not controller.count("calendar_apply")

    office.post("/settings/calendar/import/apply", {"ticket": "c1"})
    assert controller.last("calendar_apply").args == {"ticket": "c1"}


def test_a_kiosk_can_be_unpaired(technician, controller):
    assert "End the pairing" in technician.text("/settings")

    technician.post("/settings/kiosks/k1/unpair")

    assert controller.last("kiosk_unpair").args == {"id": "k1"}
