"""What a kind of record is made of."""

from __future__ import annotations

from dataclasses import dataclass

from controller.domain.record_fields import FLAG, TEXT, Field

PUPIL, CLASS, STAFF, NOBODY = "pupil", "class", "staff", ""
"""Whom or what a record can be about; ``NOBODY``: nobody whom the bank knows."""

SEE, TELL, KEEP = "records.see", "records.tell", "records.keep"
APPROVE, STAFFS, SEALED = "records.approve", "records.staff", "records.sealed"
"""Rights that several kinds share."""

ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        key: in bodies and addresses, for ever.
        id: the requirement that asks for it.
        title, lead: what it is called, and one sentence above its form.
        source: the law, guidance or policy it comes from.
        about: whom or what it can be about, the usual one first.
        fields: of its form, in order.
        file, see, change, end: rights; a class narrows them where it is about one.
        approve: :data:`ALWAYS`, never (empty), or the flag that makes it necessary.
        keep: key of ``records.RETENTION``.
        sealed: the journal too shows it to those only who may see it.
        own: members of staff may file and see what is about themselves.
        blind: whoever it is about never sees it.
        read_by: the role that must read it; ``told_to``: the one its field names.
    """

    key: str
    id: str
    title: str
    lead: str
    source: str
    about: tuple[str, ...]
    fields: tuple[Field, ...]
    file: str
    see: str
    change: str
    end: str
    keep: str
    approve: str = ""
    sealed: bool = False
    own: bool = False
    blind: bool = False
    read_by: str = ""

    def field(self, name: str) -> Field | None:
        """Return the field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def texts(self) -> tuple[Field, ...]:
        """The fields that are words."""
        return tuple(one for one in self.fields if one.sort == TEXT)

    @property
    def spans_days(self) -> bool:
        """Whether it holds from its ``first`` day to its ``last``."""
        return self.field("last") is not None

    @property
    def spans_hours(self) -> bool:
        """Whether it holds on its ``day`` from ``starts`` to ``ends``."""
        return self.field("ends") is not None


def flag(name: str, label: str, **more: str) -> Field:
    """Return a flag that need not be set."""
    return Field(name, label, FLAG, required=False, **more)  # type: ignore[arg-type]  # texts only
