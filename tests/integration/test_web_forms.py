"""The forms in a browser without scripts: what is kept, what is recorded, what is refused."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.events.fields import Actor
from domain.identity import case_id_of
from domain.rules.catalogue import RULES
from services.web.forms.concern import concern_data
from tests.support.api import Served, served
from tests.support.stories import (
    CASE_REF,
    action_agreed,
    case_allocated,
    concern_raised,
    glass_broken,
    incident_reported,
    person_involved,
)
from tests.support.web import signed_in

CASE_ID = case_id_of(CASE_REF)
RECORD = f"/cases/{CASE_ID}/record"
CONTACT = f"{RECORD}/ContactMade"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as running:
        running.guarded.tells(
            incident_reported(),
            case_allocated(lead="staff:officer"),
            person_involved(person="person:4411", name="Joan Petrie", role="adult-at-risk"),
            action_agreed(action_id="A-1", text="Change the locks"),
        )
        running.has("officer")
        running.catch_up()
        yield running


@pytest.fixture
def officer(api: Served) -> Iterator[httpx.Client]:
    with signed_in(api, "officer") as client:
        yield client


def follow(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"])


def field(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, text
    return unescape(found[1])


def pages_of(client: httpx.Client, base: str, *pages: dict[str, str]) -> httpx.Response:
    """Fill in the pages of a form, from its first; return the page to check the answers."""
    at = follow(client, client.get(base)) if "/record/" in base else client.get(f"{base}/1")
    for number, answers in enumerate(pages, 1):
        assert at.status_code == 200, at.text
        hidden = {"version": field(at.text, "version")} if 'name="version"' in at.text else {}
        at = follow(client, client.post(f"{base}/{number}", data=hidden | answers))
    assert "Check your answers" in at.text
    return at


VISIT = {"person": "person:4411", "mode": "home-visit", "direction": "outbound", "seen": "yes"}
WHEN = {"happened": "yesterday", "known": "now"}


def contact_filled(
    client: httpx.Client, observations: str = "The lock is broken."
) -> httpx.Response:
    return pages_of(client, CONTACT, VISIT, {"observations": observations}, WHEN, {})


def timeline(api: Served, person: str = "officer") -> list[dict[str, Any]]:
    api.catch_up()
    rows: list[dict[str, Any]] = api.get(person, f"/v1/cases/{CASE_ID}/timeline").json()["timeline"]
    return sorted(rows, key=lambda row: row["version"])


def test_what_is_filled_in_is_recorded_once_and_told_under_a_reference(
    api: Served, officer: httpx.Client
) -> None:
    check = contact_filled(officer)
    assert "The lock is broken." in check.text
    assert "Joan Petrie" in check.text
    event = field(check.text, "event")
    first = officer.post(f"{CONTACT}/check", data={"event": event})
    again = officer.post(f"{CONTACT}/check", data={"event": event})
    assert first.headers["location"] == again.headers["location"] == f"/recorded/{event}"
    told = follow(officer, again)
    assert CASE_REF in told.text
    contacts = [row for row in timeline(api) if row["type"] == "ContactMade"]
    assert [row["narrative"] for row in contacts] == ["The lock is broken."]
    assert contacts[0]["occurred_precision"] == "day"
    assert contacts[0]["actor_id"] == "staff:officer"


def test_a_case_that_changed_meanwhile_is_told_of_before_anything_is_recorded(
    api: Served, officer: httpx.Client
) -> None:
    event = field(contact_filled(officer).text, "event")
    api.guarded.tells(concern_raised(verbatim_account="Shouting was heard again."))
    api.catch_up()
    stale = follow(officer, officer.post(f"{CONTACT}/check", data={"event": event}))
    assert "The case has changed since you began" in stale.text
    assert "Shouting was heard again." in stale.text
    assert "ContactMade" not in [row["type"] for row in timeline(api)]
    seen = field(stale.text, "seen")
    recorded = officer.post(f"{CONTACT}/check", data={"event": event, "seen": seen})
    assert recorded.headers["location"] == f"/recorded/{event}"
    assert [row["type"] for row in timeline(api)][-2:] == ["ConcernRaised", "ContactMade"]


def test_what_was_typed_is_kept_for_whoever_typed_it_and_no_one_else(
    api: Served, officer: httpx.Client
) -> None:
    at = follow(officer, officer.get(CONTACT))
    sent = VISIT | {"version": field(at.text, "version"), "later": "yes"}
    drafts = follow(officer, officer.post(f"{CONTACT}/1", data=sent))
    assert CASE_REF in drafts.text
    assert "Go on with it" in officer.get(CONTACT).text
    assert re.search(
        r'value="home-visit"[^>]*selected|checked[^>]*value="home-visit"|value="home-visit"[^>]*checked',
        officer.get(f"{CONTACT}/1").text,
    )
    api.has("safeguarding")
    with signed_in(api, "safeguarding") as other:
        assert "No drafts kept" in other.get("/drafts").text
        assert "Go on with it" not in follow(other, other.get(CONTACT)).text
    api.guarded.feed.clock.goes(days=15)
    with signed_in(api, "officer") as later:
        assert "No drafts kept" in later.get("/drafts").text


def test_a_draft_that_is_discarded_is_gone(officer: httpx.Client) -> None:
    contact_filled(officer)
    assert "No drafts kept" in follow(officer, officer.post(f"{CONTACT}/discard")).text


def test_what_is_wrong_is_said_where_it_is_and_kept_as_typed(officer: httpx.Client) -> None:
    at = follow(officer, officer.get(f"{RECORD}/ActionRescheduled"))
    sent = {
        "version": field(at.text, "version"),
        "action_id": "A-1",
        "new_due.day": "31",
        "new_due.month": "6",
        "new_due.year": "2027",
        "reason": "<script>alert(1)</script>",
        "known": "now",
    }
    answer = follow(officer, officer.post(f"{RECORD}/ActionRescheduled/1", data=sent))
    assert "<title>Error: " in answer.text
    assert 'href="#new_due.day"' in answer.text
    assert "There is no such day" in answer.text
    assert 'href="#happened"' in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert 'value="31"' in answer.text


def test_actions_of_the_case_are_offered_by_what_they_say(officer: httpx.Client) -> None:
    at = follow(officer, officer.get(f"{RECORD}/ActionCompleted?action_id=A-1"))
    assert "A-1: Change the locks" in at.text
    assert re.search(r'value="A-1"[^>]*checked', at.text)


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("RoleRevoked", {"grant_id": "G-1"}),
        ("ReviewAccessRevoked", {"review_grant_id": "RG-1"}),
        ("ConflictEnded", {"conflict_id": "C-1"}),
        ("PolicyReviewed", {"policy_id": "P-1"}),
    ],
)
def test_what_a_link_to_a_form_names_need_not_be_typed(
    api: Served, form: str, named: dict[str, str]
) -> None:
    api.has("administrator")
    ((name, reference),) = named.items()
    with signed_in(api, "administrator") as administrator:
        begun = administrator.get(f"/files/organisation:landlord/record/{form}", params=named)
        at = follow(administrator, begun)
    assert re.search(rf'name="{name}"[^>]* value="{reference}"', at.text)


def test_rules_are_offered_by_what_they_are_about(api: Served) -> None:
    api.has("administrator")
    base = "/files/organisation:landlord/record/RuleOverridden"
    with signed_in(api, "administrator") as administrator:
        at = follow(administrator, administrator.get(f"{base}?rule=R7"))
    assert re.findall(r'<option value="(R\d+)" selected', at.text) == ["R7"]
    assert f">R7: {escape(RULES['R7'].title)}<" in at.text


def test_openings_in_an_emergency_are_offered_to_who_reviews_them(api: Served) -> None:
    api.guarded.own(glass_broken(glass_id="B-1"), CASE_REF)
    api.has("privacy")
    api.catch_up()
    with signed_in(api, "privacy") as privacy:
        at = follow(privacy, privacy.get(f"{RECORD}/GlassReviewed?glass_id=B-1"))
    assert "B-1: Someone opened this case in an emergency" in at.text
    assert re.search(r'value="B-1"[^>]*(checked|selected)', at.text)


def test_only_what_somebody_may_record_is_offered(api: Served, officer: httpx.Client) -> None:
    mine = officer.get(RECORD).text
    assert f"{RECORD}/ContactMade" in mine
    assert f"{RECORD}/CaseAllocated" not in mine
    assert f"{RECORD}/CaseRestricted" not in mine
    assert officer.get(f"{RECORD}/CaseAllocated/1").status_code == 404
    assert officer.get(f"{RECORD}/GlassBroken/1").status_code == 404
    api.has("safeguarding")
    with signed_in(api, "safeguarding") as lead:
        assert f"{RECORD}/CaseAllocated" in lead.get(RECORD).text


def test_who_may_not_see_a_case_may_raise_a_concern_about_it_and_nothing_else(
    api: Served,
) -> None:
    api.has("manager")
    api.guarded.tells(case_allocated(lead="staff:somebody-else"))
    api.catch_up()
    with signed_in(api, "officer") as officer:
        offered = officer.get(RECORD).text
        assert f"{RECORD}/concern" in offered
        assert f"{RECORD}/ContactMade" not in offered
        assert "Joan Petrie" not in follow(officer, officer.get(f"{RECORD}/concern")).text
        assert officer.get(f"{CONTACT}/1").status_code == 404


CONCERN = (
    {"danger": "unsure", "concern": "The front door was kicked in."},
    {"who": "Mrs Petrie, about 80", "age": "adult", "where": "12 Elm Road"},
    {"how": "other", "teller": "Neighbour", "safe": "unknown"},
    {"happened": "unknown", "known": "now"},
)


def test_a_concern_is_raised_in_four_steps_without_knowing_much(
    api: Served, officer: httpx.Client
) -> None:
    check = pages_of(officer, "/concerns/new", *CONCERN)
    event = field(check.text, "event")
    answer = officer.post("/concerns/new/check", data={"event": event})
    told = follow(officer, answer)
    assert "Concern raised" in told.text
    reference = re.search(r"ct:[A-Z0-9-]+", told.text)
    assert reference
    api.has("safeguarding")
    api.catch_up()
    case = f"/v1/cases/{case_id_of(reference[0])}/timeline"
    (row,) = api.get("safeguarding", case).json()["timeline"]
    assert row["type"] == "ConcernRaised"
    assert "immediate danger" in row["headline"]
    assert row["occurred_precision"] == "approximate"
    assert row["narrative"].startswith("The front door was kicked in.")
    assert "Who: Mrs Petrie, about 80\nWhere: 12 Elm Road" in row["narrative"]
    assert "was not sure, and did not say that anyone was" in row["narrative"]


@pytest.mark.parametrize("danger", ["yes", "no"])
def test_who_was_sure_whether_anyone_is_in_danger_is_not_said_to_have_been_unsure(
    danger: str,
) -> None:
    told = {"danger": danger, "concern": "The door.", "age": "adult", "how": "seen", "safe": "yes"}
    actor = Actor(id="officer", role="Housing officer", organisation="Landlord")
    data = concern_data(told, actor, "person:1")
    assert (data["immediate_danger"], data["verbatim_account"]) == (danger == "yes", "The door.")


def test_someone_without_a_role_can_raise_nothing(api: Served) -> None:
    with signed_in(api, "manager") as nobody:
        assert nobody.get("/concerns/new/1").status_code == 403
        assert nobody.get(RECORD).status_code == 404


def test_a_second_part_can_be_added_and_taken_away_again(officer: httpx.Client) -> None:
    base = f"{RECORD}/StrategyMeetingHeld"
    follow(officer, officer.get(base))
    number = next(
        each for each in range(1, 9) if "attendees.0.agency" in officer.get(f"{base}/{each}").text
    )
    one = {"attendees.0.agency": "police", "attendees.0.role": "Sergeant", "add": "attendees"}
    answer = officer.post(f"{base}/{number}", data=one)
    two = officer.get(answer.headers["location"].partition("#")[0])
    assert "attendees.1.agency" in two.text
    taken = follow(
        officer, officer.post(f"{base}/{number}", data=one | {"add": "", "remove": "attendees.0"})
    )
    assert "Sergeant" not in taken.text


def test_a_referral_keeps_the_fingerprint_of_what_was_sent_and_not_the_file(
    api: Served, officer: httpx.Client
) -> None:
    base = f"{RECORD}/ReferralSent"
    at = follow(officer, officer.get(base))
    number = next(
        each for each in range(1, 9) if 'name="content_hash"' in officer.get(f"{base}/{each}").text
    )
    officer.post(
        f"{base}/{number}",
        data={"version": "4"},
        files={"content_hash": ("referral.txt", b"abc", "text/plain")},
    )
    shown = officer.get(f"{base}/{number}").text
    assert "ba7816bf8f01" in shown
    assert at.status_code == 200


def test_what_is_the_landlords_is_not_everyones_to_record(officer: httpx.Client) -> None:
    base = "/files/organisation:cromwood/record"
    assert officer.get(f"{base}/RoleGranted/1").status_code == 403
    assert officer.get(f"{base}/ContactMade/1").status_code == 404
    assert officer.get(base).status_code == 404


def test_what_is_wrong_on_record_is_corrected_by_what_it_should_say(
    api: Served, officer: httpx.Client
) -> None:
    base = f"{RECORD}/EventCorrected"
    agreed = next(row for row in timeline(api) if row["type"] == "ActionAgreed")
    check = pages_of(
        officer,
        base,
        {"target": f"{agreed['source']}|{agreed['source_event_id']}"},
        {"field": "due"},
        {"now.day": "1", "now.month": "march", "now.year": "2027", "reason": "Typed wrong."},
        WHEN,
    )
    assert "1 March 2027" in check.text
    answer = officer.post(f"{base}/check", data={"event": field(check.text, "event")})
    assert "Recorded" in follow(officer, answer).text
    row = next(row for row in timeline(api) if row["type"] == "ActionAgreed")
    assert [each["now"] for each in row["corrections"]] == ['"2027-03-01"']


def forged(told: str) -> dict[str, str]:
    """That one knows since now, and beside it another time, by every name that there is for one."""
    names = ("known.at", "happened.at", "recorded_at", "recordedtime", "knowntime", "time")
    return {"happened": "unknown", "known": "now"} | dict.fromkeys(names, told)


@pytest.mark.parametrize(
    "told", ["2099-01-01T00:00:00+00:00", "2020-01-01T00:00:00+00:00", "2099-01-01T00:00:00"]
)
def test_no_browser_says_at_what_moment_something_was_known_or_recorded(
    api: Served, officer: httpx.Client, told: str
) -> None:
    check = pages_of(officer, CONTACT, VISIT, {"observations": "Seen."}, forged(told), {})
    sent = {"event": field(check.text, "event")} | forged(told)
    assert "Recorded" in follow(officer, officer.post(f"{CONTACT}/check", data=sent)).text
    row = timeline(api)[-1]
    now = api.guarded.feed.clock()
    for name in ("recorded_at", "known_at", "occurred_at"):
        assert datetime.fromisoformat(row[name]) == now
