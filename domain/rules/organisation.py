"""The rule about the landlord's own policies."""

from collections.abc import Iterator

from domain.events.organisation import PolicyAdopted, PolicyReviewed
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import LANDLORD
from domain.times import end_of_day
from domain.vocabulary.organisation import PolicyOutcome
from domain.working_days import months_after


@rule(
    "R32",
    "Policy of the landlord's due for review",
    source="Landlord policy: reviewed by the director and approved by the Board every three years; "
    "the reminder is ours",
    clears="a review of the policy, from which it counts anew unless the policy was withdrawn",
    streams=LANDLORD,
    review_months=36,
    reminder_months=6,
)
def policy_review(landlord: History, terms: Terms) -> Iterator[Finding]:
    """Yield when each policy in force has to be reviewed: on the day set, else after a time."""
    latest: dict[str, PolicyAdopted | PolicyReviewed] = {}
    for event in landlord.all(PolicyAdopted, PolicyReviewed):
        assert isinstance(event, PolicyAdopted | PolicyReviewed)
        latest[event.policy_id] = event
    for policy_id, told in latest.items():
        if isinstance(told, PolicyReviewed) and told.outcome is PolicyOutcome.WITHDRAWN:
            continue
        under = terms.for_duty_of(told)
        day = told.review_due or months_after(told.approved_on, under["review_months"])
        yield Finding(
            under=under,
            because=(told,),
            since=told.known_at,
            soon=end_of_day(months_after(day, -under["reminder_months"])),
            due=end_of_day(day),
            why="A policy has to be reviewed and approved again.",
            item=f"policy:{policy_id}",
        )
