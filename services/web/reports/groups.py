"""In which groups reports list the figures: in the order of their definitions."""

from collections.abc import Iterable, Iterator

_BEGIN = {
    "new_cases": "New cases",
    "open_cases": "Course of cases",
    "concerns": "Reports and concerns",
    "referrals_sent": "Referrals",
    "meetings_held": "Meetings",
    "actions_fell_due": "Actions",
    "reviews": "Reviews and learning",
    "compliance": "Fed in from elsewhere",
}
"""The figure that each group begins with."""


def grouped(figures: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield groups of figures, each with its heading."""
    heading, group = "", list[str]()
    for figure in figures:
        if figure in _BEGIN:
            if group:
                yield heading, group
            heading, group = _BEGIN[figure], []
        group.append(figure)
    if group:
        yield heading, group
