"""The glossary: abbreviations, the words of this service, and the entries of its coded lists."""

import re
from collections.abc import Sequence
from functools import cache
from inspect import cleandoc
from typing import Any, NamedTuple

from domain.vocabulary.coded import CodedList
from services.reference.in_use import coded_lists
from services.web.review.abbreviations import ABBREVIATIONS

TERMS = {
    "As known on": "The case as the landlord knew it by the end of a day. What had happened by "
    "then and came to be known only later is left out, and listed apart as hindsight.",
    "Chronology": "The events of a case in order of happening, earliest first, with what a review "
    "makes of them. It is a chosen summary: the timeline has everything.",
    "Correction": "Nothing on record is changed. A correction is an event of its own, which says "
    "what was wrong, what is right, and why; both can be read.",
    "Gap in contact": "Four weeks or more in which nobody made contact with anyone in the case.",
    "Happened, known, recorded": "Three times of every event: when it happened, when the landlord "
    "first knew of it, and when this service took it in.",
    "Held back": "A figure that is made of fewer than five, or that would give one away, is not "
    "shown, so that nobody is known by it.",
    "Hindsight": "What had happened, but was known only on a later day: nobody here could have "
    "acted on it before.",
    "Included, left out, not decided": "What the author of a chronology said of an entry. The "
    "latest word holds; what was said before stays on record.",
    "Pseudonymous reference": "A number or code that stands for a person, so that they can be "
    "written about without their name.",
    "Reclassified": "The case is treated as something else from then on, for example as "
    "safeguarding rather than antisocial behaviour.",
    "Scope": "The days that a review looks at.",
    "Withheld": "It is on record, and not shown to you. That is said rather than left blank.",
}
"""The words of this service that are not everybody's."""

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Listed(NamedTuple):
    """A coded list: what it is called and for, and its entries."""

    name: str
    anchor: str
    about: str
    source: str
    labels: Sequence[str]


@cache
def glossary() -> dict[str, Any]:
    """Return what the page shows."""
    lists = sorted(map(_listed, coded_lists()), key=lambda each: each.name.lower())
    return {
        "abbreviations": sorted(ABBREVIATIONS.items(), key=lambda each: each[0].lower()),
        "terms": sorted(TERMS.items()),
        "lists": lists,
    }


def _listed(codes: type[CodedList]) -> Listed:
    first, *others = _WORD.split(codes.__name__)
    name = " ".join((first, *(word.lower() for word in others)))
    labels = [code.label[:1].upper() + code.label[1:] for code in codes]
    return Listed(name, codes.__name__.lower(), cleandoc(codes.__doc__ or ""), codes.source, labels)
