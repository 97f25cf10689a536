"""Every request, with the right it needs: one table (SEC-2).

``docs/reference/protocol.md`` is printed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from controller.service.handling import Handling
from controller.service.requests.access import ACCESS
from controller.service.requests.accounts import ACCOUNTS
from controller.service.requests.bank import BANK
from controller.service.requests.day import DAY
from controller.service.requests.filed import FILING
from controller.service.requests.hardware import HARDWARE
from controller.service.requests.held import HELD
from controller.service.requests.operator import OPERATOR
from controller.service.requests.people import PEOPLE
from controller.service.requests.records import RECORDS
from controller.service.requests.rules import RULES
from controller.service.requests.second_factor import SECOND_FACTOR
from controller.service.requests.signing import SIGNING
from controller.service.requests.today import TODAY

REQUESTS: Mapping[str, Handling] = MappingProxyType(
    {
        **SIGNING,
        **SECOND_FACTOR,
        **BANK,
        **DAY,
        **PEOPLE,
        **RECORDS,
        **FILING,
        **RULES,
        **HARDWARE,
        **ACCOUNTS,
        **ACCESS,
        **OPERATOR,
        **HELD,
        **TODAY,
    }
)
"""Name of a request -> how it is served."""
