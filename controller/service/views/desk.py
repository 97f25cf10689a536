"""The office's list (DAY-6): what stayed behind, and what nobody has explained yet."""

from __future__ import annotations

from datetime import date, timedelta

from controller.domain.context import Context
from controller.domain.rights import may
from controller.domain.state import Question, State
from controller.protocol import Desk, LeftBehind
from controller.service.views.names import Names

_WORDS = {
    "left-behind": "A device stayed behind this door.",
    "outcome-unknown": (
        "The program was cut off before it knew whether this door opened. "
        "Look whether the device is there."
    ),
    "door-open": "The door stood open at the end of the day.",
    "forced": "The door came open without an order.",
    "stock-extra": "A stock-take found something that the record does not know.",
    "stock-missing": "A stock-take did not find what the record has here.",
    "card-unread": (
        "The card gave its number, but not its token: it is worn, or a copy. It opens "
        "nothing while it is so. Try it once more, or give a new card."
    ),
    "card-doubted": (
        "The card did not carry its token: it, or another with its number, may be a "
        "copy. Neither opens anything. Give a new card, or close this as explained."
    ),
}

_OWN_LEFT = (
    "The own device of somebody whose card has ended stayed behind this door. "
    "Give it back under Visitors."
)


_LEAVER_LEFT = (
    "This pupil has left the school, and the card is dead. The door opens on the "
    "office's word, for whoever comes for the device."
)


def make_desk(state: State, names: Names, context: Context) -> Desk:
    """Return the lists, oldest first."""
    questions = sorted(state.questions.values(), key=lambda q: q.at_us)
    left = [q for q in questions if q.about == "left-behind"]
    rest = [q for q in questions if q.about != "left-behind"]
    return Desk(
        left_behind=[_line(state, names, q, context) for q in left],
        questions=[_line(state, names, q, context) for q in rest],
    )


def _words(state: State, question: Question) -> str:
    if question.about == "left-behind" and question.pupil in state.own:
        return _OWN_LEFT
    if question.about == "left-behind" and _is_leaver(state, question.pupil):
        return _LEAVER_LEFT
    return _WORDS.get(question.about, question.about)


def _line(
    state: State, names: Names, question: Question, context: Context
) -> LeftBehind:
    pupil = state.pupils.get(question.pupil)
    since = context.calendar.local(question.at_us)
    began = date.fromisoformat(question.date)
    leaver = question.about == "left-behind" and _is_leaver(state, question.pupil)
    opens = leaver and may(context.actor, "class.early-leaver")
    nights = max(0, (context.today - began).days) if not context.is_guessed else 0
    return LeftBehind(
        id=question.question,
        compartment=question.compartment,
        name=names.full(question.pupil) if question.pupil else "",
        class_id=pupil.klass if pupil else "",
        words=_words(state, question),
        since=f"{since:%A %-d %B, %H:%M}",
        nights=nights,
        weekend=any(
            (began + timedelta(days=k)).weekday() >= 5  # noqa: PLR2004  Saturday, Sunday
            for k in range(1, nights + 1)
        ),
        leaver=leaver,
        give_back=question.pupil if opens else "",
    )


def _is_leaver(state: State, who: str) -> bool:
    """Return whether a pupil's device is still here, and its pupil is not."""
    pupil = state.pupils.get(who)
    return pupil is not None and not pupil.on_roll and who in state.custody
