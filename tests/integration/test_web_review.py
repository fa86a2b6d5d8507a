"""The reviewer's workspace: the chronology, curating it, and what of it whom is shown."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.identity.demo import DEMO_URL
from domain.identity import case_id_of
from services.reference.in_use import coded_lists
from services.web.review.abbreviations import ABBREVIATIONS
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.stories import (
    CASE_REF,
    concern_raised,
    contact_made,
    event_corrected,
    incident_reported,
    review_access_granted,
    review_notified,
    the,
)
from tests.support.web import signed_in

WORKSPACE = f"/review/{case_id_of(CASE_REF)}/SAR-1"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """A case of which a review was notified: an incident, a visit, and what was known late."""
    with served(database_url, tmp_path) as running:
        running.guarded.tells(
            incident_reported("2024-01-08"),
            contact_made("2024-01-10 10:00", seen="yes", voice=f"Afraid. {HOSTILE}"),
            concern_raised("2024-01-20 10:00", known="2024-02-12 10:00"),
            review_notified("2024-02-20", scope_from="2024-01-01", scope_to="2024-02-15"),
        )
        running.has("safeguarding")
        running.has("reviewer")
        grant(running)
        running.catch_up()
        yield running


def grant(api: Served, **fields: Any) -> None:
    told = {"principal": f"{DEMO_URL}|reviewer", "valid_until": "2099-01-01T00:00:00Z", **fields}
    assert api.guarded.own(review_access_granted(**told), LANDLORD).outcome == "accepted"


def form_of(client: httpx.Client, number: int = 1) -> tuple[str, dict[str, str]]:
    """The form of an entry: where it is sent, and what it holds that nobody sees."""
    listed = unescape(client.get(WORKSPACE).text)
    row = listed.split(f'id="entry-{number}"')[1].split("</tr>")[0]
    (path,) = re.findall(r'href="(/review/[^"]*/entries/[^"]*)"', row)
    text = client.get(path).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
    return path, hidden


def test_a_reviewer_is_shown_the_cases_that_are_granted_and_no_other(api: Served) -> None:
    api.guarded.tells(
        incident_reported(), review_notified(review_id="SAR-2"), case_ref="asb:2024-0999"
    )
    api.catch_up()
    with signed_in(api, "reviewer") as reviewer, signed_in(api, "safeguarding") as lead:
        own, all_of_them = reviewer.get("/review").text, lead.get("/review").text
    assert WORKSPACE in own
    assert "Until " in own
    assert "SAR-2" not in own
    assert "SAR-2" in all_of_them


def test_a_chronology_is_told_earliest_first_with_gaps_and_hindsight(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        answer = reviewer.get(WORKSPACE)
    assert answer.status_code == 200
    places = re.findall(r'id="entry-(\d+)"', answer.text)
    assert places == ["1", "2", "3"]
    assert "No contact 10 January to 15 February 2024" in answer.text
    assert "known 23 days later, on 12 February 2024" in answer.text
    assert HOSTILE not in answer.text
    assert "alert(&#39;x&#39;)" in answer.text


def test_the_comments_are_a_layer_that_can_be_taken_off(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer)
        sent = {"include": "yes", "significance": "missed-opportunity", "analysis": "Nobody went."}
        saved = reviewer.post(path, data=hidden | sent)
        assert saved.status_code == 303, saved.text
        shown = reviewer.get(saved.headers["location"]).text
        without = reviewer.get(f"{WORKSPACE}?comments=off").text
    assert "Entry 1 is saved" in shown
    assert "Missed opportunity" in shown
    assert "Nobody went." in shown
    assert "Nobody went." not in without
    assert "app-chronology__comment" not in without


def test_the_same_form_sent_twice_is_one_event(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer)
        sent = hidden | {"include": "yes", "significance": "key-event"}
        answers = [reviewer.post(path, data=sent) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert len(curated(api)) == 1


def test_what_is_based_on_an_older_case_is_kept_and_not_recorded(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer, signed_in(api, "safeguarding") as lead:
        path, hidden = form_of(reviewer)
        _, theirs = form_of(lead)
        said = {"include": "yes", "significance": "key-event", "analysis": "The lead's words."}
        assert lead.post(path, data=theirs | said).status_code == 303
        own = hidden | {"include": "no", "analysis": "My own words."}
        stale = reviewer.post(path, data=own)
        assert stale.status_code == 409
        text = unescape(stale.text)
        assert "Not saved yet" in text
        assert "What a review makes of an event" in text
        assert "The lead's words." in text
        assert "My own words." in text
        assert len(curated(api)) == 1
        renewed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
        assert reviewer.post(path, data=own | renewed).status_code == 303
    assert len(curated(api)) == 2


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose whether it belongs in the chronology"),
        ({"include": "yes"}, "Choose what it stands for"),
        ({"include": "yes", "significance": "key-event", "analysis": "x" * 20_001}, "20,000"),
    ],
)
def test_what_is_missing_is_said_beside_what_was_typed(
    api: Served, sent: dict[str, str], says: str
) -> None:
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer)
        answer = reviewer.post(path, data=hidden | sent)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert says in answer.text
    assert curated(api) == []


def test_saving_leads_on_to_the_next_that_is_not_decided(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer)
        sent = {"include": "no", "then": "next"}
        onwards = reviewer.post(path, data=hidden | sent).headers["location"]
        text = reviewer.get(onwards).text
    assert "entry 2 of 3" in text
    assert "Entry 1 is saved" in text


def test_as_known_on_a_day_what_nobody_knew_is_listed_apart(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        asked = reviewer.get(f"{WORKSPACE}?on.day=31&on.month=January&on.year=2024")
        assert asked.status_code == 303
        text = reviewer.get(asked.headers["location"]).text
        wrong = reviewer.get(f"{WORKSPACE}?on.day=31&on.month=2&on.year=2024")
    assert "As known on 31 January 2024" in text
    assert re.findall(r'id="entry-(\d+)"', text) == ["1", "2"]
    assert "Hindsight: 1 entry nobody here knew of" in text
    assert "/entries/" not in text
    assert "There is no such day" in wrong.text


def test_a_reviewer_of_some_days_sees_these_and_what_was_said_of_them(api: Served) -> None:
    grant(api, review_grant_id="RG-2", scope_from="2024-01-01", scope_to="2024-01-09")
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer)
        sent = hidden | {"include": "yes", "significance": "key-event", "analysis": "Said of it."}
        assert reviewer.post(path, data=sent).status_code == 303
        text = reviewer.get(WORKSPACE).text
    assert re.findall(r'id="entry-(\d+)"', text) == ["1"]
    assert "Said of it." in text
    assert "Afraid" not in text


def test_a_chronology_is_narrowed_by_what_was_decided_and_stands_for(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        path, hidden = form_of(reviewer, 2)
        sent = hidden | {"include": "yes", "significance": "contact"}
        assert reviewer.post(path, data=sent).status_code == 303
        found = {
            query: re.findall(r'id="entry-(\d+)"', reviewer.get(f"{WORKSPACE}?{query}").text)
            for query in (
                "include=undecided",
                "include=included",
                "significance=contact",
                "only=hindsight",
                "only=voice",
                "agency=nobody",
                "include=nonsense",
            )
        }
    assert found == {
        "include=undecided": ["1", "3"],
        "include=included": ["2"],
        "significance=contact": ["2"],
        "only=hindsight": ["3"],
        "only=voice": ["2"],
        "agency=nobody": [],
        "include=nonsense": ["1", "2", "3"],
    }


@pytest.mark.parametrize("path", [WORKSPACE, f"/review/{case_id_of('asb:none')}/SAR-1"])
def test_to_whom_it_is_not_granted_there_is_no_such_review(api: Served, path: str) -> None:
    api.has("officer")
    with signed_in(api, "officer") as officer:
        assert officer.get(path).status_code == 404


def test_a_review_that_was_not_notified_is_not_there(api: Served) -> None:
    with signed_in(api, "reviewer") as reviewer:
        assert reviewer.get(f"{WORKSPACE}-other").status_code == 404


def test_every_abbreviation_of_the_coded_lists_is_in_the_glossary(api: Served) -> None:
    used = {
        word
        for codes in coded_lists()
        for code in codes
        for word in re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\w*\b", code.label)
    }
    file_types = {"CSV", "JSON", "PDF", "SVG", "DOCX", "XLSX"}
    assert used - file_types <= set(ABBREVIATIONS)
    with signed_in(api, "reviewer") as reviewer:
        text = reviewer.get("/glossary").text
    assert "Multi-agency safeguarding hub" in text


def curated(api: Served) -> list[Any]:
    events = api.context.review.events(CASE_REF)
    return [event for event in events if event.type == "ChronologyEntryCurated"]


def test_a_reviewer_of_some_days_reads_them_as_they_were_corrected_later(api: Served) -> None:
    api.guarded.tells(
        contact_made("2024-01-09 10:00", ref="visit", voice="Calm."),
        event_corrected(
            "2024-03-06",
            target=the("visit"),
            field="voice",
            was="Calm.",
            now="Shaken.",
        ),
    )
    api.catch_up()
    grant(api, review_grant_id="RG-2", scope_from="2024-01-01", scope_to="2024-01-09")
    path = f"/v1/cases/{case_id_of(CASE_REF)}/timeline"
    told = api.get("reviewer", path, headers={"Access-Purpose": "review"}).json()
    types = [row["type"] for row in told["timeline"]]
    assert types == ["IncidentReported", "ContactMade", "EventCorrected"]
    assert told["timeline"][1]["corrections"][0]["now"] == '"Shaken."'
