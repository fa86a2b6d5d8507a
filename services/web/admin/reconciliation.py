"""Whether everything received is accounted for."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

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
    """Count what was received and what became of it, and compare the ledger with the events."""
    unsettled_of(context).check(visitor)
    sums, store = context.desk.sums(), context.desk.store_sums()
    wrong = list(faults(store))
    return admin_page(
        request,
        "reconciliation.html",
        INTAKE,
        title="Reconciliation",
        trail=(Link(INTAKE.text, INTAKE.href),),
        sums=sums,
        store=store,
        outcomes=tuple(Outcome),
        totals={each: sum(getattr(one, each) for one in sums) for each in Outcome},
        received=sum(each.received for each in sums),
        adds_up=not wrong,
        verdict=verdict(sums, wrong),
        at=context.clock(),
    )
