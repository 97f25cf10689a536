"""Cards at readers as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import tap_facts as t
from controller.domain.card_facts import CardFact
from controller.domain.refusals import RULES
from controller.service.views.words.cards import card_words
from controller.service.views.words.who import Who


def tap_words(fact: t.TapFact, who: Who) -> str:  # noqa: PLR0911  one arm a fact
    """Return what a card or its reader did."""
    if isinstance(fact, CardFact):
        return card_words(fact, who)
    match fact:
        case t.CardTapped():
            return f"{who.person(fact.person)}'s card at reader {fact.reader}"
        case t.TapRefused():
            return f"{who.person(fact.person)}'s tap opened nothing. {_rule(fact.rule)}"
        case t.OrderRefused():
            return f"{who.staff(fact.by)} asked for {fact.order}. {_rule(fact.rule)}"
        case t.StrangeCardsSeen():
            return _strangers(fact)
        case t.ReaderLost():
            return f"reader {fact.reader} stopped answering ({fact.cause})"
        case t.ReaderRestored():
            return f"reader {fact.reader} works again"
        case _:
            assert_never(fact)


def _rule(name: str) -> str:
    return RULES[name].words if name in RULES else name


def _strangers(fact: t.StrangeCardsSeen) -> str:
    parts = [
        (fact.unknown, "unknown card"),
        (fact.random, "phone or random card"),
        (fact.crowded, "time two cards at once"),
    ]
    told = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in parts if n]
    return f"reader {fact.reader}: {', '.join(told)}"
