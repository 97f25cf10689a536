"""docs/reference/room-socket.md knows every call, fault and error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from hardware.twin.calls import Call
from hardware.twin.faults import FAULTS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/reference/room-socket.md").read_text(encoding="utf-8")
CALLS = PAGE.partition("## Calls")[2]
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for name in ("calls", "faults", "mechanics", "reader", "attendance", "world")
    for path in [ROOT / f"hardware/twin/{name}.py"]
)


@pytest.mark.parametrize("call", get_args(Call))
def test_every_call_is_documented_with_its_fields(call):
    config = call.__struct_config__
    row = next(
        line for line in CALLS.splitlines() if line.startswith(f"| `{config.tag}`")
    )

    for field in call.__struct_fields__:
        assert f"`{field}`" in row


@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_is_documented(kind):
    assert f"`{kind}`" in PAGE


def test_every_refusal_is_documented():
    reasons = re.findall(r'(?:RoomRefused|refusal)\(\s*"([a-z-]+)"', SOURCES)

    assert len(set(reasons)) >= 9
    assert not [reason for reason in reasons if f"`{reason}`" not in PAGE]
