"""Facts to bodies and back; old versions of a body are read for ever.

A body is one JSON object with the integer ``v`` first, then the fact's fields in the
order of its class. The current version of a kind is one more than its newest
upcaster's, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec

from controller.errors import BodyNotPlain, JournalTooNew
from controller.journal.entry import OWN_KINDS

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes a body's fields of version ``v``, returns those of version ``v + 1``."""


def _as_plain(value: object) -> object:
    """Let any mapping be encoded as an object (msgspec itself knows ``dict`` alone)."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


_encoder = msgspec.json.Encoder(order="deterministic", enc_hook=_as_plain)


def to_json(value: object) -> str:
    """Return ``value`` as JSON: fields in their order, sets and mappings sorted."""
    return _encoder.encode(value).decode()


class Codec:
    """The kinds that a journal knows.

    Args:
        facts: kind to frozen dataclass; no kind of the journal's own, no field ``v``.
        upcasters: ``(kind, v)`` to the step from version ``v`` to ``v + 1``.
        exempt: kinds whose bodies may hold words, since those are nobody's.

    >>> @dataclass(frozen=True)
    ... class DoorOpened:
    ...     compartment: int
    >>> Codec({"DoorOpened": DoorOpened}).encode(DoorOpened(7))
    ('DoorOpened', '{"v":1,"compartment":7}')
    """

    def __init__(
        self,
        facts: Mapping[str, type],
        upcasters: Mapping[tuple[str, int], Upcaster] | None = None,
        exempt: Iterable[str] = (),
    ) -> None:
        for kind, shape in facts.items():
            _check_shape(kind, shape)
        self._facts = dict(facts)
        self._kinds = {shape: kind for kind, shape in facts.items()}
        self._upcasters = dict(upcasters or {})
        self._exempt = frozenset(exempt)
        self._versions = {kind: self._newest(kind) for kind in facts}
        self._prefixes = {k: f'{{"v":{v}' for k, v in self._versions.items()}

    def encode(self, fact: object) -> tuple[str, str]:
        """Return kind and body of ``fact``.

        Raises:
            KeyError: the fact's class is no kind of this journal.
            BodyNotPlain: the body holds text (DAT-2).
        """
        kind = self._kinds[type(fact)]
        rest = to_json(fact)[1:]
        body = self._prefixes[kind] + ("" if rest == "}" else ",") + rest
        if kind not in self._exempt and not is_plain(body):
            raise BodyNotPlain(kind)
        return kind, body

    def decode(self, kind: str, body: str) -> Any:  # noqa: ANN401  any fact
        """Return the fact that ``body`` says, brought up to the current version.

        Raises:
            JournalTooNew: kind or version is of a later Hometime.
            msgspec.ValidationError: the body is not one of its kind.
        """
        shape = self._facts.get(kind)
        if shape is None:
            raise JournalTooNew(kind, _version(body), 0)
        if body.startswith((self._prefixes[kind] + ",", self._prefixes[kind] + "}")):
            return msgspec.json.decode(body, type=shape)
        return msgspec.convert(self.upcast(kind, body), type=shape)

    def upcast(
        self, kind: str, body: str, current: int | None = None
    ) -> dict[str, Any]:
        """Return the fields of ``body`` at the current version, ``v`` taken off.

        Raises:
            JournalTooNew: the version is later than the current one.
            KeyError: there is no upcaster from the body's version.
        """
        known = self._versions[kind] if current is None else current
        values: dict[str, Any] = msgspec.json.decode(body)
        found = int(values.pop("v"))
        if found > known:
            raise JournalTooNew(kind, found, known)
        for version in range(found, known):
            values = self._upcasters[kind, version](values)
        return values

    def _newest(self, kind: str) -> int:
        return 1 + max((v for k, v in self._upcasters if k == kind), default=0)


def is_plain(body: str) -> bool:
    """Whether ``body`` holds ids, numbers and codes: no blank, escape or accent."""
    return body.isascii() and " " not in body and "\\" not in body


def _version(body: str) -> int:
    return int(msgspec.json.decode(body).get("v", 0))


def _check_shape(kind: str, shape: type) -> None:
    if kind in OWN_KINDS:
        raise ValueError(f"kind {kind}: is the journal's own")
    if not is_dataclass(shape) or "v" in {field.name for field in fields(shape)}:
        raise ValueError(f"kind {kind}: wanted a dataclass without a field v")
