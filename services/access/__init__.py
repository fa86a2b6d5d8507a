"""The one place that lets anyone see or do anything: it decides, records, and only then opens."""

from services.access.gate import Gate
from services.access.opened import Opened, Sifted
from services.access.visitor import (
    AccessUnavailable,
    Asking,
    Forbidden,
    NotThere,
    ReadBudgetSpent,
    Visitor,
)

__all__ = [
    "AccessUnavailable",
    "Asking",
    "Forbidden",
    "Gate",
    "NotThere",
    "Opened",
    "ReadBudgetSpent",
    "Sifted",
    "Visitor",
]
