"""Why a tap or an order is turned away: one table of rules.

A refusal is a fact, never an exception. Each names its rule, says why in words for
adults, and what can be done; ``screen`` is what the kiosk shows a child, which is kind
and gives no reason (DAY-3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """A request turned away by ``rule``, a key of :data:`RULES`.

    Attributes:
        rule: the key; the journal keeps no more.
        says, todo: words and remedy of this one case, where the rule's are too general.
    """

    rule: str
    says: str = field(default="", compare=False)
    todo: str = field(default="", compare=False)

    @property
    def words(self) -> str:
        """What happened and why."""
        return self.says or RULES[self.rule].words

    @property
    def remedy(self) -> str:
        """What can be done."""
        return self.todo or RULES[self.rule].remedy


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
        "card-doubted": Rule(
            "The card did not carry its token: it, or another, may be a copy.",
            "Vouch for the pupil. Give a new card, or explain it at the office's desk.",
            "teacher",
        ),
        "card-unread": Rule(
            "The card gave its number, but not its token.",
            "Hold it flat and still, once more. If it stays so, give a new card.",
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
        "card-ended": Rule(
            "A visitor's card opens on the day on which it was given.",
            "Reception gives a card for today under Visitors.",
            "card-ended",
        ),
        "no-own-door": Rule(
            "No door is free for staff's and visitors' own devices.",
            "Keep it in the office, or try again when one has been collected.",
            "no-door",
        ),
        "own-needs-pin": Rule(
            "Here a member of staff's own device needs card and PIN.",
            "Hold the card to the reader, type the PIN, then choose My own device.",
            "office",
        ),
        "own-door-gone": Rule(
            "The door with this device is not part of this bank any more.",
            "Ask the technician; the mechanical key opens it.",
            "office",
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
            "There is no such pupil, class, club, rule, door or question.",
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
        "closure-past": Rule(
            "The day cannot end at a time that is past.",
            "Give the time that it is now to close at once, or one that is to come.",
        ),
        "closure-outside": Rule(
            "That is not an early end of today's lessons.",
            "Give a time between their beginning and home time. A day without school "
            "is set in the calendar.",
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
        # ------------------------------------------- outings, covers, sheets, stock
        "not-approved": Rule(
            "Leadership has not approved the use of devices in this lesson.",
            "File it under Records, Use in a lesson; leadership approves it there.",
        ),
        "cover-time": Rule(
            "A cover ends later than now, and within a month.",
            "Choose such a day and time. For longer, leadership makes an account.",
        ),
        "stock-later": Rule(
            "Pupils come to the doors now: drop-off, home time or a trip is under way.",
            "Take stock when it is over.",
        ),
        "stock-running": Rule(
            "A stock-take is under way.",
            "Finish it, or stop it first.",
        ),
        "not-today": Rule(
            "This visit is not agreed for today.",
            "Change its dates under Records, or file a new one.",
        ),
        # ---------------------------------------------------- devices that are held
        "not-held": Rule(
            "This device is not held: the pupil collects it.",
            "Release the class, or vouch for the pupil.",
        ),
        "not-in-custody": Rule(
            "The school does not have this device.",
            "An exception is a permission; there is nothing to hand over.",
        ),
        "not-the-schools": Rule(
            "This device belongs to a member of staff or a visitor.",
            "Only its owner's own tap gives it back.",
        ),
        "already-held": Rule(
            "This device is held already.",
            "Look at its page for why and by whom.",
        ),
        "held-inside": Rule(
            "A held device is behind this door.",
            "Leadership can open it.",
        ),
        "not-authorised": Rule(
            "The head has not put you on the list of those who may confiscate.",
            "Ask a colleague on the list, or the head.",
        ),
        "needs-reason": Rule(
            "A reason is missing.",
            "Choose a clause of the policy, or write one sentence.",
        ),
        "needs-clause": Rule(
            "Longer than the day needs a clause of the policy that allows it.",
            "Choose such a clause, or let the device go back today.",
        ),
        "past-ceiling": Rule(
            "This is longer than the school's rule allows.",
            "Choose fewer days, or ask the head.",
        ),
        "wrong-way": Rule(
            "A police hold does not become a confiscation.",
            "The safeguarding lead and a witness can make it a safeguarding hold.",
        ),
        "evidence": Rule(
            "This device may be evidence: it goes to a police officer and nobody else.",
            "Prepare the hand-over to the police.",
        ),
        "police-hold-first": Rule(
            "Only a device on a police hold goes to an officer.",
            "The safeguarding lead or the head makes it a police hold first.",
        ),
        "not-disposable": Rule(
            "A held device is not disposed of here.",
            "Hand it back, or keep it and ask the head.",
        ),
        "too-early": Rule(
            "Its planned end has not come.",
            "Wait until then, or ask the head to override with a reason.",
        ),
        "adult-must-come": Rule(
            "An adult of the pupil's list must come for this device.",
            "Hand it to that adult, or ask the head to override with a reason.",
        ),
        "owner-unknown": Rule(
            "Nobody has said yet whose device this is.",
            "Name the owner first.",
        ),
        "not-on-list": Rule(
            "This adult is not on the pupil's list.",
            "Choose one of the list, or ask leadership.",
        ),
        "never-release": Rule(
            "The list says: never release to this adult.",
            "Hand over nothing, and call leadership.",
        ),
        "identity-not-checked": Rule(
            "It is not said how identity was checked.",
            "Choose one way; known to staff is one.",
        ),
        "needs-words": Rule(
            "The names are missing.",
            "Write who it is for, as the form asks.",
        ),
        "needs-witness": Rule(
            "This needs two people: one entitled, and a witness.",
            "Both hold their cards to the reader and type their PINs, within a minute.",
        ),
        "own-witness": Rule(
            "Nobody is their own witness.",
            "Ask any other member of staff.",
        ),
        "witness-too-late": Rule(
            "No witness came within the minute.",
            "Begin again, with the second person beside you.",
        ),
        "fetch-first": Rule(
            "The device is not within reach of the desk.",
            "Ask for it to be fetched; whoever brings it needs card and PIN there.",
        ),
        "carry-first": Rule(
            "The device is behind a door.",
            "Take it out first, then put it where it shall be.",
        ),
        "not-in-sight": Rule(
            "From a page, a door opens only in sight of the office's desk.",
            "Use card and PIN at that bank.",
        ),
        "no-holding-room": Rule(
            "No holding door is free.",
            "Put the device in the office safe.",
        ),
        "being-handed-over": Rule(
            "Somebody is handing this device over already.",
            "Finish that, or undo it with a reason.",
        ),
        "not-begun": Rule(
            "This hand-over has not begun.",
            "Begin it first, at the desk or with both cards at the bank.",
        ),
        "door-not-opened": Rule(
            "The door has not been seen open, so nothing has been handed over.",
            "Open it again, or undo the hand-over with a reason.",
        ),
        # ------------------------------------------------------------------ records
        "exam": Rule(
            "This pupil sits an examination, during which nothing opens.",
            "It opens again when the session is over, or when its record is ended.",
        ),
        "no-agreement": Rule(
            "This pupil has not signed the agreement that holds now.",
            "Take the device in by hand, and file the agreement once it is signed.",
            "teacher",
        ),
        "bad-record": Rule(
            "A field of this form is missing or cannot be used.",
            "Look at the fields that are named.",
        ),
        "record-ended": Rule(
            "This record has been ended; it stays as it is.",
            "File a new one.",
        ),
        "own-approval": Rule(
            "Nobody approves what is about themselves.",
            "Ask somebody else of leadership.",
        ),
        # ------------------------------------------------------------ who has access
        "list-changed": Rule(
            "Somebody's access was changed while you looked at the list.",
            "Look at it once more, then sign.",
        ),
        "not-signed": Rule(
            "The signature is missing.",
            "Type your name under the list.",
        ),
        "bad-value": Rule("This value cannot be used.", "Look at the field's hint."),
    }
)
"""Rule -> words. Rules stand in refusals' entries for ever."""
