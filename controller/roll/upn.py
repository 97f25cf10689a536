"""The Unique Pupil Number of English schools and its check letter (DAT-6).

Source: Department for Education, "Unique pupil numbers: policy and practice". Thirteen
characters: a check letter, then twelve digits; in a temporary number the last of the
twelve is a letter. I, O and S are not used.
"""

from __future__ import annotations

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)


def check_letter(rest: str) -> str:
    """Return the letter that goes before ``rest``, the twelve other characters.

    >>> check_letter("801200005001")
    'B'
    """
    total = sum(weight * _value(char) for weight, char in enumerate(rest, start=2))
    return LETTERS[total % len(LETTERS)]


def is_upn(text: str) -> bool:
    """Return whether ``text``, upper case without spaces, is a sound UPN."""
    return bool(_SHAPE.fullmatch(text)) and check_letter(text[1:]) == text[0]


def _value(char: str) -> int:
    return int(char) if char.isdigit() else LETTERS.index(char)
