"""The views that reports and dashboards read: the schema `dashboard`, documented in itself."""

from adapters.read_store.dashboard.counting import Counted, count, show
from adapters.read_store.dashboard.making import READ_MODELS, ROLE, make, make_again
from adapters.read_store.dashboard.telling import Dashboard, Definition, View, describe

__all__ = [
    "READ_MODELS",
    "ROLE",
    "Counted",
    "Dashboard",
    "Definition",
    "View",
    "count",
    "describe",
    "make",
    "make_again",
    "show",
]
