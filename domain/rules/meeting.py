"""Rules about multi-agency meetings: held in time, and with housing at the table."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.events.meetings import MeetingConvened
from domain.events.risk import RiskAssessed
from domain.rules.assessed import personal_risks
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.met import LEFT_OUT, Met, is_challenged, meetings_of
from domain.rules.patterns import unbroken
from domain.rules.policy import Terms
from domain.rules.referred import SOCIAL_CARE, referrals_of
from domain.rules.rule import rule
from domain.times import in_london, start_of_day
from domain.vocabulary.challenge import EscalationGround
from domain.vocabulary.meetings import Forum, InviteState
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_day, by_working_day, working_day

_NO_SEAT = LEFT_OUT | {InviteState.UNKNOWN}


@rule(
    "R10",
    "Meeting to come without housing",
    source="HQN and Community Care articles, SCIE guide: housing is left out of meetings; "
    "the number is ours",
    clears="the meeting having been held, a challenge about it, correcting the invitation, "
    "or closing the case",
    working_days=5,
)
def not_invited(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each meeting to come to which housing is not known to be invited.

    It is due once the meeting lies within the days, at once where it does so when it becomes known.
    """
    held = {meeting.key for meeting in meetings_of(case)}
    for convened in case.all(MeetingConvened) if case.is_open else ():
        if convened.housing_invited not in _NO_SEAT or convened.meeting_id in held:
            continue
        if is_challenged(case, convened.meeting_id, convened.occurred_at):
            continue
        under = terms.for_duty_of(convened)
        near = start_of_day(working_day(in_london(convened.at).date(), -under["working_days"]))
        yield Finding(
            under=under,
            because=(convened,),
            since=convened.known_at,
            due=max(convened.known_at, near),
            why="A meeting is to be held and housing is not known to be invited; ask to attend.",
            item=f"meeting:{convened.meeting_id}",
        )


@rule(
    "R11",
    "Meeting held without housing, or minutes missing",
    source="HQN and Community Care articles: housing is left out; the number is ours",
    clears="a challenge about the meeting, or a later meeting of that forum with housing there; "
    "for the minutes, their coming or a challenge that they have not; or closing the case",
    minutes_working_days=10,
)
def held_without_housing(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to challenge each meeting held without housing, and one to get its minutes."""
    for meeting in meetings_of(case) if case.is_open else ():
        if meeting.without and not _is_answered(case, meeting):
            yield _left_out(meeting, meeting.without, terms)
        if not meeting.has_minutes and not _are_minutes_chased(case, meeting):
            yield _no_minutes(meeting, terms)


def _is_answered(case: History, meeting: Met) -> bool:
    if is_challenged(case, meeting.reference, meeting.held_at):
        return True
    return meeting.forum is not Forum.UNKNOWN and any(
        later.was_there and later.forum is meeting.forum and later.held_at > meeting.held_at
        for later in meetings_of(case)
    )


def _are_minutes_chased(case: History, meeting: Met) -> bool:
    """Tell whether they are asked for by a challenge, which has to be answered in its own time."""
    # Where housing has no reference of the meeting, the challenge to it asks for the minutes.
    missing = EscalationGround.MINUTES_MISSING
    return meeting.reference is None or is_challenged(
        case, meeting.reference, meeting.held_at, missing
    )


def _left_out(meeting: Met, discovery: CaseEvent, terms: Terms) -> Finding:
    return Finding(
        under=terms.for_duty_of(discovery),
        because=(discovery,),
        since=discovery.known_at,
        due=discovery.known_at,
        why="A meeting was held without housing; challenge it.",
        item=f"meeting:{meeting.key}",
    )


def _no_minutes(meeting: Met, terms: Terms) -> Finding:
    under = terms.for_duty_of(meeting.told)
    # Whoever was there can ask from that day on; whoever was not, once they know of it.
    since = meeting.without.known_at if meeting.without else meeting.held_at
    return Finding(
        under=under,
        because=(meeting.told,),
        since=since,
        due=by_working_day(since, under["minutes_working_days"]),
        why="The minutes of a meeting have not come.",
        item=f"meeting:{meeting.key}/minutes",
    )


@rule(
    "R12",
    "High-risk referral and no meeting",
    source="A safeguarding adults board's table of stages: strategy within 5 working days; "
    "Cromwood story: the meeting came after 14 days",
    clears="a meeting held since, or called for a day before it is due; assessing the risk lower; "
    "withdrawing the referral or closing the case",
    strategy_working_days=5,
    warn_days=14,
)
def no_meeting(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield, for each referral to a council at high risk, that a meeting is due, then overdue."""
    if (assessed := _high_since(case)) is None:
        return
    for referral in referrals_of(case):
        if referral.sent.route not in SOCIAL_CARE:
            continue
        because: tuple[CaseEvent, CaseEvent] = (referral.put, assessed)
        news = max(because, key=lambda event: event.occurred_at)
        under = terms.for_duty_of(news)
        since = news.occurred_at
        strategy = by_working_day(since, under["strategy_working_days"])
        late = by_day(since, under["warn_days"])
        for stage, due, why, effect in (
            ("strategy", strategy, "There is no meeting on a high-risk referral.", FlagEffect.DUTY),
            (
                "late",
                late,
                f"{under['warn_days']} days without a meeting are too long at high risk.",
                FlagEffect.WARNING,
            ),
        ):
            if not _meets(case, since, due):
                yield Finding(
                    under=under,
                    because=because,
                    since=since,
                    due=due,
                    why=why,
                    item=f"referral:{referral.id}/{stage}",
                    effect=effect,
                )


def _high_since(case: History) -> RiskAssessed | None:
    """Return the assessment since which someone has been at high risk; None where nobody is."""
    runs = [unbroken(told, lambda it: it.level.is_high) for told in personal_risks(case).values()]
    return min((run[0] for run in runs if run), key=lambda it: it.occurred_at, default=None)


def _meets(case: History, since: datetime, by: datetime) -> bool:
    called = case.all(MeetingConvened, where=lambda convened: since <= convened.at <= by)
    return bool(called) or any(meeting.held_until >= since for meeting in meetings_of(case))
