"""The people of the rig: two classes, and one adult a role with card and secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from controller.domain import people_facts as p
from controller.domain.calendar import SchoolCalendar, Term
from controller.domain.calendar_plain import to_plain
from controller.domain.facts import Fact
from controller.people.passwords import hash_secret
from controller.people.records import Person, Pupil, SecondFactor
from controller.service.hub import Hub
from controller.service.second_factor import ALWAYS

KLASS, OTHER_KLASS = "kestrels", "wrens"
TABLES = ("otters", "badgers", "herons", "foxes", "hares")
TERM = Term(date(2026, 9, 1), date(2026, 12, 18))
ROLES = ("teacher", "cover", "office", "leadership", "dsl", "technician")

FIRST_NAMES = (
    *("Amina", "Oliver", "Zofia", "Jayden", "Maryam", "Harry", "Leon", "Grace"),
    *("Kofi", "Emily", "Noah", "Ruby", "Yusuf", "Freya", "Daniel", "Iris"),
    *("Mateo", "Sana", "Elsie", "Tomasz", "Aisha", "Hugo", "Poppy", "Arjun"),
    *("Bohdan", "Layla", "Oscar", "Nadia", "Theo", "Martha"),
)
LAST_NAME = "Quillfeather"  # every child's, and in no word of ours: easily found
ADULTS_LAST_NAME = "Stonecrop"
OTHER_CHILD = "Wilfred"  # of the other class
ADULT_NAMES = ("Teresa", "Conrad", "Olga", "Helen", "Samir", "Tariq")
LANGUAGES = {"Zofia": "pl", "Tomasz": "pl", "Bohdan": "uk", "Layla": "ar"}


@dataclass(frozen=True, slots=True)
class Child:
    """One pupil. ``uid`` is the card, as hex."""

    id: str
    first_name: str
    klass: str
    compartment: int
    uid: str


@dataclass(frozen=True, slots=True)
class Adult:
    """One member of staff, one role."""

    id: str
    role: str
    first_name: str
    uid: str
    pin: str
    totp: str = ""

    @property
    def password(self) -> str:
        """What this person signs in with."""
        return f"heron tractor {self.role} lamp"


class Cast:
    """Everybody: ``children`` by door, ``adults`` by role."""

    def __init__(self, pupils: int) -> None:
        """Invent ``pupils`` children of the teacher's class, and one of the other."""
        self.children = [
            Child(f"p{n:04d}", FIRST_NAMES[n - 1], KLASS, n, f"04A1B2C3D4E5{n:02X}")
            for n in range(1, pupils + 1)
        ]
        n = pupils + 1
        self.other = Child(f"p{n:04d}", OTHER_CHILD, OTHER_KLASS, n, "04A1B2C3D4E5F0")
        self.adults = {
            role: Adult(
                f"s{k:04d}",
                role,
                name,
                f"045A11223344{k:02X}",
                f"58291{k}",
                "ABCDEFG" + "234567AB"[k] * 25 if role in ALWAYS else "",
            )
            for k, (role, name) in enumerate(
                zip(ROLES, ADULT_NAMES, strict=True), start=1
            )
        }

    @property
    def everybody(self) -> list[Child]:
        """The children of both classes."""
        return [*self.children, self.other]

    @property
    def pupil_names(self) -> list[str]:
        """What no public screen and no technician's answer may hold."""
        return [LAST_NAME, *(child.first_name for child in self.everybody)]

    @property
    def all_names(self) -> list[str]:
        """What the journal may not hold."""
        adults = [adult.first_name for adult in self.adults.values()]
        return [*self.pupil_names, ADULTS_LAST_NAME, *adults]

    def seed(self, hub: Hub) -> None:
        """Write everybody into both stores, as one commit of facts."""
        facts: list[Fact] = [
            p.ClassSet(KLASS, "Kestrels", "Year 4"),
            p.ClassSet(OTHER_KLASS, "Wrens", "Year 2"),
            p.CalendarSet(to_plain(SchoolCalendar(terms=(TERM,)))),
        ]
        for adult in self.adults.values():
            facts += _adult(hub, adult)
        facts.append(
            p.ClubSet("football", "Football", "16:15", self.adults["teacher"].id)
        )
        for child in self.everybody:
            facts += _child(hub, child)
        hub.core.commit(facts)


def _adult(hub: Hub, adult: Adult) -> list[Fact]:
    name = (adult.first_name, ADULTS_LAST_NAME)
    person = Person(adult.id, "staff", *name, 0, username=adult.role)
    hub.directory.put(person)
    secrets, now = hub.directory.store.secrets, hub.accounts.real_us()
    secrets.set_password(adult.id, hash_secret(adult.password), now)
    secrets.set_pin(adult.id, hash_secret(adult.pin), now)
    if adult.totp:
        factor = SecondFactor(adult.id, adult.totp, now)
        hub.directory.store.second_factors.put(factor)
    card = hub.directory.enrol(adult.id, bytes.fromhex(adult.uid), 0)
    classes = (KLASS,) if adult.role in ("teacher", "cover") else ()
    return [
        p.StaffSet(adult.id, (adult.role,), classes),
        p.CardEnrolled(card, adult.id),
    ]


def _child(hub: Hub, child: Child) -> list[Fact]:
    language = LANGUAGES.get(child.first_name, "en")
    hub.directory.put(
        Person(child.id, "pupil", child.first_name, LAST_NAME, 0, language=language),
        Pupil(child.id, child.klass, "4", external_id=child.id[1:]),
    )
    card = hub.directory.enrol(child.id, bytes.fromhex(child.uid), 0)
    table = TABLES[(child.compartment - 1) // 6 % len(TABLES)]
    return [
        p.PupilSet(child.id, child.klass, table, child.compartment, language),
        p.CardEnrolled(card, child.id),
    ]
