"""The example can be used as it is, and the reference says what is so (HW-7, HW-8)."""

from pathlib import Path

from controller.config import check, load
from controller.config.check import RULES
from controller.config.read import REPEATED, SINGLE
from controller.config.reference import markdown
from controller.config.schema import settings_of

TREE = Path(__file__).parents[3]
EXAMPLE = TREE / "examples" / "header-bank.toml"


def test_hw_8_the_example_passes_the_check_without_a_warning():
    """HW-8: what a newcomer copies has nothing to mend."""
    report = check(EXAMPLE)

    assert report.lines == []


def test_hw_8_the_example_is_one_reader_and_eight_doors():
    config = load(EXAMPLE)

    assert [each.n for each in config.compartments] == list(range(1, 9))
    assert [each.name for each in config.readers] == ["front"]
    assert not config.is_simulated


def test_the_reference_is_as_the_schema_would_write_it():
    text = (TREE / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert markdown() in text, "type: make docs"


def test_the_reference_has_every_setting_and_every_rule():
    text = markdown()

    for cls in (*SINGLE.values(), *REPEATED.values()):
        for each in settings_of(cls):
            assert f"| `{each.key}` |" in text
    for rule in RULES:
        assert f"* {rule.__doc__.splitlines()[0]}" in text
