"""The figures of the dashboard, each with the list of what it counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from adapters.read_store.at_a_glance import Flagged, Glance
from adapters.read_store.register import NOT_ASSESSED
from domain.rules.catalogue import RULES
from domain.times import in_london
from domain.vocabulary.risk import RiskLevel
from services.web.charts import BarChart, Figure, LineChart, Series, bar_chart, line_chart
from services.web.dates import counted
from services.web.listing import Address

UNTOUCHED = timedelta(days=30)
MONTHS = 12
"""How many months trends go back, the one under way among them."""
RECORDED_LATE = "R2"
"""The rule that watches for what is recorded long after it was known."""

_CASES, _ACTIONS, _REFERRALS = Address("/cases"), Address("/actions"), Address("/referrals")
_ATTENTION, _REVIEWS = Address("/attention"), Address("/reviews")
_LEVELS = sorted(RiskLevel, key=lambda level: -level.rank)


class Tile(NamedTuple):
    """A figure that links to its list."""

    heading: str
    figure: str
    href: str
    note: str = ""
    colour: str = "grey"


def tiles(found: Glance, today: date) -> Iterator[Tile]:
    """Yield the tiles, those that ask for something first."""
    high = sum(found.by_risk.get(level, 0) for level in RiskLevel if level.is_high)
    levels = [level.value for level in _LEVELS if level.is_high]
    flags = {each.rule: each for each in found.flags}
    late = flags.get(RECORDED_LATE, Flagged(RECORDED_LATE, 0, 0))
    everyones = {"whose": "all"}
    yield _tile(
        "Actions overdue",
        found.actions_overdue,
        _ACTIONS.having(due="overdue", **everyones),
        f"of {counted(found.actions, 'open action')}",
        "red",
    )
    yield _tile(
        "Referrals without an answer",
        found.referrals,
        _REFERRALS.having(**everyones),
        _waits(found, today),
        "orange",
    )
    yield _tile(
        "Risk reviews due",
        found.risk_reviews,
        _REVIEWS.having(kind="risk"),
        f"{found.risk_reviews_late:,} late already",
        "orange",
    )
    yield _tile(
        "Recorded late",
        late.standing,
        _ATTENTION.having(rule=RECORDED_LATE, **everyones),
        "entered long after it was known",
        "yellow",
    )
    risky = Address("/cases", (("status", "open"), *(("risk", level) for level in levels)))
    yield _tile("High or critical risk", high, risky, "open cases", "red")
    yield _tile(
        "Without a lead",
        found.without_lead,
        _CASES.having(mine="nobody", status="open"),
        "open cases",
        "orange",
    )
    yield _tile(
        "Untouched",
        found.untouched,
        _CASES.having(status="open", untouched=str(UNTOUCHED.days)),
        f"open cases with nothing recorded for {UNTOUCHED.days} days",
        "yellow",
    )
    is_open = sum(found.by_risk.values())
    yield Tile("Open cases", f"{is_open:,}", str(_CASES.having(status="open")), "", "blue")


def risk_chart(found: Glance) -> BarChart:
    """Return open cases by risk."""
    levels = {level.value: level.label for level in _LEVELS} | {NOT_ASSESSED: "Not assessed"}
    return bar_chart(
        "Open cases by risk",
        "Risk",
        "Open cases",
        [
            Figure(
                label,
                number := found.by_risk.get(level, 0),
                f"{number:,}",
                str(_CASES.having(status="open", risk=level)),
            )
            for level, label in levels.items()
        ],
    )


class RuleFlags(NamedTuple):
    """The flags of a rule, with the lists of them."""

    rule: str
    title: str
    standing: int
    href: str
    overdue: int
    overdue_href: str


def flags_by_rule(found: Glance) -> list[RuleFlags]:
    """Return the flags that stand by rule, the most frequent first."""
    flags = sorted(found.flags, key=lambda each: (-each.standing, each.rule))
    return [_flags_of(each) for each in flags]


def trend_chart(found: Glance, today: date) -> LineChart:
    """Return how many cases were opened and closed by month."""
    months = list(months_until(today))
    return line_chart(
        "Cases opened and closed by month",
        "Month",
        [
            Series("Opened", _by_month(found.opened, months, "opened")),
            Series("Closed", _by_month(found.closed, months, "closed")),
        ],
    )


def months_until(today: date) -> Iterator[date]:
    """Yield the first days of the months that trends are of, the latest last."""
    this = today.year * 12 + today.month - 1
    for month in range(this - MONTHS + 1, this + 1):
        yield date(month // 12, month % 12 + 1, 1)


def _tile(heading: str, figure: int, href: Address, note: str, colour: str) -> Tile:
    """Return a tile, whose colour asks for something only where there is something."""
    return Tile(heading, f"{figure:,}", str(href), note, colour if figure else "grey")


def _waits(found: Glance, today: date) -> str:
    if found.waiting_since is None:
        return ""
    longest = (today - in_london(found.waiting_since).date()).days
    return f"the longest for {counted(longest, 'day')}"


def _flags_of(flagged: Flagged) -> RuleFlags:
    known = RULES.get(flagged.rule)
    href = _ATTENTION.having(rule=flagged.rule, whose="all")
    return RuleFlags(
        rule=flagged.rule,
        title=known.title if known else "A rule of another release",
        standing=flagged.standing,
        href=str(href),
        overdue=flagged.overdue,
        overdue_href=str(href.having(state="overdue")),
    )


def _by_month(counts: Mapping[date, int], months: Sequence[date], what: str) -> list[Figure]:
    return [
        Figure(
            f"{month:%b %Y}",
            number := counts.get(month, 0),
            f"{number:,}",
            str(_CASES.having(**{f"{what}_from": str(month), f"{what}_to": str(_end_of(month))})),
        )
        for month in months
    ]


def _end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
