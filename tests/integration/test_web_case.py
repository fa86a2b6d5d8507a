"""The pages of a case show what reading it shows, from any point of view, and nothing masked."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from domain.identity import case_id_of
from tests.support.api import Served, served
from tests.support.stories import (
    CASE_REF,
    action_agreed,
    case_allocated,
    case_opened,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    event_corrected,
    feedback_chased,
    incident_reported,
    person_involved,
    reclassified,
    referral_sent,
    relationship_recorded,
    risk_assessed,
    role_changed,
    the,
    visit_control_set,
)
from tests.support.web import browser, signed_in

CASE = f"/cases/{case_id_of(CASE_REF)}"
ABSENT = "/cases/00000000-0000-4000-8000-000000000000"
SECTIONS = (
    "",
    "/state",
    "/people",
    "/risk",
    "/actions",
    "/referrals",
    "/meetings",
    "/consent",
    "/flags",
)
HOSTILE = '<script>alert("x")</script> {{ 7 * 7 }}'
SAFE_TIMES = "Mornings, at her sister's"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported("2024-03-01", narrative=HOSTILE),
            case_opened("2024-03-02", authority="E09000001"),
            case_allocated("2024-03-03", lead="staff:officer"),
            person_involved("2024-03-04", name="Ada <b>Brick</b>"),
            communication_preference_recorded("2024-03-04", safe_times=SAFE_TIMES),
            role_changed("2024-03-08"),
            reclassified("2024-03-12", from_="asb", to="adult"),
            visit_control_set("2024-03-13", control="no-lone-visits"),
            concern_raised("2024-02-20", known="2024-03-20", verbatim_account="Seen weeks before."),
            relationship_recorded("2024-03-21"),
            risk_assessed("2024-03-22", level="high"),
            action_agreed("2024-03-22", action_id="A-1", due="2024-04-02", text="Mend the lock"),
            consent_decided("2024-03-22"),
            referral_sent("2024-03-22", referral_id="R-1", consent_ref=the("t-13")),
            feedback_chased("2024-04-09", referral_id="R-1"),
        )
        found.has("officer")
        found.catch_up()
        yield found


@pytest.fixture
def officer(api: Served) -> Iterator[httpx.Client]:
    with signed_in(api, "officer") as client:
        yield client


def shown(client: httpx.Client, path: str, **query: str) -> str:
    answer = client.get(path, params=query) if query else client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


class TestEveryPage:
    @pytest.mark.parametrize("section", SECTIONS)
    def test_is_shown_now_and_as_known_on_a_day(self, officer: httpx.Client, section: str) -> None:
        now = shown(officer, CASE + section)
        then = shown(officer, CASE + section, known_on="2024-03-10")

        assert "As known on 10 March 2024" not in now
        assert "As known on 10 March 2024" in then
        assert "Nothing can be recorded from here." in then
        assert f"{CASE}/record" in now
        assert f"{CASE}/record" not in then

    @pytest.mark.parametrize("section", [*SECTIONS, "/changes", "/access"])
    def test_of_a_case_of_others_is_that_of_one_that_is_not_there(
        self, api: Served, section: str
    ) -> None:
        api.has("manager", role="officer", staff="staff:other")
        with signed_in(api, "manager") as other:
            closed, absent = other.get(CASE + section), other.get(ABSENT + section)

        assert closed.status_code == absent.status_code == 404
        assert _but_for_nonces(closed.text, CASE) == _but_for_nonces(absent.text, ABSENT)

    def test_needs_someone_signed_in(self, api: Served) -> None:
        with browser(api) as nobody:
            answer = nobody.get(CASE)

        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")

    def test_is_on_record_with_its_part_and_its_point_of_view(
        self, api: Served, officer: httpx.Client
    ) -> None:
        shown(officer, f"{CASE}/risk", known_on="2024-03-10")

        record = api.guarded.records()[-1]
        assert (record["action"], record["part"]) == ("time-travel", "risk")
        assert str(record["known_on"]) == "2024-03-10"

    def test_warns_before_a_visit(self, officer: httpx.Client) -> None:
        assert "Do not visit alone" in shown(officer, f"{CASE}/actions")
        assert "Do not visit alone" not in shown(officer, CASE, known_on="2024-03-10")

    def test_has_no_name_in_its_title(self, officer: httpx.Client) -> None:
        for section in SECTIONS:
            title = re.search("<title>(.*?)</title>", shown(officer, CASE + section), re.DOTALL)
            assert title is not None
            assert "Brick" not in title[1]
            assert CASE_REF in title[1]

    def test_says_how_many_events_are_not_in_it_yet(
        self, api: Served, officer: httpx.Client
    ) -> None:
        api.guarded.tells(reclassified("2024-03-25", from_="adult", to="domestic-abuse"))

        assert "1 event recorded, but not in these rows yet." in shown(officer, CASE)


class TestTheTimeline:
    def test_shows_what_was_written_as_text(self, officer: httpx.Client) -> None:
        page = shown(officer, CASE)

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; {{ 7 * 7 }}" in page
        assert "Ada &lt;b&gt;Brick&lt;/b&gt;" in page

    def test_tells_when_something_happened_and_when_it_was_recorded(
        self, officer: httpx.Client
    ) -> None:
        page = shown(officer, CASE)

        assert '<time datetime="2024-02-20T09:00+00:00">20 February 2024 at 9am</time>' in page
        assert "Known late by 29 days" in page

    def test_marks_a_correction_and_leads_to_what_it_corrects(
        self, api: Served, officer: httpx.Client
    ) -> None:
        api.guarded.tells(
            event_corrected("2024-03-26", target=the("t-11"), field="level", was="high", now="low")
        )
        api.catch_up()

        page = shown(officer, CASE)

        assert '<del><span class="govuk-visually-hidden">was </span>high</del>' in page
        assert f'href="{CASE}?event=11#event-11"' in page

    def test_lists_hindsight_apart(self, officer: httpx.Client) -> None:
        before, _, after = shown(officer, CASE, known_on="2024-03-13").partition('id="hindsight"')

        assert "Seen weeks before." not in before
        assert "Seen weeks before." in after

    def test_is_narrowed_by_person_type_and_day(self, officer: httpx.Client) -> None:
        of_person = shown(officer, CASE, person="person:neighbour")
        of_type = shown(officer, CASE, type="Reclassified")
        query = {"from.day": "22", "from.month": "3", "from.year": "2024"}
        of_days = officer.get(CASE, params=query).text

        assert _versions(of_person) == [10]
        assert _versions(of_type) == [7]
        assert sorted(_versions(of_days)) == [11, 12, 13, 14, 15]

    def test_says_what_is_wrong_with_a_day(self, officer: httpx.Client) -> None:
        page = officer.get(CASE, params={"from.day": "31", "from.month": "2", "from.year": "2024"})

        assert "<title>Error: " in page.text
        assert "There is no such day" in page.text
        assert len(_versions(page.text)) == 15

    def test_of_480_events_is_in_pages_that_an_event_finds(
        self, api: Served, officer: httpx.Client
    ) -> None:
        api.guarded.tells(*(incident_reported("2024-05-01") for _ in range(465)))
        api.catch_up()

        first, oldest = shown(officer, CASE), shown(officer, CASE, event="1")

        assert "Showing 1 to 25 of 480 events" in first
        assert len(_versions(first)) == 25
        assert 1 in _versions(oldest)
        assert "(page 20 of 20)" in oldest


class TestHowItStands:
    def test_leads_from_a_value_to_the_event_that_set_it(self, officer: httpx.Client) -> None:
        page = shown(officer, f"{CASE}/state")

        treated = page[page.index("Treated as") :]
        assert "Adult safeguarding, since 12 March 2024" in treated
        assert f'href="{CASE}?event=7#event-7"' in treated[:900]

    def test_is_as_it_was_on_a_day(self, officer: httpx.Client) -> None:
        page = shown(officer, f"{CASE}/state", known_on="2024-03-10")

        assert "Antisocial behaviour, since" in page
        assert "Adult safeguarding, since" not in page


def test_roles_are_told_with_their_history(officer: httpx.Client) -> None:
    page = shown(officer, f"{CASE}/people")

    assert "<del>Alleged perpetrator</del>, from 4 March 2024 to 8 March 2024" in page
    assert "<strong>Victim</strong>, since 8 March 2024" in page


def test_the_genogram_is_drawn_beside_a_table_that_says_the_same(officer: httpx.Client) -> None:
    page = shown(officer, f"{CASE}/people")

    assert '<svg class="app-genogram"' in page
    assert "brother or sister of Ada &lt;b&gt;Brick&lt;/b&gt;" in page


def test_an_action_is_overdue_by_the_day_from_which_the_case_is_seen(
    officer: httpx.Client,
) -> None:
    assert "Mend the lock" in shown(officer, f"{CASE}/actions")
    assert "overdue" in shown(officer, f"{CASE}/actions")
    assert "overdue" not in shown(officer, f"{CASE}/actions", known_on="2024-03-30")


def test_a_referral_is_told_with_who_was_asked_again_when(officer: httpx.Client) -> None:
    page = shown(officer, f"{CASE}/referrals")

    assert "Nothing heard" in page
    assert f'href="{CASE}?event=14#event-14"' in page
    assert re.search("9 April 2024[^<]*: <a[^>]*>Feedback on referral R-1 chased", page)


class TestWhatIsMasked:
    def test_is_not_on_the_page(self, officer: httpx.Client) -> None:
        page = shown(officer, f"{CASE}/people")

        assert "sister&#39;s" not in page
        assert "Safe times: Withheld" in page
        assert f"{CASE}/reveal?section=people" in page

    def test_is_shown_once_to_who_says_what_for(self, api: Served, officer: httpx.Client) -> None:
        said = {"field": "location", "for": "case-work", "reason": "A visit tomorrow"}
        revealed = officer.post(f"{CASE}/reveal?section=people", data=said)

        assert revealed.status_code == 200
        assert "Safe times: Mornings, at her sister&#39;s" in revealed.text
        record = api.guarded.records()[-1]
        assert (record["action"], record["reason"]) == ("reveal", "A visit tomorrow")
        assert "sister&#39;s" not in shown(officer, f"{CASE}/people")

    def test_is_not_shown_to_who_does_not(self, api: Served, officer: httpx.Client) -> None:
        before = len(api.guarded.records())
        answer = officer.post(f"{CASE}/reveal?section=people", data={"field": "location"})

        assert "<title>Error: " in answer.text
        assert "Say in a few words why you need it" in answer.text
        assert len(api.guarded.records()) == before

    def test_for_a_manager_is_what_is_told_and_they_say_what_for(self, api: Served) -> None:
        api.has("manager", areas=("E09000001",))
        with signed_in(api, "manager") as manager:
            asked = shown(manager, CASE)
            page = shown(manager, CASE, purpose="management-oversight")

        assert "What do you need this case for?" in asked
        assert CASE_REF not in asked
        assert "alert(" not in page
        assert "Account: withheld" in page


class TestAsOfWhen:
    @pytest.mark.parametrize(
        ("what", "query"),
        [
            ("known", "known_on=2024-03-05"),
            ("recorded", "recorded_by=2024-03-05T14%3A30%3A00Z"),
        ],
    )
    def test_goes_to_the_page_as_of_then(
        self, officer: httpx.Client, what: str, query: str
    ) -> None:
        typed = {"on.day": "5", "on.month": "march", "on.year": "2024", "on.time": "2:30pm"}
        answer = officer.get(f"{CASE}/as-of", params={"page": "risk", "what": what} | typed)

        assert answer.status_code == 303
        assert answer.headers["location"] == f"{CASE}/risk?{query}"

    def test_says_what_is_wrong(self, officer: httpx.Client) -> None:
        typed = {"what": "known", "on.day": "5", "on.year": "2024"}
        answer = officer.get(f"{CASE}/as-of", params=typed)

        assert "<title>Error: " in answer.text
        assert "The date must include a month" in answer.text


class TestWhatChanged:
    def test_tells_added_learned_late_and_what_reads_differently(
        self, officer: httpx.Client
    ) -> None:
        page = officer.get(f"{CASE}/changes", params={"from": "2024-03-10", "to": "2024-03-21"})

        assert page.status_code == 200
        added, _, rest = page.text.partition(">Learned late</h2>")
        assert "Reclassified" in added
        assert "Seen weeks before." in rest
        assert "was </span>Antisocial behaviour</del>" in rest

    def test_tells_nothing_that_is_masked(self, officer: httpx.Client) -> None:
        page = officer.get(f"{CASE}/changes", params={"from": "2024-03-01", "to": "2024-03-25"})

        assert "Mornings" not in page.text

    def test_wants_the_days_in_their_order(self, officer: httpx.Client) -> None:
        page = officer.get(f"{CASE}/changes", params={"from": "2024-03-21", "to": "2024-03-10"})

        assert "The second day must not be before the first" in page.text


class TestTheAccessLog:
    def test_is_for_those_who_oversee_it(self, api: Served, officer: httpx.Client) -> None:
        shown(officer, CASE)
        api.has("safeguarding", areas=("E09000001",))
        with signed_in(api, "safeguarding") as safeguarding:
            page = shown(safeguarding, f"{CASE}/access")

        assert "staff:officer" in page
        assert officer.get(f"{CASE}/access").status_code == 404
        assert f"{CASE}/access" not in shown(officer, CASE)


class TestAnEmergency:
    def test_opens_a_closed_case_to_read(self, api: Served) -> None:
        api.has("manager", role="officer", staff="staff:other")
        said = {"ground": "life-at-risk", "reason": "Screams are heard behind the door."}
        with signed_in(api, "manager") as other:
            assert f"{CASE}/emergency" in other.get(CASE).text
            broken = other.post(f"{CASE}/emergency", data=said)
            page = shown(other, CASE)

        assert broken.status_code == 303
        assert broken.headers["location"] == f"{CASE}?purpose=emergency", "nobody asks again"
        assert "Opened in an emergency" in page
        assert f"{CASE}/record" not in page

    def test_needs_a_ground_and_a_reason(self, api: Served) -> None:
        api.has("manager", role="officer", staff="staff:other")
        with signed_in(api, "manager") as other:
            answer = other.post(f"{CASE}/emergency", data={"reason": "too short"})
            closed = other.get(CASE)

        assert "Choose what the emergency is" in answer.text
        assert "Say what is happening" in answer.text
        assert closed.status_code == 404


def _versions(page: str) -> list[int]:
    return [int(version) for version in re.findall(r'id="event-(\d+)"', page)]


def _but_for_nonces(page: str, case: str) -> str:
    return re.sub('nonce="[^"]*"', "", page).replace(case, "CASE")
