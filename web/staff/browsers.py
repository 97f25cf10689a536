"""What people call a browser, from what it calls itself (ACC-4)."""

from __future__ import annotations

import re

BROWSERS = (
    # token of the User-Agent, name; the first that is there: others pretend to be it
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
ADDRESS = re.compile(r"[0-9a-fA-F:.]{3,45}")


def browser_words(browser: str) -> str:
    """Return an address and a User-Agent as people say it.

    >>> browser_words("10.0.4.7 Mozilla/5.0 (iPad; CPU OS 17_5) Safari/605")
    'Safari on iPad, at 10.0.4.7'
    >>> browser_words("Firefox on a PC")
    'Firefox on a PC'
    """
    address, _, agent = browser.partition(" ")
    if not ADDRESS.fullmatch(address):
        address, agent = "", browser
    if "/" not in agent:
        return browser
    name = next((name for token, name in BROWSERS if token in agent), "A program")
    system = next((name for token, name in SYSTEMS if token in agent), "")
    where = f" on {system}" if system else ""
    return f"{name}{where}{f', at {address}' if address else ''}"
