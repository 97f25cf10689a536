"""From bytes to letters: the encodings in which schools' systems write CSV."""

from __future__ import annotations

import codecs
from pathlib import PurePath

from controller.roll.errors import RollNotText, RollTooLarge

MAX_BYTES = 5_000_000
"""Ten times the largest roll seen: 5,000 pupils with every column filled are 0.6 MB."""

_LOOKED_AT = 1000  # bytes, enough for the headings

_BOMS = (
    # UTF-32's little-endian mark begins with UTF-16's, so it goes first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # Excel's "Unicode text"
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a workbook or a zip"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_OTHER_ENDINGS = {
    ".xlsx": "an Excel workbook",
    ".xlsm": "an Excel workbook",
    ".xls": "an old Excel workbook (.xls)",
    ".ods": "a LibreOffice workbook",
    ".numbers": "a Numbers workbook",
    ".pdf": "a PDF",
    ".docx": "a text document",
    ".xml": "XML",
}


def check_size(where: str, data: bytes) -> None:
    """Refuse what no school's roll can be.

    Raises:
        RollTooLarge: more than ``MAX_BYTES``.
    """
    if len(data) > MAX_BYTES:
        raise RollTooLarge(where, limit=MAX_BYTES, unit="bytes")


def check_ending(where: str) -> None:
    """Refuse workbooks and documents by the ending of their name.

    Raises:
        RollNotText: with what was found.
    """
    ending = PurePath(where).suffix.lower()
    if ending in _OTHER_ENDINGS:
        raise RollNotText(where, found=_OTHER_ENDINGS[ending])


def check_kind(where: str, data: bytes) -> None:
    """Refuse workbooks, documents and pages by their first bytes.

    Raises:
        RollNotText: with what was found.
    """
    for start, found in _OTHER_FILES:
        if data.startswith(start):
            raise RollNotText(where, found=found)
    if data.lstrip()[:1] == b"<":
        # Some systems call a web page with a table in it "export.xls" or ".csv".
        raise RollNotText(where, found="a web page or XML")


def decode(where: str, data: bytes) -> str:
    """Return the text of ``data``.

    A byte-order mark decides; without one UTF-8 if it is, else Windows' Western
    European (cp1252), in which older exports are.

    Raises:
        RollTooLarge, RollNotText: nothing of it was read.
    """
    check_size(where, data)
    check_kind(where, data)
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RollNotText(where, found="bytes that are no letters")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (encoding,)
    if data[:_LOOKED_AT].count(0) * 3 > len(data[:_LOOKED_AT]):
        # English text in UTF-16 has a zero in every second byte: after each letter in
        # the little-endian form, before it in the other. A stray zero is no such text.
        return ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8", "cp1252")
