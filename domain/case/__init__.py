"""A case as admission sees it: its state, how events change it, which events it admits.

Each group of events says both in a module of its own, which registers itself on import.
"""

from domain.case import (
    challenge,
    consent,
    correcting,
    enforcement,
    lifecycle,
    links,
    organisation,
    people,
    permissions,
    plan,
    referrals,
    reviews,
    rights,
    risk,
)
from domain.case.admission import admit
from domain.case.evolving import evolve, fold
from domain.case.state import CaseState
from domain.case.verdicts import Admitted, Contradiction, Verdict, Waiting

GROUPS = (
    lifecycle,
    links,
    people,
    consent,
    risk,
    enforcement,
    referrals,
    challenge,
    plan,
    reviews,
    rights,
    organisation,
    permissions,
    correcting,
)
"""The groups of events that change what admission knows, or that it may object to."""

__all__ = [
    "GROUPS",
    "Admitted",
    "CaseState",
    "Contradiction",
    "Verdict",
    "Waiting",
    "admit",
    "evolve",
    "fold",
]
