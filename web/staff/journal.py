"""The journal in plain words, filtered and paged (REP-3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from controller.protocol import JournalLine, JournalPage, PupilLine
from web.asking import ask, may
from web.staff.journal_kinds import JOURNAL_KINDS
from web.staff.subject import guarded

pages = Blueprint("journal", __name__)

LINES = 50
"""Entries on a page: about two screens of a tablet."""

FILTERS = ("day", "door", "kind", "person")
TRAIL = 20
"""Pages that "Newer" finds its way back through; beyond, there is "Newest"."""

FILE_PAGE, FILE_PAGES = 200, 25
"""Entries asked for at a time, and how often: a file of 5,000 lines at most, and no tap
waits for longer than for one page."""

HEADINGS = ("Place", "Day", "Time", "Clock", "Kind", "What")

Link = dict[str, str] | None


@pages.get("/journal")
def page() -> str:
    """Show a page of the journal, newest first."""
    chosen = _chosen(request.args)
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


@pages.post("/journal/file")
def file() -> Response:
    """Send the entries that were asked for as a file that a spreadsheet opens.

    A form and not a link: whoever takes entries away proves first who it is.
    """
    return Response(
        as_csv(_all(_args(_chosen(request.form)))),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="journal.csv"'},
    )


def _chosen(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in FILTERS if fields.get(name)}


def _all(args: dict[str, Any]) -> Iterator[JournalLine | None]:
    """Yield the entries, newest first, and ``None`` where the file ends before them."""
    before: list[int] = []
    for _ in range(FILE_PAGES):
        seen = ask(JournalPage, "journal_file", before=before, limit=FILE_PAGE, **args)
        yield from seen.lines
        before = seen.older
        if not before:
            return
    yield None


def as_csv(lines: Iterable[JournalLine | None]) -> str:
    """Return entries as a file, each cell safe to open; with a BOM for Excel."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write(HEADINGS)
    for one in lines:
        write(map(guarded, _cells(one) if one else [MORE]))
    return "\ufeff" + out.getvalue()


def _cells(one: JournalLine) -> list[str]:
    place = f"{one.node} {one.epoch}/{one.seq}"
    return [place, one.day, one.at, one.clock, one.kind, one.words]


MORE = "Older entries are not in this file. Choose a day, a person or a door."


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
