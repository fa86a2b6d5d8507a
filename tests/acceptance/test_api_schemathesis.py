"""What the API's description promises, the API keeps, whatever is sent: judged by schemathesis with
all its checks. Nothing is a server error, every status and every answer is described, what the
description allows is taken, what it forbids is refused, and nothing is told without a token."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.identity import case_id_of
from services.api import reading_own_writes
from tests.support.api import Served, served
from tests.support.messages import message, submission
from tests.support.stories import (
    CASE_REF,
    SOURCE,
    action_agreed,
    case_allocated,
    case_opened,
    incident_reported,
    person_involved,
    risk_assessed,
)

PERSON, SYSTEM = "safeguarding", "asb-system"
ROLES = ("safeguarding", "manager", "administrator", "privacy", "analyst")
OTHER_REF = "asb:2024-0118"
SCHEMATHESIS = Path(sys.executable).with_name("st")

CONFIGURATION = """
hooks = "tests.support.schemathesis_hooks"

[dictionaries.cases]
values = {cases}

[dictionaries.entries]
values = {entries}

[parameters]
"path.case_id" = {{ dictionary = "cases", probability = 0.7 }}
"path.entry_id" = {{ dictionary = "entries", probability = 0.7 }}

[[operations]]  # it has no end
include-operation-id = "stream"
max-stream-events = 1

[[operations]]  # a cursor is opaque; days may be the wrong way round
include-operation-id = [
    "list_cases", "search_cases", "list_attention", "list_cases_of_kpi", "read_changes",
]
checks.positive_data_acceptance.expected-statuses = [{accepted}, 422]

[[operations]]  # blanks at either end of a text do not count
include-operation-id = ["break_glass", "reveal", "close_intake_entry"]
checks.positive_data_acceptance.expected-statuses = [{accepted}, 422]

[[operations]]  # what an event holds, the catalogue says
include-operation-id = ["open_case", "record_on_file"]
checks.positive_data_acceptance.expected-statuses = [{accepted}, 422]

[[operations]]  # it says so too, and which headers go with which media type
include-operation-id = "publish_events"
checks.positive_data_acceptance.expected-statuses = [{accepted}, 415, 422]
checks.negative_data_rejection.expected-statuses = [{rejected}, 413]

[[operations]]  # a change says which version it is based on
include-operation-id = "record_on_case"
checks.positive_data_acceptance.expected-statuses = [{accepted}, 412, 422, 428]
"""
"""Has most requests concern what there is, so that their answers are judged as well; and says which
operations may refuse what JSON Schema cannot tell to be wrong."""
ACCEPTED = '"2xx", "3xx", 401, 403, 404, 409, 429'
REJECTED = "400, 401, 403, 404, 405, 406, 409, 415, 422, 428, 429"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def api(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """An API with two cases, messages in quarantine, somebody in many roles, and a system."""
    monkeypatch.setattr(reading_own_writes, "LONGEST_WAIT_SECONDS", 0.0)
    with served(
        database_url, tmp_path, http_rate_per_person=1e6, http_rate_per_source=1e6
    ) as found:
        for ref in (CASE_REF, OTHER_REF):
            found.guarded.tells(
                incident_reported("2024-03-01"),
                case_opened("2024-03-02", authority="E09000001"),
                case_allocated("2024-03-03", lead=f"staff:{PERSON}"),
                person_involved("2024-03-04"),
                risk_assessed("2024-03-05"),
                action_agreed("2024-03-06"),
                case_ref=ref,
            )
        for number in range(3):
            unknown = message(incident_reported(), f"bad-{number}") | {"type": "not-a-type"}
            found.guarded.feed.takes_one(submission(unknown))
        for role in ROLES:
            found.has(PERSON, role=role)
        found.has(SYSTEM, role="upstream", publishes=SOURCE)
        found.catch_up()
        yield found
        found.guarded.feed.assert_sound()


def findings(api: Served, folder: Path, name: str, *options: str) -> str:
    """Return what schemathesis finds, asking as somebody; nothing where all is as described."""
    entries = api.get(PERSON, "/v1/intake").json()["entries"]
    configuration = folder / "schemathesis.toml"
    configuration.write_text(
        CONFIGURATION.format(
            cases=json.dumps([str(case_id_of(ref)) for ref in (CASE_REF, OTHER_REF)]),
            entries=json.dumps([entry["id"] for entry in entries]),
            accepted=ACCEPTED,
            rejected=REJECTED,
        )
    )
    told = subprocess.run(
        [
            *(SCHEMATHESIS, "--config-file", configuration, "--no-color", "run"),
            f"{api.client.base_url}/v1/openapi.json".replace("//v1", "/v1"),
            *("--header", f"Authorization: {api.headers(name)['Authorization']}"),
            *("--phases", "examples,coverage,fuzzing", "--checks", "all", "--seed", "20260105"),
            *("--generation-database", "none", "--workers", "4", "--continue-on-failure"),
            *options,
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    return "" if told.returncode == 0 else told.stdout + told.stderr


def test_a_person_finds_the_api_as_it_is_described(api: Served, tmp_path: Path) -> None:
    found = findings(api, tmp_path, PERSON, "--max-examples", "10", "--exclude-path", "/v1/events")
    assert not found, found


def test_a_system_finds_publishing_as_it_is_described(api: Served, tmp_path: Path) -> None:
    found = findings(api, tmp_path, SYSTEM, "--max-examples", "50", "--include-path", "/v1/events")
    assert not found, found


@pytest.mark.soak
@pytest.mark.parametrize("name", [PERSON, SYSTEM])
def test_long_search_finds_nothing_either(api: Served, tmp_path: Path, name: str) -> None:
    found = findings(api, tmp_path, name, "--max-examples", "500")
    assert not found, found
