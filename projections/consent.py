"""Where people stand on consent in a case, and whether it was decided to act without it."""

from datetime import datetime

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.fields import Part
from domain.vocabulary.consent import ConsentScope, ConsentState
from projections.latest import supersedes


class Consent(Part):
    """Where one person stands on one scope of consent, and whether it was overridden since."""

    scope: ConsentScope
    person: str | None = None
    """Whose consent; None where the decision did not say."""
    state: ConsentState | None = None
    """The latest decision; None where consent was overridden without one."""
    at: datetime | None = None
    """When that was decided."""
    overridden: bool = False
    """Whether it was decided to act without consent, and no newer decision has come."""
    overridden_at: datetime | None = None


Consents = tuple[Consent, ...]


def after_decision(consents: Consents, event: ConsentDecisionRecorded) -> Consents:
    """Return `consents` after a person's decision; a newer one ends an override."""
    of_scope = [held for held in consents if held.scope == event.scope]
    earlier = next((held for held in of_scope if held.person == event.person), None)
    if earlier and not supersedes(event, earlier.at):
        return consents
    overrides = [held.overridden_at for held in of_scope if held.overridden_at is not None]
    standing = max((at for at in overrides if at >= event.occurred_at), default=None)
    decided = Consent(
        scope=event.scope,
        person=event.person,
        state=event.state,
        at=event.occurred_at,
        overridden=standing is not None,
        overridden_at=standing,
    )
    # An override without any decision holds a place until there is one.
    replaced = [held for held in of_scope if held is earlier or held.state is None]
    return (*(held for held in consents if held not in replaced), decided)


def after_override(consents: Consents, event: ConsentOverridden) -> Consents:
    """Return `consents` after it was decided to act without any in the event's scope."""
    override = {"overridden": True, "overridden_at": event.occurred_at}

    def overridden(held: Consent) -> Consent:
        concerned = held.scope == event.scope and supersedes(event, held.at)
        return held.model_copy(update=override) if concerned else held

    if not any(held.scope == event.scope for held in consents):
        consents = (*consents, Consent(scope=event.scope))
    return tuple(overridden(held) for held in consents)
