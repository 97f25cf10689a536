"""Which passwords and PINs are good enough, and how they are kept (ACC-2, ACC-5).

After NIST SP 800-63B-4, section 3.1.1: length counts, no rules of composition, no
change without reason, a deny-list of common, expected and compromised values.
Everything works offline. No reason quotes the password.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from itertools import pairwise, product
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

MIN_ALONE = 15  # NIST SP 800-63B-4, 3.1.1.2
MIN_WITH_SECOND_FACTOR = 8  # the same
MAX_LENGTH = 128  # the same wants 64 at least; more costs nothing and bounds the work
MIN_WORD = 4  # shorter words of the school are inside of too many others

HASHER = PasswordHasher(time_cost=3, memory_cost=19456, parallelism=1)
"""Argon2id: 19 MiB, three passes, one lane: OWASP's second choice with one pass more;
43 ms on a two-core machine. The library's own default takes 64 MiB a try."""


class Reason(Enum):
    """Why a password is not taken; the value is stable, :attr:`says` is for people."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    ODD_CHARACTER = "odd-character"
    COMMON = "common"
    PREDICTABLE = "predictable"
    HAS_USERNAME = "has-username"
    HAS_SCHOOL_WORD = "has-school-word"

    @property
    def says(self) -> str:
        """What is wrong and what to do, one sentence."""
        return _SAYS[self]


_SAYS = {
    Reason.TOO_SHORT: (
        f"Too short: use {MIN_ALONE} characters, or {MIN_WITH_SECOND_FACTOR} together "
        "with a second factor. Three or four words that only you would put together "
        "are easy to remember."
    ),
    Reason.TOO_LONG: f"Too long: use at most {MAX_LENGTH} characters.",
    Reason.ODD_CHARACTER: "It has an invisible character in it: type it again.",
    Reason.COMMON: (
        "Many people use it, or it differs only a little from what many people use: "
        "choose something else."
    ),
    Reason.PREDICTABLE: (
        "It is mostly a repetition or a row of keys, letters or digits: "
        "choose something less regular."
    ),
    Reason.HAS_USERNAME: "Your username is in it: leave that out.",
    Reason.HAS_SCHOOL_WORD: "A word of this school is in it: leave that out.",
}


# ------------------------------------------------------------------------ passwords


def check_password(
    password: str, *, username: str, words: Iterable[str] = (), second_factor: bool
) -> list[Reason]:
    """Return everything that is wrong with ``password``; an empty list is good.

    Args:
        password: as typed or pasted; spaces count.
        username: of the account, may not be inside.
        words: the school's name and words, of any length; those that every school has
            ("primary", "academy") are not looked for by themselves.
        second_factor: whether the account has one, which allows a shorter password.

    >>> check_password("Password123!", username="amira", second_factor=True)
    [<Reason.COMMON: 'common'>]
    >>> check_password("heron tractor lamp 9", username="amira", second_factor=False)
    []
    """
    text = unicodedata.normalize("NFC", password)
    return [
        *_length(text, second_factor=second_factor),
        *_content(text, username, words),
    ]


def _length(text: str, *, second_factor: bool) -> Iterator[Reason]:
    if len(text) < (MIN_WITH_SECOND_FACTOR if second_factor else MIN_ALONE):
        yield Reason.TOO_SHORT
    if len(text) > MAX_LENGTH:
        yield Reason.TOO_LONG


def _content(text: str, username: str, words: Iterable[str]) -> Iterator[Reason]:
    text = text[: MAX_LENGTH + 1]
    if any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") for char in text):
        yield Reason.ODD_CHARACTER
    if _is_common(text):
        yield Reason.COMMON
    if _is_predictable(text.casefold()):
        yield Reason.PREDICTABLE
    plain = _letters(text)
    name = _letters(username)
    if name == plain or (len(name) >= MIN_WORD and name in plain):
        yield Reason.HAS_USERNAME
    if any(word in plain for word in _distinctive(words)):
        yield Reason.HAS_SCHOOL_WORD


# What people write for a letter; 1 and ! stand for two.
_SPELLINGS: tuple[dict[int, int], ...] = (
    {},
    str.maketrans("013457@$!+", "oleastasit"),
    str.maketrans("013457@$!+", "oieastasit"),
)
_LITTLE = 8
"""So many digits and signs around a common password do not make it another one."""


def _is_common(text: str) -> bool:
    return any(
        _is_denied(_unit(base.translate(spelling)))
        for base in _bases(text.casefold())
        for spelling in _SPELLINGS
    )


def _is_denied(text: str) -> bool:
    return in_deny_list(text) or text in _EXPECTED


def _bases(text: str) -> Iterator[str]:
    """Yield ``text``, and it without the few digits and signs at its ends.

    >>> sorted(_bases("12monkey!!2024"))
    ['12monkey', '12monkey!!2024', 'monkey', 'monkey!!2024']
    """
    letters = [place for place, char in enumerate(text) if char.isalpha()]
    first, last = (letters[0], letters[-1] + 1) if letters else (0, len(text))
    for start, end in product({0, first}, {len(text), last}):
        around = text[:start] + text[end:]
        if len(_collapsed(_unit(around))) <= _LITTLE:
            yield text[start:end]


# What would be tried first at a school with this program, and is not in the list.
_EXPECTED = frozenset(
    {"hometime", "lockers", "phonelocker", "phonelockers", "raspberrypi"}
    | {"autumn", "classroom", "headteacher", "school", "schools", "primaryschool"}
)
# Words that say nothing about which school it is.
_EVERY_SCHOOL = frozenset(
    {
        "school",
        "schools",
        "primary",
        "infant",
        "infants",
        "junior",
        "juniors",
        "nursery",
    }
    | {"first", "middle", "lower", "upper", "academy", "college", "trust", "federation"}
    | {"church", "england", "catholic", "saint", "community", "voluntary", "aided"}
    | {"controlled", "house"}
)


def _distinctive(words: Iterable[str]) -> Iterator[str]:
    """Yield what to look for: each name in one piece, and its words of their own."""
    for phrase in words:
        whole = _letters(phrase)
        parts = [_letters(part) for part in re.split(r"[\W_]+", phrase)]
        for part in {whole, *parts}:
            if len(part) >= MIN_WORD and part not in _EVERY_SCHOOL:
                yield part


def _letters(text: str) -> str:
    """Return letters and digits only, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


# ------------------------------------------------------------- repeats and sequences

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qaz", "wsx", "edc")
_STEPS = {
    pair: row[::way]
    for row in _ROWS
    for way in (1, -1)
    for pair in pairwise(row[::way])
}
_RUN = 4  # characters; shorter runs are in ordinary words ("hijack", "sweet")
_MIN_LEFT = 8  # characters that must be left once each run counts as one


def _is_predictable(text: str) -> bool:
    return bool(text) and len(_collapsed(_unit(text))) < min(_MIN_LEFT, len(text))


def _unit(text: str) -> str:
    """Return what ``text`` repeats, or ``text`` itself.

    >>> _unit("abcabcab"), _unit("abcd")
    ('abc', 'abcd')
    """
    for size in range(1, len(text) // 2 + 1):
        if all(char == text[place % size] for place, char in enumerate(text)):
            return text[:size]
    return text


def _collapsed(text: str) -> str:
    """Return ``text`` with every run of a repeat or a sequence as its first character.

    >>> _collapsed("xx1234567yyyyyz")
    'xx1yz'
    """
    kept, place = "", 0
    while place < len(text):
        length = _run(text, place)
        kept += text[place]
        place += length if length >= _RUN else 1
    return kept


def _run(text: str, start: int) -> int:
    """Return how many characters from ``start`` go on in one and the same way."""
    ways: frozenset[str] | None = None
    for place, (a, b) in enumerate(pairwise(text[start:]), start=1):
        here = _ways(a, b)
        ways = here if ways is None else ways & here
        if not ways:
            return place
    return len(text) - start


def _ways(a: str, b: str) -> frozenset[str]:
    """Return in which ways ``b`` goes on from ``a``: repeat, count, along the keys."""
    ways = {"same"} if a == b else set()
    if a.isalnum() and b.isalnum() and abs(ord(a) - ord(b)) == 1:
        ways.add("up" if a < b else "down")
    if (a, b) in _STEPS:
        ways.add(_STEPS[a, b])
    return frozenset(ways)


# -------------------------------------------------------------------- the deny-list


def in_deny_list(text: str) -> bool:
    """Return whether ``text``, lower case, is one of the commonest passwords.

    The list stays one piece of bytes (242 kB): as a set of strings it would cost every
    controller 4 MB for a question that is asked a few times a year.
    """
    if "\n" in text:
        return False
    return f"\n{text}\n".encode(errors="surrogatepass") in _deny_list()


@cache
def _deny_list() -> bytes:
    path = Path(__file__).parent / "vendor" / "common_passwords.txt"
    return b"\n" + path.read_bytes()


# ------------------------------------------------------------------------------ keep


def hash_secret(secret: str) -> str:
    """Return the Argon2id hash of a password or a PIN, with its salt and parameters.

    Takes about 43 ms and 19 MiB: call it in the worker for slow work.

    Raises:
        ValueError: longer than ``MAX_LENGTH``, or no text at all; check it first.
    """
    text = unicodedata.normalize("NFC", secret)
    if not 0 < len(text) <= MAX_LENGTH:
        raise ValueError(f"secret: {len(text)} characters, wanted 1 to {MAX_LENGTH}")
    return HASHER.hash(text)


def verify_secret(stored: str, secret: str) -> bool:
    """Return whether ``secret`` is the one that ``stored`` was made of.

    Raises:
        argon2.exceptions.InvalidHashError, argon2.exceptions.VerificationError:
            ``stored`` is no hash; people.db is damaged.
    """
    text = unicodedata.normalize("NFC", secret)
    if len(text) > MAX_LENGTH:
        return False
    try:
        return HASHER.verify(stored, text.encode(errors="surrogatepass"))
    except VerifyMismatchError:
        return False


def verify_nobody(secret: str) -> bool:
    """Take as long as :func:`verify_secret` and return ``False``.

    For a username that does not exist: the time of the answer tells nothing.
    """
    verify_secret(_nobody(), secret)
    return False


@cache
def _nobody() -> str:
    return hash_secret("nobody has this password")


def needs_rehash(stored: str) -> bool:
    """Return whether ``stored`` was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)
