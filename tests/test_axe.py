"""The vendored axe-core finds faults, so that "no faults" means something (WEB-2)."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).parent / "vendor/axe/axe.min.js"

PAGE = """<!doctype html><html lang="en"><head><title>Doors</title></head>
<body><main><h1>Doors</h1>{}</main></body></html>"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("<p>All shut.</p>", []),
        ('<img src="data:,">', ["image-alt"]),
        ('<p style="color: #ccc; background: #fff">All shut.</p>', ["color-contrast"]),
    ],
)
def test_web_2_axe_sees_a_fault_where_there_is_one(page, body, faults):
    """WEB-2: a page without fault passes, and each planted fault is named."""
    page.set_content(PAGE.format(body))
    page.add_script_tag(path=AXE)

    found = page.evaluate("axe.run().then(result => result.violations.map(v => v.id))")

    assert found == faults
