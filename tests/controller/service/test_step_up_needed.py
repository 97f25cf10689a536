"""What is so grave that the person proves once more who they are (ACC-4)."""

from __future__ import annotations

import pytest

from controller.service.requests.table import REQUESTS

GRAVE = {
    # accounts, and what proves whose they are
    *("account_add", "account_change", "account_reset", "account_card"),
    "account_card_lost",
    *("account_second_factor_reset", "recovery_codes_new", "access_review"),
    # exports
    "person_everything",
    # holds become graver; who may confiscate
    *("hold_reclassify", "policy_authorise"),
    # the school's rules; a door opened on somebody's word
    *("setting_set", "door_open"),
}


def test_acc_4_these_wait_for_a_second_proof():
    """ACC-4: accounts, exports, holds; written by hand, so that none is lost."""
    assert {do for do, handling in REQUESTS.items() if handling.step_up} >= GRAVE


def test_acc_4_every_export_and_every_act_on_accounts_is_grave():
    """ACC-4: one that is added waits too; looking at the list does not."""
    acts = {"accounts.change", "people.export"}
    open_to_all = {
        do
        for do, handling in REQUESTS.items()
        if handling.need in acts and not handling.step_up
    }
    assert open_to_all == set()


@pytest.mark.parametrize("mode", ["tables", "rows", "all"])
def test_acc_4_a_release_that_opens_doors_by_itself_waits_for_a_proof(rig, mode):
    """ACC-4 DAY-4: one by tap does not: there each child stands at the door."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.clock_to("15:15")
    more = {"class_id": "kestrels", "mode": mode}
    assert rig.refused("teacher", "release_class", **more).error == "step-up-needed"
    assert rig.ask("teacher", "release_class", class_id="kestrels")
