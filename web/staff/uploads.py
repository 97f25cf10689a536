"""A file from a form, as the protocol carries it."""

from __future__ import annotations

from base64 import b64encode

from flask import request
from werkzeug.utils import secure_filename

from web.errors import BadInput


def upload(field: str) -> tuple[str, str]:
    """Return the name and the base64 of the file in ``field``.

    The name is for showing and for its ending only; nothing is stored under it. How
    large a file may be is the site's ``MAX_CONTENT_LENGTH``.

    Raises:
        BadInput: no file was chosen, or it is empty.
    """
    file = request.files.get(field)
    data = file.read() if file is not None else b""
    if file is None or not data:
        raise BadInput(
            "No file came, or it is empty.", "Choose the file and send it again."
        )
    name = secure_filename(file.filename or "") or "file"
    return name, b64encode(data).decode("ascii")
