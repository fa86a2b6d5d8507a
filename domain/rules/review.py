"""Rules about reviews: their deadlines, and when a victim may ask for an ASB case review."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.events.consent import PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.referrals import ReferralSent
from domain.events.reviews import ChronologySubmitted, ReviewNotified
from domain.latest import period_end
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.matters import domestic_incidents
from domain.rules.patterns import first_run, within_months
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import end_of_day
from domain.vocabulary.consent import InformedAbout
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.reviews import ReviewType
from domain.vocabulary.rules import FlagEffect
from domain.vocabulary.safeguarding import Classification, IncidentKind
from domain.working_days import by_day, by_month, by_working_day

_SAR = {ReviewType.SAR_MANDATORY, ReviewType.SAR_DISCRETIONARY}


@rule(
    "R37",
    "The landlord's part in a review",
    source="The day the commissioner set; else six months for a Safeguarding Adults Review and a "
    "domestic abuse related death review and 15 working days for a rapid review, from statutory "
    "guidance as commonly cited; the reminder is ours",
    clears="a chronology submitted to the review; not closing the case",
    streams=CASES_AND_ORGANISATIONS,
    rapid_review_working_days=15,
    adults_review_months=6,
    domestic_abuse_death_months=6,
    reminder_days=14,
)
def review_deadline(stream: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each review with a deadline; it outlives the case."""
    submitted = {event.review_id for event in stream.all(ChronologySubmitted)}
    for notified in stream.all(ReviewNotified):
        under = terms.for_duty_of(notified)
        due = _deadline(notified, under)
        if due is not None and notified.review_id not in submitted:
            yield Finding(
                under=under,
                because=(notified,),
                since=notified.known_at,
                soon=by_day(due, -under["reminder_days"]),
                due=due,
                why="A review waits for the landlord's chronology.",
                item=f"review:{notified.review_id}",
            )


def _deadline(notified: ReviewNotified, under: InForce) -> datetime | None:
    if notified.due is not None:
        return end_of_day(notified.due)
    at, kind = notified.occurred_at, notified.review_type
    if kind is ReviewType.CHILD_RAPID_REVIEW:
        return by_working_day(at, under["rapid_review_working_days"])
    if kind in _SAR:
        return by_month(at, under["adults_review_months"])
    if kind is ReviewType.DOMESTIC_ABUSE_DEATH:
        return by_month(at, under["domestic_abuse_death_months"])
    return None


_ASB = {
    IncidentKind.VIOLENCE,
    IncidentKind.THREATS,
    IncidentKind.HARASSMENT,
    IncidentKind.PROPERTY_DAMAGE,
    IncidentKind.NOISE,
    IncidentKind.NUISANCE,
    IncidentKind.DRUGS,
    IncidentKind.HATE_INCIDENT,
}


@rule(
    "R38",
    "Reports of antisocial behaviour reach the threshold of an ASB case review",
    source="National threshold: three reports in six months, each within a month of what happened; "
    "authorities may set their own",
    clears="telling the victim since, or saying why not; an ASB case review referred, notified, "
    "called or held since; or closing the case",
    reports_count=3,
    window_months=6,
    report_months=1,
)
def asb_case_review(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning that the victim may ask for a review, and is to be told so.

    Violence and the like within domestic abuse is no antisocial behaviour. Once the victim was told
    it counts anew.
    """
    if not case.is_open:
        return
    reviewed = max((event.occurred_at for event in _reviews(case)), default=None)
    domestic = {incident.event_id for incident in domestic_incidents(case)}
    reports = [
        report
        for report in case.all(IncidentReported)
        if (reviewed is None or report.occurred_at > reviewed)
        and report.event_id not in domestic
        and _is_report_in_time(report, terms.for_duty_of(report))
    ]
    found = _untold_run(case, reports, terms)
    if found is not None:
        run, under = found
        known = max(event.known_at for event in run)
        yield Finding(
            under=under,
            because=tuple(run),
            since=known,
            due=known,
            why="There are enough reports of antisocial behaviour for an ASB case review: tell the "
            "victim that they may ask for one.",
            item="asb-case-review",
            effect=FlagEffect.WARNING,
        )


def _untold_run(
    case: History, reports: Sequence[IncidentReported], terms: Terms
) -> tuple[Sequence[IncidentReported], InForce] | None:
    found = first_run(reports, terms, "reports_count", within_months("window_months"))
    if found is None:
        return None
    newest = max(found[0], key=lambda report: report.known_at)
    suspects = set(case.persons(PersonRole.ALLEGED_PERPETRATOR))
    told = case.responses(
        newest,
        PersonInformed,
        where=lambda it: it.about is InformedAbout.OTHER and it.person not in suspects,
    )
    if not told:
        return found
    since = max(period_end(told[0]), found[0][-1].occurred_at)
    later = [report for report in reports if report.occurred_at > since]
    return _untold_run(case, later, terms)


def _is_report_in_time(report: IncidentReported, under: InForce) -> bool:
    is_asb = report.category is Classification.ASB or not _ASB.isdisjoint(
        {report.kind, *report.further_kinds}
    )
    return is_asb and report.known_at <= by_month(period_end(report), under["report_months"])


def _reviews(case: History) -> list[CaseEvent]:
    route, kind, forum = (
        ReferralRoute.ASB_CASE_REVIEW,
        ReviewType.ASB_CASE_REVIEW,
        Forum.ASB_CASE_REVIEW,
    )
    return [
        *case.all(ReferralSent, where=lambda referral: referral.route is route),
        *case.all(ReviewNotified, where=lambda notified: notified.review_type is kind),
        *case.all(MeetingConvened, where=lambda meeting: meeting.forum is forum),
        *case.all(StrategyMeetingHeld, where=lambda meeting: meeting.forum is forum),
    ]
