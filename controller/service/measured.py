"""What the loop measures and no entry says; the technician's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from controller.service.mail import MailHealth


@dataclass(frozen=True, slots=True)
class Measured:
    """What the loop measures and no entry says.

    Attributes:
        readers: every reader of the configuration.
        poll_hz: how often each is asked for a card.
        coils_at_once: as the configuration allows.
        supply_v, supply_a: from the label; the program has no meter.
        data: the data directory.
        entries: of the journal.
        repaired: rows of the projections that the last start had to mend.
        mail: how mail fares; ``None`` where none is sent.
        sheet_ways: how the paper sheet is to leave by itself.
    """

    readers: tuple[str, ...]
    poll_hz: int
    coils_at_once: int
    supply_v: float
    supply_a: float
    data: Path
    entries: int
    repaired: int
    mail: MailHealth | None = None
    sheet_ways: tuple[str, ...] = ()
