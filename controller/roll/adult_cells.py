"""What a cell about an adult may say; as :mod:`controller.roll.cells` for a pupil's."""

from __future__ import annotations

from typing import Final

from controller.roll import cells, folding

MAX_ADULT: Final = 80
"""An adult's name, or what the adult is to the pupil, as the page takes it."""

_FAMILY = ("parent", "mother", "father", "brother", "sister", "carer", "family")
_RELATIONSHIPS = frozenset(
    {
        *_FAMILY,
        *(f"{kind} {one}" for kind in ("step", "foster", "grand") for one in _FAMILY),
        *(f"{kind}{one}" for kind in ("step", "grand") for one in _FAMILY),
        *("aunt", "uncle", "cousin", "guardian", "legal guardian", "other", "friend"),
        *("other relative", "other contact", "other family member", "family friend"),
        *("childminder", "child minder", "nanny", "neighbour", "social worker"),
    }
)
_YES = frozenset({"yes", "y", "true", "t", "1", "x"})
_NO = frozenset({"no", "n", "false", "f", "0"})


def yes_or_no(cell: str) -> bool:
    """Return what a tick, a word or a digit says.

    >>> yes_or_no("Yes"), yes_or_no("\u2713"), yes_or_no("FALSE")
    (True, True, False)
    """
    plain = folding.folded(cells.tidy(cell))
    if plain in _YES or cell.strip() in ("\u2713", "\u2714"):
        return True
    if plain in _NO:
        return False
    raise cells.BadCell("not understood, write yes or no")


def relationship(cell: str) -> str:
    """Return what an adult is to a pupil; usual words as the page writes them.

    >>> relationship("Mother"), relationship("Step Father"), relationship("Nan Polly")
    ('mother', 'step father', 'Nan Polly')
    """
    text = cells.tidy(cell)
    if len(text) > MAX_ADULT:
        raise cells.BadCell(f"longer than {MAX_ADULT} characters, shorten it")
    return text.lower() if folding.folded(text) in _RELATIONSHIPS else text


def adult_name(first: str, last: str) -> str:
    """Return an adult's whole name, of which one part may be missing."""
    parts = [cells.tidy(part) for part in (first, last)]
    whole = cells.name(" ".join(filter(None, parts)))
    if len(whole) > MAX_ADULT:
        raise cells.BadCell(f"longer than {MAX_ADULT} characters, shorten it")
    return whole
