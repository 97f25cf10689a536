"""Our PEM files are what every other program reads and writes."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from controller.journal import pem

KEY = Ed25519PrivateKey.generate()
THEIRS = KEY.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
THEIR_PUBLIC = KEY.public_key().public_bytes(
    s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo
)


def test_rel_2_our_files_are_those_of_the_library():
    """REL-2: a head is checked by anybody who has the public key."""
    assert pem.private_pem(KEY.private_bytes_raw()) == THEIRS
    assert pem.public_pem(KEY.public_key().public_bytes_raw()) == THEIR_PUBLIC


def test_rel_2_their_files_are_read():
    """REL-2: both ways."""
    assert pem.private_raw(THEIRS) == KEY.private_bytes_raw()
    assert pem.public_raw(THEIR_PUBLIC) == KEY.public_key().public_bytes_raw()


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"nonsense",
        THEIR_PUBLIC,
        THEIRS[:-40],
        THEIRS.replace(b"M", b"!", 1),
        generate_private_key(SECP256R1()).private_bytes(
            s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()
        ),
    ],
)
def test_rel_2_what_is_no_private_key_is_said(wrong):
    """REL-2: a damaged key is an error, not another key."""
    with pytest.raises(ValueError, match="key: not"):
        pem.private_raw(wrong)
