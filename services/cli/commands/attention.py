"""Commands on the rules and on the flags they raise."""

from enum import StrEnum
from typing import Annotated

import typer

from services.cli.options import Authority, Json, Limit


class StateName(StrEnum):
    """How a flag stands, as `attention --state` names it."""

    OVERDUE = "overdue"
    SOON = "soon"
    DUE = "due"


Owner = Annotated[
    str | None, typer.Option("--owner", help="Only what this person or organisation has to settle.")
]
Team = Annotated[
    str | None, typer.Option("--team", help="Only cases that this person works on beside the lead.")
]
Case = Annotated[str | None, typer.Option("--case", metavar="REF", help="Only this case.")]
RuleId = Annotated[
    str | None, typer.Option("--rule", metavar="RULE", help="Only what this rule raised, as R5.")
]
State = Annotated[
    StateName | None, typer.Option("--state", help="Only what stands so.", case_sensitive=False)
]


def attention(
    owner: Owner = None,
    authority: Authority = None,
    team: Team = None,
    case: Case = None,
    rule: RuleId = None,
    state: State = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List what is due, soon or overdue."""
    from services.cli.work.attention import show_attention

    show_attention(
        owner=owner,
        authority=authority,
        team=team,
        case=case,
        rule=rule,
        state=state,
        limit=limit,
        as_json=as_json,
    )


def rules(authority: Authority = None, as_json: Json = False) -> None:
    """List the rules and the times they allow."""
    from services.cli.work.rules import show_rules

    show_rules(authority, as_json=as_json)
