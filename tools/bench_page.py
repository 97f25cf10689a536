"""The board's first load: how many bytes it takes, and whom else it asks."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from tools.bench_table import Row

MOST_BYTES: Final = 80_000
SETTLES_MS: Final = 1_000
"""After the page's load event; what a script asks for later is no first load."""

STREAM: Final = "/stream"
"""Never ends, so it is no part of a load."""

NEEDED: Final = re.compile(
    r"""<(?:script|img|source)\b[^>]*\bsrc=["']([^"']+)"""
    r"""|<(?:link|use)\b[^>]*\bhref=["']([^"'#]+)"""
    r"""|url\(\s*["']?([^"')#]+)"""
    r"""|@import\s+["']([^"']+)""",
    re.IGNORECASE,
)
"""What a page or a style sheet makes a browser fetch."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer's body.

    Attributes:
        size: bytes that came over the line.
        plain: unpacked.
    """

    size: int
    plain: bytes


def board_row(url: str) -> Row:
    """Weigh what a browser that comes for the first time is sent."""
    asked, seen_by = asked_by_browser(f"{url}/"), "Chromium"
    if asked is None:
        asked, seen_by = asked_by_text(f"{url}/"), "no browser here, by its text"
    ours = {each for each in asked if urlsplit(each).netloc == urlsplit(url).netloc}
    ending = [each for each in ours if urlsplit(each).path != STREAM]
    answers = [fetch(each) for each in ending]
    size = sum(answer.size for answer in answers)
    plain = sum(len(answer.plain) for answer in answers)
    elsewhere = len(asked - ours)
    return Row(
        "board",
        f"{size / 1000:.1f} kB in {len(answers)} answers; {elsewhere} requests "
        f"to elsewhere ({seen_by})",
        f"not compressed: {plain / 1000:.1f} kB",
        size <= MOST_BYTES and not elsewhere,
    )


def asked_by_browser(url: str) -> set[str] | None:
    """Return what Debian's Chromium asks for on ``url``; None if it is not here."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only with a browser

    asked: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, chromium_sandbox=os.geteuid() != 0
        )
        page = browser.new_page()
        page.on("request", lambda request: asked.add(request.url.partition("#")[0]))
        page.goto(url, wait_until="load")
        page.wait_for_timeout(SETTLES_MS)
        browser.close()
    return {address for address in asked if not address.startswith("data:")}


def asked_by_text(url: str) -> set[str]:
    """Return ``url`` and what its text, and that of its style sheets, refer to."""
    found, waiting = {url}, [url]
    while waiting:
        address = waiting.pop()
        text = fetch(address).plain.decode(errors="replace")
        for parts in NEEDED.findall(text):
            needed = urljoin(address, "".join(parts))
            if needed.startswith("http") and needed not in found:
                found.add(needed)
                if urlsplit(needed).path.endswith(".css"):
                    waiting.append(needed)
    return found


def fetch(url: str) -> Answer:
    """Fetch ``url`` as a browser does that unpacks gzip."""
    request = Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310  our own site
    with urlopen(request, timeout=10) as answer:  # noqa: S310  our own site
        body: bytes = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return Answer(len(body), gzip.decompress(body) if packed else body)
