"""Every error that reading a roll raises on purpose.

::

    RollError                 the file cannot be read as a roll at all
    ├── RollTooLarge          more bytes, rows or files than a school has
    ├── RollNotText           a workbook, a picture, bytes that are no letters
    ├── RollHeadingsMissing   no row with the headings that are needed
    ├── RollHeadingTwice      two columns of one name
    ├── RollQuoteOpen         a quotation mark is opened and never closed
    ├── RollArchiveUnsafe     a zip that cannot be, or must not be, unpacked
    ├── RollIncomplete        OneRoster without a file it needs, or changes only
    └── RollEmpty             headings and no pupil

A row that cannot be taken is no error but a ``BadRow``. No message quotes a cell.
"""

from __future__ import annotations

from typing import ClassVar

from controller.errors import HometimeError


class RollError(HometimeError):
    """The file cannot be read as a roll; nothing was applied."""

    code: ClassVar[str] = "roll-unreadable"
    remedy: ClassVar[str] = "Export the roll again as CSV and import that file."


class RollTooLarge(RollError):
    """The file has more of something than any school has."""

    code = "roll-too-large"
    remedy = "Export only the pupils on roll, and only the columns that are needed."

    def __init__(self, where: str, *, limit: int, unit: str) -> None:
        super().__init__(f"{where}: too large, wanted at most {limit:,} {unit}")


class RollNotText(RollError):
    """The file is not text, whatever its name ends in."""

    code = "roll-not-text"
    remedy = "Open it in the spreadsheet and save it as “CSV UTF-8”."

    def __init__(self, where: str, *, found: str) -> None:
        super().__init__(f"{where}: found {found}, wanted a CSV file")


class RollHeadingsMissing(RollError):
    """None of the first rows has the headings that are needed."""

    code = "roll-headings-missing"
    remedy = "Add a first row that names the columns, as in examples/rolls."

    def __init__(self, where: str, *, missing: tuple[str, ...]) -> None:
        super().__init__(f"{where}: no heading for {', '.join(missing)}")


class RollHeadingTwice(RollError):
    """Two columns have one and the same heading, so either could be meant."""

    code = "roll-heading-twice"
    remedy = "Rename or remove one of the two columns."

    def __init__(self, where: str, *, field: str, line: int) -> None:
        super().__init__(f"{where}: line {line} names the column of {field} twice")


class RollQuoteOpen(RollError):
    """Everything after an open quotation mark would be swallowed as one cell."""

    code = "roll-quote-open"
    remedy = "Close or remove the quotation mark in that line."

    def __init__(self, where: str, *, line: int) -> None:
        super().__init__(
            f"{where}: line {line} opens a quotation mark that is never closed"
        )


class RollArchiveUnsafe(RollError):
    """A zip is broken, encrypted, or built to do harm; nothing was unpacked."""

    code = "roll-archive-unsafe"
    remedy = "Export the OneRoster files again, as a plain zip or a folder."

    def __init__(self, where: str, *, found: str) -> None:
        super().__init__(f"{where}: {found}")


class RollIncomplete(RollError):
    """A OneRoster export that does not say who is on the roll."""

    code = "roll-incomplete"
    remedy = "Export OneRoster again in bulk, with users, classes and enrolments."

    def __init__(self, where: str, *, found: str) -> None:
        super().__init__(f"{where}: {found}")


class RollEmpty(RollError):
    """There are headings and not one pupil."""

    code = "roll-empty"
    remedy = "Look whether the export was filtered down to nothing."

    def __init__(self, where: str) -> None:
        super().__init__(f"{where}: no pupils, wanted at least 1")
