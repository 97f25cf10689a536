"""The fold: what is so after one more fact. Pure; the only way a state changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from controller.domain.evolve_access import ACCESS
from controller.domain.evolve_custody import CUSTODY
from controller.domain.evolve_day import DAY
from controller.domain.evolve_doors import DOORS
from controller.domain.evolve_people import PEOPLE
from controller.domain.evolve_records import RECORDS
from controller.domain.evolve_taps import TAPS
from controller.domain.evolve_today import TODAY
from controller.domain.evolve_visitors import VISITORS
from controller.domain.facts import FACTS, Fact, When
from controller.domain.state import State

Fold = Callable[[State, Any, When], State]


def _unchanged(state: State, _fact: Fact, _when: When) -> State:
    return state


_TOLD_ONLY = (
    "CardTapped",
    "TapRefused",
    "OrderRefused",
    "StrangeCardsSeen",
    "RollImported",
    "ContactsImported",
    "SignedOut",
    "SecretsRefused",
    "SecretChanged",
    "PersonExported",
    "SecondFactorSet",
    "SecondFactorReset",
    "RecoveryCodesMade",
    "RecoveryUsed",
)
"""Facts that stand in the record and change nothing that is folded."""

FOLDS: Mapping[type, Fold] = MappingProxyType(
    {
        **DOORS,
        **TAPS,
        **DAY,
        **PEOPLE,
        **ACCESS,
        **CUSTODY,
        **RECORDS,
        **TODAY,
        **VISITORS,
        **{FACTS[k]: _unchanged for k in _TOLD_ONLY},
    }
)
"""Class of a fact -> how it changes the state; a test holds it against ``FACTS``."""


def evolve(state: State, fact: Fact, when: When) -> State:
    """Return the state after ``fact``.

    Raises:
        ImpossibleMoveError: an outcome of ours that the door's table does not know.
    """
    return FOLDS[type(fact)](state, fact, when)
