"""Pictures of a Monday afternoon: each page with something on it (docs/pages.md).

Taken from ``hometime demo --afternoon`` as it comes up; doors are those of
``controller/demo/afternoon.py``. First everybody only looks; then things are done, and
the pages that come of them are photographed.
"""

from __future__ import annotations

from tools.screenshots import (
    accounts,
    desk,
    entrance,
    lead,
    office,
    people,
    records,
    teacher,
    technician,
)
from tools.screenshots.camera import Camera
from tools.screenshots.stage import Stage

LOOKING = (
    teacher.look,
    office.look,
    people.look,
    lead.look,
    records.look,
    accounts.look,
    technician.look,
    entrance.look,
)
"""Nothing is another afterwards."""

DOING = (
    records.act,
    teacher.act,
    lead.act,
    office.act,
    people.act,
    accounts.act,
    desk.act,
    teacher.evacuate,
    entrance.end,
)
"""In the order of the day; the last one ends the controller."""


def take(stage: Stage, camera: Camera) -> None:
    """Take every picture of the afternoon."""
    for walk in (*LOOKING, *DOING):
        walk(stage, camera)
