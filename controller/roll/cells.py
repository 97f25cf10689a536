"""What one cell may say: a rule for each field, in words that a school office knows.

A rule returns the value, or raises :class:`BadCell` with what is wrong and what to do;
the text never quotes the cell.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from controller.roll import folding
from controller.roll.upn import is_upn

MAX_CELL: Final = 100
"""Longest name, number or class, in characters; the longest seen is a third of it."""
MAX_TABLE: Final = 40
"""As the page takes it."""
MAX_COMPARTMENT: Final = 999
FORMULA_STARTS: Final = ("=", "+", "-", "@")
"""What a spreadsheet may run instead of show (OWASP, "CSV injection")."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # parts of words in Arabic and Indic scripts, not layout
_EXCEL_TEXT = re.compile(r'="([^"]*)"')
_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E[+]\d+", re.IGNORECASE | re.ASCII)


class BadCell(ValueError):
    """A cell cannot be taken; the message says why and what to do."""


def unguarded(cell: str) -> str:
    """Return what a cell says once a spreadsheet's wrapping is taken off.

    ``="00123"`` keeps zeros in Excel; an apostrophe before a formula's first sign keeps
    it text, and is what our own exports write.

    >>> unguarded('="00123"'), unguarded("'=1+1"), unguarded("'t Hart")
    ('00123', '=1+1', "'t Hart")
    """
    if wrapped := _EXCEL_TEXT.fullmatch(cell):
        return wrapped[1].strip()
    if cell[:1] == "'" and cell[1:].lstrip("'").startswith(FORMULA_STARTS):
        return cell[1:]
    return cell


def tidy(cell: str) -> str:
    """Return ``cell`` composed (NFC) with single spaces, or refuse odd characters."""
    text = unicodedata.normalize("NFC", unguarded(cell))
    text = re.sub(r"[ \u00a0]+", " ", text).strip()
    if len(text) > MAX_CELL:
        raise BadCell(f"longer than {MAX_CELL} characters, shorten it")
    if not (text.isascii() and text.isprintable()) and any(
        unicodedata.category(char) in _INVISIBLE and char not in _JOINERS
        for char in text
    ):
        raise BadCell(
            "has a line break or an invisible character, type it again; "
            "a quotation mark in the wrong place can be the cause"
        )
    if "\ufffd" in text:
        raise BadCell("letters were lost in the export, export again as UTF-8")
    return text


def name(cell: str) -> str:
    """Return a first or last name."""
    text = tidy(cell)
    if not text:
        raise BadCell("empty, fill it in")
    if not any(char.isalpha() for char in text):
        raise BadCell("has no letter in it, fill in the name")
    return text


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet would take a name for a formula."""
    return text.startswith(FORMULA_STARTS)


def looks_misread(text: str) -> bool:
    """Return whether a name was once read in the wrong encoding ("ZoÃ«")."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def split_name(cell: str) -> tuple[str, str]:
    """Return last and first name of a cell that has both, "Surname, Forename"."""
    last, comma, first = tidy(cell).partition(",")
    if not comma or "," in first:
        raise BadCell("wanted surname, comma, forename; or use two columns")
    return name(last.strip()), name(first.strip())


def class_name(cell: str) -> str:
    """Return a class's name; its slug is never empty."""
    text = tidy(cell)
    if not text:
        raise BadCell("empty, fill in the class or leave the pupil out")
    if not folding.slug(text):
        raise BadCell("has no letter a to z and no digit, give the class a plain name")
    return text


def external_id(cell: str) -> str:
    """Return the number by which the school's system knows a pupil."""
    text = tidy(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell(_SPREADSHEET_ATE_IT)
    return text


def upn(cell: str) -> str:
    """Return a Unique Pupil Number whose check letter is right."""
    text = tidy(cell).replace(" ", "").upper()
    if not is_upn(text):
        raise BadCell("its check letter does not fit, correct it or leave it empty")
    return text


# National curriculum years; R is reception, N nursery. "F" are the foundation years as
# some schools count them, the words with "k" OneRoster's (CEDS grade levels).
_YEARS = {
    **{str(year): str(year) for year in range(1, 14)},
    **{f"0{year}": str(year) for year in range(1, 10)},
    **dict.fromkeys(["r", "reception", "yr", "f2", "foundation 2", "0", "00"], "R"),
    **dict.fromkeys(["rec", "kg", "k", "tk", "eyfs2"], "R"),
    **dict.fromkeys(["n", "nursery", "n1", "n2", "nursery 1", "nursery 2"], "N"),
    **dict.fromkeys(["f1", "foundation 1", "pk", "pr", "pre school", "it"], "N"),
    **dict.fromkeys(["preschool", "eyfs1", "e1", "e2"], "N"),
}
_BEFORE_RECEPTION = ("-1", "-2", "-3")  # where reception is 0
_YEAR_WORDS = re.compile(
    r"^(national curriculum |nc |curriculum )?(year group|year|yr|y|grade) ?(?=\w)"
)


def year(cell: str) -> str:
    """Return the year group: ``N``, ``R`` or ``1`` to ``13``.

    >>> year("Year 4"), year("04"), year("Reception"), year("yR"), year("N2")
    ('4', '4', 'R', 'R', 'N')
    """
    text = tidy(cell)
    if text in _BEFORE_RECEPTION:
        return "N"
    plain = folding.folded(text)
    known = _YEARS.get(plain) or _YEARS.get(_YEAR_WORDS.sub("", plain))
    if known is None:
        raise BadCell("not understood, write N, R or 1 to 13")
    return known


# The kiosk's languages (WEB-3), by name and by the codes of the school census.
_LANGUAGES = {
    "en": ("english", "eng", "enb", "believed to be english"),
    "cy": ("welsh", "cymraeg", "cym", "wel"),
    "pl": ("polish", "polski", "pol"),
    "uk": ("ukrainian", "ukr"),
    "ar": ("arabic", "ara"),
    "ro": ("romanian", "rmn", "ron", "rum"),
    "ur": ("urdu", "urd"),
}
_LANGUAGE_OF = {
    word: code for code, words in _LANGUAGES.items() for word in (code, *words)
}


def language(cell: str) -> str | None:
    """Return the kiosk's language, or ``None`` for one that it does not speak.

    >>> language("Polish"), language("ARA"), language("Arabic (Sudan)")
    ('pl', 'ar', 'ar')
    """
    plain = folding.folded(tidy(cell))
    return _LANGUAGE_OF.get(plain) or _LANGUAGE_OF.get(plain.partition(" ")[0])


_SPREADSHEET_ATE_IT = (
    "a spreadsheet has turned it into a rounded number, "
    "format the column as text and export again"
)
UID_LENGTHS: Final = (4, 7, 10)  # ISO/IEC 14443-3, single, double and triple size
CASCADE_TAG: Final = 0x88
RANDOM: Final = 0x08


def card(cell: str) -> bytes:
    """Return the UID of a card, written in hex with or without separators.

    >>> card("04:a1:b2:c3:d4:e5:f6").hex()
    '04a1b2c3d4e5f6'
    """
    text = tidy(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell(_SPREADSHEET_ATE_IT)
    plain = re.sub(r"^0[xX]|[\s:.\-]", "", text)
    if not re.fullmatch(r"[0-9A-Fa-f]+", plain):
        raise BadCell("not a card's number, wanted digits 0 to 9 and letters A to F")
    if len(plain) % 2:
        raise BadCell(
            "one digit is missing, often a zero at the front: "
            "format the column as text and export again"
        )
    return _sound_uid(bytes.fromhex(plain))


def _sound_uid(uid: bytes) -> bytes:
    if len(uid) not in UID_LENGTHS:
        raise BadCell(f"{len(uid)} bytes, wanted 4, 7 or 10 (8, 14 or 20 digits)")
    if len(set(uid)) == 1 and uid[0] in (0x00, 0xFF):
        raise BadCell("all zeros or all Fs is not a card, tap the card to read it")
    if len(uid) == min(UID_LENGTHS):
        if uid[0] == RANDOM:
            raise BadCell(
                "begins with 08: the card makes up a new number at each tap, "
                "use another card"
            )
        if uid[0] == CASCADE_TAG:
            raise BadCell(
                "begins with 88: only the first part of a longer number, "
                "read the card with another reader"
            )
    return uid


def compartment(cell: str) -> int:
    """Return the number of a compartment."""
    text = tidy(cell).removesuffix(".0").lstrip("0")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise BadCell(f"wanted a number from 1 to {MAX_COMPARTMENT}")
    return int(text)


def table(cell: str) -> str:
    """Return the slug of a table in class: bodies of entries hold codes (DAT-2).

    >>> table("Table 1"), table("Ash")
    ('table-1', 'ash')
    """
    slug = folding.slug(tidy(cell))[:MAX_TABLE].strip("-")
    if not slug:
        raise BadCell("has no letter a to z and no digit, give the table a plain name")
    return slug
