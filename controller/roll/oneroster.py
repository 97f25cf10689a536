"""The roll from a OneRoster 1.1 or 1.2 CSV export (1EdTech, "OneRoster CSV tables").

A pupil is a user whose role is ``student``: in 1.1 a column of ``users.csv``, in 1.2 a
row of ``roles.csv``. The class is the homeroom that the pupil is enrolled in; where no
class is marked as a homeroom, the only class. Line numbers are those of ``users.csv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from controller.roll.archive import Files
from controller.roll.cells import BadCell, year
from controller.roll.errors import RollEmpty, RollIncomplete, RollTooLarge
from controller.roll.model import BadRow, Note, ParsedRoll, RollRow
from controller.roll.rows import FIELDS, Cells, keys_of, make_row
from controller.roll.sheet import Sheet, SheetRow, read_sheet
from controller.roll.table import MAX_ROWS
from controller.roll.upn import is_upn

_UPN_IN_USER_IDS = re.compile(r"\{\s*UPN\s*:\s*([^}]+?)\s*\}", re.IGNORECASE)
_NEEDED_FILES = ("users", "classes", "enrollments")


@dataclass(frozen=True, slots=True)
class _Classes:
    """Class names by id; which of them are homerooms."""

    names: Mapping[str, str]
    homerooms: frozenset[str]


def is_oneroster(files: Files) -> bool:
    """Return whether these are the files of a OneRoster export."""
    return "users.csv" in files or "enrollments.csv" in files or "manifest.csv" in files


def read_oneroster(files: Files, on: date | None = None) -> ParsedRoll:
    """Return the roll in ``files``.

    Args:
        files: by bare, lower-case name.
        on: the day for which enrolments count, by their begin and end dates; all of
            them if not given.

    Raises:
        RollIncomplete: a file or a column is not there, or the export has changes only.
        RollError: a file cannot be read.
    """
    _check_bulk(files)
    users = read_sheet(
        files, "users.csv", ("sourcedId", "status", "givenName", "familyName")
    )
    classes = _classes(
        read_sheet(files, "classes.csv", ("sourcedId", "status", "title"))
    )
    enrolled = _enrolled(
        read_sheet(
            files, "enrollments.csv", ("classSourcedId", "userSourcedId", "role")
        ),
        on,
    )
    version = "1.1" if "role" in users.columns else "1.2"
    pupils = _pupils_11(users) if version == "1.1" else _pupils_12(files)
    rows = [
        user for user in users if user["sourcedId"] in pupils and not user.is_deleted
    ]
    if len(rows) > MAX_ROWS:
        raise RollTooLarge("users.csv", limit=MAX_ROWS, unit="pupils")
    if not rows:
        raise RollEmpty("users.csv")
    read = [
        _read(user, enrolled.get(user["sourcedId"], set()), classes) for user in rows
    ]
    return ParsedRoll(
        rows=tuple(row for row in read if isinstance(row, RollRow)),
        bad=tuple(row for row in read if isinstance(row, BadRow)),
        notes=tuple(_several_schools(users, rows)),
        source=f"oneroster-{version}",
    )


def _check_bulk(files: Files) -> None:
    """Refuse an export of changes: everybody else would seem to have left."""
    if "manifest.csv" not in files:
        return
    manifest = read_sheet(files, "manifest.csv", ("propertyName", "value"))
    modes = {row["propertyName"].lower(): row["value"].lower() for row in manifest}
    for name in (*_NEEDED_FILES, "roles"):
        if modes.get(f"file.{name}") == "delta":
            raise RollIncomplete(
                "manifest.csv", found=f"{name}.csv has changes only, wanted all rows"
            )


def _classes(sheet: Sheet) -> _Classes:
    current = [row for row in sheet if not row.is_deleted]
    return _Classes(
        names={row["sourcedId"]: row["title"] for row in current},
        homerooms=frozenset(
            row["sourcedId"]
            for row in current
            if row["classType"].lower() == "homeroom"
        ),
    )


def _enrolled(sheet: Sheet, on: date | None) -> dict[str, set[str]]:
    """Return the classes of each pupil."""
    enrolled: defaultdict[str, set[str]] = defaultdict(set)
    for row in sheet:
        if row["role"].lower() == "student" and not row.is_deleted and _holds(row, on):
            enrolled[row["userSourcedId"]].add(row["classSourcedId"])
    return dict(enrolled)


def _holds(row: SheetRow, on: date | None) -> bool:
    if on is None:
        return True
    begins, ends = _date(row["beginDate"]), _date(row["endDate"])
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _date(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def _pupils_11(users: Sheet) -> frozenset[str]:
    return frozenset(
        user["sourcedId"] for user in users if user["role"].lower() == "student"
    )


def _pupils_12(files: Files) -> frozenset[str]:
    roles = read_sheet(files, "roles.csv", ("userSourcedId", "role"))
    return frozenset(
        role["userSourcedId"]
        for role in roles
        if role["role"].lower() == "student" and not role.is_deleted
    )


def _read(user: SheetRow, class_ids: set[str], classes: _Classes) -> RollRow | BadRow:
    found = _cells(user)
    about = frozenset({keys_of(found)})
    if user.torn:
        return BadRow(
            user.line, "a quotation mark in the wrong place, remove it", about
        )
    chosen = _homeroom(class_ids, classes)
    if len(chosen) > 1:
        reason = (
            f"class: in {len(chosen)} classes and none of them is the one homeroom, "
            "mark one as homeroom or enrol the pupil in one"
        )
        return BadRow(user.line, reason, about)
    name = classes.names[chosen.pop()] if chosen else ""
    return make_row(user.line, {**found, "class": name})


def _homeroom(class_ids: set[str], classes: _Classes) -> set[str]:
    known = class_ids & classes.names.keys()
    return known & classes.homerooms or known


def _cells(user: SheetRow) -> Cells:
    return {
        **dict.fromkeys(FIELDS, ""),
        "first name": user["preferredGivenName"] or user["givenName"],
        "last name": user["preferredFamilyName"] or user["familyName"],
        "admission number": user["sourcedId"],
        "UPN": _upn(user),
        "year": _year(user["grades"]),
    }


def _upn(user: SheetRow) -> str:
    """Return the UPN where the export has one; the standard has no place of its own."""
    if named := _UPN_IN_USER_IDS.search(user["userIds"]):
        return named[1]
    plain = user["identifier"].upper()
    return plain if is_upn(plain) else ""


def _year(grades: str) -> str:
    """Return the year, if there is one and it is one of ours."""
    try:
        return year(grades) if grades else ""
    except BadCell:
        return ""  # several, or a code of another country: the class is what counts


def _several_schools(users: Sheet, pupils: Iterable[SheetRow]) -> Iterable[Note]:
    column = (
        "orgSourcedIds" if "orgsourcedids" in users.columns else "primaryOrgSourcedId"
    )
    schools = {user[column] for user in pupils} - {""}
    if len(schools) > 1:
        yield Note(1, f"pupils of {len(schools)} schools, is one school meant?")
