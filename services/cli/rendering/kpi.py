"""Figures of a period, and what lies behind one of them."""

from datetime import date
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from services.cli.answers import FactLine, FigureLine, Kpi, KpiCases
from services.cli.console import note, out
from services.cli.rendering.dimensions import part_of
from services.cli.rendering.tables import section, table
from services.cli.rendering.theme import NONE, lines, shown
from services.cli.rendering.times import counted, day
from services.wording import words


def print_figures(answer: Kpi, today: date) -> None:
    """Print every figure that counts anything, its parts below it."""
    under_way = answer.starts_on <= today <= answer.ends_on
    _print_heading(answer, " · under way" if under_way else "")
    if not answer.figures:
        note("Nothing was counted in this period.")
        return
    out().print("", figures(answer), sep="\n")
    example = next(each.figure for each in answer.figures)
    note(
        f"\n{counted(len(answer.without_facts), 'other figure')} had nothing to count. "
        f"--cases {example} lists the cases behind that one."
    )


def figures(answer: Kpi) -> RenderableType:
    """Return a table of figures, with what each counts and its parts below it."""
    listed = table("Figure", "Value", "What it counts", right=("Value",))
    for _, found in groupby(answer.figures, key=lambda each: each.figure):
        parts = list(found)
        first = parts[0]
        if first.dimension:
            listed.add_row(_name(first), "", Text(first.meaning, "quiet"))
            for each in parts:
                listed.add_row(_part(each), _value(each), "")
        else:
            listed.add_row(_name(first), _value(first), Text(first.meaning, "quiet"))
    return listed


def print_kpi_cases(answer: KpiCases) -> None:
    """Print what lies behind a figure."""
    _print_heading(answer)
    body: RenderableType = Text("Nothing was counted in this period.", "quiet")
    if answer.facts:
        listed = table("Case", "Counts from", "Under", "Value", right=("Value",))
        for each in answer.facts:
            listed.add_row(*_fact(each, answer.figure))
        body = Group(Text(answer.meaning, "quiet"), "", listed)
    out().print(section(words(answer.figure), body, counted(len(answer.facts), "fact")))


def _print_heading(answer: Kpi | KpiCases, aside: str = "") -> None:
    where = f" · {answer.authority}" if answer.authority else ""
    period = f"{words(answer.period.replace('-', ' '))} from {day(answer.starts_on)}"
    title = Text(f"{period} to {day(answer.ends_on)}", "title")
    out().print(title.append_text(shown(f"{where}{aside}", "quiet") if where or aside else Text()))


def _name(each: FigureLine) -> Text:
    return Text(words(each.figure), "title")


def _part(each: FigureLine) -> Padding:
    return Padding(Text(part_of(each.figure, each.dimension)), (0, 0, 0, 2))


def _value(each: FigureLine) -> Text:
    if each.value is None:
        return Text(NONE, "quiet")
    told = f"{each.value:,.1f}".removesuffix(".0")
    if each.aggregation == "percentage":
        return Text.assemble(f"{told} %", (f" of {each.facts:,}", "quiet"))
    if each.unit == "per cent":
        return Text(f"{told} %")
    if each.aggregation == "median":
        return Text.assemble(f"{told} {each.unit}", (f" of {each.facts:,}", "quiet"))
    return Text(told)


def _fact(each: FactLine, figure: str) -> tuple[Text, Text, Text, Text]:
    case = shown(each.case_ref, "title") if each.case_ref else Text("not named", "quiet")
    until = Text(f"until {day(each.until)}", "quiet") if each.until else None
    return (
        lines(case, shown(each.item, "quiet") if each.item else None),
        lines(Text(day(each.day)), until),
        Text(part_of(figure, each.dimension)),
        Text(f"{each.value:,.1f}".removesuffix(".0")),
    )
