"""How values are put in words on pages."""

from collections.abc import Iterable

from domain.vocabulary.coded import CodedList
from services.wording import words

__all__ = ["label", "listed", "or_none", "words"]


def label(code: object) -> str:
    """Return the label of a coded value, or what a name of the code says in words."""
    if code is None:
        return "Not recorded"
    if isinstance(code, bool):
        return "Yes" if code else "No"
    if isinstance(code, CodedList):
        return code.label[:1].upper() + code.label[1:]
    return words(str(code))


def or_none(value: object, otherwise: str = "Not recorded") -> object:
    """Return the value, or what to say where there is none: a field left blank reads as a fault."""
    return otherwise if value is None or value == "" else value


def listed(items: Iterable[str]) -> str:
    """Return names in a sentence: "police, MASH and the landlord"."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last
