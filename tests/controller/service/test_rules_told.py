"""A rule that is set wrongly is told with its bounds over the socket (REP-5, WEB-6)."""


def test_web_6_a_value_out_of_bounds_says_found_wanted_unit_and_what_to_do(rig):
    """WEB-6, REP-5: and nothing was changed."""
    rig.step_up("leadership")

    fault = rig.refused("leadership", "setting_set", key="left_open_s", value="9000")

    assert (fault.error, fault.status) == ("refused", 409)
    assert fault.message == (
        "A door counts as left open after: found 9000, "
        "wanted a whole number from 10 to 600 seconds."
    )
    assert fault.remedy == "Type a number within these bounds."
    assert "left_open_s" not in rig.state.settings


def test_web_6_a_rule_that_does_not_exist_is_told_as_such(rig):
    """WEB-6: a key that nobody has."""
    rig.step_up("leadership")

    fault = rig.refused("leadership", "setting_set", key="no.such", value="1")

    assert fault.status == 404
    assert "rule" in fault.message


def test_rep_5_the_page_is_given_bounds_and_unit(rig):
    """REP-5: to say them before anything is typed."""
    found = {one["key"]: one for one in rig.ask("office", "settings")["settings"]}

    assert found["left_open_s"]["bounds"] == [10, 600]
    assert found["left_open_s"]["unit"] == "seconds"
    assert "bounds" not in found["sound"]
