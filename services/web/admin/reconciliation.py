"""Whether everything received is accounted for."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from adapters.event_store.desk import SourceSums
from adapters.event_store.reckoning import SourceActivity
from domain.outcomes import Outcome
from services.api.context import InContext
from services.api.intake import unsettled_of
from services.reconciling import faults, verdict
from services.web.admin.area import INTAKE, admin_page
from services.web.page import Link
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/intake")


@router.get("/reconciliation")
def reconcile(request: Request, context: InContext, visitor: SignedIn) -> HTMLResponse:
    """Show what was received and what became of it, and whether the ledger fits the events."""
    found = unsettled_of(context).reckoning(visitor)
    sums = [_summed(each) for each in found.sources]
    wrong = list(faults(found.store))
    return admin_page(
        request,
        "reconciliation.html",
        INTAKE,
        title="Reconciliation",
        trail=(Link(INTAKE.text, INTAKE.href),),
        sums=sums,
        store=found.store,
        outcomes=tuple(Outcome),
        totals={each: sum(getattr(one, each) for one in sums) for each in Outcome},
        received=sum(each.received for each in sums),
        adds_up=not wrong,
        verdict=verdict(sums, wrong),
        at=found.at,
    )


def _summed(each: SourceActivity) -> SourceSums:
    """Return the sums of a source: what was closed had come into quarantine."""
    return SourceSums(
        source=each.source,
        received=each.received,
        accepted=each.accepted,
        duplicate=each.duplicate,
        waiting=each.waiting,
        quarantined=each.quarantined + each.closed,
        refused=each.refused,
    )
