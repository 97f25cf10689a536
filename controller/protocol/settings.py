"""The settings page: the rules that a school sets for itself."""

from __future__ import annotations

import msgspec

from controller.protocol.calendar import CalendarView
from controller.protocol.classes import ClassLine


class SettingView(msgspec.Struct, omit_defaults=True):
    """One rule that is set on the page.

    Attributes:
        key: its name. title, help: in plain words.
        kind: ``time``, ``choice``, ``number``, ``flag`` or ``words``.
        value: as the form field shows it.
        choices: ``[value, title]`` for ``choice``.
        bounds: smallest and largest, for ``number``; unit: what it counts.
        version: grows with each change; changed: "12 March, by <name>" or empty.
    """

    key: str
    title: str
    help: str
    kind: str
    value: str
    choices: list[list[str]] = []
    version: int = 0
    changed: str = ""
    group: str = ""
    bounds: list[int] = []
    unit: str = ""


class Settings(msgspec.Struct):
    """The settings page."""

    groups: list[str]
    settings: list[SettingView]
    calendar: CalendarView
    classes: list[ClassLine]
    kiosks: list[list[str]]
