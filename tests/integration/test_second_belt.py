"""With a decision that permits everything, the API still shows nobody the cases of others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.access import Decision, Duty, Request
from domain.identity import case_id_of
from services.access import gate
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.stories import (
    action_agreed,
    case_allocated,
    case_opened,
    case_restricted,
    conflict_declared,
    glass_broken,
    incident_reported,
    person_involved,
)

MINE, OF_OTHERS, RESTRICTED, IN_CONFLICT, WITH_RELATIVE = (
    f"asb:2024-{number:04}" for number in range(1, 6)
)
CLOSED = (OF_OTHERS, RESTRICTED, IN_CONFLICT, WITH_RELATIVE)
HERE, ELSEWHERE = "E09000001", "E09000002"

NOT_OF_CASES = {
    "/v1/intake",
    "/v1/intake/{entry_id}",
    "/v1/intake/{entry_id}/message",
    "/v1/receipts",
    "/v1/projections",
    "/v1/me",
    "/v1/me/access-log",
    "/v1/notices",
    "/v1/schemas",
    "/v1/schemas/{name}",
    "/v1/asyncapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
}
"""What shows messages, oneself or the service, and reads no read model of cases."""
WITHOUT_END = {"/v1/stream"}
"""Tells ids of cases alone, as they change."""
OVER_CASES = {
    "/v1/cases": {"limit": "100"},
    "/v1/attention": {"limit": "100"},
    "/v1/kpis": {"day": "2024-03-31", "period": "year"},
    "/v1/kpis/{figure}/cases": {"day": "2024-03-31", "period": "year"},
    "/v1/benchmark": {"year": "2024"},
    "/v1/authorities/{id}/scorecard": {"day": "2024-03-31", "period": "year"},
    "/v1/people/{ref}": {},
}
OF_ONE_CASE: dict[str, dict[str, str]] = {
    "/v1/cases/{case_id}/changes": {"from": "2024-01-01", "to": "2026-01-05"}
}
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"known_on": "2026-01-05"},
    {"recorded_by": "2026-01-05T09:00:00Z"},
)


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        for case_ref in (MINE, *CLOSED):
            found.guarded.tells(
                incident_reported("2024-03-01"),
                case_opened(
                    authority=ELSEWHERE if case_ref == OF_OTHERS else HERE,
                    initial_classification="adult",
                ),
                case_allocated(lead="staff:other"),
                person_involved(person=f"person:of-{case_ref[-4:]}"),
                person_involved(person="person:of-many"),
                action_agreed(),
                case_ref=case_ref,
            )
        found.guarded.tells(person_involved(person="person:relative"), case_ref=WITH_RELATIVE)
        for told, case_ref in (
            (case_restricted(named=("staff:other",), owner="staff:other"), RESTRICTED),
            (conflict_declared(conflict_id="C-1", staff=STAFF, person=None), IN_CONFLICT),
            (conflict_declared(conflict_id="C-2", staff=STAFF, person="person:relative"), LANDLORD),
        ):
            assert found.guarded.own(told, case_ref).outcome == "accepted"
        found.has("safeguarding", areas=(HERE,))
        found.catch_up()
        yield found


STAFF = "staff:safeguarding"


@pytest.fixture
def permitting_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def permit(_: Request) -> Decision:
        return Decision(True, ("stubbed",), masked=frozenset(), duties=frozenset({Duty.RECORD}))

    monkeypatch.setattr(gate, "decide", permit)


def told_of(answered: httpx.Response) -> list[str]:
    """Which of the closed cases an answer says anything of."""
    marks = {ref: (ref, str(case_id_of(ref)), f"person:of-{ref[-4:]}") for ref in CLOSED}
    return [ref for ref, own in marks.items() if any(each in answered.text for each in own)]


def paths(api: Served) -> list[str]:
    """Every path that is read."""
    document: dict[str, Any] = api.client.get("/v1/openapi.json").json()
    return [path for path, operations in document["paths"].items() if "get" in operations]


def of_one_case(api: Served) -> list[str]:
    return [path for path in paths(api) if path.startswith("/v1/cases/{case_id}")]


def test_every_path_that_is_read_is_either_tried_here_or_shows_no_case(api: Served) -> None:
    tried = {*of_one_case(api), *OVER_CASES}

    assert set(paths(api)) == tried | NOT_OF_CASES | WITHOUT_END


@pytest.mark.usefixtures("permitting_everything")
def test_no_part_of_a_case_of_others_is_shown_from_any_point_of_view(api: Served) -> None:
    asked = 0
    for path in of_one_case(api):
        for view in VIEWS:
            sent = {"Access-Purpose": "case-work"}
            params = view | OF_ONE_CASE.get(path, {})
            mine = path.format(case_id=case_id_of(MINE))
            assert api.get("safeguarding", mine, params=params, headers=sent).status_code == 200
            for ref in CLOSED:
                where = path.format(case_id=case_id_of(ref))
                answered = api.get("safeguarding", where, params=params, headers=sent)
                assert answered.status_code == 404, (where, view)
                assert told_of(answered) == []
                asked += 1
    assert asked >= 4 * 3 * 12


@pytest.mark.usefixtures("permitting_everything")
def test_no_list_tells_of_a_case_of_others(api: Served) -> None:
    places = {"figure": "new_cases", "id": HERE, "ref": "person:of-many"}
    for path, params in OVER_CASES.items():
        answered = api.get("safeguarding", path.format(**places), params=params)
        assert answered.status_code == 200, path
        assert told_of(answered) == [], path
    listed = api.get("safeguarding", "/v1/cases").json()["items"]
    behind = api.get(
        "safeguarding", "/v1/kpis/new_cases/cases", params={"day": "2024-03-31", "period": "year"}
    )
    person = api.get("safeguarding", "/v1/people/person:of-many").json()["items"]
    assert [row["case_ref"] for row in listed] == [MINE]
    assert [row["case_ref"] for row in behind.json()["items"]] == [MINE]
    assert [row["case_ref"] for row in person] == [MINE]


@pytest.mark.usefixtures("permitting_everything")
def test_no_search_finds_a_case_of_others(api: Served) -> None:
    for ref in CLOSED:
        for sought in ({"reference": ref}, {"person": f"person:of-{ref[-4:]}"}):
            answered = api.post("safeguarding", "/v1/cases/search", json=sought)
            assert answered.json() == {"items": [], "next": None}


@pytest.mark.usefixtures("permitting_everything")
def test_who_is_granted_nothing_is_shown_no_case_at_all(api: Served) -> None:
    for path in of_one_case(api):
        params = OF_ONE_CASE.get(path, {})
        answered = api.get("reviewer", path.format(case_id=case_id_of(MINE)), params=params)
        assert answered.status_code == 404, path
    assert api.get("reviewer", "/v1/cases").json()["items"] == []


def test_a_case_that_was_opened_in_an_emergency_is_read_through_the_belt(api: Served) -> None:
    api.has("officer", staff="staff:12")
    where = f"/v1/cases/{case_id_of(RESTRICTED)}/timeline"
    assert api.get("officer", where).status_code == 404

    broken = glass_broken("2026-01-05 09:00", until="2026-01-05T10:00:00Z")
    assert api.guarded.own(broken, RESTRICTED).outcome == "accepted"

    answered = api.get("officer", where)
    assert answered.status_code == 200
    assert len(answered.json()["timeline"]) == 7


def test_a_case_that_the_read_models_have_not_taken_in_is_open_by_the_word_of_the_gate(
    api: Served,
) -> None:
    new = "asb:2024-0009"
    api.guarded.tells(incident_reported(), case_opened(authority=HERE), case_ref=new)

    answered = api.get("safeguarding", f"/v1/cases/{case_id_of(new)}")

    assert answered.status_code == 200
    assert (answered.json()["case_state"], answered.json()["missing"]) == ([], 2)
    api.catch_up()
    assert api.get("safeguarding", f"/v1/cases/{case_id_of(new)}").json()["missing"] == 0
