"""How two spellings of one thing become equal: headings, names, numbers, classes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

# NFKD leaves these letters whole; a slug and a match want their plain neighbours.
_PLAIN = str.maketrans(
    dict.fromkeys("'’‘`´", "")  # noqa: RUF001  apostrophes as people type them
    | {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)


def folded(text: str) -> str:
    """Return ``text`` without case, accents and punctuation, words one space apart.

    >>> folded("  O’Brien-Łoś ") == folded("o'brien łos")
    True
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    if not plain.isascii():  # most names are, and are done
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def heading(text: str) -> str:
    """Return a heading as the table of synonyms has it: letters and digits only.

    >>> heading("Reg. Group ")
    'reggroup'
    """
    return folded(text).replace(" ", "")


def slug(text: str) -> str:
    """Return ``text`` as an address says it: a to z, digits, hyphens; may be empty.

    >>> slug("4 Maple"), slug("Dosbarth Llŷn"), slug("Y3/4")
    ('4-maple', 'dosbarth-llyn', 'y3-4')
    """
    return "-".join(re.findall(r"[a-z0-9]+", folded(text)))


def number(text: str) -> str:
    """Return a pupil's number without case, spaces and the zeros before it.

    A spreadsheet takes the zeros off: ``001234`` and ``1234`` are one pupil.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return (plain.lstrip("0") or "0") if plain.isdigit() else plain


def groups(items: Iterable[T], key: Callable[[T], K]) -> Mapping[K, list[T]]:
    """Return ``items`` by ``key``, in the order in which they came.

    >>> groups(["ash", "oak", "yew", "elm"], lambda word: word < "f")
    {True: ['ash', 'elm'], False: ['oak', 'yew']}
    """
    found: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)
