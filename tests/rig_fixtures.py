"""The rig as pytest has it; conftests import what they offer."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher

from controller.people import passwords
from tests.rig import opened


@pytest.fixture(scope="module")
def cheap_hashes():
    """Argon2 with the least it bears: what it protects is not what is tested."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", cheap)
        passwords._nobody.cache_clear()
        yield
    passwords._nobody.cache_clear()


@contextmanager
def quick_folder():
    """A folder in memory where there is one: a killed process needs no disk's sync."""
    shared = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
    with TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as path:
        yield Path(path)


@pytest.fixture
def folder():
    """A quick folder for one test."""
    with quick_folder() as path:
        yield path


@pytest.fixture
def rig(folder, cheap_hashes):
    """Eight pupils, one adult a role, 08:25 on a Monday of term."""
    with opened(folder / "rig") as rig:
        yield rig


@pytest.fixture
def class_rig(folder, cheap_hashes):
    """Thirty pupils."""
    with opened(folder / "rig", pupils=30) as rig:
        yield rig
