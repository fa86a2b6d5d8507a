"""What a case is treated as to begin with, read from the event that opens it."""

from collections.abc import Mapping

from domain.events.lifecycle import CaseOpened, ConcernRaised, IncidentReported
from domain.vocabulary.safeguarding import Classification, Strand

Opening = IncidentReported | ConcernRaised | CaseOpened
"""The events that can open a case.

What it is treated as to begin with is what its formal opening says; where there is none, it is
what follows from the first of the others to have happened.
"""

OPENING: tuple[type[Opening], ...] = (CaseOpened, ConcernRaised, IncidentReported)


_STRANDS: Mapping[str, Strand] = {strand.value: strand for strand in Strand}


def strand_of(classification: Classification | None) -> tuple[Strand, ...]:
    """Return the strand that a case treated as this is in; none where it is in no certain one."""
    strand = _STRANDS.get(classification) if classification else None
    return () if strand is None else (strand,)


def first_classification(opening: Opening) -> Classification:
    """Return what a case opened by `opening` is treated as.

    A formal opening says so itself. An incident counts as what the reporting system badged it. A
    concern in a single strand is that strand; with several strands, or none named, it is
    safeguarding of a kind not yet known.
    """
    if isinstance(opening, CaseOpened):
        return opening.initial_classification
    if isinstance(opening, IncidentReported):
        return opening.category or Classification.UNCLASSIFIED
    strands = set(opening.strands)
    if len(strands) == 1:
        return Classification(strands.pop().value)
    return Classification.SAFEGUARDING
