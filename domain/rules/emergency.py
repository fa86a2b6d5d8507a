"""The rule that whoever opens a closed case in an emergency is asked about it."""

from collections.abc import Iterator

from domain.events.permissions import GlassBroken, GlassReviewed
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.working_days import by_working_day


@rule(
    "R43",
    "Opening in an emergency not reviewed",
    source="Practice of health services with breaking the glass; the number is ours",
    clears="a review of that opening; not closing the case",
    working_days=1,
)
def glass_unreviewed(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to review each time that someone opened the case in an emergency."""
    reviewed = {event.glass_id for event in case.all(GlassReviewed)}
    for broken in case.all(GlassBroken):
        if broken.glass_id in reviewed:
            continue
        under = terms.for_duty_of(broken)
        yield Finding(
            under=under,
            because=(broken,),
            since=broken.known_at,
            due=by_working_day(broken.known_at, under["working_days"]),
            why="Someone opened this case in an emergency, and nobody has reviewed why.",
            item=f"glass:{broken.glass_id}",
        )
