"""A manager opens a case that is closed to them in an emergency: it is told, it is seen by those
who oversee it, and it ends."""

import pytest

from domain.identity import case_id_of
from tests.support.browsing import PHONE, Website
from tests.support.stories import (
    case_allocated,
    case_opened,
    case_restricted,
    incident_reported,
)

ACCOUNT = "He was seen at her door with a hammer."
REASON = "The police are at the house and ask who lives there."
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def closed_case(website: Website, reference: str) -> str:
    """Where a case is that nobody may see but the safeguarding lead and a privacy officer."""
    guarded = website.api.guarded
    guarded.tells(
        incident_reported(account=ACCOUNT),
        case_opened(),
        case_allocated(lead="staff:sg-07"),
        case_ref=reference,
    )
    restricted = case_restricted(
        named=("staff:sg-07", "staff:privacy-01"),
        owner="staff:sg-07",
        ref=f"restricted-{reference}",
    )
    assert guarded.own(restricted, reference).outcome == "accepted"
    website.api.catch_up()
    return f"/cases/{case_id_of(reference)}"


@both_ways
def test_a_closed_case_is_opened_for_an_hour_and_others_are_told(
    website: Website, scripts: bool
) -> None:
    reference = f"asb:2026-030{scripts:d}"
    case = closed_case(website, reference)

    with website.tab("manager", width=PHONE, scripts=scripts) as tab:
        tab.visit(f"{case}?purpose=management-oversight", status=404)
        tab.sees_nothing_of(reference, ACCOUNT)
        tab.follows("Open it in an emergency")
        tab.presses("Open the case")
        assert tab.page.title().startswith("Error: ")
        tab.sees("Choose what the emergency is")
        tab.check(thorough=True)
        tab.answers("What the emergency is", "The police or another emergency service asks")
        tab.answers("What is happening", REASON)
        tab.presses("Open the case")
        assert tab.path.partition("?")[0] == case
        tab.sees(ACCOUNT)
        assert "Opened in an emergency" in tab.everything
        tab.sees_nothing_of(f"{case}/record")
        tab.check(thorough=True)
        if scripts:
            tab.shoot("case-opened-in-emergency")
    website.api.catch_up()

    with website.tab("privacy", scripts=scripts) as tab:
        tab.visit("/")
        tab.follows("Access log and notices")
        tab.follows("Notices")
        tab.sees(reference, "Open one case in an emergency", "manager-01")
        tab.follows("Access log")
        tab.answers("Case", reference)
        tab.presses("Search")
        tab.sees("Open one case in an emergency", REASON)
    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(f"{case}/access")
        tab.sees("Open one case in an emergency", REASON, "In an emergency", "manager-01")

    website.goes(minutes=61)
    with website.tab("manager", width=PHONE, scripts=scripts) as tab:
        tab.visit(f"{case}?purpose=management-oversight", status=404)
        tab.sees_nothing_of(reference, ACCOUNT)


def test_somebody_who_may_not_do_so_is_not_offered_it(website: Website) -> None:
    case = closed_case(website, "asb:2026-0310")
    with website.tab("reviewer", width=PHONE) as tab:
        tab.visit(f"{case}?purpose=review", status=404)
        tab.sees_nothing_of("emergency")
