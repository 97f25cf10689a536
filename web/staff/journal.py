"""The journal in plain words, filtered and paged (REP-3)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from controller.protocol import JournalPage, PupilLine
from web.asking import ask, may
from web.staff.journal_kinds import JOURNAL_KINDS

pages = Blueprint("journal", __name__)

LINES = 50
"""Entries on a page: about two screens of a tablet."""

FILTERS = ("day", "door", "kind", "person")
TRAIL = 20
"""Pages that "Newer" finds its way back through; beyond, there is "Newest"."""

Link = dict[str, str] | None


@pages.get("/journal")
def page() -> str:
    """Show a page of the journal, newest first."""
    chosen = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    before = request.args.get("before", "")
    seen = ask(
        JournalPage, "journal", before=_place(before), limit=LINES, **_args(chosen)
    )
    newer, older = _links(before, request.args.get("trail", ""), seen.older)
    return render_template(
        "staff/journal.html",
        page=seen,
        chosen=chosen,
        kinds=JOURNAL_KINDS,
        newer=_address(newer, chosen),
        older=_address(older, chosen),
        people=ask(list[PupilLine], "people") if may("people.see") else [],
    )


def _address(link: Link, chosen: dict[str, str]) -> str:
    address: dict[str, Any] = {**chosen, **(link or {})}
    return "" if link is None else url_for("journal.page", **address)


def _args(chosen: dict[str, str]) -> dict[str, Any]:
    """Return the filters as the request has them; a door is a number or left out."""
    args: dict[str, Any] = dict(chosen)
    door = args.pop("door", "")
    if door.isdecimal():
        args["door"] = int(door)
    return args


def _place(text: str) -> list[int]:
    """Return a position, "epoch.seq" in the address, as the protocol has it."""
    epoch, _, seq = text.partition(".")
    return [int(epoch), int(seq)] if epoch.isdecimal() and seq.isdecimal() else []


def _links(before: str, trail: str, older: list[int]) -> tuple[Link, Link]:
    """Return what the addresses of the newer and the older page have in them.

    The controller reads the journal from a position towards the past; the way back is
    the trail of positions that led here, kept in the address.

    >>> _links("", "", [1, 50])
    (None, {'before': '1.50'})
    >>> _links("1.50", "", [1, 9])
    ({}, {'before': '1.9', 'trail': '1.50'})
    >>> _links("1.9", "1.50", [])
    ({'before': '1.50'}, None)
    """
    been = [place for place in trail.split("-") if _place(place)]
    newer: Link = _link(been[-1:], been[:-1]) if _place(before) else None
    if not older:
        return newer, None
    here = [*been, before] if _place(before) else been
    return newer, _link([".".join(map(str, older))], here[-TRAIL:])


def _link(before: list[str], trail: list[str]) -> dict[str, str]:
    link = {"before": "".join(before), "trail": "-".join(trail)}
    return {name: value for name, value in link.items() if value}
