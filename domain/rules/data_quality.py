"""The rule about what is still not known of a case."""

from collections.abc import Iterator

from domain.classification import OPENING
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import TriageCompleted
from domain.events.referrals import FeedbackReceived
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.left import is_left_at_that
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import Precision
from domain.vocabulary.safeguarding import Classification
from domain.working_days import by_working_day

_ROUGH = {Precision.MONTH, Precision.YEAR, Precision.APPROXIMATE}

Gap = tuple[str, CaseEvent, str]


@rule(
    "R42",
    "Owner, authority, section 42 answers or day of feedback not known",
    source="Landlord policy: the lead keeps accurate safeguarding data; the number is ours",
    clears="its becoming known, also by a correction; for the owner and the authority, a triage "
    "that leaves a low risk at no further action; closing the case",
    working_days=5,
)
def not_known(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to find out for each thing that is missing or unknown."""
    for item, told, why in _gaps(case) if case.is_open else ():
        under = terms.for_duty_of(told)
        yield Finding(
            under=under,
            because=(told,),
            since=told.known_at,
            due=by_working_day(told.known_at, under["working_days"]),
            why=why,
            item=item,
        )


def _gaps(case: History) -> Iterator[Gap]:
    openings = [event for event in case.events if isinstance(event, OPENING)]
    if openings and not is_left_at_that(case):
        first = min(openings, key=lambda event: event.known_at)
        if case.allocation is None:
            yield "owner", first, "Nobody has been given this case."
        if case.authority is None:
            yield "authority", first, "It is not known which local authority the case lies with."
    triage = case.latest(TriageCompleted)
    # Section 42 is about adults.
    about_child = case.classification is Classification.CHILD
    if triage and not about_child and triage.meets_section_42 is YesNoUnknown.UNKNOWN:
        yield "section-42", triage, "The triage leaves the section 42 test open."
    for feedback in case.all(FeedbackReceived):
        if feedback.occurred_precision in _ROUGH:
            item = f"referral:{feedback.referral_id}/feedback-day"
            yield item, feedback, "It is not known to the day when feedback came."
