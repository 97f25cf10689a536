"""The pages for staff: classes, people, journal, rules, health, desk, reports.

Each view parses what came, asks the controller and renders its answer. What a person
may see or do is the controller's to say; a page only leaves out links that the role has
no use for.
"""

from __future__ import annotations

from flask import Flask

from web.staff import (
    access,
    account,
    accounts,
    adult_lists,
    adults,
    alarm,
    calendar,
    cards,
    class_names,
    classes,
    clubs,
    concerns,
    covers,
    desk,
    handovers,
    health,
    journal,
    kiosks,
    leaving,
    outings,
    people,
    policy,
    pupils,
    records,
    reports,
    roll,
    safeguarding,
    second_factor,
    settings,
    sheet,
    stock,
    subject,
    taking,
    visitors,
    visits,
    words,
)

PARTS = (
    access,
    account,
    accounts,
    adult_lists,
    adults,
    alarm,
    calendar,
    cards,
    classes,
    clubs,
    concerns,
    covers,
    desk,
    handovers,
    health,
    journal,
    kiosks,
    leaving,
    outings,
    people,
    policy,
    pupils,
    records,
    reports,
    roll,
    safeguarding,
    second_factor,
    settings,
    sheet,
    stock,
    subject,
    taking,
    visitors,
    visits,
)


def register(app: Flask) -> None:
    """Put every staff page and the words it uses into ``app``."""
    for part in PARTS:
        app.register_blueprint(part.pages)
    class_names.register(app)
    words.register(app)
