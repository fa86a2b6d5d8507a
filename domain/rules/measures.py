"""Rules about measures that keep someone safe: ordered and not done, or about to end."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from domain.events.plan import SafeguardingPlanReviewed
from domain.events.risk import RiskAssessed
from domain.events.support import SupportMeasureProvided, SupportResponded
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.matters import domestic_abuse_signs
from domain.rules.patterns import day_of
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.times import end_of_day
from domain.vocabulary.support import SupportMeasure, SupportResponse
from domain.working_days import by_working_day

_LOCKS = {SupportMeasure.LOCKS, SupportMeasure.SECURITY}


@rule(
    "R27",
    "Locks or security, urgent or after domestic abuse, ordered and not completed",
    source="Landlord policy on domestic abuse: locks and security as a priority; the numbers are "
    "ours",
    clears="the measure told again as completed, or as over without having been done; the offer "
    "behind it turned down; closing the case",
    streams=FILES,
    target_hours=24,
    limit_working_days=5,
)
def locks_not_changed(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield the target and the limit for each order, counted from when it was placed."""
    urgent = bool(domestic_abuse_signs(file))
    for told in _measures(file).values():
        latest, first = told[-1], told[0]
        if latest.kind not in _LOCKS or latest.completed_on is not None or _is_off(file, told):
            continue
        if not urgent and not any(each.urgent for each in told):
            continue
        under = terms.for_duty_of(first)
        ordered = _ordered_at(first)
        for stage, due, why in (
            (
                "target",
                ordered + timedelta(hours=under["target_hours"]),
                "Locks or other security were ordered as a priority and are not done yet.",
            ),
            (
                "limit",
                by_working_day(ordered, under["limit_working_days"]),
                "Locks or other security were ordered as a priority; past this they are late "
                "beyond excuse.",
            ),
        ):
            yield Finding(
                under=under,
                because=(first,),
                since=first.known_at,
                due=due,
                why=why,
                item=f"measure:{first.measure_id}/{stage}",
            )


@rule(
    "R28",
    "Measure that keeps someone safe about to end",
    source="Landlord policy on domestic abuse: a community alarm for a time; the number is ours",
    clears="the measure told again with another end or none, or as over without having been done; "
    "the offer behind it turned down; the risk assessed or the plan reviewed within that time; or "
    "closing the case",
    streams=FILES,
    reminder_days=14,
)
def measure_ends(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to look at each measure before its last day."""
    for told in _measures(file).values():
        latest = told[-1]
        if latest.ends_on is None or _is_off(file, told):
            continue
        under = terms.for_duty_of(latest)
        soon = end_of_day(latest.ends_on - timedelta(days=under["reminder_days"]))
        if file.after(soon, RiskAssessed, SafeguardingPlanReviewed):
            continue
        yield Finding(
            under=under,
            because=(latest,),
            since=latest.known_at,
            soon=soon,
            due=end_of_day(latest.ends_on),
            why="Something that keeps someone safe ends: settle whether it is needed longer.",
            item=f"measure:{latest.measure_id}",
        )


def _measures(file: History) -> dict[str, list[SupportMeasureProvided]]:
    """Return what was told of each measure while the file is open, oldest first."""
    told: dict[str, list[SupportMeasureProvided]] = {}
    for event in file.all(SupportMeasureProvided) if file.is_open else ():
        told.setdefault(event.measure_id, []).append(event)
    return told


def _is_off(file: History, told: Sequence[SupportMeasureProvided]) -> bool:
    """Tell whether what was ordered will not be done: the person does not want it, or it is over.

    What is told on its last day or later and was not completed by then never came to be.
    """
    latest = told[-1]
    if latest.completed_on is not None:
        return False
    if latest.ends_on is not None and latest.ends_on <= day_of(latest):
        return True
    offers = {each.offer_id for each in told} - {None}
    answer = file.latest(SupportResponded, where=lambda it: it.offer_id in offers)
    return answer is not None and answer.response is SupportResponse.DECLINED


def _ordered_at(told: SupportMeasureProvided) -> datetime:
    """Return when it was ordered: to the hour where told that day, else by the end of the day."""
    return told.occurred_at if day_of(told) == told.ordered_on else end_of_day(told.ordered_on)
