"""How long a sign-in or a PIN has to wait after failures (ACC-5).

Pure: rows in, rows out. The store keeps a row for each account, card, remote address
and reader, so that neither a restart nor a pulled plug shortens a wait.

An attempt is charged *before* its secret is tried, and taken back when the secret was
right. Thus attempts at the same moment, or a program killed while it hashes, gain no
free guess::

    if wait_s(row, now_us) > 0: turn it away, untried and uncharged
    row = charged(before, now_us)             # durable, then try the secret
    row = taken_back(row, Charge(before, row))  # only if it was right

Times are those of the record: wall clock, UTC, microseconds since 1970.

A patient guesser has 102 tries a day at one card. For a PIN of six digits that is a
chance of one in ten thousand a day (tests/controller/people/test_throttle.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.people.records import Throttle

SECOND_US = 1_000_000
MINUTE_S = 60
DAY_S = 24 * 60 * MINUTE_S


@dataclass(frozen=True, slots=True)
class Ladder:
    """How waits grow, and when they are forgotten.

    Attributes:
        free: failures that cost no wait.
        delays_s: what each further failure costs; the last one holds from there on.
        forget_s: after this long without a failure there were none; longer than the
            last delay, or sitting out the longest wait would clear the row.
        success_clears: whether one right secret forgives all failures, or only its own
            charge.
    """

    free: int
    delays_s: tuple[int, ...]
    forget_s: int
    success_clears: bool

    def delay_us(self, failures: int) -> int:
        """Return the wait after so many failures in a row, microseconds."""
        step = failures - self.free
        if step <= 0:
            return 0
        return self.delays_s[min(step, len(self.delays_s)) - 1] * SECOND_US

    def charged_at_us(self, row: Throttle) -> int:
        """Return when the row's last failure was charged."""
        return row.until - self.delay_us(row.failures)

    def has_forgotten(self, row: Throttle, now_us: int) -> bool:
        """Whether the row's failures are too long ago to count."""
        return now_us - self.charged_at_us(row) >= self.forget_s * SECOND_US


PERSON = Ladder(
    free=2,
    delays_s=(5, 15, MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S),
    forget_s=DAY_S,
    success_clears=True,
)
"""For an account or a card: somebody guesses one person's secret."""

PLACE = Ladder(
    free=10,
    delays_s=(5, 15, MINUTE_S, 5 * MINUTE_S),
    forget_s=15 * MINUTE_S,
    success_clears=False,
)
"""For a remote address or a reader, which many people share: somebody tries one guess
on each of many accounts. More is free and the longest wait is shorter, so that nobody
can stop a class from going home; a right secret clears nobody else's failures."""


def fresh(key: str) -> Throttle:
    """Return the row of what never failed; as good as none."""
    return Throttle(key=key, failures=0, until=0)


def wait_s(row: Throttle | None, now_us: int, ladder: Ladder = PERSON) -> float:
    """Return how long until the next attempt may be tried, seconds; 0: now.

    Never more than the ladder's last delay, also where the clock was set back.
    """
    if row is None:
        return 0.0
    left_us = min(row.until - now_us, ladder.delay_us(row.failures))
    return max(0, left_us) / SECOND_US


def charged(row: Throttle, now_us: int, ladder: Ladder = PERSON) -> Throttle:
    """Return the row with one attempt more, charged before its secret is tried.

    Args:
        row: what is kept now, or :func:`fresh`.
        now_us: wall clock.
        ladder: which rule holds for the row.
    """
    failures = 0 if ladder.has_forgotten(row, now_us) else row.failures
    until = now_us + ladder.delay_us(failures + 1)
    return replace(row, failures=failures + 1, until=until)


@dataclass(frozen=True, slots=True)
class Charge:
    """One attempt's: the row before it, and with it."""

    before: Throttle
    after: Throttle


def taken_back(row: Throttle, charge: Charge, ladder: Ladder = PERSON) -> Throttle:
    """Return the row without a charge whose secret was right.

    It may be deleted where it has no failures. Who signs in rightly leaves a place as
    it was: no wait begins anew, and what was charged before is forgotten no later. Only
    where others have charged it meanwhile is the newest charge taken for a failure.
    """
    if ladder.success_clears:
        return fresh(row.key)
    if row == charge.after:
        return charge.before
    if row.failures <= 1:
        return fresh(row.key)
    until = ladder.charged_at_us(row) + ladder.delay_us(row.failures - 1)
    return replace(row, failures=row.failures - 1, until=until)


def rebased(row: Throttle, now_us: int, ladder: Ladder = PERSON) -> Throttle:
    """Return the row for a clock that was set back: no failure lies in the future.

    A Pi without a clock chip starts at about its last shutdown (docs/decisions/0011).
    Without this a wait would stand still until the clock had caught up; with it
    the whole wait begins anew, so setting the clock back, too, shortens none.
    """
    until = min(row.until, now_us + ladder.delay_us(row.failures))
    return replace(row, until=until)
