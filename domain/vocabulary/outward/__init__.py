"""What our codes are called in the standards that others use, as far as they have a name there."""

from typing import Any

from domain.vocabulary.coded import CodedList
from domain.vocabulary.outward import hact, sac, tsm
from domain.vocabulary.outward.base import UNMAPPED, OutwardList, OutwardMap, Standard

MAPS: tuple[OutwardMap[Any], ...] = (*sac.MAPS, *hact.MAPS, *tsm.MAPS)
"""Every map there is; at most one from each of our lists to a standard."""

_BY_LIST = {(each.ours, each.theirs.standard): each for each in MAPS}


def outward(code: CodedList, standard: Standard) -> str | None:
    """Return what `code` is called in `standard`; None where it has no true counterpart there."""
    found = _BY_LIST.get((type(code), standard))
    return found.codes[code] if found else None


__all__ = ["MAPS", "UNMAPPED", "OutwardList", "OutwardMap", "Standard", "outward"]
