"""The health page and a door's own page (HW-6, HW-10, CUS-9)."""

from __future__ import annotations


def test_hw_6_one_line_says_what_to_look_at(technician):
    """HW-6."""
    page = technician.text("/health")

    assert "Look at door 17 and the supply" in page
    assert "Door 17: the bolt did not move." in page


def test_acc_6_the_health_page_names_nobody(technician, controller):
    """ACC-6: the technician sees no pupil's name."""
    technician.get("/health")

    assert not controller.count("people")
    assert not controller.count("classes")


def test_hw_3_a_fault_is_cleared_at_its_door(technician, controller):
    """HW-3: latched until a technician clears it."""
    assert "clear the fault" in technician.text("/health/doors/17")
    assert "clear the fault" not in technician.text("/health/doors/1")

    technician.post("/health/doors/17/clear")

    assert controller.last("fault_clear").args == {"n": 17}


def test_a_door_is_taken_out_of_use_and_put_back(technician, controller):
    assert "Take it out of use" in technician.text("/health/doors/1")
    assert "Put it back in use" in technician.text("/health/doors/36")

    technician.post("/health/doors/1/use", {"out": "yes"})
    assert controller.last("out_of_use").args == {"n": 1, "on": True}
    technician.post("/health/doors/1/use", {"out": "no"})
    assert controller.last("out_of_use").args == {"n": 1, "on": False}


def test_cus_9_opening_for_a_check_wants_a_reason(technician, controller):
    """CUS-9: custody does not change; the page says so, the reason is recorded."""
    page = technician.get("/health/doors/1").text
    assert "Whose device is inside does not change" in page
    assert 'name="reason" value="check" required' in page

    technician.post("/health/doors/1/open", {"reason": "check"})

    assert controller.last("door_open").args == {"n": 1, "reason": "check"}


def test_hw_10_opened_by_key_explains_an_opening(technician, controller):
    """HW-10."""
    technician.post("/health/doors/1/key")

    assert controller.last("opened_by_key").args == {"n": 1}


def test_who_may_only_look_gets_no_buttons(office):
    page = office.text("/health/doors/17")

    assert "the bolt did not move." in page
    assert "clear the fault" not in page
    assert "Open door" not in page


def test_a_door_that_is_not_there_is_not_found(technician):
    assert technician.get("/health/doors/99").status_code == 404


def test_a_door_out_of_use_is_put_back_and_has_no_fault_to_clear(technician):
    """HW-6: one main button, and it is the one that helps."""
    page = technician.text("/health/doors/36")

    assert "Out of use: it is given to nobody." in page
    assert "Put it back in use" in page
    assert "clear the fault" not in page
