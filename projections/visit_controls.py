"""The precautions for visits that are in force, whatever order their settings and lifts come in.

A lift ends only what was set no later than it, and the latest setting holds: in doubt a precaution
stays in force.
"""

from datetime import date, datetime

from domain.events.risk import VisitControlLifted, VisitControlSet
from projections.case_state_row import ControlInForce, ControlLifted

InForce = tuple[ControlInForce, ...]
Lifted = tuple[ControlLifted, ...]


def holds_longer(
    set_at: datetime, until: date | None, held_since: datetime, held_until: date | None
) -> bool:
    """Tell whether a setting replaces the one held: the later, or of two at once the longer."""
    return (set_at, until or date.max) > (held_since, held_until or date.max)


def after_setting(in_force: InForce, lifted: Lifted, event: VisitControlSet) -> InForce:
    """Return what is in force after a precaution was set."""
    if any(_same(ended, event) and event.occurred_at <= ended.at for ended in lifted):
        return in_force
    earlier = next((held for held in in_force if _same(held, event)), None)
    set_at, until = event.occurred_at, event.until
    if earlier and not holds_longer(set_at, until, earlier.set_at, earlier.until):
        return in_force
    held = ControlInForce(control=event.control, scope=event.scope, until=until, set_at=set_at)
    return (*(other for other in in_force if other is not earlier), held)


def after_lift(
    in_force: InForce, lifted: Lifted, event: VisitControlLifted
) -> tuple[InForce, Lifted]:
    """Return what is in force after a precaution was lifted, and what has been lifted by then."""
    left = tuple(
        held for held in in_force if not (_same(held, event) and held.set_at <= event.occurred_at)
    )
    earlier = next((ended for ended in lifted if _same(ended, event)), None)
    at = max(earlier.at, event.occurred_at) if earlier else event.occurred_at
    now = ControlLifted(control=event.control, scope=event.scope, at=at)
    return left, (*(other for other in lifted if other is not earlier), now)


def _same(
    held: ControlInForce | ControlLifted, event: VisitControlSet | VisitControlLifted
) -> bool:
    return (held.control, held.scope) == (event.control, event.scope)
