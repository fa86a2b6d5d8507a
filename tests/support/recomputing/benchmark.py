"""The annual benchmark: counts per 1,000 homes, rates and medians, small numbers held back."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tests.support.recomputing.figures import Figure, Value, rounded
from tests.support.recomputing.record import Event, Record, as_day

COUNTS = {
    "concerns": ("concerns", "concerns_per_1000_homes"),
    "referrals_sent": ("referrals", "referrals_per_1000_homes"),
    "domestic_abuse_cases": ("domestic_abuse_cases", "domestic_abuse_per_1000_homes"),
    "hoarding_cases": ("hoarding_cases", "hoarding_per_1000_homes"),
}
SHARES = {
    "referrals_accepted": "referrals_accepted_percent",
    "feedback_within_28_days": "feedback_within_28_days_percent",
    "invited": "invited_percent",
    "days_to_decision": "median_days_to_decision",
    "referral_to_meeting_days": "median_days_to_meeting",
    "general_needs": "general_needs_percent",
}
Year = tuple[int, str, str | None]
"""A year, the scope, and the authority."""
Line = dict[str, Decimal | bool | None]


def benchmark(record: Record, figures: Mapping[Figure, Value]) -> dict[Year, Line]:
    """Return the lines of all years, by column."""
    found: dict[Year, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for key, value in figures.items():
        if key.period == "year" and (key.figure in COUNTS or key.figure in SHARES):
            year = key.starts_on.year, key.scope, key.authority
            found[year][key.figure].append(value)
    counts = {
        year: {each: sum((v for v, _ in own[each]), Decimal(0)) for each in COUNTS}
        for year, own in found.items()
    }
    return {
        year: _line(own, counts[year], _homes(record, year), _held_back(year, counts))
        for year, own in found.items()
    }


def _held_back(year: Year, counts: Mapping[Year, Mapping[str, Decimal]]) -> set[str]:
    """Which counts are held back: small ones, and the smallest other one beside a small one."""
    held = {figure for figure, count in counts[year].items() if 1 <= count <= 4}
    if year[1] == "authority":
        beside = [own for other, own in counts.items() if other[:2] == year[:2]]
        for figure in COUNTS:
            told = [own[figure] for own in beside]
            others = [count for count in told if count >= 5]
            has_small = any(1 <= count <= 4 for count in told)
            if has_small and others and counts[year][figure] == min(others):
                held.add(figure)
    return held


def _line(
    own: Mapping[str, list[Value]],
    counts: Mapping[str, Decimal],
    homes: Decimal | None,
    held_back: set[str],
) -> Line:
    line: Line = {"homes": homes}
    for figure, (column, rate) in COUNTS.items():
        told = figure not in held_back
        line[column] = counts[figure] if told else None
        line[rate] = rounded(1000 * counts[figure] / homes) if told and homes else None
    few = False
    for figure, column in SHARES.items():
        values = own.get(figure, [])
        assert len(values) <= 1
        few = few or any(facts < 5 for _, facts in values)
        line[column] = next((value for value, facts in values if facts >= 5), None)
    line["is_suppressed"] = bool(held_back) or few
    return line


def _homes(record: Record, year: Year) -> Decimal | None:
    """Add up the latest counts of each kind in each area by the end of a year."""
    number, scope, authority = year
    latest: dict[tuple[str, str], Event] = {}
    for count in record.every("HomesCounted", on=["organisation"]):
        if as_day(count["as_of"]) > date(number, 12, 31):
            continue
        if scope == "authority" and count["authority"] != authority:
            continue
        kind = count["authority"], count["housing_type"]
        if kind not in latest or count["as_of"] >= latest[kind]["as_of"]:
            latest[kind] = count
    return Decimal(sum(count["homes"] for count in latest.values())) if latest else None
