"""SIGKILL at any moment: nothing acknowledged is lost (REL-1)."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from controller.journal.verify import verify
from tests.controller.journal.disk import ROOT, plain
from tests.controller.journal.toy import open_toy

ROUNDS = 16


@pytest.fixture
def writer(data):
    """Called, it starts a writer that would go on for long; killed at the end."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.controller.journal.writer", data, "100000"],
            cwd=ROOT,
            env=plain(),
            stdout=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_rel_1_kill_nine_loses_nothing_that_was_acknowledged(data, writer):
    """REL-1: sixteen times in a row on one directory, at moments that chance picks."""
    chance = random.Random(7)
    for _ in range(ROUNDS):
        process = writer()
        for _ in range(chance.randint(1, 40)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        rest = process.stdout.read().split()
        process.wait()
        acknowledged = int(rest[-1]) if rest else acknowledged

        report = verify(data)
        assert report.first_bad is None
        assert report.head.seq >= acknowledged
        journal = open_toy(data)
        assert journal.tail.seq >= acknowledged
        journal.close()
