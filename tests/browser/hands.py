"""Hands: at doors while somebody else is at a browser, and at a page's questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.classroom import Classroom, wait_for


@contextmanager
def children_at(classroom: Classroom, *doors: int) -> Iterator[None]:
    """Children stand at these doors and pull until they open: bolts are back for 2 s.

    What is done meanwhile is the body; it ends when each door stands open.
    """

    def pull(n: int) -> None:
        wait_for(lambda: classroom.door(n, "pull"), f"door {n}")

    with ThreadPoolExecutor(len(doors)) as children:
        pulls = [children.submit(pull, n) for n in doors]
        yield
        for each in pulls:
            each.result()


@contextmanager
def hand_at_one_of(classroom: Classroom, doors: Sequence[int]) -> Iterator[list[int]]:
    """A hand tries these doors in turn until one opens, which the list then holds.

    For doors that the program picks: whoever waits for the page to tell its number may
    find the bolt thrown again.
    """
    opened: list[int] = []

    def tried() -> bool:
        found = next((n for n in doors if classroom.door(n, "pull")), 0)
        opened.extend([found] if found else [])
        return bool(opened)

    with ThreadPoolExecutor(1) as hand:
        pulling = hand.submit(wait_for, tried, f"one of the doors {doors}")
        yield opened
        pulling.result()


def prove(classroom: Classroom, page: Page, role: str) -> None:
    """Type the password that the page asks for once more."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.fill("[name=step_up_secret]", classroom.account(role)["password"])
    page.get_by_role("button", name="Go on").click()
