"""The work lists in a browser: what there is to do, for whom, over the cases one may see."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.api import Served, served
from tests.support.stories import (
    action_agreed,
    action_completed,
    case_allocated,
    case_opened,
    case_restricted,
    consent_decided,
    feedback_chased,
    incident_reported,
    referral_sent,
    risk_assessed,
)
from tests.support.telling import the
from tests.support.web import signed_in

HERE = "E09000001"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Two cases, 1 of the officer and 2 of somebody else; it is the 5th of January 2026."""
    with served(database_url, tmp_path) as found:
        # Consent is the second thing told of each case.
        for number, lead, consent in ((1, "staff:officer", "t-2"), (2, "staff:other", "t-13")):
            found.guarded.tells(
                incident_reported("2024-01-01"),
                consent_decided(),
                case_opened(authority=HERE),
                case_allocated(lead=lead),
                action_agreed(action_id="A1", due="2025-12-31", owner="staff:other"),
                action_agreed(action_id="A2", due="2026-03-01", safety=True),
                action_agreed(action_id="A3", due="2025-12-01"),
                action_completed(action_id="A3"),
                referral_sent("2025-12-01", consent_ref=the(consent)),
                feedback_chased("2025-12-20", referral_id="R1"),
                risk_assessed(level="high", review_due="2026-01-02"),
                case_ref=ref(number),
            )
        found.has("officer")
        found.has("safeguarding", areas=(HERE,))
        found.catch_up()
        yield found


def ref(number: int) -> str:
    return f"asb:2024-{number:04}"


def rows(page: httpx.Response) -> list[int]:
    """The case of each line, by its number."""
    assert page.status_code == 200, page.text
    cells = page.text.split('app-case-cell">')[1:]
    return [int(cell.partition("</a>")[0][-4:]) for cell in cells]


def test_open_actions_are_listed_with_the_overdue_first(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/actions")
        overdue = safeguarding.get("/actions?due=overdue")
        safety = safeguarding.get("/actions?about=safety")

    assert sorted(rows(page)) == [1, 1, 2, 2]
    assert page.text.index("5 days overdue") < page.text.index("1 Mar 2026")
    assert sorted(rows(overdue)) == [1, 2]
    assert "2 actions" in overdue.text
    assert "overdue</span>" not in safety.text


@pytest.mark.parametrize(("whose", "expected"), [("mine", [1]), ("team", [1, 1]), ("all", [1, 1])])
def test_an_officer_has_their_own_actions_and_those_on_their_cases(
    api: Served, whose: str, expected: list[int]
) -> None:
    with signed_in(api, "officer") as officer:
        assert rows(officer.get(f"/actions?whose={whose}")) == expected


def test_referrals_without_an_answer_say_for_how_long(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/referrals")

    assert sorted(rows(page)) == [1, 2]
    assert "35 days" in page.text
    assert "1 time, last" in page.text


def test_flags_are_narrowed_to_a_rule(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        of_rule = safeguarding.get("/attention?rule=R34")
        none = safeguarding.get("/attention?rule=R34&state=soon")

    assert set(rows(of_rule)) == {1, 2}
    assert "(R34)" in of_rule.text
    assert rows(none) == []
    assert "Nothing needs attention here" in none.text


def test_risk_to_be_assessed_again_is_listed(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        risk = safeguarding.get("/reviews")
        markers = safeguarding.get("/reviews?kind=marker")

    assert sorted(rows(risk)) == [1, 2]
    assert "3 days overdue" in risk.text
    assert "No warning marker is due for review" in markers.text


@pytest.mark.parametrize("path", ["/actions", "/referrals", "/attention", "/reviews"])
def test_nothing_of_a_restricted_case_is_listed_or_counted(api: Served, path: str) -> None:
    api.guarded.own(case_restricted(named=("staff:officer",), owner="staff:officer"), ref(1))
    api.catch_up()

    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get(f"{path}?whose=all" if path != "/reviews" else path)

    found = rows(page)
    assert set(found) == {2}
    assert f"{len(found)} " in page.text.partition('role="status">')[2][:20]
    assert ref(1) not in page.text
