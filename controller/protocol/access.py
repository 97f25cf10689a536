"""The list of those who have access (REC-8)."""

from __future__ import annotations

import msgspec


class AccessLine(msgspec.Struct, omit_defaults=True):
    """One role of one account, or an account that ended since the last signature.

    Attributes:
        id: of the account.
        name, username: whose.
        role: of ``controller.domain.rights.ROLES``; empty where the account has ended.
        since: local day on which the role was given, or the account ended.
        by: who gave it, or ended it; empty from the command line or the first start.
        classes: slugs, for roles that reach only that far.
        used: local day of the last sign-in, empty: never.
        idle: not used for a whole month.
        second_factor: whether a code of an app is asked for.
        card: whether a card acts for this person at the bank.
        is_new: given since the last signature.
    """

    id: str
    name: str
    username: str
    role: str
    since: str
    by: str
    classes: list[str] = []
    used: str = ""
    idle: bool = False
    second_factor: bool = False
    card: bool = False
    is_new: bool = False


class AccessList(msgspec.Struct):
    """Everybody who has access, and when that was looked over last.

    Attributes:
        lines: by name, those that ended last.
        screens: browsers that are paired with the bank: since when, by whom.
        version: of the list, to be signed with it.
        school: its name. today: local day.
        reviewed: local day of the last signature; empty: never.
        reviewed_by: who signed. signature: the name that was typed.
        due: whether it is overdue.
    """

    lines: list[AccessLine]
    screens: list[tuple[str, str]]
    version: str
    school: str
    today: str
    reviewed: str
    reviewed_by: str
    signature: str
    due: bool
