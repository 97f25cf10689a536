"""The operator's import of a roll, with or without a running controller."""

from __future__ import annotations

from typing import Any

from controller.roll.plan import Refused, RollRefused
from controller.service.roll import RollDesk


def import_roll(
    desk: RollDesk, data: bytes, filename: str, wishes: dict[str, bool]
) -> dict[str, Any]:
    """Import a roll for the operator; return counts, and why it was not applied.

    A dry run never asks about leavers: it only says so.
    """
    draft = desk.read(data, filename)
    counts = draft.preview.to_json()
    if wishes["dry_run"]:
        bad = bool(draft.preview.bad) and not wishes["leave_out_bad"]
        number = len(draft.preview.bad)
        words = f"{number} rows cannot be taken as they are; correct them, or leave out"
        return {"roll": counts, "refused": words if bad else ""}
    done = desk.apply(
        draft,
        "",
        leave_out_bad=wishes["leave_out_bad"],
        accept_leavers=wishes["accept_leavers"],
    )
    if isinstance(done, RollRefused):
        asks = done.reason is Refused.MANY_LEAVERS
        option = "--accept-leavers" if asks else "--leave-out-bad"
        words = f"{done.message}. {done.remedy} (here: {option})"
        return {"roll": counts, "refused": words}
    return {"roll": done.to_json(), "refused": ""}
