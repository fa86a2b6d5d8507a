"""Lists the flags that stand over all cases."""

from adapters.read_store.attention import Wanted
from domain.identity import case_id_of
from domain.rules.catalogue import RULES
from domain.vocabulary.rules import Timeliness
from services.bootstrap import review
from services.cli.answers import Attention, StandingFlag
from services.cli.connecting import stores
from services.cli.console import emit, note, out
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.attention import flags, summary
from services.cli.rendering.times import counted
from services.cli.views import ATTENTION
from services.clock import system_clock
from services.review import CaseReview
from services.settings import Settings


def show_attention(
    *,
    owner: str | None,
    authority: str | None,
    team: str | None,
    case: str | None,
    rule: str | None,
    state: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List up to `limit` flags, the most urgent first; what is overdue is judged now."""
    wanted = Wanted(
        owner=owner,
        authority=code_of_authority(authority),
        team=team,
        case_id=case_id_of(case) if case else None,
        rule=_rule(rule) if rule else None,
        state=Timeliness(state) if state else None,
    )
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        if case and not cases.exists(case):
            raise CommandError(f"There is no case {case}.")
        _say_what_is_missing(cases)
        answer = _attention(cases, wanted, limit)
    if as_json:
        emit(answer)
    elif not answer.rows:
        note(_nothing(wanted))
    else:
        _print(answer)


def code_of_authority(given: str | None) -> str | None:
    """Return a local authority's code, given as that or as the reference of its file."""
    return given.removeprefix("authority:") if given else None


def _rule(given: str) -> str:
    if (name := given.strip().upper()) in RULES:
        return name
    raise CommandError(
        f"There is no rule {given}; `case-timeline rules` lists them.", ExitCode.USAGE
    )


def _attention(cases: CaseReview, wanted: Wanted, limit: int) -> Attention:
    now = system_clock()
    found = cases.attention(wanted, now, limit=limit)
    rows = [
        StandingFlag.model_validate({**dict(row), "state": row.timeliness(now)})
        for row in found.rows
    ]
    more = found.overdue + found.soon + found.due > len(rows)
    return Attention(
        at=now, overdue=found.overdue, soon=found.soon, due=found.due, rows=rows, more=more
    )


def _say_what_is_missing(cases: CaseReview) -> None:
    if behind := cases.behind(ATTENTION.model):
        note(f"The latest {counted(behind, 'event')} may not be judged yet.", "attention")


def _print(answer: Attention) -> None:
    out().print(summary(answer.overdue, answer.soon, answer.due))
    out().print("", flags(answer.rows, answer.at), sep="\n")
    if answer.more:
        note(f"There are more; these are the first {counted(len(answer.rows), 'flag')}.")


def _nothing(wanted: Wanted) -> str:
    if wanted == Wanted():
        return (
            "Nothing needs attention: no rule has anything to say of any case. "
            "`case-timeline rules` tells what they watch for."
        )
    return "Nothing of that kind needs attention; without options, all that does is listed."
