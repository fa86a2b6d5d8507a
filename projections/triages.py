"""Triage: each time a concern was looked at, the section 42 test, and what was decided."""

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.lifecycle import TriageCompleted
from domain.vocabulary.lifecycle import EnforcementCheck, NoStatutoryRoute, TriageDecision
from domain.vocabulary.people import YesNoUnknown
from projections.event_row import EventRow, told_by
from projections.personal_columns import Account, Document, Health, Identity
from projections.read_model import ReadModel


class TriageRow(EventRow):
    """One triage, with its reasons; what was reported stands apart, in the timeline."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    has_care_needs: YesNoUnknown
    """Section 42(1)(a): whether the adult has needs for care and support."""
    at_risk_of_abuse: YesNoUnknown
    """Section 42(1)(b): whether the adult experiences abuse or neglect, or is at risk of it."""
    unable_to_protect_self: YesNoUnknown
    """Section 42(1)(c): whether because of those needs the adult cannot protect themselves."""
    meets_section_42: YesNoUnknown
    """Whether all three are met; not known while an answer could change it."""
    basis: Health[str | None]
    """What the answers rest on."""
    decision: TriageDecision
    """What is done."""
    rationale: Account[str]
    """Why."""
    decider: Identity[str | None]
    """Who decided; None where that was not said."""
    threshold_policy_version: Document[str | None]
    """The authority's threshold policy that was applied; None where none was known."""
    enforcement_check: EnforcementCheck
    """Whether antisocial behaviour was screened for safeguarding, and enforcement looked at."""
    no_statutory_route: NoStatutoryRoute | None
    """Why no statutory service will act; None where that was not said."""


triages = ReadModel("triages", 1, TriageRow)


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@triages.on(TriageCompleted, keys=_itself)
def _triaged(row: TriageRow | None, event: TriageCompleted, key: str) -> TriageRow:
    return TriageRow(
        **told_by(event),
        has_care_needs=event.has_care_needs,
        at_risk_of_abuse=event.at_risk_of_abuse,
        unable_to_protect_self=event.unable_to_protect_self,
        meets_section_42=event.meets_section_42,
        basis=event.basis,
        decision=event.decision,
        rationale=event.rationale,
        decider=event.decider,
        threshold_policy_version=event.threshold_policy_version,
        enforcement_check=event.enforcement_check,
        no_statutory_route=event.no_statutory_route,
    )
