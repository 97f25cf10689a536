"""What pupils and staff of the demo do on a day that is played: small acts by name."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from controller.demo.classroom import CLASS
from controller.demo.seed import Account, Cast
from controller.demo.stage import Person, Stage

WALK_S = (6.0, 22.0)
"""From one child's tap to the next one's: thirty pass in five to eight minutes, as
DAY-14 measures it."""

DAWDLE_S = (2.0, 50.0)
"""By how much people are later than they meant to be, within the minute."""

GIVEN_S = 20.0
"""From the reception's desk to the lockers."""

SHUFFLE = 7
"""Seed of who comes when: each demo's afternoon is the same."""

SIGNATURE = [
    [[120, 620], [170, 380], [240, 610], [290, 420], [350, 600], [470, 520]],
    [[520, 610], [560, 430], [640, 600], [760, 470], [900, 540]],
]
"""Strokes of somebody's signature, points in a square of 1,000 units."""


class Actors:
    """The cast, at work on a stage: pupils by door, staff by role."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self.stage = stage
        self._pupils = {pupil.compartment: pupil for pupil in cast.pupils}
        self._staff = {account.role: account for account in cast.accounts}
        self._dice = random.Random(SHUFFLE)  # noqa: S311  the order of a queue
        self._signed_in: list[str] = []

    def at(self, hhmm: str) -> None:
        """Let today pass until some seconds after ``hhmm``: nobody acts on the dot."""
        self.stage.clock_at(hhmm)
        self.stage.wait(self._dice.uniform(*DAWDLE_S))

    # ------------------------------------------------------------------------ pupils

    def pupil(self, door: int) -> str:
        """Return the id of the pupil with that door."""
        return self._pupils[door].id

    def tap(self, door: int) -> str:
        """Let a pupil tap; return what came of it."""
        return self.stage.tap(self._pupils[door].card).result

    def hand_in(self, doors: Iterable[int]) -> None:
        """Let pupils hand in, one after the other, in the order they come."""
        for door in self._queue(doors):
            self.tap(door)
            self.stage.put(door, phone_of(door))

    def collect(self, doors: Iterable[int]) -> None:
        """Let pupils collect, one after the other."""
        for door in self._queue(doors):
            self.tap(door)
            self.stage.take(door)

    def _queue(self, doors: Iterable[int]) -> Iterable[int]:
        queue = sorted(doors)
        self._dice.shuffle(queue)
        for door in queue:
            self.stage.wait(self._dice.uniform(*WALK_S))
            yield door

    # ------------------------------------------------------------------------- staff

    def staff(self, role: str) -> Account:
        """Return the account with that role."""
        return self._staff[role]

    def ask(self, role: str, do: str, /, **args: Any) -> Any:  # noqa: ANN401  as many as requests
        """Let a member of staff do something on the page, signing in first."""
        who = self._staff[role]
        if role not in self._signed_in:
            person = Person(who.username, who.password, who.totp)
            self.stage.sign_in(person)
            self._signed_in.append(role)
        return self.stage.ask(who.username, do, **args)

    def prove(self, role: str) -> None:
        """Let a member of staff say the PIN before what wants it."""
        self.ask(role, "step_up", secret=self._staff[role].pin)

    def everybody_goes_home(self) -> None:
        """Sign everybody out."""
        for role in self._signed_in:
            self.stage.sign_out(self._staff[role].username)
        self._signed_in.clear()

    def release(self) -> None:
        """Let the teacher release the class by tap."""
        self.ask("teacher", "release_class", class_id=CLASS)

    def confirm(self) -> None:
        """Let the teacher say that the class was seen, all off."""
        self.ask("teacher", "confirm_class", class_id=CLASS)

    def mark(self, door: int, mark: str, **more: str) -> None:
        """Let the teacher say what holds for a pupil today."""
        self.ask("teacher", "mark", pupil=self.pupil(door), mark=mark, **more)

    # ----------------------------------------------------------------------- custody

    def confiscate(self, door: int, **how: Any) -> str:  # noqa: ANN401  a form's fields
        """Let the teacher take a device away; return the hold's id."""
        who = self.pupil(door)
        line = self.ask("teacher", "hold_confiscate", pupil=who, clause="4.2", **how)
        return str(line["id"])

    def to_safe(self, hold: str) -> None:
        """Let the office put a device into its safe."""
        self.ask("office", "hold_move", id=hold, place="safe")

    def to_desk(self, hold: str, door: int) -> None:
        """Let the office put a device behind a door at the desk."""
        line = self.ask("office", "hold_move", id=hold, place="door")
        self.stage.put(line["opening"], phone_of(door))

    def tell_home(self, hold: str) -> None:
        """Let the office ring home about a held device."""
        self.ask("office", "hold_told", id=hold, how="phone")

    def hand_over(self, hold: str, door: int) -> None:
        """Let the office give a device out of the safe to the adult of the list."""
        adults = self.ask("office", "contacts", pupil=self.pupil(door))
        prepared = self.ask(
            "office",
            "handover_prepare",
            holds=[hold],
            to="adult",
            contact=adults[0]["id"],
            identity="known",
        )
        self.ask(
            "office",
            "handover_finish",
            id=prepared["id"],
            signed="screen",
            strokes=SIGNATURE,
        )

    def leave_early(self, door: int) -> None:
        """Let the office send a pupil home, phone and all, with the adult listed."""
        who = self.pupil(door)
        adult = self.ask("office", "contacts", pupil=who)[0]
        self.ask("office", "leave_early", pupil=who, whom="adult", contact=adult["id"])
        self.stage.take(door)

    # ----------------------------------------------------------------------- records

    def file(
        self,
        role: str,
        kind: str,
        about: str = "",
        *,
        approve: bool = False,
        **said: str,
    ) -> str:
        """Fill in the form of a record as it comes, but for what is ``said``."""
        form = self.ask(role, "record_form", kind=kind, about=about)
        done = self.ask(
            role,
            "record_file",
            kind=kind,
            about=about,
            approve=approve,
            **_filled(form, said),
        )
        return str(done["id"])

    def receive(self, card: str, **said: str) -> None:
        """Let reception give a visitor a day card, and the visitor use it."""
        form = self.ask("office", "record_form", kind="visitor", about="")
        self.ask("office", "visitor_give", **_filled(form, said))
        self.stage.tap(card)
        self.stage.wait(GIVEN_S)
        self.stage.put(self.stage.tap(card).compartment, "visitor's phone")

    # ----------------------------------------------------------------- own telephones

    def put_own_away(self, role: str) -> None:
        """Let a member of staff put the own telephone away, with the card alone."""
        bank = self.stage.hub.bank
        kiosk = self.ask("technician", "kiosk_pair", bank=bank)["token"]
        who = self._staff[role]
        self.stage.tap(who.card)
        show = self.stage.ask_as(kiosk, "bank_own")
        self.stage.put(show["compartment"], f"{who.username}'s phone")


def _filled(form: dict[str, Any], said: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return a form as a person sends it who changes only what is ``said``."""
    fields = {one["name"]: one for one in form["fields"]}
    words = {name for name, one in fields.items() if one["sort"] == "text"}
    both = {name: said.get(name, one.get("value", "")) for name, one in fields.items()}
    return {
        "values": {name: v for name, v in both.items() if name not in words},
        "words": {name: v for name, v in both.items() if name in words},
    }


def phone_of(door: int) -> str:
    """Return what is written on the device of the pupil with that door."""
    return f"phone {door}"
