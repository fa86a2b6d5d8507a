"""The Cromwood case: a violent incident taken for antisocial behaviour; told in its file."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.acceptance.cromwood import CASE_REF, LINES
from tests.stories.story import Line, Story, known_on, recorded_by, today


@dataclass(frozen=True)
class ToldInItsFile(Story):
    """A story whose file is written by hand, as its sources would publish it."""

    def lines(self) -> Iterator[Line]:
        """The lines of the file, as published."""
        for line in LINES:
            yield Line(line.body, line.published)


CROMWOOD = ToldInItsFile(
    name="cromwood",
    title="A victim of violence is warned for antisocial behaviour",
    case_ref=CASE_REF,
    told=(),
    points=(known_on("2024-03-05"), recorded_by("2024-03-31 12:00"), today("2024-06-28")),
)
