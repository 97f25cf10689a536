"""A bank whose school has a mail server."""

from __future__ import annotations

from contextlib import contextmanager

from tests.controller.service.smtp import DOMAIN
from tests.rig import opened


@contextmanager
def mailing(folder, port=2525, *, paper="", **more):
    """Open a bank that sends mail to ``port`` of this machine.

    Args:
        folder: where it is kept.
        port: of the server.
        paper: lines of ``[paper]``.
        more: settings of ``[mail]``, as they are written.
    """
    who = {
        "to_dsl": f'["dsl@{DOMAIN}"]',
        "to_head": f'["head@{DOMAIN}"]',
        "to_chair": f'["chair@{DOMAIN}"]',
    } | more
    lines = "\n".join(f"{key} = {value}" for key, value in who.items())
    mail = (
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        f'from = "hometime@{DOMAIN}"\n{lines}\n'
    )
    sheet = f"[paper]\n{paper}\n" if paper else ""
    settings = {"[contacts]": f"{mail}\n{sheet}\n[contacts]"}
    with opened(folder / "rig", settings=settings) as rig:
        yield rig


def mail_part(rig, key="mail"):
    """Return a line of the health page; ``None`` where there is none."""
    parts = rig.ask("technician", "health")["parts"]
    return next((part for part in parts if part["key"] == key), None)


def post(rig):
    """Let the postman try what is due, and the loop hear of it."""
    while rig.hub.mail.postman.step():
        pass
    rig.run(0.1)
