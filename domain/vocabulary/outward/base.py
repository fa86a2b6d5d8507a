"""What a map from our codes to those of a standard is, and how it shows that nothing is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from domain.vocabulary.coded import CodedList

Code = TypeVar("Code", bound=CodedList)

UNMAPPED: Final = None
"""Stands in a map for a code without a true counterpart. It is never guessed at, nor made "other"
by default: what is unknown here is unknown there."""


class Standard(StrEnum):
    """A body of codes that others use and that ours can be told in."""

    SAC = "sac"
    HACT = "hact"
    TSM = "tsm"


@dataclass(frozen=True, slots=True)
class OutwardList:
    """A closed list of a standard: its codes and what they stand for, in the standard's words."""

    standard: Standard
    name: str
    version: str
    source: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutwardMap(Generic[Code]):
    """What each code of one of our lists is called in a list of a standard."""

    ours: type[Code]
    theirs: OutwardList
    codes: Mapping[Code, str | None]
    note: str = ""
    """What whoever uses the outward codes should know."""

    def left_out(self) -> list[Code]:
        """Return the codes of our list that the map does not speak of; there must be none."""
        return [code for code in self.ours if code not in self.codes]

    def not_theirs(self) -> list[str]:
        """Return the outward codes that their list does not have; there must be none."""
        return [code for code in self.codes.values() if code and code not in self.theirs.codes]
