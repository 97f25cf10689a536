"""Everything about one person: a page to print, a file to hand over (DAT-4)."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, render_template, request

from controller.protocol.subject import Subject
from web.asking import ask

pages = Blueprint("subject", __name__)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""What a spreadsheet may run instead of show (OWASP, "CSV injection")."""


@pages.post("/people/<person>/everything")
def everything(person: str) -> Response | str:
    """Show everything about a person, or send it as a file that a spreadsheet opens.

    A form and not a link: what is asked for here is written down.
    """
    subject = ask(Subject, "person_everything", person=person)
    if request.form.get("as") == "file":
        return _file(subject)
    return render_template("staff/subject.html", subject=subject)


def _file(subject: Subject) -> Response:
    name = f"everything-{subject.id}.csv"
    return Response(
        as_csv(subject),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def as_csv(subject: Subject) -> str:
    """Return the parts as one file, each cell safe to open; with a BOM for Excel."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write(["Part", "", "", "", ""])
    for part in subject.parts:
        write([guarded(part.title), *map(guarded, part.headings)])
        for row in part.rows:
            write(["", *map(guarded, row)])
    return "\ufeff" + out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows as text, whatever it begins with.

    >>> guarded("=1+1"), guarded(" @sum"), guarded("Ruby")
    ("'=1+1", "' @sum", 'Ruby')
    """
    return f"'{cell}" if cell.lstrip(" '").startswith(FORMULA_STARTS) else cell
