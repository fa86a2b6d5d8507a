"""Draws a genogram: a row for each generation, a line for each relationship, agencies below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from domain.vocabulary.people import Relationship, YesNoUnknown
from projections.genogram import Genogram, GenogramPerson, GenogramRelationship
from services.web.case.persons import Persons

_BOX_WIDTH, _BOX_HEIGHT, _GAP, _ROW = 180, 84, 60, 170
_MARGIN = 20
_LETTERS = 24
_LINES = 2

_DOWN = {
    Relationship.PARENT: 1,
    Relationship.STEP_PARENT: 1,
    Relationship.FOSTER_CARER: 1,
    Relationship.PARENT_OF_UNBORN: 1,
    Relationship.AUNT_OR_UNCLE: 1,
    Relationship.GRANDPARENT: 2,
    Relationship.GREAT_GRANDPARENT: 3,
    Relationship.CHILD: -1,
    Relationship.STEP_CHILD: -1,
    Relationship.FOSTER_CHILD: -1,
    Relationship.UNBORN_CHILD: -1,
    Relationship.NIECE_OR_NEPHEW: -1,
    Relationship.GRANDCHILD: -2,
    Relationship.GREAT_GRANDCHILD: -3,
}
"""How many generations the second person is below the first; the same where none is named."""


class Box(NamedTuple):
    """A person as drawn."""

    x: int
    y: int
    lines: Sequence[str]
    details: Sequence[str]
    at_home: bool
    perhaps: bool


class Tie(NamedTuple):
    """A relationship as drawn, from the middle of one box to that of another."""

    x1: int
    y1: int
    x2: int
    y2: int
    label: str
    label_x: int
    label_y: int
    over: bool


class Agency(NamedTuple):
    """An agency as drawn."""

    x: int
    y: int
    lines: Sequence[str]
    how: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A genogram as drawn; the tables beside it say the same."""

    width: int
    height: int
    boxes: Sequence[Box]
    ties: Sequence[Tie]
    agencies: Sequence[Agency]
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


def drawing_of(found: Genogram, persons: Persons) -> Drawing | None:
    """Return the drawing of a genogram; None where there is nobody in it."""
    if not found.persons:
        return None
    rows = _rows(found)
    places = {
        each.person: (_MARGIN + column * (_BOX_WIDTH + _GAP), _MARGIN + row * _ROW)
        for row, members in enumerate(rows)
        for column, each in enumerate(members)
    }
    boxes = [_box(each, persons, *places[each.person]) for each in found.persons]
    below = _MARGIN + len(rows) * _ROW
    names = dict.fromkeys(each.name for each in found.agencies)
    across = max(len(members) for members in rows)
    a_row = max(across, 4)
    agencies = [
        Agency(
            _MARGIN + (place % a_row) * (_BOX_WIDTH + _GAP),
            below + (place // a_row) * (_BOX_HEIGHT),
            _wrapped(name),
            ", ".join(each.how.label.lower() for each in found.agencies if each.name == name),
        )
        for place, name in enumerate(names)
    ]
    columns = max(across, min(len(names), a_row))
    height = below + (-(-len(names) // a_row)) * _BOX_HEIGHT
    return Drawing(
        width=2 * _MARGIN + columns * (_BOX_WIDTH + _GAP) - _GAP,
        height=height,
        boxes=boxes,
        ties=_ties(found.relationships, places),
        agencies=agencies,
    )


def _rows(found: Genogram) -> list[list[GenogramPerson]]:
    """Return the persons by generation, the eldest first, those of the household first in each."""
    generations = _generations(found)
    rows: list[list[GenogramPerson]] = []
    for generation in sorted(set(generations.values())):
        members = [each for each in found.persons if generations[each.person] == generation]
        rows.append(sorted(members, key=_place))
    return rows


def _place(person: GenogramPerson) -> tuple[bool, str]:
    return (person.in_household is not YesNoUnknown.YES, person.person)


def _generations(found: Genogram) -> dict[str, int]:
    """Return how many generations each person is below the eldest of those they are tied to."""
    told: dict[str, int] = {}
    for first in (each.person for each in found.persons):
        if first in told:
            continue
        group = {first: 0}
        waiting = [first]
        while waiting:
            person = waiting.pop()
            for tie in found.relationships:
                for other, step in _next(tie, person):
                    if other not in group:
                        group[other] = group[person] + step
                        waiting.append(other)
        eldest = min(group.values())
        told |= {person: depth - eldest for person, depth in group.items()}
    return told


def _next(tie: GenogramRelationship, person: str) -> Iterable[tuple[str, int]]:
    down = _DOWN.get(tie.relationship, 0)
    if tie.a == person:
        yield tie.b, down
    if tie.b == person:
        yield tie.a, -down


def _box(person: GenogramPerson, persons: Persons, x: int, y: int) -> Box:
    age = f"Aged {person.age}" if person.age is not None else ""
    died = "Died" if person.date_of_death else ""
    roles = ", ".join(role.label for role in person.roles)
    details = [each for each in (died, age) if each]
    return Box(
        x,
        y,
        _wrapped(persons.name(person.person)),
        [", ".join(details), *_wrapped(roles)] if details else _wrapped(roles),
        person.in_household is YesNoUnknown.YES,
        person.in_household is YesNoUnknown.UNKNOWN,
    )


def _ties(
    relationships: Iterable[GenogramRelationship], places: Mapping[str, tuple[int, int]]
) -> list[Tie]:
    drawn = [tie for tie in relationships if tie.a in places and tie.b in places]
    pairs: dict[frozenset[str], int] = {}
    ties = []
    for tie in drawn:
        pair = frozenset((tie.a, tie.b))
        nth = pairs[pair] = pairs.get(pair, -1) + 1
        ties.append(_tie(tie, places[tie.a], places[tie.b], nth))
    return ties


def _tie(tie: GenogramRelationship, one: tuple[int, int], other: tuple[int, int], nth: int) -> Tie:
    (x1, y1), (x2, y2) = (_middle(one), _middle(other))
    over = tie.holds is YesNoUnknown.NO
    label = tie.relationship.label + (" (ended)" if over else "")
    middle_x, middle_y = (x1 + x2) // 2, (y1 + y2) // 2
    if y1 == y2:  # beside each other, or with others in between: below them
        middle_y += _BOX_HEIGHT // 2 + 18 if abs(x1 - x2) > _BOX_WIDTH + _GAP else -8
    return Tie(x1, y1, x2, y2, label, middle_x, middle_y + 16 * nth, over)


def _middle(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] + _BOX_WIDTH // 2, place[1] + _BOX_HEIGHT // 2


def _wrapped(text: str) -> list[str]:
    return wrap(text, _LETTERS, max_lines=_LINES, placeholder="…")
