"""Whole numbers in addresses, written as such: `7`, and neither `7.0` nor `+7`, nor with blanks."""

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError


def _written_in_digits(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdecimal()):
        raise PydanticKnownError("int_parsing")
    return value


WholeNumber = Annotated[int, BeforeValidator(_written_in_digits)]
"""A number that is no less than 0."""
