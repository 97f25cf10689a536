"""Second factors as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import access_facts as a
from controller.service.views.words.who import Who, by_staff


def access_words(fact: a.AccessFact, who: Who) -> str:
    """Return what changed about how somebody proves who they are."""
    match fact:
        case a.SecondFactorSet():
            return f"{who.staff(fact.person)} set up a second factor"
        case a.SecondFactorReset():
            if fact.by == fact.person:
                return f"{who.staff(fact.person)} gave up the second factor"
            by = by_staff(fact.by, who) or " from the command line"
            return f"{who.staff(fact.person)}'s second factor was reset{by}"
        case a.RecoveryCodesMade():
            return f"{who.staff(fact.person)} has new recovery codes"
        case a.RecoveryUsed():
            left = f"{fact.left} left"
            return f"{who.staff(fact.person)} used a recovery code, {left}"
        case a.AccessReviewed():
            return (
                f"{who.staff(fact.by)} looked over who has access "
                f"({fact.accounts} accounts) and signed"
            )
        case _:
            assert_never(fact)
