"""Adults of lists as they are, and what a file of adults would make of them.

Whatever names a person is kept out of ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.roll.model import BadRow, Note


@dataclass(frozen=True, slots=True)
class CurrentAdult:
    """An adult of a pupil's list as it is now; ``contact`` is our id."""

    contact: str
    pupil: str
    name: str = field(repr=False)
    relationship: str
    never: bool


@dataclass(frozen=True, slots=True)
class Added:
    """An adult who comes onto a list.

    Attributes:
        line: in the file. pupil: whose list.
        contact: our id of an adult who is on another list, or '' for somebody new.
        one_with: the line on which somebody new is first; the same is the same adult.
    """

    line: int
    pupil: str
    contact: str
    one_with: int
    name: str = field(repr=False)
    relationship: str
    never: bool


@dataclass(frozen=True, slots=True)
class Altered:
    """An adult of a list whom the file knows differently."""

    line: int
    before: CurrentAdult
    relationship: str
    never: bool

    @property
    def what(self) -> str:
        """What changes, in words."""
        marked = ["marked never release"] if self.never > self.before.never else []
        other = self.relationship != self.before.relationship
        return ", ".join([*marked, *(["relationship"] if other else [])])


@dataclass(frozen=True, slots=True)
class AdultsPreview:
    """What an import would do.

    Attributes:
        added, altered: by line.
        absent: on the list of a pupil whom the file has, and not in the file, or there
            as not collecting; taken off by choice only. Nobody who is marked.
        bad: rows that cannot be taken. notes: what to look at.
        unchanged: rows that are so already.
        passed: rows of adults who do not collect and are on no list.
        apart: names of new adults that stand for several pupils, each an adult of its
            own since the file has no id that says otherwise.
    """

    added: tuple[Added, ...]
    altered: tuple[Altered, ...]
    absent: tuple[CurrentAdult, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[Note, ...]
    unchanged: int
    passed: int
    apart: int
