"""The rules as a table: what each watches for, the times it allows, who says so."""

from rich.console import Group, RenderableType
from rich.text import Text

from services.cli.answers import RuleInForce, RuleParameter, Rules
from services.cli.rendering.tables import table
from services.cli.rendering.theme import NONE, lines, shown
from services.cli.rendering.times import moment
from services.wording import quantity


def rule_table(answer: Rules) -> RenderableType:
    """Return every rule with its parameters in force; those an event changed stand out."""
    listed = table("Rule", "Raises a flag for", "Within", "Why, and what clears it")
    for each in answer.rules:
        listed.add_row(
            Text(each.id, "title"),
            shown(each.title, "title"),
            _parameters(each),
            lines(shown(each.source), shown(f"Clears: {each.clears}", "quiet")),
        )
    where = f"in {answer.authority}" if answer.authority else "where no authority has its own times"
    return Group(shown(f"In force {where}, {moment(answer.at)}", "quiet"), "", listed)


def _parameters(rule: RuleInForce) -> Text:
    told = lines(*map(_parameter, rule.parameters))
    return told if told.plain else Text(NONE, "quiet")


def _parameter(each: RuleParameter) -> Text:
    if each.value == each.default:
        return Text(quantity(each.name, each.value))
    changed = Text(quantity(each.name, each.value), "changed")
    return Text.assemble(changed, (f" by default {each.default:,}", "quiet"))
