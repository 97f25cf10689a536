"""Why a tap or an order is turned away: one table of rules.

A refusal is a fact, never an exception. Each names its rule, says why in words for
adults, and what can be done; ``screen`` is what the kiosk shows a child, which is kind
and gives no reason (DAY-3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason.

    Attributes:
        words: what happened and why, for staff.
        remedy: what can be done.
        screen: the kiosk's screen for a pupil's tap.
    """

    words: str
    remedy: str
    screen: str = "notnow"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request turned away by ``rule``, a key of :data:`RULES`."""

    rule: str

    @property
    def words(self) -> str:
        """What happened and why."""
        return RULES[self.rule].words

    @property
    def remedy(self) -> str:
        """What can be done."""
        return RULES[self.rule].remedy


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # ------------------------------------------------------------ pupils' taps
        "evacuated": Rule(
            "The evacuation holds: no door opens.",
            "Resume when the building is safe.",
            "leave",
        ),
        "no-school": Rule(
            "There is no school today, so nothing opens for a pupil.",
            "If there is school, set the calendar. The office can open a door.",
        ),
        "before-drop-off": Rule(
            "Drop-off has not begun.",
            "It begins by itself, or staff begin it on the class page.",
        ),
        "lessons": Rule(
            "During the day a pupil's tap opens nothing.",
            "The office can let a pupil who leaves early have the device.",
        ),
        "not-released": Rule(
            "It is home time, but the class has not been released.",
            "Release the class on its page, or with card and PIN at the lockers.",
        ),
        "wave-to-come": Rule(
            "This pupil's turn has not come yet.",
            "Press Next, or wait for the doors to be shut.",
        ),
        "left-out": Rule(
            "The release leaves this pupil out: absent, left early, club or office.",
            "Take the mark back on the class page, or vouch for the pupil.",
            "teacher",
        ),
        "see-teacher": Rule(
            "The device does not go back to the pupil today.",
            "The office knows what is to be done with it.",
            "teacher",
        ),
        "nothing-in": Rule(
            "Nothing of this pupil is behind a door.",
            "If there is, vouch for the pupil or ask the technician to look.",
            "teacher",
        ),
        "already-in": Rule(
            "The device is in already, and drop-off is over for it.",
            "If something was forgotten, vouch for the pupil.",
        ),
        "at-club": Rule(
            "This pupil is at a club, which has not been released.",
            "The club's leader or the office releases the club.",
            "teacher",
        ),
        "home-time-over": Rule(
            "Home time is over; what is left has passed to the office.",
            "The office can hand it back.",
            "teacher",
        ),
        "by-hand": Rule(
            "The clock is not set, so nothing opens by itself.",
            "Begin drop-off or home time by hand on the class page.",
            "teacher",
        ),
        "no-room": Rule(
            "No door is free for this pupil.",
            "Give the pupil a door under People, or free one.",
            "teacher",
        ),
        "out-of-order": Rule(
            "The pupil's door is out of order.",
            "Take the device in by hand, or give the pupil another door.",
            "teacher",
        ),
        "no-compartment": Rule(
            "The pupil has no door, and here each pupil has a fixed one.",
            "Give the pupil a door under People.",
            "teacher",
        ),
        # ----------------------------------------------------------- staff's orders
        "no-right": Rule(
            "Your role does not include this.",
            "Ask somebody whose role does; leadership can change roles.",
        ),
        "not-your-class": Rule(
            "This is not one of your classes.",
            "Leadership can add it to your account.",
        ),
        "unknown": Rule(
            "There is no such pupil, class, club, door or question.",
            "Go back and choose again; it may have been changed meanwhile.",
        ),
        "already-released": Rule(
            "A release of this class is running already.",
            "Stop it first to begin another.",
        ),
        "not-running": Rule(
            "No release of this class is running.",
            "Begin one.",
        ),
        "nobody-to-release": Rule(
            "No pupil of this class has anything in.",
            "Nothing needs doing.",
        ),
        "no-more-waves": Rule("This was the last wave.", "Nothing needs doing."),
        "door-is-open": Rule("This door stands open already.", "Shut it first."),
        "not-evacuated": Rule("No evacuation holds.", "Nothing needs doing."),
        "device-inside": Rule(
            "A device is behind this pupil's door.",
            "Have it collected first.",
        ),
        "taken": Rule(
            "This door is another pupil's, or another's device is behind it.",
            "Choose another one, or have the device collected first.",
            "teacher",
        ),
        "card-taken": Rule(
            "This card is enrolled already.",
            "Use another card, or report the old one lost first.",
        ),
        "bad-value": Rule("This value cannot be used.", "Look at the field's hint."),
    }
)
"""Rule -> words. Rules stand in refusals' entries for ever."""
