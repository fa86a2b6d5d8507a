"""Reveals one class of personal data that reading masks; that is asked for, and recorded, apart."""

from dataclasses import replace
from uuid import UUID

from domain.access import Action
from services.access.gate import Gate
from services.access.opened import Opened
from services.access.visitor import Asking, Visitor


def reveal(gate: Gate, visitor: Visitor, asking: Asking, case_id: UUID) -> Opened:
    """Return a case opened to read, with one class less masked; raises what `Gate.open` does.

    Who may reveal may not always read: then nothing is shown.
    """
    read = gate.open(visitor, replace(asking, action=Action.READ, field=None), case_id)
    revealed = gate.open(visitor, asking, case_id)
    masked = read.masked & revealed.masked
    return replace(read, decision=replace(revealed.decision, masked=masked))
