"""The paper sheet of this moment: every door, initials, in, out, do not open (DAY-13).

It leaves the Pi, so it says as little as it can: initials and no reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from controller.domain.context import Context
from controller.domain.custody import held_behind
from controller.domain.faults import FAULTS
from controller.domain.state import State
from controller.protocol.today import Sheet, SheetRow, SheetWay
from controller.service.views.names import Names

WORDS = {
    "in": "in",
    "out": "out",
    "held": "DO NOT OPEN",
    "own": "DO NOT OPEN",
    "empty": "",
    "broken": "out of order",
}
"""What stands on the paper; a staff's or visitor's own device is nobody's to open."""

INITIALS = 2
"""Letters of a first and a last name."""


def make_sheet(
    state: State,
    names: Names,
    context: Context,
    bank: str,
    ways: Iterable[SheetWay] = (),
) -> Sheet:
    """Return the sheet of this moment."""
    local = context.calendar.local(context.at_us)
    guessed = " (by a clock that is only guessed)" if context.is_guessed else ""
    school = state.settings.get("school.name")
    return Sheet(
        bank,
        school.value if school else "",
        context.today.isoformat(),
        f"{local:%A %-d %B %Y, %H:%M}{guessed}",
        [_row(state, names, n, context) for n in context.layout.places],
        list(ways),
    )


def _row(state: State, names: Names, n: int, context: Context) -> SheetRow:
    if held_behind(state, n):
        return SheetRow(n, "", "", "held")
    if any(own.compartment == n for own in state.own.values()):
        return SheetRow(n, "", "", "own")
    inside = next((c for c in state.custody.values() if c.compartment == n), None)
    gone = next((c for c in state.collected.values() if c.compartment == n), None)
    fixed = next(
        (p for p in state.pupils.values() if p.on_roll and p.compartment == n), None
    )
    device = inside or gone
    if device is not None:
        at_us = inside.since_us if inside else gone.at_us if gone else 0
        word, since = "in" if inside else "out", context.local_hm(at_us)
        return _whose(state, names, n, device.pupil, word, since)
    if fixed is not None:
        return _whose(state, names, n, fixed.pupil, _unused(state, n), "")
    return SheetRow(n, "", "", _unused(state, n))


def _whose(
    state: State, names: Names, n: int, pupil: str, word: str, since: str
) -> SheetRow:
    known = state.pupils.get(pupil)
    sign = state.classes.get(known.klass) if known else None
    return SheetRow(
        n, initials(names, pupil), sign.name if sign else "", word, since, pupil
    )


def _unused(state: State, n: int) -> str:
    place = state.compartment(n)
    broken = any(FAULTS[code].closes for code in place.faults)
    return "broken" if broken or not place.in_use else "empty"


def initials(names: Names, pupil: str) -> str:
    """Return the first letters of first and last name."""
    words = (names.first(pupil), names.last(pupil))
    return "".join(word[:1].upper() for word in words)[:INITIALS]


def counted(rows: Iterable[SheetRow]) -> tuple[int, int]:
    """Return how many are in, and how many doors must not be opened."""
    states = [row.state for row in rows]
    return states.count("in"), states.count("held") + states.count("own")


# -------------------------------------------------------------------------- as a file


def as_text(sheet: Sheet) -> str:
    """Return the sheet as plain text: two columns of 38 characters, 60 lines a page."""
    inside, shut = counted(sheet.rows)
    head = [
        f"HOMETIME  {sheet.bank}  {sheet.school}".rstrip(),
        f"{sheet.made}: {inside} in, {shut} not to be opened",
        "",
    ]
    lines = [_text_row(row) for row in sheet.rows]
    half = (len(lines) + 1) // 2
    pairs = zip(lines[:half], [*lines[half:], ""][:half], strict=True)
    body = [f"{left:<40}{right}".rstrip() for left, right in pairs]
    return "\n".join([*head, *body, "", *FOOT]) + "\n"


FOOT = (
    "Open with the key from the envelope, one door at a time. Write the time and",
    "sign. DO NOT OPEN: leave it, whoever asks. Type the sheet in afterwards.",
)


def _text_row(row: SheetRow) -> str:
    word = WORDS[row.state]
    gap = "" if row.state in ("held", "own", "broken") else " ____:____"
    return f"{row.n:>3}  {row.initials:<3} {word:<12}{row.since:<6}{gap}".rstrip()


def as_html(sheet: Sheet) -> str:
    """Return the sheet as one page of its own, A4, that needs no other file."""
    inside, shut = counted(sheet.rows)
    rows = "".join(_html_rows(sheet.rows))
    title = escape(f"{sheet.bank}, {sheet.made}")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(sheet.school or 'Hometime')}: {title}</h1>"
        f"<p>{inside} in, {shut} not to be opened. {' '.join(FOOT)}</p>"
        f"<table><thead><tr>{_HEADS}</tr></thead><tbody>{rows}</tbody></table>"
        "</body></html>\n"
    )


_STYLE = (
    "@page{size:A4;margin:12mm}body{font:11pt sans-serif}h1{font-size:14pt}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:0.5pt solid #000;padding:1mm 2mm;text-align:left}"
    "tr{break-inside:avoid}thead{display:table-header-group}"
)
_HEADS = "".join(
    f"<th>{word}</th>"
    for word in ("Door", "Initials", "Class", "Now", "Since", "Out at", "Signed")
)


def _html_rows(rows: Iterable[SheetRow]) -> Iterator[str]:
    for row in rows:
        shut = row.state in ("held", "own")
        word = f"<b>{WORDS[row.state]}</b>" if shut else WORDS[row.state]
        cells = (row.n, escape(row.initials), escape(row.class_name), word, row.since)
        yield (
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in (*cells, "", "")) + "</tr>"
        )
