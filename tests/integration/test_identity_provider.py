"""Tokens and keys of a provider that runs: discovery, rotation, outage, and answers that lie."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.identity.caller import RefusalReason, TokenRefused
from adapters.identity.issuer import Issuer
from adapters.identity.key_set import KeySet
from adapters.identity.verifier import TokenVerifier
from tests.support.identity_provider.signing import SigningKey
from tests.support.identity_providers import (
    HOUSING_SYSTEM,
    PARTNER_SYSTEM,
    REDIRECT_URI,
    WEB,
    RunningProvider,
    identity_provider,
)
from tests.support.waiting import eventually_async

PERSON = "4711"


class Clock:
    """The time of day, moved on as a test wants."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture(scope="module")
def running() -> Iterator[RunningProvider]:
    with identity_provider(PERSON, "4712") as provider:
        yield provider


@pytest.fixture
def provider(running: RunningProvider, monkeypatch: pytest.MonkeyPatch) -> RunningProvider:
    """A provider in working order."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.trouble(None)
    return running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(provider: RunningProvider) -> Issuer:
    return Issuer(url=provider.url, audience="case-timeline")


@pytest.fixture
async def keys(issuer: Issuer, clock: Clock) -> KeySet:
    """Keys fetched once, by discovery."""
    key_set = KeySet(issuer, clock)
    await key_set.refresh()
    assert key_set.last_error is None
    return key_set


@pytest.fixture
def verifier(keys: KeySet, clock: Clock) -> TokenVerifier:
    return TokenVerifier([(keys.issuer, keys)], clock)


@asynccontextmanager
async def kept_fresh(key_set: KeySet) -> AsyncIterator[None]:
    task = asyncio.create_task(key_set.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def refusal(verifier: TokenVerifier, token: str) -> RefusalReason:
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(token)
    return refused.value.reason


def answers(verifier: TokenVerifier, token: str) -> Callable[[], Any]:
    """Something to wait for: that the token counts."""

    async def counts() -> bool:
        with suppress(TokenRefused):
            return bool(verifier.verify(token))
        return False

    return counts


class TestTokensOfTheProvider:
    async def test_a_system_with_a_secret_is_known_by_its_token(
        self, provider: RunningProvider, verifier: TokenVerifier
    ) -> None:
        caller = verifier.verify(provider.system_token())
        assert caller.principal == f"{provider.url}|{HOUSING_SYSTEM}"

    async def test_a_system_with_a_key_is_known_by_its_token(
        self, provider: RunningProvider, verifier: TokenVerifier
    ) -> None:
        assertion = provider.assertion(int(time.time()))
        asked = {
            "grant_type": "client_credentials",
            "client_id": PARTNER_SYSTEM,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        token = provider.ask_token(**asked).raise_for_status().json()["access_token"]
        assert verifier.verify(token).principal == f"{provider.url}|{PARTNER_SYSTEM}"
        assert provider.ask_token(**asked).json() == {"error": "invalid_client"}

    async def test_a_person_who_signed_in_is_known_by_the_access_token_alone(
        self, provider: RunningProvider, verifier: TokenVerifier
    ) -> None:
        tokens = provider.sign_in(PERSON)
        caller = verifier.verify(tokens["access_token"])
        assert caller.principal == f"{provider.url}|{PERSON}"
        assert caller.authentication_class == "pwd"
        assert caller.authenticated_at is not None
        assert refusal(verifier, tokens["id_token"]) is RefusalReason.TYPE

    async def test_the_provider_is_as_strict_as_a_real_one(self, provider: RunningProvider) -> None:
        code = provider.code_for(PERSON, "the-right-verifier")
        asked = {
            "grant_type": "authorization_code",
            "client_id": WEB,
            "redirect_uri": REDIRECT_URI,
            "code": code,
        }
        wrong = provider.ask_token(**asked, code_verifier="another")
        used = provider.ask_token(**asked, code_verifier="the-right-verifier")
        machine = {"grant_type": "client_credentials"}
        forged = SigningKey.generate("partner-key").token({"iss": PARTNER_SYSTEM}, typ="JWT")
        refused = [
            wrong,
            used,
            provider.ask_token(**machine, client_id=HOUSING_SYSTEM, client_secret="wrong"),
            provider.ask_token(**machine, client_id=PARTNER_SYSTEM, client_assertion=forged),
            provider.ask_token(**machine, client_id=WEB),
            provider.ask_token(grant_type="password"),
        ]
        assert [answer.json()["error"] for answer in refused] == [
            "invalid_grant",
            "invalid_grant",
            "invalid_client",
            "invalid_client",
            "unauthorized_client",
            "unsupported_grant_type",
        ]

    @pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
    async def test_count_whatever_the_algorithm(
        self, algorithm: str, provider: RunningProvider, keys: KeySet, verifier: TokenVerifier
    ) -> None:
        provider.rotate(algorithm)
        await keys.refresh()
        assert verifier.verify(provider.token_for(PERSON))

    async def test_count_with_keys_from_an_address_that_was_given(
        self, provider: RunningProvider, clock: Clock
    ) -> None:
        given = Issuer(url=provider.url, audience="case-timeline", jwks_url=f"{provider.url}/jwks")
        keys = KeySet(given, clock)
        await keys.refresh()
        verifier = TokenVerifier([(given, keys)], clock)
        assert verifier.verify(provider.token_for(PERSON))


class TestRotation:
    async def test_a_key_that_is_new_is_fetched_when_it_is_first_seen(
        self, provider: RunningProvider, issuer: Issuer, clock: Clock
    ) -> None:
        keys = KeySet(issuer, clock, interval=timedelta(hours=1), pause=timedelta(milliseconds=10))
        verifier = TokenVerifier([(issuer, keys)], clock)
        async with kept_fresh(keys):
            old = provider.token_for(PERSON)
            await eventually_async(answers(verifier, old), what="the first key")
            provider.rotate()
            new = provider.token_for(PERSON)
            await eventually_async(answers(verifier, new), what="the new key")
            assert verifier.verify(old)

    async def test_many_unknown_names_make_it_ask_no_more_often(
        self, provider: RunningProvider, issuer: Issuer, clock: Clock
    ) -> None:
        keys = KeySet(issuer, clock, interval=timedelta(hours=1), pause=timedelta(minutes=30))
        verifier = TokenVerifier([(issuer, keys)], clock)
        asked = provider.key_requests()
        key = SigningKey.generate("unknown")
        async with kept_fresh(keys):
            known = provider.token_for(PERSON)
            await eventually_async(answers(verifier, known), what="the first key")
            for number in range(10):
                said = {"iss": issuer.url, "aud": issuer.audience, "sub": str(number)}
                times = {"iat": int(time.time()), "exp": int(time.time()) + 60}
                reason = refusal(verifier, key.token(said | times))
                assert reason is RefusalReason.KEY_UNKNOWN
                # Meanwhile the loop is free to do what it should not.
                await asyncio.to_thread(provider.key_requests)
        assert provider.key_requests() == asked + 1

    async def test_a_key_that_is_withdrawn_takes_its_tokens_with_it(
        self, provider: RunningProvider, keys: KeySet, verifier: TokenVerifier
    ) -> None:
        token = provider.token_for(PERSON)
        assert verifier.verify(token)
        provider.rotate(keep_old=False)
        await keys.refresh()
        assert refusal(verifier, token) is RefusalReason.KEY_UNKNOWN
        assert verifier.verify(provider.token_for(PERSON))

    async def test_keys_are_fetched_again_though_nobody_asks_for_a_new_one(
        self, provider: RunningProvider, issuer: Issuer, clock: Clock
    ) -> None:
        moment = timedelta(milliseconds=10)
        keys = KeySet(issuer, clock, interval=moment * 2, pause=moment)
        asked = provider.key_requests()

        async def asked_often() -> bool:
            return provider.key_requests() >= asked + 3

        async with kept_fresh(keys):
            await eventually_async(asked_often, what="three fetches")


TROUBLES = {
    "fails": "status",
    "garbage": "not-json",
    "no-keys": "discovery",
    "redirects": "redirect",
    "oversized": "too-large",
    "drips": "timeout",
    "another-issuer": "discovery",
    "keys-elsewhere": "elsewhere",
    "keys-nowhere": "discovery",
    "keys-in-a-file": "discovery",
}


class TestOutage:
    @pytest.mark.parametrize(("trouble", "error"), TROUBLES.items())
    async def test_an_answer_that_cannot_be_used_changes_no_key(
        self,
        trouble: str,
        error: str,
        provider: RunningProvider,
        keys: KeySet,
        verifier: TokenVerifier,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("adapters.identity.fetching.TIMEOUT_SECONDS", 0.3)
        provider.trouble(trouble)
        await keys.refresh()
        assert keys.last_error == error
        assert keys.usable
        assert verifier.verify(provider.token_for(PERSON))
        provider.trouble(None)
        await keys.refresh()
        assert keys.last_error is None

    @pytest.mark.parametrize(
        ("trouble", "error"),
        [
            ("fails", "status"),
            ("garbage", "not-json"),
            ("no-keys", "no-keys"),
            ("redirects", "redirect"),
            ("oversized", "too-large"),
        ],
    )
    async def test_nor_does_one_from_the_address_of_the_keys_itself(
        self, trouble: str, error: str, provider: RunningProvider, clock: Clock
    ) -> None:
        given = Issuer(url=provider.url, audience="case-timeline", jwks_url=f"{provider.url}/jwks")
        keys = KeySet(given, clock)
        verifier = TokenVerifier([(given, keys)], clock)
        await keys.refresh()
        provider.trouble(trouble)
        await keys.refresh()
        assert keys.last_error == error
        assert verifier.verify(provider.token_for(PERSON))

    async def test_keys_count_until_they_are_a_day_old_and_then_nobody_gets_in(
        self, provider: RunningProvider, keys: KeySet, verifier: TokenVerifier, clock: Clock
    ) -> None:
        in_a_day = int(time.time()) + 24 * 3600
        token = provider.token_for(PERSON, {"exp": in_a_day + 3600})
        provider.trouble("fails")
        clock.ahead = timedelta(hours=23, minutes=59)
        await keys.refresh()
        assert verifier.verify(token)
        clock.ahead = timedelta(hours=24, seconds=1)
        await keys.refresh()
        assert not keys.usable
        assert keys.age is not None
        assert keys.age > timedelta(hours=24)
        assert refusal(verifier, token) is RefusalReason.KEYS_UNAVAILABLE
        provider.trouble(None)
        await keys.refresh()
        assert verifier.verify(token)

    async def test_without_a_provider_from_the_start_nobody_gets_in(self, clock: Clock) -> None:
        with identity_provider(PERSON) as gone:
            token = gone.token_for(PERSON)
        issuer = Issuer(url=gone.url, audience="case-timeline")
        keys = KeySet(issuer, clock)
        verifier = TokenVerifier([(issuer, keys)], clock)
        assert (keys.age, keys.last_error) == (None, "never-fetched")
        await keys.refresh()
        assert (keys.age, keys.last_error) == (None, "unreachable")
        assert refusal(verifier, token) is RefusalReason.KEYS_UNAVAILABLE

    async def test_recovers_by_itself(
        self, provider: RunningProvider, issuer: Issuer, clock: Clock
    ) -> None:
        keys = KeySet(issuer, clock, interval=timedelta(hours=1), pause=timedelta(milliseconds=10))
        verifier = TokenVerifier([(issuer, keys)], clock)
        provider.trouble("fails")

        async def failed() -> bool:
            return keys.last_error == "status"

        async with kept_fresh(keys):
            await eventually_async(failed, what="a fetch that fails")
            provider.trouble(None)
            token = provider.token_for(PERSON)
            await eventually_async(answers(verifier, token), what="a fetch that does not")
