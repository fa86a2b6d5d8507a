"""The base of every coded list: the code travels, the label is shown, the source is named."""

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Self


class CodedList(StrEnum):
    """A closed list of codes; each member is its code and carries a plain-English `label`.

    `source` says where the list comes from, so that a reviewer can check it.
    """

    label: str
    place: int
    """Where the code stands in its list, from 0."""
    source: ClassVar[str]

    __hash__ = str.__hash__  # that of an enumeration is a function in Python, and so is `value`
    if not TYPE_CHECKING:
        value = property(attrgetter("_value_"))

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make the member `code`, shown as `label`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.place = len(cls.__members__)
        return member

    def __init_subclass__(cls, *, source: str) -> None:
        cls.source = source
