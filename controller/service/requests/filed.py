"""The requests about records, with the rights they need; loaded when asked for."""

from __future__ import annotations

from controller.service.handling import Handling, Serve, for_act, lazily


def _records(name: str) -> Serve:
    return lazily("controller.service.requests.filing", name)


SEE = "records.see"

FILING: dict[str, Handling] = {
    "records": for_act(SEE, _records("listed")),
    "record": for_act(SEE, _records("page")),
    "record_form": for_act(SEE, _records("form")),
    "record_change_form": for_act(SEE, _records("change_form")),
    "record_file": for_act(SEE, _records("file"), once=True),
    "record_amend": for_act(SEE, _records("amend")),
    "record_approve": for_act("records.approve", _records("approve")),
    "record_read": for_act("records.sealed", _records("read")),
    "record_end": for_act(SEE, _records("end")),
}
"""Request -> how it is served."""
