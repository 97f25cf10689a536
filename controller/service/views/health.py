"""The technician's page: one line that says ready or not, and what to look at."""

from __future__ import annotations

import shutil

from controller.domain.card_tokens import doubted_cards, token_of
from controller.domain.context import Context, setting
from controller.domain.faults import FAULTS
from controller.domain.state import Compartment, State
from controller.protocol import Health, HealthDoor, HealthPart
from controller.service.measured import Measured
from controller.service.sheet_trouble import trouble

LOW_DISK_MB = 200
"""Less free space than this wants looking at: some ten years of a room's journal."""


def make_health(state: State, context: Context, measured: Measured) -> Health:
    """Return the health page; no personal data is on it."""
    doors = [_door(state.compartment(n)) for n in context.layout.places]
    parts = [
        _readers(state, measured),
        _supply(measured),
        _clock(context),
        _doors(doors),
        *_cards(state),
        *_mail(measured),
        *_sheet(state, measured),
        _journal(measured),
        _disk(measured),
    ]
    looks = _looks(parts, doors, state)
    return Health(
        headline=f"Look at {_joined(looks)}" if looks else _ready_for(context),
        under=_under(doors, looks),
        ready=not looks,
        parts=parts,
        doors=doors,
        columns=context.layout.columns,
        version=state.the_bank.version,
        started_us=state.the_bank.started_us,
        readers=[
            [
                reader.reader,
                f"Reader “{reader.reader}” does not answer ({reader.cause}).",
            ]
            for reader in state.readers.values()
            if reader.lost_since_us
        ],
    )


def _door(place: Compartment) -> HealthDoor:
    sentences = [
        f"Door {place.n}: {FAULTS[code].words}. {FAULTS[code].remedy}"
        for code in place.faults
    ]
    if place.left_open:
        sentences.append(f"Door {place.n} has stood open for a while. Shut it.")
    if not place.in_use:
        sentences.append(f"Door {place.n} was taken out of use.")
    return HealthDoor(
        place.n,
        ok=not sentences,
        fault=" ".join(sentences),
        codes=list(place.faults),
        in_use=place.in_use,
    )


def _readers(state: State, measured: Measured) -> HealthPart:
    lost = [r for r in measured.readers if _is_lost(state, r)]
    total = len(measured.readers)
    words = (
        f"{_readers_named(lost)} not answer. Look at the plug and lead; "
        "it comes back by itself."
        if lost
        else f"Each answers {measured.poll_hz} times a second."
    )
    return HealthPart(
        "readers", not lost, words, f"{total - len(lost)} of {total}", "working"
    )


def _is_lost(state: State, reader: str) -> bool:
    known = state.readers.get(reader)
    return known is not None and known.lost_since_us > 0


def _readers_named(lost: list[str]) -> str:
    if len(lost) == 1:
        return f"The reader “{lost[0]}” does"
    return f"The readers {', '.join(lost)} do"


def _supply(measured: Measured) -> HealthPart:
    coils = measured.coils_at_once
    one = "one coil" if coils == 1 else f"{coils} coils"
    return HealthPart(
        "supply",
        ok=True,
        words=f"At most {one} at once. By the label; the voltage is not measured.",
        figure=f"{measured.supply_v:g} V",
        under=f"{measured.supply_a:g} A",
    )


_CLOCKS = {
    "synced": (True, "Set from the network.", "right"),
    "rtc": (True, "Kept by the clock chip; the network has not set it.", "kept"),
    "guessed": (
        False,
        (
            "Nobody has set it since the start, so nothing opens by itself. "
            "Look at the network, or begin and end things by hand."
        ),
        "guessed",
    ),
}


def _clock(context: Context) -> HealthPart:
    ok, words, under = _CLOCKS[context.clock]
    return HealthPart("clock", ok, words, context.local_hm(context.at_us), under)


def _doors(doors: list[HealthDoor]) -> HealthPart:
    bad = [door for door in doors if not door.ok]
    words = bad[0].fault if bad else "Every door is shut, sound and in use, or open."
    good = len(doors) - len(bad)
    return HealthPart("doors", not bad, words, f"{good} of {len(doors)}", "good")


def _cards(state: State) -> list[HealthPart]:
    """Return the line about tokens on cards, where they are looked for (ACC-8)."""
    if setting(state, "card.token", "off") != "on":
        return []
    cards = [card for card in state.credentials.values() if not card.revoked]
    tokens = [token_of(state, card.credential) for card in cards]
    marked = sum(token.marked for token in tokens)
    plain = sum(bool(token.unwritable) for token in tokens)
    doubted = len(doubted_cards(state))
    words = "No copy has been seen."
    if doubted:
        which = "A card may be a copy." if doubted == 1 else f"{doubted} may be copies."
        words = f"{which} The office knows whose."
    if plain:
        words += f" {plain} cannot be written, so copies of them go unseen."
    figure = f"{marked} of {len(cards)}"
    return [HealthPart("cards", not doubted, words, figure, "marked")]


def _mail(measured: Measured) -> list[HealthPart]:
    """Return the line about mail, where some is sent; never what it is about."""
    mail = measured.mail
    if mail is None:
        return []
    words = "What is written goes out at once."
    if mail.waiting:
        why = mail.why or "it could not be sent"
        words = f"Mail waits: {why}. It is tried again by itself."
    return [HealthPart("mail", not mail.waiting, words, f"{mail.waiting}", "waiting")]


_BY = {"folder": "as a file", "printer": "on paper", "mail": "by e-mail"}


def _sheet(state: State, measured: Measured) -> list[HealthPart]:
    """Return the line about the paper sheet, where it leaves by itself (DAY-13)."""
    ways = measured.sheet_ways
    if not ways:
        return []
    known = [state.sheets[way] for way in ways if way in state.sheets]
    stuck = [sent for sent in known if sent.stuck_us]
    words = [
        f"It does not leave {_BY[sent.way]}: {found.words}. {found.remedy}"
        for sent in stuck
        for found in (trouble(sent.why),)
    ]
    if stuck:
        words.append("It is tried again by itself.")
    return [
        HealthPart(
            "sheet",
            not stuck,
            " ".join(words) or "It leaves the Pi by itself.",
            f"{len(ways) - len(stuck)} of {len(ways)}",
            "ways",
        )
    ]


def _journal(measured: Measured) -> HealthPart:
    words = "Each entry is chained to the one before; the chain was checked at start."
    if measured.repaired:
        words += f" {measured.repaired} rows were mended from it."
    return HealthPart("journal", True, words, f"{measured.entries}", "entries")


def _disk(measured: Measured) -> HealthPart:
    free_mb = shutil.disk_usage(measured.data).free // 1_000_000
    ok = free_mb >= LOW_DISK_MB
    words = "Room enough." if ok else "Nearly full: delete what is not Hometime's."
    figure = f"{free_mb / 1000:.0f} GB" if free_mb >= 1000 else f"{free_mb} MB"  # noqa: PLR2004  units
    return HealthPart("disk", ok, words, figure, "free")


def _looks(parts: list[HealthPart], doors: list[HealthDoor], state: State) -> list[str]:
    del state
    bad = [f"door {door.n}" for door in doors if not door.ok][:3]
    named = {
        "readers": "a reader",
        "clock": "the clock",
        "disk": "the disk",
        "cards": "a card",
        "mail": "the mail",
        "sheet": "the paper sheet",
    }
    return bad + [named[p.key] for p in parts if not p.ok and p.key in named]


def _joined(looks: list[str]) -> str:
    return " and ".join([", ".join(looks[:-1]), looks[-1]] if looks[1:] else looks)


def _ready_for(context: Context) -> str:
    if context.is_guessed:
        return "Ready, but the clock is not set"
    day = context.calendar.next_school_day(context.today)
    if context.calendar.is_school_day(context.today):
        return "Ready for today"
    return f"Ready for {day:%A}" if day else "Ready"


def _under(doors: list[HealthDoor], looks: list[str]) -> str:
    good = sum(door.ok for door in doors)
    if not looks:
        return f"All {len(doors)} doors and every reader are well."
    return f"The other {good} doors are ready." if good < len(doors) else ""
