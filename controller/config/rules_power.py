"""What the supply's and the locks' figures must obey together (HW-2).

The first sentence of each rule is printed in docs/reference/settings.md.
"""

from __future__ import annotations

from controller.config.draft import Draft, Drafts
from controller.config.findings import Findings
from controller.config.kinds import did_you_mean, shown

LONG_PULSE_S = 3.0
"""Cabinet locks commonly bear 1 to 3 s; more is unusual enough to ask."""


def locks_bear_their_own_pulse(drafts: Drafts, findings: Findings) -> None:
    """A lock's release_time_s is at most its max_on_s; beyond 3 s is warned of."""
    for lock in _locks(drafts):
        release_s, max_on_s = lock.get("release_time_s"), lock.get("max_on_s")
        if release_s and max_on_s and release_s > max_on_s:
            findings.fault(
                lock,
                "release_time_s",
                wanted=f"at most max_on_s, {max_on_s:g} s",
                remedy="Shorten the release; max_on_s is the data sheet's.",
            )
        if max_on_s and max_on_s > LONG_PULSE_S:
            findings.warn(
                lock,
                "max_on_s",
                wanted=f"at most {LONG_PULSE_S:g} s, as cabinet locks commonly bear",
                remedy="Look into the lock's data sheet once more.",
            )


def _locks(drafts: Drafts) -> list[Draft]:
    ordinary = drafts.single.get("lock")
    return [*([ordinary] if ordinary else []), *drafts.locks.values()]


def locks_that_are_named_exist(drafts: Drafts, findings: Findings) -> None:
    """A lock that a compartment names exists; a lock that none names is warned of."""
    used = set()
    for draft in drafts.compartments:
        name = draft.get("lock")
        used.add(name)
        if name and name not in drafts.locks:
            guess = did_you_mean(name, tuple(drafts.locks))
            findings.fault(
                draft,
                "lock",
                wanted="the name of a table [locks.NAME]",
                remedy=guess or f"Write a table [locks.{name}] with its figures.",
            )
    for name, kind in drafts.locks.items():
        if name not in used:
            findings.warn(
                kind,
                "",
                found="a kind of lock that no compartment has",
                wanted=f"lock = {shown(name)} in a compartment",
                remedy="Name it there, or take the table out.",
            )


def supply_bears_every_lock(drafts: Drafts, findings: Findings) -> None:
    """Each lock draws at most amps times headroom; more max_coils are warned of."""
    supply = drafts.single.get("supply")
    if not supply or not supply.get("amps") or not supply.get("headroom"):
        return
    budget_a = supply.get("amps") * supply.get("headroom")
    bears = f"at most {budget_a:g} A, the supply's amps times headroom"
    for kind in _locks(drafts):
        if (kind.get("current_a") or 0) > budget_a:
            remedy = "Fit a stronger supply, or a lock that draws less."
            findings.fault(kind, "current_a", wanted=bears, remedy=remedy)
    many = supply.get("max_coils") or 1
    drawn = [
        lock.get("current_a") or 0
        for each in drafts.compartments
        if (lock := drafts.lock_of(each))
    ]
    together_a = sum(sorted(drawn, reverse=True)[:many])
    if many > 1 and together_a > budget_a:
        findings.warn(
            supply,
            "max_coils",
            wanted=bears,
            remedy=f"{many} coils draw up to {together_a:g} A, so fewer are powered "
            "at once; lower max_coils to what the supply bears.",
        )


RULES = (
    locks_bear_their_own_pulse,
    locks_that_are_named_exist,
    supply_bears_every_lock,
)
