"""A case as admission sees it: its state, how events change it, which events it admits."""

from domain.case.admission import Admitted, Contradiction, Verdict, Waiting, admit
from domain.case.state import CaseState, evolve, fold

__all__ = [
    "Admitted",
    "CaseState",
    "Contradiction",
    "Verdict",
    "Waiting",
    "admit",
    "evolve",
    "fold",
]
