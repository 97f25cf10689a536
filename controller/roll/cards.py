"""A list of cards for pupils who are on the roll: the CSV of cards (ACC-9).

Each row has a card and says whose it is: by admission number, by our own id, by UPN, or
by name and class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from controller.roll import cells, folding
from controller.roll.errors import RollEmpty
from controller.roll.matching import CurrentPupil
from controller.roll.model import BadRow
from controller.roll.rows import Cells, cells_of, in_order
from controller.roll.table import Record, Table, read_table
from controller.roll.text import decode
from controller.roll.whose import Whose

NEEDED = (("card",), ("admission number", "UPN", "first name", "name"))


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card and by what its pupil is known; '' where the file says nothing."""

    line: int
    card: bytes = field(repr=False)
    number: str = field(default="", repr=False)
    upn: str = field(default="", repr=False)
    name: tuple[str, str] = field(default=("", ""), repr=False)
    class_slug: str = ""


@dataclass(frozen=True, slots=True)
class ParsedCards:
    """A file of cards, read."""

    rows: tuple[CardRow, ...]
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class CardAssignment:
    """A card that is to stand for a pupil; ``replaces`` the pupil's card of before."""

    line: int
    pupil: str
    card: bytes = field(repr=False)
    replaces: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CardsPreview:
    """What a file of cards would do; ``unchanged`` have that card already."""

    assigned: tuple[CardAssignment, ...]
    unchanged: int
    bad: tuple[BadRow, ...]


def parse_cards(data: bytes, filename: str = "") -> ParsedCards:
    """Return what a CSV of cards says.

    Raises:
        RollError: it cannot be read as one at all.
    """
    where = filename or "the file"
    table = read_table(where, decode(where, data), NEEDED)
    if not table.records:
        raise RollEmpty(where)
    read = [_row(table, record) for record in table.records]
    return ParsedCards(
        rows=tuple(row for row in read if isinstance(row, CardRow)),
        bad=tuple(row for row in read if isinstance(row, BadRow)),
    )


def assign_cards(
    parsed: ParsedCards,
    current: Sequence[CurrentPupil],
    other_cards: Collection[bytes] = (),
) -> CardsPreview:
    """Return whose cards they are; the same card for two people is a bad row.

    Args:
        parsed: the file.
        current: everybody on the roll.
        other_cards: UIDs enrolled for people who are no pupils.
    """
    bad = list(parsed.bad)
    found: list[tuple[CardRow, CurrentPupil]] = []
    search = Whose(current)
    for row in parsed.rows:
        whose = search.of(row)
        if isinstance(whose, CurrentPupil):
            found.append((row, whose))
        else:
            bad.append(BadRow(row.line, whose))
    sound, twice = _without_twice(found)
    free, taken = _without_taken(sound, current, frozenset(other_cards))
    while taken:
        bad += taken  # they keep their cards, which other rows may have wanted
        free, taken = _without_taken(free, current, frozenset(other_cards))
    new = [(row, one) for row, one in free if row.card != one.card]
    return CardsPreview(
        assigned=tuple(
            CardAssignment(row.line, one.pupil, row.card, one.card) for row, one in new
        ),
        unchanged=len(free) - len(new),
        bad=in_order([*bad, *twice], lambda row: row.line),
    )


def _row(table: Table, record: Record) -> CardRow | BadRow:
    found = cells_of(table, record)
    if record.torn:
        return BadRow(record.line, "a quotation mark in the wrong place, remove it")
    if not found["card"]:
        return BadRow(record.line, "card: empty, fill it in or leave the row out")
    try:
        card = cells.card(found["card"])
    except cells.BadCell as bad:
        return BadRow(record.line, f"card: {bad}")
    try:
        first, last = _names(found)
    except cells.BadCell as bad:
        return BadRow(record.line, f"name: {bad}")
    return CardRow(
        line=record.line,
        card=card,
        number=folding.number(cells.unguarded(found["admission number"])),
        upn="".join(found["UPN"].split()).upper(),
        name=(folding.folded(first), folding.folded(last)),
        class_slug=folding.slug(found["class"]),
    )


def _names(found: Cells) -> tuple[str, str]:
    if found["name"] and not found["first name"]:
        last, first = cells.split_name(found["name"])
        return first, last
    return found["first name"], found["last name"]


Found = list[tuple[CardRow, CurrentPupil]]


def _without_twice(found: Found) -> tuple[Found, list[BadRow]]:
    """Take out rows with one card for two pupils, or two cards for one pupil."""
    by_card: defaultdict[bytes, list[int]] = defaultdict(list)
    by_pupil: defaultdict[str, list[int]] = defaultdict(list)
    for row, pupil in found:
        by_card[row.card].append(row.line)
        by_pupil[pupil.pupil].append(row.line)
    bad: list[BadRow] = []
    for row, pupil in found:
        for word, lines in (
            ("card", by_card[row.card]),
            ("pupil", by_pupil[pupil.pupil]),
        ):
            if others := [str(line) for line in lines if line != row.line]:
                reason = (
                    f"{word}: the same as in line {', '.join(others)}, keep one row"
                )
                bad.append(BadRow(row.line, reason))
                break
    lines_bad = {row.line for row in bad}
    return [pair for pair in found if pair[0].line not in lines_bad], bad


def _without_taken(
    found: Found, current: Sequence[CurrentPupil], other_cards: frozenset[bytes]
) -> tuple[Found, list[BadRow]]:
    """Take out rows whose card stays with somebody else."""
    getting: Mapping[str, bytes] = {pupil.pupil: row.card for row, pupil in found}
    staying = {
        one.card: one.pupil
        for one in current
        if one.card is not None and getting.get(one.pupil, one.card) == one.card
    }
    free: Found = []
    bad: list[BadRow] = []
    for row, pupil in found:
        whose = staying.get(row.card, pupil.pupil)
        if row.card in other_cards or whose != pupil.pupil:
            bad.append(BadRow(row.line, "card: is enrolled for somebody else"))
        else:
            free.append((row, pupil))
    return free, bad
