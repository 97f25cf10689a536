"""The school's rules and the program itself as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import people_facts as p
from controller.service.views.names import in_words
from controller.service.views.words.who import Who

RuleFact = p.SettingSet | p.CalendarSet | p.ClubSet | p.ClubRemoved


def rule_words(fact: RuleFact, who: Who) -> str:
    """Return what the school set for itself."""
    by = who.staff(fact.by)
    match fact:
        case p.SettingSet():
            return f"{by} set the rule {fact.key} to “{fact.value}”"
        case p.CalendarSet():
            return f"{by} set the school calendar"
        case p.ClubSet():
            return f"{by} set the club {fact.name}, until {fact.ends}"
        case p.ClubRemoved():
            return f"{by} removed the club {in_words(fact.club)}"
        case _:
            assert_never(fact)


ProgramFact = (
    p.KioskPaired
    | p.KioskUnpaired
    | p.BankDescribed
    | p.Started
    | p.Stopped
    | p.ClockMoved
)


def program_words(fact: ProgramFact, who: Who) -> str:
    """Return what the program met or was told of its place."""
    match fact:
        case p.KioskPaired():
            return f"{who.staff(fact.by)} made a browser the kiosk"
        case p.KioskUnpaired():
            return f"{who.staff(fact.by)} ended a kiosk's pairing"
        case p.BankDescribed():
            return f"the bank has {len(fact.places)} doors, {fact.columns} in a row"
        case p.Started():
            after = " after it had been cut off" if fact.after != "stop" else ""
            return f"the program started{after}"
        case p.Stopped():
            return f"the program was stopped ({fact.why})"
        case p.ClockMoved():
            moved = f"by {fact.by_ms / 1000:+.0f} s" if fact.by_ms else "in trust"
            return f"the clock moved {moved}; it is now {fact.state}"
        case _:
            assert_never(fact)
