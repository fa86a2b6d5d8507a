"""The problems that the API answers with, as the part of its page that is made from the code."""

import re
from pathlib import Path

from services.api.problem_types import PROBLEMS
from services.reference.markdown import inline

_BETWEEN = re.compile(r"(<!-- problems: begin[^\n]*-->\n).*?(<!-- problems: end -->)", re.DOTALL)


def problem_table() -> str:
    """Return the table of all problems as Markdown, in the order of their statuses."""
    rows = "".join(
        f"| {problem.status} | `{problem.slug}` | {inline(problem.title)} "
        f"| {inline(problem.remedy)} |\n"
        for problem in sorted(PROBLEMS.values(), key=lambda each: (each.status, each.slug))
    )
    return f"| status | problem | meaning | what to do |\n|---|---|---|---|\n{rows}"


def with_problems(page: str) -> str:
    """Return the page with the table made anew between its markers."""
    table = problem_table()
    made, times = _BETWEEN.subn(lambda found: found[1] + table + found[2], page)
    assert times == 1, "the page has no place for the problems, or several"
    return made


def write(page: Path) -> None:
    """Write that part of the page anew."""
    page.write_text(with_problems(page.read_text(encoding="utf-8")), encoding="utf-8")
