"""Pictures of a technician's pages: no name of a child stands on them."""

from __future__ import annotations

from tools.screenshots.camera import SIZE, TALL, Camera
from tools.screenshots.stage import Stage


def look(_: Stage, camera: Camera) -> None:
    """One door."""
    page = camera.staff("technician", TALL)
    camera.take(page, "/health/doors/20", "door")
    page.context.close()
    page = camera.visitor(SIZE)
    camera.take(page, "/kiosk/kestrels-bank/pair", "kiosk-pair-how", ".pairing")
    page.context.close()
