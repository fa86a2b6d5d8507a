"""Data about health, care needs and capacity: whoever may see a case need not see these."""

from pydantic_core import PydanticCustomError

from domain.vocabulary.record import Sensitivity


def refuse_standard(sensitivity: Sensitivity) -> None:
    """Raise where an event that holds special category data is open to everyone on the case."""
    if sensitivity is Sensitivity.STANDARD:
        raise PydanticCustomError(
            "not-restricted", "special category data must be restricted or sealed"
        )
