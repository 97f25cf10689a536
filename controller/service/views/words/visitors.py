"""Visitors' day cards as sentences."""

from __future__ import annotations

from controller.domain import visitor_facts as f
from controller.service.views.words.who import Who


def visitor_words(fact: f.VisitorFact, who: Who) -> str:
    """Return what became of a visitor's card."""
    visitor = who.person(fact.visitor)
    if isinstance(fact, f.VisitorCardGiven):
        return f"{who.staff(fact.by)} gave {visitor} a card for the day"
    by = f"{who.staff(fact.by)} ended it" if fact.by else "its day was over"
    return f"{visitor}'s card opens nothing any more: {by}"
