"""Who people are: names, and what the roll says of pupils."""

from __future__ import annotations

from typing import Any, Final

from controller.people.connection import PeopleConnection
from controller.people.records import Person, Pupil

_PERSON: Final = (
    "SELECT id, sort, first_name, last_name, created, preferred_name, username, "
    "language FROM person "
)
_PUPIL: Final = "SELECT person, class, year, upn, external_id, provisional FROM pupil "
_PUT_PERSON: Final = (
    "INSERT INTO person (id, sort, first_name, last_name, created, preferred_name, "
    "username, language) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET "
    "sort = excluded.sort, first_name = excluded.first_name, "
    "last_name = excluded.last_name, preferred_name = excluded.preferred_name, "
    "username = excluded.username, language = excluded.language"
)
_PUT_PUPIL: Final = (
    "INSERT INTO pupil (person, class, year, upn, external_id, provisional) "
    "VALUES (?,?,?,?,?,?) ON CONFLICT (person) DO UPDATE SET "
    "class = excluded.class, year = excluded.year, upn = excluded.upn, "
    "external_id = excluded.external_id, provisional = excluded.provisional"
)


class Persons:
    """Pupils, staff and visitors.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def put(self, person: Person) -> None:
        """Write ``person``, new or changed; ``created`` stays what it was first.

        Raises:
            AlreadyTaken: the username is somebody else's.
        """
        self._people.write(
            _PUT_PERSON,
            *(person.id, person.sort, person.first_name, person.last_name),
            *(person.created, person.preferred_name, person.username, person.language),
        )

    def get(self, person: str) -> Person | None:
        """Return the person of that id."""
        return _person(self._people.row(_PERSON + "WHERE id = ?", person))

    def by_username(self, username: str) -> Person | None:
        """Return the member of staff of that name, in whatever case."""
        return _person(self._people.row(_PERSON + "WHERE username = ?", username))

    def of_sort(self, sort: str) -> list[Person]:
        """Return all people of a sort, by last and first name."""
        rows = self._people.rows(
            _PERSON + "WHERE sort = ? ORDER BY last_name, first_name, id", sort
        )
        return [Person(*row) for row in rows]

    def put_pupil(self, pupil: Pupil) -> None:
        """Write what the roll says of a pupil, new or changed.

        Raises:
            AlreadyTaken: UPN or external id are another pupil's.
            UnknownPerson: there is no person of that id.
        """
        self._people.write(
            _PUT_PUPIL,
            *(pupil.person, pupil.class_slug, pupil.year, pupil.upn),
            *(pupil.external_id, int(pupil.provisional)),
        )

    def pupil(self, person: str) -> Pupil | None:
        """Return what the roll says of that person."""
        row = self._people.row(_PUPIL + "WHERE person = ?", person)
        return None if row is None else _pupil(row)

    def pupils(self, class_slug: str | None = None) -> list[Pupil]:
        """Return the pupils of a class, or all."""
        where = "WHERE class = ?1 OR ?1 IS NULL ORDER BY person"
        return [_pupil(row) for row in self._people.rows(_PUPIL + where, class_slug)]

    def erase(self, person: str) -> bool:
        """Delete the person and everything about them; whether there was one."""
        return bool(self._people.write("DELETE FROM person WHERE id = ?", person))


def _person(row: Any | None) -> Person | None:  # noqa: ANN401  a row
    return None if row is None else Person(*row)


def _pupil(row: Any) -> Pupil:  # noqa: ANN401  a row
    person, class_slug, year, upn, external_id, provisional = row
    return Pupil(person, class_slug, year, upn, external_id, bool(provisional))
