"""What crosses the socket: one public list, and nothing that is said twice."""

import ast
from collections import Counter
from pathlib import Path

from controller import protocol

SUBJECTS = [
    file
    for file in Path(protocol.__file__).parent.glob("*.py")
    if file.name != "__init__.py"
]


def test_each_message_has_one_home_and_is_on_the_public_list():
    homes = Counter(name for file in SUBJECTS for name in said_in(file))

    assert homes == Counter(protocol.__all__)


def said_in(file):
    """Give the names that this module defines itself, at its top."""
    for line in ast.parse(file.read_text()).body:
        match line:
            case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name
