"""What became of what was handed in."""

from collections.abc import Mapping

from rich.text import Text

from domain.outcomes import Outcome
from services.cli.answers import ImportedFile, PublishedFile
from services.cli.console import out
from services.cli.rendering.intake import OUTCOME_STYLES, outcome_text
from services.cli.rendering.tables import table
from services.cli.rendering.theme import phrase, shown
from services.cli.rendering.times import counted

_TAKEN = (Outcome.ACCEPTED, Outcome.DUPLICATE)


def outcomes_line(outcomes: Mapping[Outcome, int], *, separator: str = " · ") -> Text:
    """Return how many ended in each outcome, those without any left out."""
    found = [
        Text(f"{count:,} {outcome.value}", OUTCOME_STYLES[outcome])
        for outcome, count in outcomes.items()
        if count
    ]
    return phrase(*found, separator=separator) if found else Text("nothing", "quiet")


def print_imported(answer: ImportedFile) -> None:
    """Print what became of the lines of a file."""
    out().print(Text.assemble(f"{counted(answer.lines, 'line')}: ", outcomes_line(answer.outcomes)))
    if answer.already_imported:
        known = "all" if answer.already_imported == answer.lines else f"{answer.already_imported:,}"
        out().print(f"Already imported: {known} of them; nothing was doubled.")
    if answer.problems:
        print_problems(answer)


def print_problems(answer: ImportedFile) -> None:
    """Print the lines that were not accepted, and why."""
    listed = table("Line", "Outcome", "Why", right=("Line",), whole=("Outcome",))
    for problem in answer.problems:
        listed.add_row(
            f"{problem.line:,}",
            outcome_text(problem.outcome),
            phrase(shown(problem.reason), shown(problem.detail, "quiet")),
        )
    out().print("", listed, sep="\n")
    if answer.problems_not_shown:
        found = [each for each in Outcome if answer.outcomes[each] and each not in _TAKEN]
        only = f" --outcome {found[0].value}" if len(found) == 1 else ""
        more = f"and {answer.problems_not_shown:,} more: see `case-timeline intake list{only}`"
        out().print(more, style="quiet", soft_wrap=True)


def print_published(answer: PublishedFile) -> None:
    """Print how many lines the broker holds now."""
    out().print(
        f"The broker has {counted(answer.stored, 'line')} of {answer.file}.", soft_wrap=True
    )
    if answer.known_before:
        out().print(f"It had {answer.known_before:,} of them already; nothing was doubled.")
