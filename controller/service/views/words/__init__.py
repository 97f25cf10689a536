"""Each fact of the journal as a sentence: a module a subject, one arm a fact.

A test holds that every kind has its words. Names come from ``who``; a role that sees no
names is given a ``who`` that says "a pupil".
"""

from __future__ import annotations

from controller.domain.access_facts import AccessFact
from controller.domain.custody_facts import CustodyFact
from controller.domain.day_facts import DayFact
from controller.domain.door_facts import DoorFact
from controller.domain.facts import Fact
from controller.domain.record_facts import RecordFact
from controller.domain.tap_facts import TapFact
from controller.domain.today_facts import TodayFact
from controller.domain.visitor_facts import VisitorFact
from controller.service.views.words.access import access_words
from controller.service.views.words.custody import custody_words
from controller.service.views.words.day import day_words
from controller.service.views.words.doors import door_words
from controller.service.views.words.people import (
    AccountFact,
    RollFact,
    account_words,
    roll_words,
)
from controller.service.views.words.program import RuleFact, program_words, rule_words
from controller.service.views.words.records import record_words
from controller.service.views.words.taps import tap_words
from controller.service.views.words.today import today_words
from controller.service.views.words.visitors import visitor_words
from controller.service.views.words.who import Who


def in_plain_words(fact: Fact, who: Who) -> str:
    """Return what ``fact`` says, as a sentence."""
    words = _words(fact, who)
    return words[:1].upper() + words[1:]


def _words(fact: Fact, who: Who) -> str:  # noqa: C901, PLR0911  one arm a subject
    if isinstance(fact, DoorFact):
        return door_words(fact, who)
    if isinstance(fact, TapFact):
        return tap_words(fact, who)
    if isinstance(fact, DayFact):
        return day_words(fact, who)
    if isinstance(fact, TodayFact):
        return today_words(fact, who)
    if isinstance(fact, CustodyFact):
        return custody_words(fact, who)
    if isinstance(fact, VisitorFact):
        return visitor_words(fact, who)
    if isinstance(fact, RecordFact):
        return record_words(fact, who)
    if isinstance(fact, AccountFact):
        return account_words(fact, who)
    if isinstance(fact, AccessFact):
        return access_words(fact, who)
    if isinstance(fact, RollFact):
        return roll_words(fact, who)
    if isinstance(fact, RuleFact):
        return rule_words(fact, who)
    return program_words(fact, who)
