"""What the kiosk says, in each language (WEB-3).

A language is complete or it is not offered: half a screen in another language helps
nobody. A translation is checked by a native reader before it comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "ur"})

ENGLISH: Mapping[str, str] = {
    "title": "The screen beside the lockers",
    "tap": "Tap your card",
    "door": "Door",
    "where": "Door {n}: row {row} from the top, number {place} from the left",
    "still-open": "Still open",
    "switched-off": "Switched off?",
    "home-time-is-at": "Home time is at",
    "not-just-now": "Not just now",
    "teacher-will-say": "Your teacher will say when.",
    "call-home": "Need to call home?",
    "office-helps": "The office will help.",
    "see-teacher": "Please see your teacher",
    "leave-it": "Leave it.",
    "go": "Go.",
    "one-card": "One card at a time",
    "new-card": "This card is new here",
    "ask-adult": "Please ask your teacher.",
    "resting": "The lockers are having a rest",
    "staff": "Staff",
    "staff-how": "Staff: tap your card, then type your PIN",
    "staff-card-read": "Staff card read. Your PIN, please.",
    "wrong-pin": "That PIN was not right. Try once more.",
    "digits": "{n} digits entered",
    "seconds-left": "{n} seconds left",
    "delete-digit": "Delete one digit",
    "cancel": "Cancel",
    "done": "Done",
    "what-to-do": "What would you like to do?",
    "tap-to-enrol": "Tap the next card",
    "act-release": "Release {name}",
    "act-release-end": "End home time for {name}",
    "act-release-stop": "Stop",
    "act-drop-off-start": "Begin phones in for {name}",
    "act-drop-off-end": "End phones in for {name}",
    "act-confirm": "{name}: all seen, all off",
    "act-evacuate": "Evacuate",
    "act-resume": "Go on after the alarm",
    "act-hold": "Hold a device back",
    "act-concern": "Concern about a device",
    "act-fetch": "Take out what is held: {doors}",
    "act-store": "Put the held device away",
    "act-give": "Hand over, two people: {doors}",
    "act-to-safeguarding": "End the police hold, two people: {doors}",
    "act-to-confiscated": "End the safeguarding hold, two people: {doors}",
    "act-other": "{name}",
    "by-rule": "Rule {rule}",
    "which-rule": "By which rule?",
    "said-held": "Held. It stays where it is.",
    "said-concern": "Passed on, and held. Do not look at it.",
    "no-device": "Nothing is behind a door now.",
    "act-own": "My own device",
    "act-give-back": "Give back to its owner: {doors}",
    "no-door": "Every door is taken just now",
    "ask-office": "Please ask at the office",
    "card-ended": "This card is over",
    "card-back": "Please bring it back to the office.",
    "door-n": "door {n}",
    "the-safe": "office safe",
    "witness-wanted": "Now the second person",
    "witness-how": "Any other member of staff: tap your card, then type your PIN.",
    "witness-of": "You are the witness: {act}",
    "which-door": "Which door?",
    "concern-how": "Do not look at, copy or search what is on it. In danger call 999; "
    "else 101 for the police.",
}

WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}
"""Every language that is complete, by its code."""


@dataclass(frozen=True, slots=True)
class Say:
    """The words of one language, and how they run.

    Attributes:
        lang: for the ``lang`` attribute.
        dir: ``ltr`` or ``rtl``.
    """

    lang: str
    dir: str
    words: Mapping[str, str]

    def __call__(self, key: str, **parts: object) -> str:
        """Return the words for ``key`` with ``parts`` filled in."""
        return self.words[key].format(**parts)


def say_in(language: str) -> Say:
    """Return the words of ``language``, or English where it is not complete yet.

    >>> say_in("en")("seconds-left", n=21), say_in("uk").lang
    ('21 seconds left', 'en-GB')
    """
    code = language if language in WORDS else "en"
    tag = "en-GB" if code == "en" else code
    return Say(tag, "rtl" if code in RIGHT_TO_LEFT else "ltr", WORDS[code])
