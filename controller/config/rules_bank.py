"""What names, numbers and paths must obey together.

The first sentence of each rule is printed in docs/reference/settings.md.
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Hashable, Iterable
from pathlib import Path

from controller.config.draft import Draft, Drafts
from controller.config.findings import Findings

LONGEST_SOCKET_PATH = 107
"""Bytes: ``sun_path`` of Linux's sockaddr_un has 108 with the final zero (unix(7))."""


def _repeats(drafts: Iterable[Draft], *keys: str) -> Iterable[tuple[Draft, Draft]]:
    """Yield each draft that repeats an earlier one's values, with the earlier one."""
    first: dict[Hashable, Draft] = {}
    for draft in drafts:
        value = tuple(draft.get(key) for key in keys)
        if None in value:
            continue
        if value in first:
            yield draft, first[value]
        else:
            first[value] = draft


def compartments_are_numbered_once(drafts: Drafts, findings: Findings) -> None:
    """Every compartment has a number of its own."""
    for draft, _ in _repeats(drafts.compartments, "n"):
        findings.fault(
            draft,
            "n",
            wanted="a number that no other compartment has",
            remedy="Write the number that stands on the door.",
        )


def numbers_have_no_gap(drafts: Drafts, findings: Findings) -> None:
    """Warned of: a number left out between 1 and the last."""
    by_number = {
        draft.get("n"): draft for draft in drafts.compartments if draft.get("n")
    }
    missing = sorted(set(range(1, max(by_number, default=0))) - by_number.keys())
    if missing and len(by_number) == len(drafts.compartments):
        findings.warn(
            by_number[max(by_number)],
            "n",
            wanted=f"{', '.join(map(str, missing))} as well",
            remedy="Add the missing compartments, or leave it so if they have no door.",
        )


def readers_have_their_own_name_and_chip(drafts: Drafts, findings: Findings) -> None:
    """Every reader has a name, and a bus and device, of its own."""
    for draft, _ in _repeats(drafts.readers, "name"):
        findings.fault(
            draft,
            "name",
            wanted="a name that no other reader has",
            remedy="Name each reader for the place where it sits.",
        )
    for draft, other in _repeats(drafts.readers, "bus", "device"):
        findings.fault(
            draft,
            "device",
            wanted=f"a device that no other reader on bus {draft.get('bus')} has",
            remedy=f"{other.label} sits there already; each has its own chip select.",
        )


def bus_0_has_two_chip_selects(drafts: Drafts, findings: Findings) -> None:
    """SPI bus 0 has devices 0 and 1, bus 1 has 0 to 2."""
    for draft in drafts.readers:
        if draft.get("bus") == 0 and draft.get("device") == 2:  # noqa: PLR2004  the third
            findings.fault(
                draft,
                "device",
                wanted="0 or 1 on bus 0",
                remedy="A third reader goes to bus 1 (dtoverlay=spi1-1cs).",
            )


def socket_paths_fit(drafts: Drafts, findings: Findings) -> None:
    """A socket's path has at most 107 bytes, and no folder stands there."""
    for table, key in (("bank", "socket"), ("twin", "room")):
        draft = drafts.single.get(table)
        path: Path | None = draft.get(key) if draft else None
        if draft is None or path is None:
            continue
        length = len(os.fsencode(path))
        if length > LONGEST_SOCKET_PATH:
            findings.fault(
                draft,
                key,
                found=f"a path of {length} bytes",
                wanted=f"at most {LONGEST_SOCKET_PATH} bytes",
                remedy="Put the socket into a folder nearer the root, such as /run.",
            )
        elif stat.S_ISDIR(_mode(path)):
            findings.fault(
                draft,
                key,
                found="a folder",
                wanted="a name that is free for a socket",
                remedy="Write the socket's own name behind the folder's.",
            )


def _mode(path: Path) -> int:
    """Return what stands at ``path``; 0 for nothing, or nothing that we may see."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def data_is_a_folder(drafts: Drafts, findings: Findings) -> None:
    """The data folder is no file, if it exists already."""
    bank = drafts.single.get("bank")
    path: Path | None = bank.get("data") if bank else None
    if bank and path and _mode(path) and not stat.S_ISDIR(_mode(path)):
        findings.fault(
            bank,
            "data",
            found="a file",
            wanted="a folder",
            remedy="Write the folder in which the databases are to stand.",
        )


def twin_says_that_it_is_simulated(drafts: Drafts, findings: Findings) -> None:
    """A [twin] table says simulated = true."""
    twin = drafts.single.get("twin")
    if twin and twin.get("simulated") is False:
        findings.fault(
            twin,
            "simulated",
            wanted="true",
            remedy="On a real bank take the whole [twin] table out.",
        )


def site_listens_on_the_pi_only(drafts: Drafts, findings: Findings) -> None:
    """Warned of: a site that listens beyond the Pi, where nothing encrypts it."""
    web = drafts.single.get("web")
    host = web.get("host") if web else None
    if web and host and not _is_loopback(host):
        findings.warn(
            web,
            "host",
            wanted='"127.0.0.1"',
            remedy="Passwords would cross the network unencrypted; let the front "
            "server on this Pi encrypt and listen there.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mail_has_a_sender_and_somebody_to_tell(drafts: Drafts, findings: Findings) -> None:
    """A mail server comes with an address in From and with somebody to tell."""
    mail = drafts.single.get("mail")
    if mail is None or not mail.get("host"):
        return
    if not mail.get("from"):
        remedy = "Write an address of the school's that may be answered."
        findings.fault(mail, "from", wanted="the address in From", remedy=remedy)
    if not any(mail.get(key) for key in ("to_dsl", "to_head", "to_chair")):
        findings.fault(
            mail,
            "to_dsl",
            wanted="somebody who is told of a concern",
            remedy="Write to_dsl, to_head and to_chair, or take [mail] out.",
        )


def mail_signs_in_over_an_encrypted_way(drafts: Drafts, findings: Findings) -> None:
    """Who signs in at the mail server has a password, and the way is encrypted."""
    mail = drafts.single.get("mail")
    if mail is None or not mail.get("user"):
        return
    if mail.get("password_file") is None:
        remedy = "Put the password into a file of its own and write its path."
        findings.fault(mail, "password_file", wanted="a path", remedy=remedy)
    if mail.get("security") == "none":
        findings.fault(
            mail,
            "security",
            wanted='"starttls" or "tls"',
            remedy="The password would cross the network for everybody to read.",
        )


RULES = (
    compartments_are_numbered_once,
    numbers_have_no_gap,
    readers_have_their_own_name_and_chip,
    bus_0_has_two_chip_selects,
    socket_paths_fit,
    data_is_a_folder,
    twin_says_that_it_is_simulated,
    site_listens_on_the_pi_only,
    mail_has_a_sender_and_somebody_to_tell,
    mail_signs_in_over_an_encrypted_way,
)
