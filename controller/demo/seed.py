"""The demo's first morning: a class, its staff, cards, PINs and a term, as facts.

Secrets are made for each folder and kept in it, readable by its owner alone: there are
no default passwords, not even here.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from controller.demo import classroom as c
from controller.demo.place import FolderTaken
from controller.domain import people_facts as p
from controller.domain.access_facts import SecondFactorSet
from controller.domain.calendar import SchoolCalendar, Term
from controller.domain.calendar_plain import to_plain
from controller.domain.context import Layout
from controller.domain.custody_facts import AuthorityGiven, ClauseSet, ContactSet
from controller.domain.facts import Fact
from controller.journal.journal import Journal
from controller.journal.layout import Layout as Folder
from controller.people.directory import Directory, new_id
from controller.people.passwords import hash_secret
from controller.people.pins import check_pin
from controller.people.records import Contact, Person, Pupil, SecondFactor
from controller.people.store import PeopleStore
from controller.people.totp import new_secret
from controller.service.core import Core, journal_domain
from controller.service.requests.accounts import one_time_password
from controller.service.second_factor import ALWAYS
from hardware.ports import ClockState

TERM = Term(date(2026, 9, 1), date(2026, 12, 18))
"""The autumn term of the demo's year; every weekday of it is a school day."""

SEED_US = 1_795_420_800_000_000
"""2026-11-23T08:00Z: the class is made before the first morning's 08:25."""


class Account(msgspec.Struct, omit_defaults=True):
    """One invented account, as ``demo.json`` shows it.

    ``totp`` is the base32 secret of an account with a second factor, else left out.
    """

    username: str
    password: str
    pin: str
    role: str
    card: str
    id: str = ""
    totp: str = ""


class PupilCard(msgspec.Struct):
    """One invented pupil, as ``demo.json`` shows it."""

    id: str
    first_name: str
    klass: str = msgspec.field(name="class")
    card: str = ""
    compartment: int = 0


class Cast(msgspec.Struct, omit_defaults=True):
    """Everybody in the demo, with what they need to act.

    ``scene`` says which demo the folder is of: empty, or ``afternoon``.
    """

    accounts: list[Account]
    pupils: list[PupilCard]
    scene: str = ""


class SeedClock:
    """The clocks of the moment at which the class is made."""

    def __init__(self, at_us: int) -> None:
        self._at_us = at_us

    def monotonic(self) -> float:
        """Return seconds of the machine's monotonic clock."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        time.sleep(seconds)

    def now_us(self) -> int:
        """Return the moment of the seed."""
        return self._at_us

    def state(self) -> ClockState:
        """Say that it is believed."""
        return ClockState.SYNCED


@dataclass(frozen=True, slots=True)
class Scene:
    """How a demo begins.

    Attributes:
        name: empty, or ``afternoon``.
        at_us: when the class is made.
        play: given the cast, plays what has happened until the demo begins.
    """

    name: str = ""
    at_us: int = SEED_US
    play: Callable[[Cast], None] = lambda _cast: None


MORNING = Scene()
"""Nothing has happened yet."""


def load_or_seed(data: Path, scene: Scene = MORNING) -> Cast:
    """Return the cast of the folder ``data``, making it where there is none yet.

    A mark is written first and the cast's file last: a start that was killed in the
    middle leaves the mark alone, and the next one clears away what it had begun. What
    has no mark is somebody's own and is left as it is.

    Raises:
        FolderTaken: the folder holds a bank's data, or another demo; nothing was
            touched.
    """
    path, mark = _cast_file(data), _mark_file(data)
    if path.exists():
        return _of_this_scene(_read_cast(path), scene, data)
    if mark.exists():
        _clear_half_a_seed(data)
    elif found := next((p for p in _stores(data) if p.exists()), None):
        raise FolderTaken(f"{found}: belongs to a real bank, wanted a folder without")
    _write_privately(mark, b"")
    cast = _seed(data, scene)
    scene.play(cast)
    _write_privately(path, msgspec.json.encode(cast))
    mark.unlink()
    return cast


def _of_this_scene(cast: Cast, scene: Scene, data: Path) -> Cast:
    if cast.scene != scene.name:
        kind = {"": "that begins in the morning", "afternoon": "of an afternoon"}
        found, wanted = kind.get(cast.scene, "of another kind"), kind[scene.name]
        raise FolderTaken(f"{data}: holds a demo {found}, wanted one {wanted}")
    return cast


def _read_cast(path: Path) -> Cast:
    """Return the cast that an earlier start has written.

    Raises:
        FolderTaken: somebody has changed the file.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Cast)
    except msgspec.DecodeError as error:
        message = f"{path}: not as the demo wrote it; remove the folder for a new class"
        raise FolderTaken(message) from error


def _cast_file(data: Path) -> Path:
    return Folder(data).secrets / "demo-cast.json"


def _mark_file(data: Path) -> Path:
    return Folder(data).secrets / "demo-begun"


def _stores(data: Path) -> list[Path]:
    folder = Folder(data)
    return [
        *data.glob("hometime.db*"),
        *data.glob("people.db*"),
        *(folder.head, folder.node_key, folder.node_pub),
    ]


def _clear_half_a_seed(data: Path) -> None:
    for path in (*_stores(data), data / "room.json"):
        path.unlink(missing_ok=True)


def _seed(data: Path, scene: Scene) -> Cast:
    clock = SeedClock(scene.at_us)
    journal = Journal.open(data, node=c.BANK, domain=journal_domain(), boot="demo")
    store = PeopleStore.open(Folder(data).people)
    try:
        core = Core(journal, Layout({}), clock, clock)
        directory = Directory(store)
        facts: list[Fact] = [p.ClassSet(c.CLASS, c.CLASS_NAME, c.YEAR)]
        facts.append(p.CalendarSet(to_plain(SchoolCalendar(terms=(TERM,)))))
        accounts = [
            _adult(directory, adult, number, facts, scene.at_us)
            for number, adult in enumerate(c.ADULTS, 1)
        ]
        facts.append(p.ClubSet(*c.CLUB, accounts[0].id))
        pupils = [
            _pupil(directory, number, name, facts, scene.at_us)
            for number, name in enumerate(
                zip(c.FIRST_NAMES, c.LAST_NAMES, strict=True), 1
            )
        ]
        facts += _policy(accounts)
        facts += _carers(directory, pupils, accounts)
        core.commit(facts)
    finally:
        store.close()
        journal.close()
    return Cast(accounts, pupils, scene.name)


def _adult(
    directory: Directory, adult: c.Adult, number: int, facts: list[Fact], at_us: int
) -> Account:
    person, password, pin = new_id("s"), one_time_password(), _good_pin()
    directory.put(
        Person(
            person,
            "staff",
            adult.first_name,
            adult.last_name,
            at_us,
            username=adult.username,
        )
    )
    now = time.time_ns() // 1_000
    store = directory.store.secrets
    store.set_password(person, hash_secret(password), now)
    store.set_pin(person, hash_secret(pin), now)
    uid = c.staff_card(number)
    card = directory.enrol(person, uid, at_us)
    facts.append(p.StaffSet(person, (adult.role,), adult.classes))
    facts.append(p.CardEnrolled(card, person))
    return Account(
        adult.username,
        password,
        pin,
        adult.role,
        uid.hex().upper(),
        person,
        _second_factor(directory, adult, person, facts),
    )


def _second_factor(
    directory: Directory, adult: c.Adult, person: str, facts: list[Fact]
) -> str:
    """Set up an app for a role that needs one; return its secret, or nothing."""
    if adult.role not in ALWAYS:
        return ""
    secret = new_secret()
    factor = SecondFactor(person, secret, time.time_ns() // 1_000)
    directory.store.second_factors.put(factor)
    facts.append(SecondFactorSet(person))
    return secret


def _policy(accounts: list[Account]) -> list[Fact]:
    """Return clauses, and whom the head has authorised to confiscate."""
    head = next(a.id for a in accounts if a.role == "leadership")
    clauses = [ClauseSet(*clause, by=head) for clause in c.CLAUSES]
    staff = [a.id for a in accounts if a.role in c.MAY_CONFISCATE]
    return [*clauses, *(AuthorityGiven(each, head) for each in staff)]


def _carers(
    directory: Directory, pupils: list[PupilCard], accounts: list[Account]
) -> list[Fact]:
    """Write one adult for each pupil's list, and one who is never released to."""
    office = next(a.id for a in accounts if a.role == "office")
    facts: list[Fact] = []

    def put(name: str, relationship: str, pupil: str, *, never: bool) -> None:
        adult = Contact(new_id("a"), name, "", relationship)
        directory.store.contacts.put(adult, pupil)
        facts.append(ContactSet(adult.id, pupil, never, office))

    for pupil, (name, relationship) in zip(pupils, c.CARERS, strict=True):
        put(name, relationship, pupil.id, never=False)
    name, number = c.NEVER
    put(name, "", pupils[number].id, never=True)
    return facts


def _good_pin() -> str:
    while True:
        pin = f"{secrets.randbelow(1_000_000):06d}"
        if not check_pin(pin):
            return pin


def _pupil(
    directory: Directory,
    number: int,
    name: tuple[str, str],
    facts: list[Fact],
    at_us: int,
) -> PupilCard:
    pupil, language = new_id("p"), c.LANGUAGES.get(name[0], "en")
    directory.put(
        Person(pupil, "pupil", *name, at_us, language=language),
        Pupil(pupil, c.CLASS, "4", external_id=f"{number:04d}"),
    )
    uid = c.pupil_card(number)
    card = directory.enrol(pupil, uid, at_us)
    table = c.TABLES[(number - 1) // 6]
    facts.append(p.PupilSet(pupil, c.CLASS, table, number, language))
    facts.append(p.CardEnrolled(card, pupil))
    return PupilCard(pupil, name[0], c.CLASS, uid.hex().upper(), number)


def _write_privately(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.unlink(missing_ok=True)
    number = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    scratch.rename(path)


def as_demo_json(url: str, pids: dict[str, int], cast: Cast) -> dict[str, Any]:
    """Return what ``demo.json`` holds (the contract of ``hometime demo``)."""
    return {
        "url": url,
        "pids": pids,
        "accounts": cast.accounts,
        "pupils": cast.pupils,
        "readers": [c.READER],
    }
