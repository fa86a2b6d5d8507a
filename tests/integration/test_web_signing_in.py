"""Signing in to the pages: with a provider, in the demonstration, and what ends a session."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from fastapi.routing import iter_route_contexts
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from adapters.identity.demo import DEMO_URL
from adapters.identity.issuer import Issuer
from services.api.app import create_app
from services.settings import Settings
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.identity_providers import (
    WEB,
    WEB_SECRET,
    WEB_WITH_SECRET,
    RunningProvider,
    identity_provider,
)
from tests.support.stories import role_granted, role_revoked
from tests.support.waiting import eventually
from tests.support.web import browser, sent_back, signed_in

PERSON = "auth0|4711"
SECURE_COOKIE = "__Host-session"

LIES: tuple[dict[str, Any], ...] = (
    {"nonce": "that-of-another-attempt"},
    {"nonce": None},
    {"aud": "another-application"},
    {"aud": [WEB, "another"], "azp": None},
    {"azp": "another-application"},
    {"iss": "https://another.example"},
    {"exp": 1_700_000_000},
    {"iat": 4_000_000_000, "exp": 4_000_000_300},
    {"sub": None},
    {"typ": "at+jwt"},
)
"""What ID tokens say that prove nothing to us."""
TAMPERED = (
    ("state", "another"),
    ("iss", "https://another.example"),
    ("error", "access_denied"),
    ("code", "never-given"),
    ("code", None),
)
"""What is not as the provider answered."""


@pytest.fixture(scope="module")
def running() -> Iterator[RunningProvider]:
    with identity_provider(PERSON, "4712") as provider:
        yield provider


@pytest.fixture
def provider(running: RunningProvider, monkeypatch: pytest.MonkeyPatch) -> RunningProvider:
    """A provider in working order that says what is true."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.trouble(None)
    running.id_tokens_say()
    return running


@contextmanager
def with_provider(
    database_url: str,
    folder: Path,
    provider: RunningProvider,
    told: Mapping[str, object] = MappingProxyType({}),
    *,
    public_url: str = "http://127.0.0.1",
) -> Iterator[Served]:
    """Pages where people sign in with this provider, by the clock that it goes by too."""
    issuer = Issuer.model_validate(
        {"url": provider.url, "audience": "case-timeline", "client_id": WEB, "name": "Landlord ID"}
        | dict(told)
    )
    replaced: dict[str, Any] = {"issuers": (issuer,), "public_url": public_url, "demo": False}
    with served(database_url, folder, **replaced) as api:
        api.guarded.feed.clock.now = datetime.now(UTC)
        yield api


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Pages of the demonstration."""
    with served(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def pages(database_url: str, tmp_path: Path, provider: RunningProvider) -> Iterator[Served]:
    """Pages where people sign in with the provider."""
    with with_provider(database_url, tmp_path, provider) as running:
        yield running


def sessions(api: Served) -> list[tuple[Any, ...]]:
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        return connection.execute(
            "SELECT principal, name, token_hash FROM case_timeline.web_session"
        ).fetchall()


def is_signed_in(client: httpx.Client) -> bool:
    answer = client.get("/")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200


def assert_not_signed_in(
    answer: httpx.Response, api: Served, why: str = "failed", says: object = None
) -> None:
    assert answer.status_code == 303, says
    assert answer.headers["location"].startswith(f"/sign-in?why={why}"), says
    assert sessions(api) == [], says


class TestWithAProvider:
    def test_somebody_comes_to_the_page_they_wanted(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        with browser(pages) as client:
            asked = client.get("/?from=mail")
            assert asked.status_code == 303
            how = client.get(asked.headers["location"])
            (begin,) = re.findall(r'href="(/sign-in/with/\d[^"]*)"', how.text)
            assert "Sign in with Landlord ID" in how.text
            sent = client.get(begin.replace("&amp;", "&")).headers["location"]
            back = provider.sends_back(sent, PERSON)
            answer = client.get(back.removeprefix("http://127.0.0.1"))
            assert answer.status_code == 303
            assert answer.headers["location"] == "/?from=mail"
            assert client.get("/?from=mail").status_code == 200

    def test_they_are_the_same_as_with_an_access_token(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        principal = f"{provider.url}|{PERSON}"
        with browser(pages) as client:
            client.get(sent_back(client, provider, PERSON))
            unknown = client.get("/").text
            assert "Nothing is granted to you yet" in unknown
            assert principal in unknown
            told = role_granted(principal=principal, role="analyst", staff="staff:4711")
            assert pages.guarded.own(told, LANDLORD).outcome == "accepted"
            known = client.get("/").text
        assert f"Person {PERSON}, Analyst" in known
        token = {"Authorization": f"Bearer {provider.token_for(PERSON)}"}
        assert pages.client.get("/v1/me", headers=token).json()["principal"] == principal

    @pytest.mark.parametrize("trouble", [None, "no-basic"])
    def test_the_application_may_prove_itself_by_a_secret(
        self, database_url: str, tmp_path: Path, provider: RunningProvider, trouble: str | None
    ) -> None:
        provider.trouble(trouble)
        for secret, signs_in in ((WEB_SECRET, True), ("another", False)):
            told = {
                "client_id": WEB_WITH_SECRET,
                "client_secret": SecretStr(secret),
            }
            with (
                with_provider(database_url, tmp_path, provider, told) as pages,
                browser(pages) as client,
            ):
                client.get(sent_back(client, provider, PERSON))
                assert is_signed_in(client) is signs_in

    def test_a_key_that_the_provider_uses_from_this_moment_on_counts(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        for _ in range(2):
            with browser(pages) as client:
                client.get(sent_back(client, provider, PERSON))
                assert is_signed_in(client)
            provider.rotate(keep_old=False)

    def test_an_id_token_that_is_not_of_this_attempt_signs_in_nobody(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        for says in LIES:
            provider.id_tokens_say(**says)
            with browser(pages) as client:
                answer = client.get(sent_back(client, provider, PERSON))
                assert_not_signed_in(answer, pages, says=says)
                assert not is_signed_in(client), says

    def test_an_id_token_for_several_that_names_us_as_its_party_counts(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        provider.id_tokens_say(aud=[WEB, "another"], azp=WEB)
        with browser(pages) as client:
            client.get(sent_back(client, provider, PERSON))
            assert is_signed_in(client)

    def test_what_another_browser_began_signs_in_nobody(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        with browser(pages) as one, browser(pages) as other:
            back = sent_back(one, provider, PERSON)
            assert_not_signed_in(other.get(back), pages)  # it has begun nothing
            sent_back(other, provider, "4712")
            assert_not_signed_in(other.get(back), pages)  # it has begun something else

    def test_a_stolen_code_is_of_no_use_in_an_attempt_of_ones_own(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        with browser(pages) as victim, browser(pages) as thief:
            stolen = httpx.URL(sent_back(victim, provider, PERSON)).params["code"]
            own = httpx.URL(sent_back(thief, provider, "4712"))
            answer = thief.get(str(own.copy_set_param("code", stolen)))
        assert_not_signed_in(answer, pages)

    def test_an_answer_that_was_tampered_with_signs_in_nobody(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        for name, value in TAMPERED:
            with browser(pages) as client:
                answer = httpx.URL(sent_back(client, provider, PERSON, "/cases"))
                told = answer.copy_remove_param(name)
                if value is not None:
                    told = told.copy_set_param(name, value)
                refused = client.get(str(told))
                assert_not_signed_in(refused, pages, says=(name, value))
                assert refused.headers["location"].endswith("&next=%2Fcases")
                assert "Try again" in client.get(refused.headers["location"]).text

    def test_an_attempt_counts_once(self, pages: Served, provider: RunningProvider) -> None:
        with browser(pages) as client:
            back = sent_back(client, provider, PERSON)
            assert "signing-in" in client.cookies
            client.get(back)
            assert "signing-in" not in client.cookies
            client.post("/sign-out")
            assert_not_signed_in(client.get(back), pages)

    @pytest.mark.parametrize("trouble", ["fails", "garbage", "another-issuer", "redirects"])
    def test_a_provider_that_is_away_or_lies_is_told_of(
        self, database_url: str, tmp_path: Path, provider: RunningProvider, trouble: str
    ) -> None:
        with (
            with_provider(database_url, tmp_path, provider) as pages,
            browser(pages) as client,
        ):
            provider.trouble(trouble)
            answer = client.get("/sign-in/with/0")
            assert_not_signed_in(answer, pages, why="away")
            assert "cannot be reached" in client.get(answer.headers["location"]).text

    def test_nobody_is_sent_elsewhere_after_signing_in(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        with browser(pages) as client:
            back = sent_back(client, provider, PERSON, "//evil.example/")
            assert client.get(back).headers["location"] == "/"

    def test_who_signs_out_is_told_how_to_sign_out_of_the_provider_too(
        self, pages: Served, provider: RunningProvider
    ) -> None:
        with browser(pages) as client:
            client.get(sent_back(client, provider, PERSON))
            answer = client.post("/sign-out")
            assert answer.headers["location"] == "/signed-out"
            told = client.get("/signed-out").text
        assert f'href="{provider.url}/end-session?client_id={WEB}"' in told

    def test_a_provider_without_the_application_offers_no_way_in(
        self, database_url: str, tmp_path: Path, provider: RunningProvider
    ) -> None:
        with (
            with_provider(database_url, tmp_path, provider, {"client_id": None}) as pages,
            browser(pages) as client,
        ):
            assert "Nobody can sign in here yet" in client.get("/sign-in").text
            assert client.get("/sign-in/with/0").status_code == 404


class TestTheCookie:
    def test_over_tls_is_for_this_host_and_for_no_script(
        self, database_url: str, tmp_path: Path, provider: RunningProvider
    ) -> None:
        address = "https://cases.example.org"
        with (
            with_provider(database_url, tmp_path, provider, public_url=address) as pages,
            browser(pages) as client,
        ):
            begun = client.get("/sign-in/with/0")
            attempt = begun.headers["set-cookie"]
            back = provider.sends_back(begun.headers["location"], PERSON)
            # A browser would speak TLS to the proxy in front.
            kept = attempt.partition(";")[0]
            answer = client.get(back.removeprefix(address), headers={"Cookie": kept})
            session = next(
                each
                for each in answer.headers.get_list("set-cookie")
                if each.startswith(SECURE_COOKIE)
            )
            for cookie, name in ((attempt, "__Host-signing-in"), (session, SECURE_COOKIE)):
                value, *attributes = cookie.split("; ")
                assert value.startswith(f"{name}=")
                assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(attributes)
                assert not any(each.startswith("Domain") for each in attributes)
            assert not any(each.startswith("Max-Age") for each in session.split("; "))
            secret = session.partition(";")[0]
            assert client.get("/", headers={"Cookie": secret}).status_code == 200
            plain = secret.removeprefix("__Host-")
            assert client.get("/", headers={"Cookie": plain}).status_code == 303

    def test_holds_what_the_database_does_not(self, api: Served) -> None:
        with signed_in(api, "officer") as client:
            secret = client.cookies["session"]
        with psycopg.connect(api.guarded.feed.url) as connection:
            rows = connection.execute("SELECT t::text FROM case_timeline.web_session t").fetchall()
        assert len(rows) == 1
        assert secret not in str(rows)
        assert len(secret) == 43

    def test_that_was_made_up_is_nobodys(self, api: Served) -> None:
        with browser(api) as client:
            for made_up in ("", "x" * 43, "a", "x" * 5000, "\u00e9" * 43):
                sent = [(b"cookie", f"session={made_up}".encode())]
                assert client.get("/", headers=sent).status_code == 303, made_up

    def test_that_somebody_planted_is_not_kept_on_signing_in(self, api: Served) -> None:
        with signed_in(api, "analyst") as attacker, browser(api) as victim:
            planted = attacker.cookies["session"]
            victim.cookies.set("session", planted)
            given = victim.post("/sign-in/demo", data={"person": "officer"})
            assert planted not in given.headers["set-cookie"]
            assert not is_signed_in(attacker)
        assert [principal for principal, *_ in sessions(api)] == [f"{DEMO_URL}|officer"]


class TestASessionEnds:
    def test_after_half_an_hour_without_a_page(self, api: Served) -> None:
        clock = api.guarded.feed.clock
        with signed_in(api, "officer") as client:
            for _ in range(3):
                clock.goes(minutes=29)
                assert is_signed_in(client)
            clock.goes(minutes=30)
            assert not is_signed_in(client)

    def test_and_says_so_and_goes_on_where_one_was(self, api: Served) -> None:
        with signed_in(api, "officer") as client:
            api.guarded.feed.clock.goes(minutes=30)
            answer = client.get("/?page=2")
            assert answer.headers["location"] == "/sign-in?why=ended&next=%2F%3Fpage%3D2"
            assert "You were signed out" in client.get(answer.headers["location"]).text

    def test_after_twelve_hours_however_busy_one_is(self, api: Served) -> None:
        clock = api.guarded.feed.clock
        with signed_in(api, "officer") as client:
            for _ in range(12 * 3 - 1):
                clock.goes(minutes=20)
                assert is_signed_in(client)
            clock.goes(minutes=20)
            assert not is_signed_in(client)

    def test_as_long_as_the_settings_say(self, database_url: str, tmp_path: Path) -> None:
        lengths = {
            "session_idle": timedelta(seconds=10),
            "session_longest": timedelta(seconds=25),
        }
        with served(database_url, tmp_path, **lengths) as api, signed_in(api, "officer") as client:
            for _ in range(3):
                api.guarded.feed.clock.goes(seconds=8)
                assert is_signed_in(client)
            api.guarded.feed.clock.goes(seconds=1)
            assert not is_signed_in(client)

    def test_by_signing_out_wherever_its_cookie_was_copied_to(self, api: Served) -> None:
        with signed_in(api, "officer") as client, browser(api) as copy:
            copy.cookies.set("session", client.cookies["session"])
            assert is_signed_in(copy)
            answer = client.post("/sign-out")
            assert answer.headers["location"] == "/signed-out"
            assert 'session=""' in answer.headers["set-cookie"]
            assert not is_signed_in(copy)
        assert sessions(api) == []

    def test_for_the_one_who_signs_out_alone(self, api: Served) -> None:
        with signed_in(api, "officer") as one, signed_in(api, "officer") as other:
            one.post("/sign-out")
            assert is_signed_in(other)

    def test_where_its_provider_is_not_accepted_any_more(
        self, api: Served, tmp_path: Path, provider: RunningProvider
    ) -> None:
        api.guarded.feed.clock.now = datetime.now(UTC)
        with signed_in(api, "officer") as client:
            url = api.guarded.feed.url
            with with_provider(url, tmp_path, provider) as later, browser(later) as other:
                other.cookies.set("session", client.cookies["session"])
                assert not is_signed_in(other)
            assert is_signed_in(client)

    def test_and_is_forgotten_a_day_later(self, api: Served) -> None:
        with signed_in(api, "officer"), signed_in(api, "analyst"):
            api.guarded.feed.clock.goes(hours=37)
            with signed_in(api, "manager"):
                assert [name for name, *_ in sessions(api)] == [f"{DEMO_URL}|manager"]


class TestWhatIsGranted:
    def test_counts_from_the_next_page_on_and_ends_with_it(self, api: Served) -> None:
        with signed_in(api, "analyst") as client:
            assert "No role yet" in client.get("/").text
            grant = api.has("analyst")
            assert 'href="/reports/kpis"' in client.get("/").text
            api.guarded.own(role_revoked(grant_id=grant), LANDLORD)
            page = client.get("/").text
        assert "Nothing is granted to you yet" in page
        assert "/reports/kpis" not in page

    def test_decides_what_one_begins_with(self, api: Served) -> None:
        for name, first in {
            "officer": "/concerns/new",
            "safeguarding": "/attention",
            "manager": "/reports/kpis",
            "reviewer": "/review",
            "analyst": "/reports/kpis",
            "administrator": "/admin/intake",
            "privacy": "/admin/access",
        }.items():
            api.has(name)
            with signed_in(api, name) as client:
                page = client.get("/").text
            main = page[page.index('id="main-content"') :]
            assert re.findall(r'<a class="govuk-link" href="([^"]*)"', main)[0] == first


class TestTheDemonstration:
    def test_offers_its_people_and_not_its_systems(self, api: Served) -> None:
        with browser(api) as client:
            page = client.get("/sign-in?next=/cases").text
        offered = re.findall(r'<button[^>]*value="([^"]*)"', page)
        assert offered == [
            "officer",
            "safeguarding",
            "manager",
            "reviewer",
            "analyst",
            "administrator",
            "privacy",
        ]
        assert 'name="next" value="/cases"' in page
        assert "asks for no password" in page

    def test_lets_nobody_else_in(self, api: Served) -> None:
        with browser(api) as client:
            for person in ("housing-system", "nobody", ""):
                answer = client.post("/sign-in/demo", data={"person": person})
                assert answer.status_code in (404, 422), person
                assert not is_signed_in(client), person

    def test_sends_nobody_elsewhere(self, api: Served) -> None:
        with browser(api) as client:
            sent = {"person": "officer", "next": "//evil.example"}
            assert client.post("/sign-in/demo", data=sent).headers["location"] == "/"

    def test_is_not_there_where_it_is_off(self, pages: Served) -> None:
        with browser(pages) as client:
            assert "demonstration" not in client.get("/sign-in").text
            answer = client.post("/sign-in/demo", data={"person": "officer"})
            assert answer.status_code == 404
            assert not is_signed_in(client)


CHANGING = sorted(
    {
        (method, re.sub(r"\{[^}]*\}", "0", re.sub(r"\{[^}]*:uuid\}", str(UUID(int=0)), route.path)))
        for route in iter_route_contexts(create_app(settings=Settings()).routes)
        for method in (route.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if route.path and not route.path.startswith("/v1/")
    }
)
"""Everything that a page may change something by."""
FROM_ANOTHER_SITE: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {},
)


class TestAnotherSite:
    def test_changes_nothing_in_somebodys_name(self, api: Served) -> None:
        assert ("POST", "/sign-out") in CHANGING
        api.has("officer")
        with signed_in(api, "officer") as client:
            del client.headers["Sec-Fetch-Site"]
            for sent in FROM_ANOTHER_SITE:
                for method, path in CHANGING:
                    answer = client.request(method, path, headers=sent)
                    assert answer.status_code == 403, (method, path, sent)
            assert is_signed_in(client)

    def test_is_told_from_our_own_pages(self, api: Served) -> None:
        own = str(api.client.base_url).rstrip("/")
        for name, value in (
            ("Sec-Fetch-Site", "same-origin"),
            ("Sec-Fetch-Site", "none"),
            ("Origin", own),
        ):
            with signed_in(api, "officer") as client:
                del client.headers["Sec-Fetch-Site"]
                assert client.post("/sign-out", headers={name: value}).status_code == 303
                assert not is_signed_in(client)

    def test_is_told_by_the_address_that_people_use_where_that_is_set(self, pages: Served) -> None:
        with browser(pages) as client:
            del client.headers["Sec-Fetch-Site"]
            behind = {"Origin": str(pages.client.base_url).rstrip("/")}
            assert client.post("/sign-out", headers=behind).status_code == 403
            public = {"Origin": "http://127.0.0.1"}
            assert client.post("/sign-out", headers=public).status_code == 303

    def test_may_link_to_pages(self, api: Served) -> None:
        with signed_in(api, "officer") as client:
            answer = client.get("/", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 200


def test_attempts_to_sign_in_have_a_rate(api: Served) -> None:
    with browser(api) as client:
        answers = (client.get("/signed-in") for _ in range(1000))
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert "Too many requests" in refused.text
        assert int(refused.headers["retry-after"]) >= 1
        assert client.post("/sign-in/demo", data={"person": "officer"}).status_code == 429
        assert client.get("/sign-in").status_code == 200


def test_after_a_restart_of_the_database_people_are_still_signed_in(api: Served) -> None:
    with signed_in(api, "officer") as client:
        assert is_signed_in(client)
        with psycopg.connect(api.guarded.feed.url, autocommit=True) as server:
            ended = server.execute(
                "SELECT count(pg_terminate_backend(pid, 10_000)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
        assert ended is not None
        assert ended[0] > 1
        assert is_signed_in(client)


def test_nobody_is_signed_in_while_the_sessions_are_away(api: Served) -> None:
    url = api.guarded.feed.url
    name = conninfo_to_dict(url)["dbname"]
    allow = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with (
        signed_in(api, "officer") as client,
        psycopg.connect(url, dbname="postgres", autocommit=True) as admin,
    ):
        admin.execute(allow.format(Identifier(str(name)), SQL("false")))
        admin.execute(
            "SELECT pg_terminate_backend(pid, 10_000) FROM pg_stat_activity WHERE datname = %s",
            (name,),
        )
        answer = client.get("/")
        begun = client.post("/sign-in/demo", data={"person": "officer"})
        ended = client.post("/sign-out")
        admin.execute(allow.format(Identifier(str(name)), SQL("true")))
        for away in (answer, begun, ended):
            assert away.status_code == 503
            assert "Sorry, the service is unavailable" in away.text
        eventually(lambda: is_signed_in(client), what="the session that was begun before")
