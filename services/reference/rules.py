"""The reference of rules as a page: what each watches for, the times it allows, who says so."""

from collections.abc import Iterator

from domain.rules.catalogue import RULES
from domain.rules.rule import Rule
from domain.streams import CASES, StreamKind
from services.reference.markdown import inline
from services.wording import quantity

_HEAD = """\
# Rules

What the service watches for. This page is made from the code; after a change there, make it anew
with `make docs`.

A rule never decides anything: it raises a flag that says what is due or wrong, since when, by when
and why, and the flag goes away by itself once what clears it is on record. `case-timeline
attention` lists the flags that stand; `case-timeline rules` lists the rules with the parameters in
force, and with `--authority` those in force there.

The parameters below are the defaults. An organisation changes them for all its cases by a
[RuleOverridden](events.md#ruleoverridden) on its own file, and for one local authority by one on
that authority's file or by a [FeedbackAgreementMade](events.md#feedbackagreementmade) there. An
override counts for what becomes known once it is on record; what went before is judged as it was.
Working days are those in England.

| rule | raises a flag for | within |
|---|---|---|
"""


def rule_reference() -> str:
    """Return the page as Markdown."""
    lines = "".join(map(_line, RULES.values()))
    return "\n".join(
        [f"{_HEAD}{lines}", *(part for rule in RULES.values() for part in _rule(rule))]
    )


def _line(rule: Rule) -> str:
    within = "; ".join(quantity(*each) for each in rule.parameters.items())
    return f"| [{rule.id}](#{rule.id.lower()}) | {inline(rule.title)} | {within} |\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}\n"
    yield f"{rule.title}.\n"
    yield f"Clears: {rule.clears}.\n"
    yield f"Source: {rule.source}.\n"
    if rule.streams != CASES:
        kinds = "; ".join(kind.label.lower() for kind in StreamKind if kind in rule.streams)
        yield f"Watches the files of: {kinds}.\n"
    if rule.parameters:
        rows = "".join(
            f"| `{name}` | {value:,} | {quantity(name, value)} |\n"
            for name, value in rule.parameters.items()
        )
        yield f"| parameter | default | in words |\n|---|---|---|\n{rows}"
