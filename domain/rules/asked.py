"""Rules about what was asked for: information, and enquiries that the landlord is to make."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.enquiries import EnquiryOutcomeReceived, EnquiryReported, EnquiryRequested
from domain.events.sharing import InformationReceived, InformationRequested, InformationShared
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.times import end_of_day
from domain.vocabulary.consent import Direction
from domain.working_days import by_working_day


@rule(
    "R14",
    "Information request not answered",
    source="An answer is due by the day that the request names; the 5 working days to the reminder "
    "are ours",
    clears="an answer that names the request; where the landlord asked, closing the case",
    streams=FILES,
    reminder_working_days=5,
)
def request_unanswered(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each request without answer; it counts as due soon after some days.

    What others asked of the landlord is owed even after the case is closed.
    """
    for request in case.all(InformationRequested):
        is_ours = request.direction is Direction.OUTBOUND
        if _is_answered(case, request, is_ours) or (is_ours and not case.is_open):
            continue
        yield _owed(
            request,
            terms.for_duty_of(request),
            request.occurred_at if is_ours else request.known_at,
            f"request:{request.request_id}",
            "Information that was asked for has not come."
            if is_ours
            else "The landlord was asked for information and has not answered.",
        )


def _is_answered(case: History, request: InformationRequested, is_ours: bool) -> bool:
    answers: list[InformationReceived] | list[InformationShared]
    answers = case.all(InformationReceived) if is_ours else case.all(InformationShared)
    return any(answer.request_id == request.request_id for answer in answers)


@rule(
    "R18",
    "Enquiry that the landlord was asked to make",
    source="As the authority sets it; 20 working days are ours, after the four weeks in a "
    "safeguarding adults board's table of stages",
    clears="the landlord's report of the enquiry, or its outcome",
    reminder_working_days=20,
)
def enquiry_unreported(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each enquiry not reported on; where it has long, it counts as due soon.

    The authority waits for it even after the landlord has closed the case.
    """
    for enquiry in case.all(EnquiryRequested):
        if _is_reported(case, enquiry.enquiry_id):
            continue
        yield _owed(
            enquiry,
            terms.for_duty_of(enquiry),
            enquiry.known_at,
            f"enquiry:{enquiry.enquiry_id}",
            "The landlord was asked to make an enquiry and has not reported.",
        )


def _is_reported(case: History, enquiry_id: str) -> bool:
    reported = case.has(EnquiryReported, where=lambda it: it.enquiry_id == enquiry_id)
    return reported or case.has(
        EnquiryOutcomeReceived, where=lambda it: it.enquiry_id == enquiry_id
    )


def _owed(
    asked: InformationRequested | EnquiryRequested,
    under: InForce,
    since: datetime,
    item: str,
    why: str,
) -> Finding:
    """Return that an answer is due by the day that was set, and from when on to remind of it."""
    due = end_of_day(asked.due)
    reminder = by_working_day(since, under["reminder_working_days"])
    return Finding(
        under=under,
        because=(asked,),
        since=since,
        soon=reminder if reminder < due else None,
        due=due,
        why=why,
        item=item,
    )
