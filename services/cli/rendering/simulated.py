"""What became of made-up cases."""

from rich.text import Text

from services.cli.answers import SimulatedCases
from services.cli.rendering.times import counted


def simulated(answer: SimulatedCases) -> Text:
    """Return a line on what was made up and where it went."""
    parts = [f"{counted(answer.events, 'event')}"]
    if answer.sent_again:
        parts.append(f"{answer.sent_again:,} of them sent twice")
    if answer.damaged:
        parts.append(f"{counted(answer.damaged, 'damaged line')}")
    where = f"written to {answer.file}" if answer.file else "published over NATS"
    if answer.file == "-":
        where = "written to standard output"
    if answer.known_before:
        where += f"; the broker had {counted(answer.known_before, 'line')} already"
    about = f"{counted(answer.cases, 'simulated case')}, seed {answer.seed}"
    return Text(f"{about}, up to {answer.until}: {', '.join(parts)}; {where}.")
