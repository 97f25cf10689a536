"""The operator's import of a roll, with or without a running controller."""

from __future__ import annotations

from typing import Any

from controller.roll.clashes import spoken
from controller.roll.plan import Refused, RollRefused
from controller.roll.preview import Preview
from controller.service.roll import RollDesk
from controller.service.roll_changes import Put, Settled


def import_roll(
    desk: RollDesk, data: bytes, filename: str, wishes: dict[str, bool]
) -> dict[str, Any]:
    """Import a roll for the operator; return counts, and why it was not applied.

    A dry run never asks about leavers: it only says, as a note, that the import will.
    """
    draft = desk.read(data, filename)
    counts = draft.preview.to_json()
    if wishes["dry_run"]:
        bad = bool(draft.preview.bad) and not wishes["leave_out_bad"]
        number = len(draft.preview.bad)
        words = f"{number} rows cannot be taken as they are; correct them, or leave out"
        said = _with_doors(counts, desk.settled(draft), desk)
        asks = draft.preview.asks_leavers and not wishes["accept_leavers"]
        notes = [_asks(draft.preview)] if asks else []
        return {"roll": said, "refused": words if bad else "", "notes": notes}
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
        return {"roll": counts, "refused": words, "notes": []}
    said = _with_doors(done.preview.to_json(), done.settled, desk)
    return {"roll": said, "refused": "", "notes": []}


def _asks(found: Preview) -> str:
    return (
        f"{len(found.left)} of {found.pupils} pupils would leave, more than a fifth; "
        "look whether the file has the whole school, the import wants --accept-leavers"
    )


def _with_doors(
    counts: dict[str, Any], settled: Settled, desk: RollDesk
) -> dict[str, Any]:
    """Return the counts, and what there is to say about doors: lines, never names."""
    full = "is free; free one on the page under People"
    unknown = "is known here; import while the controller runs, or with --config FILE"
    none = f"no door {full if desk.bank.doors else unknown}"
    without = [
        *_lines(settled.full, none),
        *_lines(settled.elsewhere, "the doors of this class are in another bank"),
    ]
    if settled.given:
        counts["doors"] = settled.given
    if without:
        counts["no_door"] = sorted(without, key=lambda one: one["line"])
    return counts


def _lines(puts: tuple[Put, ...], reason: str) -> list[dict[str, Any]]:
    return [{"line": put.row.line, "reason": reason} for put in puts]


def words_of_doors(counts: dict[str, Any]) -> list[str]:
    """Return what an import's counts say about doors, a line each.

    >>> words_of_doors({"doors": 2, "no_door": [{"line": 9, "reason": "none is free"}]})
    ['2 get the first free door', '1 without a door (line 9): none is free']
    """
    said = [f"{counts['doors']} get the first free door"] if "doors" in counts else []
    by_reason: dict[str, list[int]] = {}
    for one in counts.get("no_door", []):
        by_reason.setdefault(one["reason"], []).append(one["line"])
    return said + [
        f"{len(lines)} without a door ({spoken(lines)}): {reason}"
        for reason, lines in by_reason.items()
    ]
