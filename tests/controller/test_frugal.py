"""What the services do not load: 45 MB is the controller's bound, 60 MB the site's."""

from __future__ import annotations

import hmac
import subprocess
import sys

import pytest

from controller.frugal import version_of
from tests.controller.processes import TREE

CONTROLLER = """
from controller.frugal import metadata_when_asked, without_openssl
without_openssl(); metadata_when_asked()
import controller.config.check, controller.service.process, hardware.pi.bank
"""
SITE = """
from controller.frugal import without_openssl
without_openssl(tls=False)
import controller.config.check, web.serve
"""

ON_OCCASION = (
    *("email", "zipfile", "difflib", "importlib.metadata"),
    "controller.service.requests.audit",
    "controller.service.requests.concerns",
    "controller.service.requests.custody",
    "controller.service.requests.filing",
    "controller.service.roll",
    "controller.service.views.health",
    "controller.service.views.journal",
    "controller.service.views.records",
    "controller.service.views.subject",
)
"""Modules that somebody brings in who comes to their page, not the start."""


def run(program: str, **env: str) -> str:
    """Run a program in the tree with this interpreter; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=TREE,
        env={"PATH": "", "PYTHONPATH": str(TREE), **env},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("service", [CONTROLLER, SITE], ids=["controller", "site"])
def test_the_systems_openssl_is_not_mapped(service):
    """3.6 MB of the controller, 5 MB of the site."""
    mapped = run(service + "print(open('/proc/self/maps').read())")

    assert "libcrypto" not in mapped
    assert "libssl" not in mapped


def test_digests_are_what_they_were():
    """SHA-256, SHA-1 (codes of an app) and HMAC, with nothing said on stderr."""
    told = run(
        CONTROLLER + "import hashlib, hmac\n"
        "print(hashlib.sha256(b'abc').hexdigest()[:16])\n"
        "print(hmac.new(b'k', b'abc', 'sha1').hexdigest()[:8])\n"
        "print(hmac.compare_digest(b'a', b'a'))\n"
    )

    ours = hmac.new(b"k", b"abc", "sha1").hexdigest()[:8]
    assert told.split() == ["ba7816bf8f01cfea", ours, "True"]


def test_the_controller_can_still_speak_tls_to_a_mail_server():
    """CUS-6: concerns leave by e-mail."""
    told = run(CONTROLLER + "import ssl, smtplib; print(ssl.create_default_context())")

    assert "SSLContext" in told


def test_what_is_wanted_on_occasion_is_not_loaded_at_the_start():
    loaded = run(CONTROLLER + "import sys; print(*sys.modules)").split()

    assert sorted(set(loaded) & set(ON_OCCASION)) == []


def test_a_pin_factory_by_name_is_found_all_the_same():
    """design.md: ``GPIOZERO_PIN_FACTORY=mock`` is honoured."""
    told = run(
        CONTROLLER + "import gpiozero; print(gpiozero.OutputDevice(17).pin_factory)",
        GPIOZERO_PIN_FACTORY="mock",
    )

    assert "mock" in told


def test_the_version_is_that_of_the_installed_package():
    from importlib.metadata import version  # noqa: PLC0415  what is compared with

    assert version_of("hometime") == version("hometime")
    assert version_of("msgspec") == version("msgspec")
