"""Hands at doors while somebody else is at a browser."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

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
