"""What is packaged, what is locked, and what the commands do on a bare machine."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from setuptools import find_packages

from tools import guard

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def locked(name: str) -> dict[str, Requirement]:
    """Return what a lock names, by canonical name."""
    lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    rows = [line.split(" --hash")[0] for line in lines if not line.startswith("#")]
    return {
        canonicalize_name(row.name): row for row in map(Requirement, filter(None, rows))
    }


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


# ------------------------------------------------------------------- the package


def test_three_packages_ship_and_no_other():
    include = PYPROJECT["tool"]["setuptools"]["packages"]["find"]["include"]

    found = find_packages(str(ROOT), include=include)

    assert {name.split(".")[0] for name in found} == {"controller", "hardware", "web"}


def test_every_folder_with_code_is_a_package():
    """A folder without ``__init__.py`` would be left out of an installation."""
    bare = {
        path.parent.relative_to(ROOT)
        for top in ("controller", "hardware", "web")
        for path in (ROOT / top).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    }

    assert bare == set()


def test_an_installation_has_every_file_of_the_packages(tmp_path):
    """Templates, styles and lists too: a Pi runs from what was installed."""
    tree = tmp_path / "tree"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("controller", "hardware", "web"):
        shutil.copytree(ROOT / name, tree / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    shipped = {str(path.relative_to(tree)) for path in tree.rglob("*/*")}

    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*build, "--wheel-dir", tmp_path, tree], check=True, capture_output=True
    )

    [wheel] = tmp_path.glob("hometime-*.whl")
    files = {name for name in shipped if (tree / name).is_file()}
    assert files - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_no_registry_would_take_it():
    assert "Private :: Do Not Upload" in PYPROJECT["project"]["classifiers"]


def test_the_licence_is_the_one_that_mfrc522_asks_for():
    assert PYPROJECT["project"]["license"] == "GPL-3.0-or-later"
    assert "Version 3, 29 June 2007" in (ROOT / "LICENSE").read_text()


# ---------------------------------------------------------------------- the lock


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()

    entries = re.findall(r"^[a-z0-9].*", text, re.MULTILINE)
    assert all(re.search(r"==\S+.* \\$", entry) for entry in entries)
    assert len(re.findall(r" \\\n    --hash=sha256:", text)) >= len(entries)
    assert not re.search(r"://|--index|--extra|--find-links|--trusted| @ |/opt", text)


def test_what_runs_is_locked_and_what_checks_it_besides():
    runs = set(locked("requirements.txt"))
    groups = PYPROJECT["dependency-groups"]

    assert names(PYPROJECT["project"]["dependencies"]) <= runs
    assert names(groups["build"]) <= runs
    assert names(groups["dev"]) <= set(locked("requirements-dev.txt"))


def test_both_locks_name_the_same_versions():
    runs, checks = map(locked, LOCKS)

    assert {name: checks[name].specifier for name in runs} == {
        name: row.specifier for name, row in runs.items()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_hw_1_what_must_come_from_the_pi_itself_is_not_locked(lock):
    """HW-1: one path to the pins on every board, and no compiler needed on a Pi."""
    assert not {"rpi-gpio", "rpi-lgpio", "lgpio", "spidev"} & set(locked(lock))


def test_what_is_installed_is_what_is_locked():
    rows = [
        row
        for row in locked("requirements-dev.txt").values()
        if row.marker is None or row.marker.evaluate()
    ]

    wrong = [
        str(row) for row in rows if metadata.version(row.name) not in row.specifier
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "sums",
    [
        path
        for top in ("controller", "hardware", "web", "tests")
        for path in sorted((ROOT / top).rglob("SHA256SUMS"))
    ],
)
def test_vendored_files_are_as_they_came(sums):
    for line in sums.read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest


# ------------------------------------------------------------------ the commands


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_command():
    text = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony is not None

    listed = re.findall(r"^  make (\S+) +\S", make().stdout, re.MULTILINE)

    assert listed == phony[1].split()


@pytest.fixture
def bare_path(tmp_path) -> Path:
    """A PATH with nothing on it but what is put there."""
    path = tmp_path / "bin"
    path.mkdir()
    return path


def shell(script: str, *arguments: str, path: Path, **environment: str):
    return subprocess.run(
        [shutil.which("bash"), ROOT / "tools" / script, *arguments],
        cwd=ROOT,
        env={"PATH": str(path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def stand_in(path: Path, text: str) -> None:
    path.write_text(f"#!{shutil.which('bash')}\n{text}\n")
    path.chmod(0o755)


def test_given_packages_that_may_not_be_installed_then_it_says_what_to_type(bare_path):
    """No apt-get here, so it can only be asked for; one line, nothing else."""
    stand_in(bare_path / "strace", "exit 0")

    done = shell("debian-packages.sh", "chromium", "strace", "systemd", path=bare_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"make test: not all Debian packages are here; "
        r"type: (sudo )?apt-get install chromium systemd\n",
        done.stderr,
    )


def test_given_all_packages_then_it_says_nothing(bare_path):
    stand_in(bare_path / "strace", "exit 0")

    done = shell("debian-packages.sh", "strace", path=bare_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_given_an_old_python_then_setup_says_what_to_type(bare_path, tmp_path):
    """Debian 11 and Raspberry Pi OS bullseye have 3.9."""
    stand_in(
        bare_path / "python3",
        'case "$2" in *version_info*print* | *print*) echo 3.9 ;; *) exit 1 ;; esac',
    )

    done = shell("setup.sh", path=bare_path, VENV=str(tmp_path / "venv"))

    assert done.returncode == 1
    assert done.stderr == (
        "make setup: python3 is Python 3.9, wanted 3.11 or later; "
        "type: make setup PYTHON=python3.11\n"
    )


def test_given_no_python_then_setup_says_what_to_type(bare_path, tmp_path):
    done = shell("setup.sh", path=bare_path, VENV=str(tmp_path / "venv"))

    assert done.returncode == 1
    assert done.stderr.startswith("make setup: no python3 here; type: sudo apt-get")
    assert done.stderr.count("\n") == 1


# -------------------------------------------------------------------- the guard


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"-----BEGIN " + b"PRIVATE KEY-----\n", "a private key"),
        (b"-----BEGIN OPENSSH " + b"PRIVATE KEY-----\n", "a private key"),
        (b"a = 1\n<<<<<<" + b"< HEAD\n", "an unresolved merge"),
        (b"x" * (guard.LARGEST_BYTES + 1), "at most 1000000"),
    ],
)
def test_the_guard_stops_what_must_not_be_in_the_tree(tmp_path, content, fault):
    path = tmp_path / "file"
    path.write_bytes(content)

    assert [fault in line for line in guard.faults(path)] == [True]


def test_the_guard_lets_an_ordinary_file_pass(tmp_path):
    path = tmp_path / "file"
    path.write_text("a = 1\n=======\n")

    assert guard.faults(path) == []
