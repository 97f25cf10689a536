"""The requests about held devices, with the rights they need; loaded when asked for."""

from __future__ import annotations

from controller.service.handling import Handling, for_act, lazily_of

_desk = lazily_of("custody")
_taking = lazily_of("taking")
_giving = lazily_of("handovers")
_list = lazily_of("custody_lists")
_file = lazily_of("adults_file")
_concern = lazily_of("concerns")

HELD: dict[str, Handling] = {
    "custody": for_act("custody.see", _desk("desk")),
    "custody_find": for_act("custody.see", _desk("find")),
    "custody_visit": for_act("custody.see", _desk("visit")),
    "hold": for_act("custody.see", _desk("line")),
    "hold_terms": for_act("custody.confiscate", _taking("terms")),
    "hold_confiscate": for_act("custody.confiscate", _taking("confiscate"), once=True),
    "hold_move": for_act("custody.move", _desk("move")),
    "hold_reclassify": for_act("custody.see", _desk("reclassify"), step_up=True),
    "hold_owner": for_act("custody.hand-over", _desk("name_owner")),
    "hold_told": for_act("custody.told", _desk("told")),
    "hold_travel": for_act("class.mark", _desk("travel")),
    "hold_fetch": for_act("custody.see", _desk("fetch")),
    "handover": for_act("custody.see", _giving("view")),
    "handover_prepare": for_act("custody.see", _giving("prepare")),
    "handover_allow": for_act("custody.unlisted", _giving("allow")),
    "handover_again": for_act("custody.hand-over", _giving("again")),
    "handover_finish": for_act("custody.see", _giving("finish")),
    "handover_undo": for_act("custody.see", _giving("undo")),
    "handover_receipt": for_act("custody.see", _giving("receipt")),
    "contacts": for_act("contacts.see", _list("contacts")),
    "contact_set": for_act("contacts.change", _list("contact_set")),
    "contact_remove": for_act("contacts.change", _list("contact_remove")),
    "adults_preview": for_act("contacts.change", _file("preview")),
    "adults_apply": for_act("contacts.change", _file("apply")),
    "policy": for_act("policy.change", _list("policy")),
    "policy_authorise": for_act("policy.change", _list("authorise"), step_up=True),
    "policy_clause": for_act("policy.change", _list("clause")),
    "person_everything": for_act(
        "people.export", lazily_of("subject")("everything"), step_up=True
    ),
    "concern_form": for_act("custody.concern", _concern("form")),
    "concern_raise": for_act("custody.concern", _concern("raise_one"), once=True),
    "concerns": for_act("custody.reasons", _concern("concerns")),
    "concern_seen": for_act("custody.reasons", _concern("seen")),
    "concern_agency": for_act("custody.reasons", _concern("agency")),
    "concern_close": for_act("custody.reasons", _concern("close")),
}
