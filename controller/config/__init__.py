"""The bank's hardware settings: one TOML file, checked as a whole (HW-7)."""

from controller.config.check import check, load
from controller.config.faults import ConfigError, ConfigFault, ConfigReport
from controller.config.schema import (
    Bank,
    Compartment,
    Config,
    Contacts,
    Lock,
    Reader,
    Supply,
    Twin,
    Web,
)

__all__ = [
    "Bank",
    "Compartment",
    "Config",
    "ConfigError",
    "ConfigFault",
    "ConfigReport",
    "Contacts",
    "Lock",
    "Reader",
    "Supply",
    "Twin",
    "Web",
    "check",
    "load",
]
