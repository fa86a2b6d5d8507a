"""Which actions and referrals of a case are open; both may end and be taken up again."""

from collections.abc import Callable

from domain.course import BEGUN, Course
from domain.events.fields import Part


class ItemCourse(Part):
    """How one of them has gone so far."""

    item_id: str
    course: Course


ItemCourses = tuple[ItemCourse, ...]


def begun(items: ItemCourses, item_id: str) -> ItemCourses:
    """Return `items` with one more, unless it is there."""
    if any(held.item_id == item_id for held in items):
        return items
    return (*items, ItemCourse(item_id=item_id, course=BEGUN))


def turned(items: ItemCourses, item_id: str, turn: Callable[[Course], Course]) -> ItemCourses:
    """Return `items` with `turn` made in the course of one; where it is absent, as they are."""
    return tuple(
        ItemCourse(item_id=item_id, course=turn(held.course)) if held.item_id == item_id else held
        for held in items
    )


def open_ids(items: ItemCourses) -> tuple[str, ...]:
    """Return the references of those that are open, in the order in which they were recorded."""
    return tuple(held.item_id for held in items if held.course.is_open)
