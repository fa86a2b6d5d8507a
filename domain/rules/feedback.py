"""The rule that somebody confirms that the risk was dealt with."""

from collections.abc import Iterator

from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.referred import referrals_of
from domain.rules.rule import rule
from domain.working_days import by_day, by_month, by_working_day


@rule(
    "R6",
    "No confirmation that the risk was dealt with",
    source="Wigan: a detailed enquiry takes up to 28 working days; 28 days, then every month, "
    "are ours",
    clears="feedback that confirms that the risk was dealt with; for a month, chasing it; "
    "withdrawing the referral or closing the case",
    confirmation_days=28,
    confirmation_working_days=0,
    repeat_months=1,
)
def risk_unconfirmed(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each referral taken on of which nobody confirmed that the risk is met.

    `confirmation_working_days`, where it is above 0, goes before `confirmation_days`.
    """
    for referral in referrals_of(case):
        answer = referral.first_answer
        if answer is None or referral.is_mitigated or referral.is_declined:
            continue
        under = terms.for_duty_of(answer)
        working_days = under["confirmation_working_days"]
        since = answer.occurred_at
        due = (
            by_working_day(since, working_days)
            if working_days
            else by_day(since, under["confirmation_days"])
        )
        chases = [each for each in referral.chases if each.occurred_at >= since]
        if chases:
            due = max(due, by_month(chases[-1].occurred_at, under["repeat_months"]))
        yield Finding(
            under=under,
            because=(answer, *chases),
            since=since,
            due=due,
            why="A referral was taken on, but nobody has confirmed that the risk was dealt with.",
            item=f"referral:{referral.id}",
        )
