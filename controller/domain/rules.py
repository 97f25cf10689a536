"""The rules a school sets on the page: one table of keys, kinds, defaults and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One rule.

    Attributes:
        title, help: for the page.
        kind: ``choice``, ``number`` or ``words``.
        default: as text.
        choices: value -> title, for ``choice``.
        bounds: smallest and largest, for ``number``.
        unit: what a ``number`` counts.
        group: the heading it stands under.
    """

    title: str
    help: str
    kind: str
    default: str
    group: str
    choices: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[int, int] = (0, 0)
    unit: str = ""

    def accepts(self, value: str) -> bool:
        """Return whether ``value`` can be this rule's value."""
        if self.kind == "choice":
            return value in self.choices
        if self.kind == "number":
            low, high = self.bounds
            return value.isascii() and value.isdigit() and low <= int(value) <= high
        return len(value) <= MAX_WORDS and value.isprintable()

    @property
    def wanted(self) -> str:
        """What the rule takes, with its bounds and unit.

        >>> RULE_SETTINGS["left_open_s"].wanted, RULE_SETTINGS["sound"].wanted
        ('a whole number from 10 to 600 seconds', 'one of Yes, No')
        """
        if self.kind == "choice":
            return f"one of {', '.join(self.choices.values())}"
        if self.kind == "number":
            low, high = self.bounds
            return f"a whole number from {low} to {high} {self.unit}".strip()
        return f"one line of at most {MAX_WORDS} characters"

    def found(self, value: str) -> str:
        """Say what ``value`` is without repeating what is no number.

        >>> RULE_SETTINGS["left_open_s"].found("9")
        '9'
        """
        if self.kind == "number":
            plain = re.fullmatch(r"-?[0-9]{1,9}([.,][0-9]{1,3})?", value, re.ASCII)
            return value if plain else "no number" if value else "nothing"
        if self.kind == "words" and len(value) > MAX_WORDS:
            return f"{len(value)} characters"
        return "something else" if self.kind == "choice" else "more than one line"

    def refused(self, value: str) -> tuple[str, str]:
        """Return what is wrong with ``value`` and what to do, as sentences (WEB-6)."""
        where = self.title.partition(" (")[0].rstrip("?")
        return f"{where}: found {self.found(value)}, wanted {self.wanted}.", TODO[
            self.kind
        ]


TODO = MappingProxyType(
    {
        "choice": "Choose one of these.",
        "number": "Type a number within these bounds.",
        "words": "Shorten it, or type it as one line.",
    }
)
"""Kind of a rule -> what to do about a value that it does not take."""

MAX_WORDS = 80
"""Longest text rule in characters: fits a heading at phone width."""

ON_OFF = MappingProxyType({"on": "Yes", "off": "No"})

LADDER = MappingProxyType(
    {
        "same-day": "Back at the end of the pupil's day",
        "parent": "A permitted adult collects it",
        "days": "Held for school days, then an adult collects it",
    }
)
"""Steps of the ladder of confiscation, mildest first (CUS-5)."""

RULE_SETTINGS: Mapping[str, RuleSetting] = MappingProxyType(
    {
        "school.name": RuleSetting(
            "Name of the school",
            "Stands on printed pages. Passwords may not contain it.",
            "words",
            "",
            "School",
        ),
        "assignment": RuleSetting(
            "Which door a pupil gets",
            "Fixed: the same door every day. First free: the lowest free one.",
            "choice",
            "bank",
            "Doors",
            MappingProxyType(
                {
                    "bank": "As the bank's configuration says",
                    "fixed": "Fixed",
                    "first-free": "First free",
                }
            ),
        ),
        "ladder.1": RuleSetting(
            "First confiscation of a term",
            "What is proposed. Longer than the day needs a clause that allows it.",
            "choice",
            "same-day",
            "Confiscation",
            LADDER,
        ),
        "ladder.2": RuleSetting(
            "Second confiscation of a term",
            "What is proposed.",
            "choice",
            "parent",
            "Confiscation",
            LADDER,
        ),
        "ladder.3": RuleSetting(
            "Third confiscation of a term, and each after it",
            "What is proposed.",
            "choice",
            "parent",
            "Confiscation",
            LADDER,
        ),
        "ladder.days": RuleSetting(
            "School days, where a device is held for days",
            "Counted from the next school day.",
            "number",
            "1",
            "Confiscation",
            bounds=(1, 20),
            unit="school days",
        ),
        "ladder.ceiling": RuleSetting(
            "At most so many school days",
            "Longer only by the head.",
            "number",
            "5",
            "Confiscation",
            bounds=(1, 20),
            unit="school days",
        ),
        "agreement.version": RuleSetting(
            "Version of the acceptable-use agreement",
            "One more, and everybody signs anew.",
            "number",
            "1",
            "Records",
            bounds=(1, 999),
            unit="versions",
        ),
        "agreement.missing": RuleSetting(
            "A pupil who has not signed it",
            "Shown: on the class page, once the school has filed its first one.",
            "choice",
            "flag",
            "Records",
            MappingProxyType(
                {
                    "flag": "Is shown to staff",
                    "refuse": "Cannot hand in by tap",
                    "off": "Is not looked for",
                }
            ),
        ),
        "permission.missing": RuleSetting(
            "A device that came without permission",
            "It is taken in all the same. Shown once the first permission is filed.",
            "choice",
            "flag",
            "Records",
            MappingProxyType({"flag": "Is shown to staff", "off": "Is not looked for"}),
        ),
        "records.remind": RuleSetting(
            "Remind before a review date",
            "Exceptions and permissions stand on the page of records from then on.",
            "number",
            "14",
            "Records",
            bounds=(1, 90),
            unit="days",
        ),
        "ask.off": RuleSetting(
            'Ask "Switched off?" at hand-in',
            "The kiosk asks; it does not wait for an answer.",
            "choice",
            "on",
            "Kiosk",
            ON_OFF,
        ),
        "sound": RuleSetting(
            "Soft sound at each tap",
            "The same for everybody, whatever the tap does.",
            "choice",
            "on",
            "Kiosk",
            ON_OFF,
        ),
        "left_open_s": RuleSetting(
            "A door counts as left open after (seconds)",
            "Then it is shown on the class page and written down.",
            "number",
            "60",
            "Doors",
            bounds=(10, 600),
            unit="seconds",
        ),
        "card.token": RuleSetting(
            "Find copied cards",
            "Each tap leaves a new secret on the card, so a copy soon shows and opens "
            "nothing. It writes on cards that can be written: only where they are the "
            "school's own. Switched off, all secrets are forgotten.",
            "choice",
            "off",
            "Cards",
            ON_OFF,
        ),
        "own.pin": RuleSetting(
            "Staff's own device opens with card and PIN",
            "No: the card alone opens its owner's own door, and nothing else.",
            "choice",
            "off",
            "Cards",
            ON_OFF,
        ),
        "idle_lock_min": RuleSetting(
            "Pages lock after (minutes without use)",
            "Then the password is asked for again.",
            "number",
            "10",
            "Sign-in",
            bounds=(1, 60),
            unit="minutes",
        ),
        "second_factor": RuleSetting(
            "Who signs in with a code of an app as well",
            "Leadership, safeguarding and the technician always do.",
            "choice",
            "least",
            "Sign-in",
            MappingProxyType(
                {
                    "least": "Leadership, safeguarding, technician",
                    "office": "The office too",
                    "all": "Everybody with an account",
                }
            ),
        ),
        "password_days": RuleSetting(
            "Passwords must be changed every (days; 0: never)",
            "Off by default: a forced change makes passwords weaker. Some policies ask "
            "for 30.",
            "number",
            "0",
            "Sign-in",
            bounds=(0, 365),
            unit="days",
        ),
    }
)
"""Key -> rule; the settings page and ``docs/reference`` read it."""
