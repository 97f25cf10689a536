"""CUS-7: what a paper quotes of the journal can be held against it years later."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from controller.journal.cli import journal_commands
from controller.journal.reading import open_read_only
from tests.controller.journal.toy import TOY, fill


@pytest.fixture
def whole(data):
    """Five entries; yields the directory and the third entry's hash."""
    fill(data, 5)
    with open_read_only(data) as run:
        (found,) = run.execute("SELECT hash FROM entry WHERE seq = 3").fetchone()
    return data, bytes(found).hex()


def ask(data, *quotes: str):
    """Verify a journal, and the entries that a paper quotes."""
    words = ["verify", "--data", str(data)]
    for quote in quotes:
        words += ["--entry", quote]
    return CliRunner().invoke(journal_commands(lambda: TOY), words)


def test_cus_7_an_entry_is_as_the_paper_says(whole):
    """CUS-7: place and hash agree; the line says what the entry is."""
    data, found = whole

    result = ask(data, f"1/3/{found[:16]}", "1/4")

    assert result.exit_code == 0
    third, fourth = result.stdout.splitlines()[-2:]
    assert third.startswith("entry 1/3 ")
    assert third.endswith(found)
    assert fourth.startswith("entry 1/4 ")


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("1/3/0123456789abcdef", "wanted 0123456789abcdef"),
        ("1/9", "no entry found"),
        ("2/3", "no entry found"),
        ("three", "wanted epoch/sequence/hash"),
        ("1/3/xyz", "wanted epoch/sequence/hash"),
    ],
)
def test_cus_7_an_entry_that_is_not_as_the_paper_says_fails(whole, quote, says):
    """CUS-7: exit 1 and one line that says what was found and what to do."""
    result = ask(whole[0], quote)

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert says in line
