"""In an emergency a closed case opens to who says why; what is masked is revealed by itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.identity import case_id_of
from tests.support.access import LANDLORD
from tests.support.api import CASE, Served, served
from tests.support.messages import RECEIVED
from tests.support.stories import (
    CASE_REF,
    case_allocated,
    case_opened,
    case_restricted,
    communication_preference_recorded,
    conflict_declared,
    incident_reported,
    person_involved,
)

WHY = {
    "ground": "visit-under-way",
    "reason": "A colleague is at the door and hears shouting.",
}
ABSENT = "/v1/cases/00000000-0000-4000-8000-000000000000"


def case_of(reference: str) -> str:
    return f"/v1/cases/{case_id_of(reference)}"


def breaks(api: Served, who: str, case: str = CASE, **said: Any) -> httpx.Response:
    return api.post(who, f"{case}/break-glass", json=WHY | said)


def problem(answered: httpx.Response) -> tuple[int, str]:
    assert answered.headers["content-type"] == "application/problem+json", answered.text
    return answered.status_code, answered.json()["type"].removeprefix("/problems/")


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported(
                "2024-03-01",
                narrative="Shouting, and a door was kicked in.",
                reporter={"role": "Neighbour", "identity": "Mrs Ames of number 4"},
            ),
            case_opened("2024-03-02", authority="E09000001"),
            case_allocated("2024-03-03", lead="staff:officer"),
        )
        found.guarded.tells(
            person_involved(),
            communication_preference_recorded(safe_times="Mornings, at her sister's"),
        )
        found.guarded.own(case_restricted(named=("staff:officer",), owner="staff:officer"))
        found.has("officer")
        found.has("manager", role="officer")
        found.catch_up()
        yield found


class TestBreakingTheGlass:
    def test_opens_a_closed_case_for_an_hour_and_shows_nothing_itself(self, api: Served) -> None:
        assert api.get("manager", CASE).status_code == 404

        answered = breaks(api, "manager")

        assert answered.status_code == 200
        assert answered.json() == {
            "case_id": str(case_id_of(CASE_REF)),
            "until": "2026-01-05T10:00:00Z",
        }
        assert api.get("manager", CASE).status_code == 200
        api.guarded.feed.clock.goes(minutes=60, seconds=1)
        assert api.get("manager", CASE).status_code == 404

    def test_is_on_the_case_and_on_record_with_why(self, api: Served) -> None:
        breaks(api, "manager")

        event = api.guarded.feed.events()[-1]
        assert (event.type, event.actor.id) == ("GlassBroken", "staff:manager")
        assert event.model_dump()["reason"] == WHY["reason"]
        assert event.occurred_at == RECEIVED
        record = api.guarded.records()[-1]
        assert (record["action"], record["permitted"]) == ("break-glass", True)
        assert (record["purpose"], record["reason"]) == ("emergency", WHY["reason"])

    def test_lets_one_read_and_do_nothing_else(self, api: Served) -> None:
        breaks(api, "manager")

        travelling = api.get("manager", CASE, params={"known_on": "2024-03-02"})
        revealing = reveals(api, "manager")

        assert problem(travelling) == problem(revealing) == (404, "not-found")

    def test_again_while_it_is_open_leaves_it_as_it_is(self, api: Served) -> None:
        first = breaks(api, "manager")
        api.guarded.feed.clock.goes(minutes=10)

        again = breaks(api, "manager")

        assert again.json() == first.json()
        assert [event.type for event in api.guarded.feed.events()].count("GlassBroken") == 1

    def test_twice_at_once_breaks_it_once(self, api: Served) -> None:
        with ThreadPoolExecutor(6) as at_once:
            answers = list(at_once.map(lambda _: breaks(api, "manager"), range(6)))

        assert {each.status_code for each in answers} == {200}
        assert {each.json()["until"] for each in answers} == {"2026-01-05T10:00:00Z"}
        assert [event.type for event in api.guarded.feed.events()].count("GlassBroken") == 1

    def test_is_done_three_times_a_day_at_the_most(self, api: Served) -> None:
        for number in range(3):
            other = f"asb:2024-020{number}"
            api.guarded.tells(incident_reported(), case_ref=other)
            assert breaks(api, "manager", case_of(other)).status_code == 200

        spent, absent = breaks(api, "manager"), breaks(api, "manager", ABSENT)

        assert problem(spent) == (403, "not-permitted")
        assert spent.json() == absent.json()
        assert spent.json()["rule"] == "glass-spent"
        api.guarded.feed.clock.goes(hours=24, seconds=1)
        assert breaks(api, "manager").status_code == 200

    @pytest.mark.parametrize("role", ["administrator", "analyst", "privacy", "reviewer"])
    def test_is_for_those_who_work_with_cases(self, api: Served, role: str) -> None:
        api.has(role)

        assert problem(breaks(api, role)) == (404, "not-found")

    def test_opens_nothing_to_who_has_a_conflict_of_interest(self, api: Served) -> None:
        api.guarded.own(conflict_declared(staff="staff:manager"))

        in_conflict, absent = breaks(api, "manager"), breaks(api, "manager", ABSENT)

        assert problem(in_conflict) == (404, "not-found")
        assert in_conflict.json() == absent.json()

    def test_opens_no_file_that_is_no_case(self, api: Served) -> None:
        assert problem(breaks(api, "manager", case_of(LANDLORD))) == (404, "not-found")

    @pytest.mark.parametrize(
        "said",
        [
            {"reason": "Because."},
            {"reason": " " * 30},
            {"reason": "Someone is in danger\u0000 there."},
            {"ground": "curiosity"},
            {"until": "2030-01-01T00:00:00Z"},
        ],
    )
    def test_needs_a_reason_that_says_something(self, api: Served, said: dict[str, str]) -> None:
        assert problem(breaks(api, "manager", **said)) == (422, "invalid-parameter")

    def test_a_reason_has_to_be_text(self, api: Served) -> None:
        body = b'{"ground": "life-at-risk", "reason": "\\ud800 somebody is in danger there"}'
        headers = {"Content-Type": "application/json"}

        answered = api.post("manager", f"{CASE}/break-glass", content=body, headers=headers)

        assert answered.status_code in (400, 422)


class TestReviewingIt:
    def _reviews(self, api: Served, who: str) -> httpx.Response:
        broken = api.guarded.feed.events()[-1]
        sent = {
            "id": str(uuid4()),
            "type": "GlassReviewed",
            "time": "2026-01-05T09:30:00Z",
            "data": {
                "glass_id": broken.model_dump()["glass_id"],
                "finding": "justified",
            },
        }
        match = {"If-Match": f'"{broken.version}"'}
        return api.post(who, f"{CASE}/events", json=sent, headers=match)

    def test_someone_else_reviews_it(self, api: Served) -> None:
        api.has("privacy")
        breaks(api, "manager")

        assert self._reviews(api, "privacy").status_code == 201

    def test_nobody_reviews_their_own(self, api: Served) -> None:
        api.has("manager", role="safeguarding")
        breaks(api, "manager")

        assert problem(self._reviews(api, "manager")) == (404, "not-found")
        assert api.guarded.records()[-1]["rules"] == ["own-matter"]

    def test_an_officer_reviews_none(self, api: Served) -> None:
        breaks(api, "manager")

        assert problem(self._reviews(api, "officer")) == (404, "not-found")


def reveals(api: Served, who: str, **said: Any) -> httpx.Response:
    asked = {
        "field": "location",
        "part": "timeline",
        "purpose": "case-work",
        "reason": "A visit is due today.",
    }
    return api.post(who, f"{CASE}/reveal", json=asked | said)


class TestRevealing:
    def test_shows_one_class_beside_what_reading_shows(self, api: Served) -> None:
        read = api.get("officer", f"{CASE}/people").json()
        shown = reveals(api, "officer", part="people")

        assert shown.status_code == 200
        told = shown.json()
        assert (read["masked"], told["masked"]) == (["location", "reporter"], ["reporter"])
        before, after = read["people"][0], told["people"][0]
        assert before["communication"]["safe_times"] is None
        assert after["communication"]["safe_times"] == "Mornings, at her sister's"
        assert before.keys() == after.keys()
        assert shown.headers["cache-control"] == "no-store"

    def test_is_on_record_by_itself_with_what_for(self, api: Served) -> None:
        reveals(api, "officer")

        record = api.guarded.records()[-1]
        assert (record["action"], record["part"]) == ("reveal", "timeline")
        assert (record["rules"], record["shown"]) == (["officer-reveal"], ["location"])
        assert (record["purpose"], record["reason"]) == ("case-work", "A visit is due today.")

    def test_counts_for_that_answer_alone(self, api: Served) -> None:
        reveals(api, "officer")

        assert api.get("officer", f"{CASE}/timeline").json()["masked"] == ["location", "reporter"]

    def test_a_class_that_is_not_theirs_to_reveal_stays_masked(self, api: Served) -> None:
        api.guarded.own(
            case_restricted(named=("staff:officer", "staff:boss"), owner="staff:officer")
        )
        api.has("analyst", role="manager", staff="staff:boss")

        assert problem(reveals(api, "analyst")) == (404, "not-found")
        purpose = {"Access-Purpose": "management-oversight"}
        assert api.get("analyst", CASE, headers=purpose).status_code == 200

    def test_is_as_absent_for_who_may_not_see_the_case(self, api: Served) -> None:
        asked = {"field": "location", "part": "case", "purpose": "case-work", "reason": "Visit."}
        absent = api.post("manager", f"{ABSENT}/reveal", json=asked)

        assert problem(reveals(api, "manager")) == problem(absent) == (404, "not-found")
        assert reveals(api, "manager").json() == absent.json()

    @pytest.mark.parametrize(
        "said",
        [
            {"part": "everything"},
            {"field": "address"},
            {"purpose": None},
            {"reason": ""},
            {"reason": "\u0000"},
            {"known_on": "2024-03-01"},
        ],
    )
    def test_what_is_asked_has_to_be_complete(self, api: Served, said: dict[str, Any]) -> None:
        assert problem(reveals(api, "officer", **said)) == (422, "invalid-parameter")

    @pytest.mark.parametrize("part", ["case", "people", "risk", "chronology", "audit"])
    def test_any_part_can_be_asked_for(self, api: Served, part: str) -> None:
        assert reveals(api, "officer", part=part).status_code == 200
