"""Every page, as whoever it is for: with and without scripts, on a desk and on a phone."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path

from domain.identity import case_id_of
from services.web import assets
from services.web.app import ROUTERS
from services.web.case.routes import SHOWN_BY
from tests.stories.child import CHILD_CASE
from tests.stories.cromwood import CROMWOOD
from tests.support.api import Served
from tests.support.browsing import Website
from tests.support.furnished import HOSTILE_REF

CASE = f"/cases/{case_id_of(CROMWOOD.case_ref)}"
HOSTILE = f"/cases/{case_id_of(HOSTILE_REF)}"
REVIEW = f"/review/{case_id_of(CHILD_CASE.case_ref)}"
ENTRY = f"{REVIEW}/entries/{CHILD_CASE.events[0].event_id}"
LANDLORD_FILE = "/files/organisation:landlord/record"
ENTRY_TO_SETTLE = "ENTRY_TO_SETTLE"
"""Stands for the number of a message in quarantine, which is another in each run."""

DEMO_PEOPLE = (
    "officer",
    "safeguarding",
    "manager",
    "reviewer",
    "analyst",
    "administrator",
    "privacy",
)


class Seen(NamedTuple):
    """A page, and who looks at it; None is somebody who is not signed in."""

    path: str
    who: str | None
    name: str
    """What its screenshots are called."""
    status: int = 200


PAGES = (
    Seen("/sign-in", None, "sign-in"),
    Seen("/sign-in?why=ended", None, "sign-in-ended"),
    Seen("/signed-out", None, "signed-out"),
    *(Seen("/", who, f"home-{who}") for who in DEMO_PEOPLE),
    Seen("/nowhere", "officer", "not-found", status=404),
    Seen("/nowhere", None, "not-found-nobody", status=404),
    # Lists
    Seen("/dashboard", "safeguarding", "dashboard"),
    Seen("/cases", "safeguarding", "register"),
    Seen("/cases", "officer", "register-officer"),
    Seen("/cases?status=open&risk=high&page=1", "safeguarding", "register-filtered"),
    Seen("/cases?reference=none", "safeguarding", "register-nothing-found"),
    Seen("/actions", "officer", "actions"),
    Seen("/actions?whose=all", "safeguarding", "actions-of-all"),
    Seen("/referrals", "safeguarding", "referrals"),
    Seen("/attention", "safeguarding", "attention"),
    Seen("/reviews", "safeguarding", "reviews-due"),
    # Reports
    Seen("/reports/kpis", "manager", "kpis"),
    Seen("/reports/kpis?period=year&day=2025-06-30", "analyst", "kpis-of-years"),
    Seen("/reports/kpis/new_cases_by_strand?day=2025-06-30", "manager", "kpi-by-parts"),
    Seen("/reports/kpis/open_cases/cases?day=2025-06-30", "manager", "kpi-cases"),
    Seen("/reports/benchmark", "manager", "benchmark"),
    Seen("/authorities", "manager", "authorities"),
    Seen("/authorities/E06000901?day=2025-06-30", "manager", "authority"),
    Seen("/people", "safeguarding", "people-search"),
    Seen("/people/tenant-1", "safeguarding", "person"),
    Seen("/properties", "safeguarding", "property-search"),
    # A case
    *(
        Seen(f"{case}/{slug}".rstrip("/"), "safeguarding", f"{name}-{slug or 'timeline'}")
        for name, case in (("case", CASE), ("hostile-case", HOSTILE))
        for slug in (*SHOWN_BY, "access")
    ),
    Seen(CASE, "officer", "case-officer"),
    Seen(f"{CASE}?page=2", "safeguarding", "case-timeline-page-2"),
    Seen(f"{CASE}/as-of", "safeguarding", "case-as-of"),
    Seen(f"{CASE}?known_on=2024-03-05", "reviewer", "case-to-say-what-for"),
    Seen(f"{CASE}?known_on=2024-03-05&purpose=review", "reviewer", "case-known-on"),
    Seen(f"{CASE}/state?known_on=2024-03-05", "safeguarding", "case-state-known-on"),
    Seen(f"{CASE}?recorded_by=2024-03-31T11:00:00Z", "safeguarding", "case-recorded-by"),
    Seen(f"{CASE}/changes", "safeguarding", "case-changes"),
    Seen(f"{CASE}/changes?from=2024-03-05&to=2024-03-31", "safeguarding", "case-changes-between"),
    Seen(f"{HOSTILE}/changes?from=2024-02-28&to=2024-03-31", "safeguarding", "hostile-changes"),
    Seen(f"{CASE}/reveal", "safeguarding", "case-reveal"),
    Seen(f"{CASE}/emergency", "manager", "case-emergency"),
    Seen(CASE, "analyst", "case-not-open", status=404),
    Seen(f"/cases/{case_id_of('asb:none')}", "officer", "case-not-there", status=404),
    # Reviewing
    Seen("/review", "reviewer", "review"),
    Seen("/glossary", "reviewer", "glossary"),
    Seen(f"{REVIEW}/RR-7", "reviewer", "review-workspace"),
    Seen(f"{REVIEW}/RR-7?known_on=2025-03-31", "reviewer", "review-known-on"),
    Seen(f"{ENTRY}/RR-7", "reviewer", "review-entry"),
    # Recording
    Seen("/concerns/new", "officer", "concern"),
    Seen("/concerns/new/2", "officer", "concern-step-2"),
    Seen(f"{CASE}/record", "safeguarding", "record"),
    Seen(f"{CASE}/record/Reclassified", "safeguarding", "record-reclassified"),
    Seen(f"{CASE}/record/ReferralSent/2", "safeguarding", "record-referral-sent"),
    Seen(LANDLORD_FILE, "administrator", "record-on-file"),
    Seen(f"{LANDLORD_FILE}/RoleGranted", "administrator", "record-role-granted"),
    Seen(f"{LANDLORD_FILE}/RoleGranted/2", "administrator", "record-role-granted-2"),
    Seen(f"{CASE}/record/StrategyMeetingHeld/2", "safeguarding", "record-meeting"),
    Seen(f"{HOSTILE}/record/CaseClosed", "safeguarding", "record-case-closed"),
    Seen("/drafts", "officer", "drafts"),
    # Keeping the service going
    Seen("/admin", "administrator", "admin"),
    Seen("/admin/intake", "administrator", "admin-intake"),
    Seen(f"/admin/intake/{ENTRY_TO_SETTLE}", "administrator", "admin-intake-entry"),
    Seen(f"/admin/intake/{ENTRY_TO_SETTLE}/message", "safeguarding", "admin-intake-message"),
    Seen(f"/admin/intake/{ENTRY_TO_SETTLE}/close", "administrator", "admin-intake-close"),
    Seen("/admin/intake/retry", "administrator", "admin-intake-retry"),
    Seen("/admin/intake/reconciliation", "administrator", "admin-reconciliation"),
    Seen("/admin/read-models", "administrator", "admin-read-models"),
    Seen("/admin/read-models/timeline/rebuild", "administrator", "admin-rebuild"),
    Seen("/admin/grants", "administrator", "admin-grants"),
    Seen(
        "/admin/grants/end?file=organisation:cromwood&reference=G-privacy-01",
        "administrator",
        "admin-grant-end",
    ),
    Seen("/admin/policies", "administrator", "admin-policies"),
    Seen("/admin/sources", "administrator", "admin-sources"),
    Seen("/admin/access", "privacy", "admin-access"),
    Seen(f"/admin/access?case={CROMWOOD.case_ref}", "privacy", "admin-access-of-case"),
    Seen("/admin/notices", "privacy", "admin-notices"),
)

NO_PAGES = {
    "/sign-in/with/{number}": "sends on to a provider",
    "/signed-in": "sends on to where somebody wanted to go",
    "/cases.csv": "a file",
}
"""Routes that answer GET and show no page, and what they do."""

IN_JOURNEYS = {
    "/recorded/{event_id:uuid}": "needs something that was recorded",
    **{
        f"{form}/{step}": "needs answers"
        for step in ("check", "changed")
        for form in (
            "/concerns/new",
            "/cases/{case_id:uuid}/record/{name}",
            "/files/{reference}/record/{name}",
        )
    },
}
"""Pages that are come to in the tests of journeys, and why they are not in the table."""


def routes() -> Iterator[str]:
    """The path of every route by which a page may be got, in the order in which they are tried."""
    routers = [router for router in ROUTERS if router is not assets.router]
    for route in iter_route_contexts([each for router in routers for each in router.routes]):
        if "GET" in (route.methods or ()):
            assert route.path is not None, route
            yield route.path


def route_to(page: Seen) -> str:
    """The route that answers where a page is."""
    path = page.path.partition("?")[0]
    return next(route for route in routes() if compile_path(route)[0].match(path))


def test_no_page_is_forgotten() -> None:
    seen = {route_to(page) for page in PAGES if page.status == 200}
    known = seen | set(NO_PAGES) | set(IN_JOURNEYS)
    assert sorted(set(routes()) - known) == []
    assert sorted(known - set(routes())) == []


def test_no_two_pages_share_a_screenshot() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)


def entry_to_settle(api: Served) -> str:
    """The number of a message in quarantine."""
    entries = api.get("administrator", "/v1/intake").json()["entries"]
    return next(str(each["id"]) for each in entries if each["outcome"] == "quarantined")


@pytest.fixture(scope="module")
def entry(website: Website) -> str:
    return entry_to_settle(website.api)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_page_is_as_every_page_must_be(website: Website, entry: str, page: Seen) -> None:
    path = page.path.replace(ENTRY_TO_SETTLE, entry)
    with website.tab(page.who) as tab:
        tab.visit(path, status=page.status, thorough=True)
        tab.shoot(page.name)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_page_needs_no_scripts(website: Website, entry: str, page: Seen) -> None:
    path = page.path.replace(ENTRY_TO_SETTLE, entry)
    with website.tab(page.who, scripts=False) as tab:
        tab.visit(path, status=page.status, thorough=True)


@pytest.mark.parametrize("who", DEMO_PEOPLE)
def test_home_leads_to_what_is_there(website: Website, who: str) -> None:
    with website.tab(who) as tab:
        tab.visit("/")
        links = tab.page.locator("a[href^='/']").all()
        addresses = {link.get_attribute("href") or "" for link in links}
        answers = {path: tab.page.request.get(f"{tab.url}{path}").status for path in addresses}
    assert {path: status for path, status in answers.items() if status != 200} == {}
