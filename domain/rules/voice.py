"""The rule about the person's own voice: what they want, and what they make of the outcome."""

from collections.abc import Iterator

from domain.events.lifecycle import CaseClosed, ConcernRaised
from domain.events.voice import DesiredOutcomesRecorded, OutcomeFeedbackRecorded
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.left import is_left_at_that
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.safeguarding import Classification, ClosureReason
from domain.vocabulary.voice import OutcomesAsked
from domain.working_days import by_day, by_working_day

_ASKED = {OutcomesAsked.ASKED_EXPRESSED, OutcomesAsked.ASKED_NONE_EXPRESSED}


@rule(
    "R36",
    "Person not asked what they want, or after closing what they make of the outcome",
    source="Making Safeguarding Personal outcomes framework: asked again within 8 weeks of "
    "closing; the working days are ours",
    clears="a note that they were asked, or why not; a triage that leaves a low risk at no further "
    "action; closing the case; after closing, a note of what they make of the outcome, or "
    "reopening",
    asked_working_days=10,
    interview_weeks=8,
)
def outcomes_not_asked(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to ask, first about the wishes, then about what came of those expressed."""
    if case.is_open:
        yield from _wishes(case, terms)
    else:
        yield from _interviews(case, terms)


def _wishes(case: History, terms: Terms) -> Iterator[Finding]:
    concerns = case.all(ConcernRaised, where=lambda each: not each.low_level)
    asked = case.has(
        DesiredOutcomesRecorded,
        where=lambda each: each.asked in _ASKED or each.reason_not_asked is not None,
    )
    about_child = case.classification is Classification.CHILD
    if asked or not concerns or about_child or is_left_at_that(case):
        return
    first = concerns[0]
    under = terms.for_duty_of(first)
    yield Finding(
        under=under,
        because=(first,),
        since=first.known_at,
        due=by_working_day(first.known_at, under["asked_working_days"]),
        why="Nobody has asked the person concerned what they want to come of it, or said why not.",
        item="wishes",
    )


def _interviews(case: History, terms: Terms) -> Iterator[Finding]:
    closed = case.latest(CaseClosed)
    if closed is None or closed.reason is ClosureReason.PERSON_DIED:
        return
    latest = {event.person: event for event in case.all(DesiredOutcomesRecorded)}
    for person, wishes in latest.items():
        answers = case.after(wishes.occurred_at, OutcomeFeedbackRecorded)
        answered = any(answer.person in (None, person) or person is None for answer in answers)
        if wishes.asked is not OutcomesAsked.ASKED_EXPRESSED or answered:
            continue
        under = terms.for_duty_of(closed)
        yield Finding(
            under=under,
            because=(wishes, closed),
            since=closed.known_at,
            due=by_day(closed.occurred_at, 7 * under["interview_weeks"]),
            why="The case is closed, and the person has not been asked how far what they wanted "
            "was achieved.",
            item=about_anyone(person, "closing-interview"),
        )
