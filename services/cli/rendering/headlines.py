"""What happened, to whom, and who may see it: the first line of a timeline's entry."""

from collections.abc import Iterable

from rich.text import Text

from domain.vocabulary.record import Sensitivity
from projections.timeline import TimelineRow
from services import happening
from services.cli.rendering.theme import lines, phrase, plain
from services.cli.rendering.times import happened


def headline(row: TimelineRow, room: int) -> Text:
    """Return the headline, and beside it if `room` is enough the persons and who may see it."""
    said = Text(title(row), "title")
    aside = phrase(*_persons(row), _sensitivity(row))
    beside = phrase(said, aside)
    return beside if beside.cell_len <= room else lines(said, aside)


def title(row: TimelineRow) -> str:
    """Return the headline with its days written as everywhere else."""
    return with_days(row.headline)


def with_days(text: str) -> str:
    """Return a headline with the days in it as people write them."""
    return plain(happening.with_days(text))


def corrects(target: TimelineRow) -> Text:
    """Return which event a correction is of."""
    when = " ".join(happened(target).split())
    return Text(f"of {when}: {title(target)}", "quiet")


def _persons(row: TimelineRow) -> Iterable[Text]:
    for person in row.persons:
        roles = [each.role.label.lower() for each in row.subjects if each.person == person]
        yield Text(plain(f"{person} ({', '.join(roles)})" if roles else person), "quiet")


def _sensitivity(row: TimelineRow) -> Text | None:
    if row.sensitivity is Sensitivity.STANDARD:
        return None
    return Text(row.sensitivity.label.lower(), "attention")
