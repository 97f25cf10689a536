"""How facts about people, cards, rules and the program change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import people_facts as f
from controller.domain import undated
from controller.domain.facts import When
from controller.domain.state import (
    CalendarRecord,
    Club,
    Credential,
    Kiosk,
    Pupil,
    SchoolClass,
    Setting,
    State,
    drop,
    put,
)


def _class_set(state: State, fact: f.ClassSet, _when: When) -> State:
    record = SchoolClass(fact.klass, fact.name, fact.year)
    return put(state, "classes", fact.klass, record)


def _pupil_set(state: State, fact: f.PupilSet, _when: When) -> State:
    pupil = Pupil(
        fact.pupil,
        fact.klass,
        fact.group,
        fact.compartment,
        fact.language,
        fact.kinds,
        fact.provisional,
    )
    return put(state, "pupils", fact.pupil, pupil)


def _pupil_left(state: State, fact: f.PupilLeft, _when: When) -> State:
    if pupil := state.pupils.get(fact.pupil):
        gone = replace(pupil, on_roll=False, compartment=0)
        state = put(state, "pupils", fact.pupil, gone)
    return drop(state, "marks", fact.pupil)


def _enrolled(state: State, fact: f.CardEnrolled, when: When) -> State:
    card = Credential(fact.credential, fact.person, when.at_us)
    return put(state, "credentials", fact.credential, card)


def _revoked(state: State, fact: f.CardRevoked, _when: When) -> State:
    if card := state.credentials.get(fact.credential):
        dead = replace(card, revoked=fact.why)
        return put(state, "credentials", fact.credential, dead)
    return state


def _setting(state: State, fact: f.SettingSet, when: When) -> State:
    before = state.settings.get(fact.key)
    version = before.version + 1 if before else 1
    setting = Setting(fact.key, fact.value, version, fact.by, when.at_us)
    return put(state, "settings", fact.key, setting)


def _calendar(state: State, fact: f.CalendarSet, when: When) -> State:
    before = state.calendar.get("calendar")
    version = before.version + 1 if before else 1
    record = CalendarRecord(fact.plain, version, fact.by, when.at_us)
    return put(state, "calendar", "calendar", record)


def _club(state: State, fact: f.ClubSet, _when: When) -> State:
    club = Club(fact.club, fact.name, fact.ends, fact.leader)
    return put(state, "clubs", fact.club, club)


def _club_removed(state: State, fact: f.ClubRemoved, _when: When) -> State:
    return drop(state, "clubs", fact.club)


def _kiosk_paired(state: State, fact: f.KioskPaired, when: When) -> State:
    return put(state, "kiosks", fact.kiosk, Kiosk(fact.kiosk, fact.by, when.at_us))


def _kiosk_unpaired(state: State, fact: f.KioskUnpaired, _when: When) -> State:
    return drop(state, "kiosks", fact.kiosk)


def _described(state: State, fact: f.BankDescribed, _when: When) -> State:
    bank = replace(
        state.the_bank,
        bank=fact.bank,
        klass=fact.klass,
        columns=fact.columns,
        places=fact.places,
        timezone=fact.timezone,
        blocks=fact.blocks,
    )
    return put(state, "bank", "bank", bank)


def _started(state: State, fact: f.Started, when: When) -> State:
    if fact.was_off:
        state = undated.machine_was_off(state)
    bank = replace(
        state.the_bank, running=True, started_us=when.at_us, version=fact.version
    )
    return put(state, "bank", "bank", bank)


def _stopped(state: State, _fact: f.Stopped, _when: When) -> State:
    return put(state, "bank", "bank", replace(state.the_bank, running=False))


PEOPLE: Mapping[type, Callable[[State, Any, When], State]] = {
    f.ClassSet: _class_set,
    f.PupilSet: _pupil_set,
    f.PupilLeft: _pupil_left,
    f.CardEnrolled: _enrolled,
    f.CardRevoked: _revoked,
    f.SettingSet: _setting,
    f.CalendarSet: _calendar,
    f.ClubSet: _club,
    f.ClubRemoved: _club_removed,
    f.KioskPaired: _kiosk_paired,
    f.KioskUnpaired: _kiosk_unpaired,
    f.BankDescribed: _described,
    f.Started: _started,
    f.Stopped: _stopped,
}
