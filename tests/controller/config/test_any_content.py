"""Whatever stands in the file, the check ends, and ends with words (HW-7)."""

import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.config.check import judge
from controller.config.findings import Findings
from controller.config.places import line_numbers
from tests.controller.config.conftest import SOUND

scalars = (
    st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text()
    | st.dates()
    | st.sampled_from(["header:17", "room:locks:3", "i2c-1:0x20:3", "x" * 300])
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
keys = st.sampled_from(sorted({*tomllib.loads(SOUND), "locks", "twin", "web", "n"}))


def slots(node):
    """Every place in the file where a value stands."""
    inside = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(inside):
        yield node, key
        if isinstance(value, dict | list):
            yield from slots(value)


@given(st.data())
def test_hw_7_a_sound_bank_with_anything_anywhere_gets_a_report(data):
    """HW-7: never a stack trace."""
    raw = deepcopy(tomllib.loads(SOUND))
    for _ in range(data.draw(st.integers(1, 4))):
        node, key = data.draw(st.sampled_from(list(slots(raw))))
        node[key] = data.draw(anything)
    if data.draw(st.booleans()):
        raw[data.draw(keys | st.text())] = data.draw(anything)
    findings = Findings({})

    drafts = judge(raw, Path("/etc/hometime"), findings)

    assert all(str(found).isprintable() for found in findings.faults)
    if not findings.faults:
        assert all(draft.build() for draft in drafts.every())


@given(st.text())
def test_line_numbers_are_found_in_any_text(text):
    assert all(number >= 1 for number in line_numbers(text).values())


@pytest.mark.parametrize(
    "header", ["[locks.heavy]", '[ locks . "heavy" ] # the old ones', "[locks.'heavy']"]
)
def test_a_header_is_known_in_each_of_its_spellings(header):
    assert line_numbers(f"\n{header}\n'max_on_s'=1")["locks.heavy", 0, ""] == 2
    assert line_numbers(f"\n{header}\n'max_on_s'=1")["locks.heavy", 0, "max_on_s"] == 3


def test_what_looks_like_a_setting_within_a_long_string_is_none():
    text = '[bank]\nname = """\n[web]\nport = 1\n"""\ncolumns = 2'

    assert line_numbers(text) == {
        ("bank", 0, ""): 1,
        ("bank", 0, "name"): 2,
        ("bank", 0, "columns"): 6,
    }
