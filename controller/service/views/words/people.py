"""The roll, cards and accounts as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import people_facts as p
from controller.service.views.words.who import Who

RollFact = (
    p.ClassSet
    | p.PupilSet
    | p.PupilLeft
    | p.CardEnrolled
    | p.CardRevoked
    | p.RollImported
)


def roll_words(fact: RollFact, who: Who) -> str:
    """Return what changed about classes, pupils and cards."""
    match fact:
        case p.ClassSet():
            return f"class {fact.name} is known"
        case p.PupilSet():
            door = f", door {fact.compartment}" if fact.compartment else ""
            return f"{who.pupil(fact.pupil)} is in {who.klass(fact.klass)}{door}"
        case p.PupilLeft():
            return f"{who.pupil(fact.pupil)} left the roll"
        case p.CardEnrolled():
            return f"a card was enrolled for {who.person(fact.person)}"
        case p.CardRevoked():
            return f"a card is dead ({fact.why})"
        case p.RollImported():
            return (
                f"the roll was imported: {fact.added} added, {fact.changed} changed, "
                f"{fact.left} left"
            )
        case _:
            assert_never(fact)


AccountFact = (
    p.StaffSet
    | p.StaffLeft
    | p.SignedIn
    | p.SignedOut
    | p.SecretsRefused
    | p.SecretChanged
    | p.PersonExported
)


def account_words(fact: AccountFact, who: Who) -> str:  # noqa: PLR0911  one arm a fact
    """Return what changed about staff and how they sign in."""
    match fact:
        case p.StaffSet():
            return f"{who.staff(fact.staff)} may act as {', '.join(fact.roles)}"
        case p.StaffLeft():
            return f"{who.staff(fact.staff)}'s account ended"
        case p.SignedIn():
            place = "at the lockers" if fact.where == "bank" else "on the page"
            return f"{who.staff(fact.person)} signed in {place}"
        case p.SignedOut():
            everywhere = " everywhere" if fact.everywhere else ""
            return f"{who.staff(fact.person)} signed out{everywhere}"
        case p.SecretsRefused():
            whose = f" for {who.staff(fact.person)}" if fact.person else ""
            return (
                f"{fact.count} wrong {fact.what}{'s' if fact.count > 1 else ''}{whose}"
            )
        case p.SecretChanged():
            return f"{who.staff(fact.person)}'s {fact.what} was set"
        case p.PersonExported():
            name = who.person(fact.person)
            return f"{who.staff(fact.by)} gave out everything about {name}"
        case _:
            assert_never(fact)
