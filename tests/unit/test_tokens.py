"""Access tokens: whose they are, and every way in which one proves nothing (B74 to B77)."""

import base64
import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from joserfc.errors import SecurityWarning
from pydantic import ValidationError

from adapters.identity.caller import RefusalReason, TokenRefused
from adapters.identity.demo import DEMO_CALLERS, DemoIssuer, DemoNotAllowedError
from adapters.identity.issuer import Issuer
from adapters.identity.public_keys import PublicKeys
from adapters.identity.verifier import TokenVerifier
from tests.support.identity_provider.signing import SigningKey, base64url, encoded

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
URL = "https://login.example.org"
ISSUER = Issuer(url=URL, audience="case-timeline")
KEYS = {name: SigningKey.generate(f"{name}-key", name) for name in ("RS256", "PS256", "EdDSA")}
KEY = SigningKey.generate("key-1", "ES256")
KEY_SET = {"keys": [KEY.jwk(), *(key.jwk() for key in KEYS.values())]}
SECONDS = int(NOW.timestamp())

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("ES256"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


def claims(**changed: Any) -> dict[str, Any]:
    """What a sound token says; a claim that is changed to None is left out."""
    said = {
        "iss": URL,
        "aud": "case-timeline",
        "sub": "4711",
        "client_id": "web",
        "iat": SECONDS,
        "exp": SECONDS + 300,
        "jti": "a1",
    }
    return {name: value for name, value in (said | changed).items() if value is not None}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Keys:
    """Keys that can be exchanged for others, as a provider does."""

    def __init__(self, key_set: object = None) -> None:
        self.held = PublicKeys(key_set or KEY_SET)

    def find(self, kid: str, algorithm: str) -> Any:
        return self.held.find(kid, algorithm)


def verifier(
    issuer: Issuer = ISSUER, keys: Keys | None = None, clock: Clock | None = None
) -> TokenVerifier:
    return TokenVerifier([(issuer, keys or Keys())], clock or Clock())


def refusal(token: str, by: TokenVerifier | None = None) -> RefusalReason:
    with pytest.raises(TokenRefused) as refused:
        (by or verifier()).verify(token)
    return refused.value.reason


class TestATokenThatCounts:
    @pytest.mark.parametrize("key", [KEY, *KEYS.values()], ids=lambda key: key.algorithm)
    def test_names_its_caller_whatever_the_algorithm(self, key: SigningKey) -> None:
        caller = verifier().verify(key.token(claims()))
        assert caller.principal == "https://login.example.org|4711"
        assert caller.issued_at == NOW
        assert caller.expires_at == NOW + timedelta(minutes=5)
        assert (caller.authenticated_at, caller.authentication_class) == (None, None)

    def test_tells_when_and_how_the_person_signed_in_if_the_provider_does(self) -> None:
        caller = verifier().verify(KEY.token(claims(auth_time=SECONDS - 60, acr="phr")))
        assert caller.authenticated_at == NOW - timedelta(minutes=1)
        assert caller.authentication_class == "phr"

    def test_counts_for_one_of_several_audiences(self) -> None:
        assert verifier().verify(KEY.token(claims(aud=["other", "case-timeline"])))

    def test_may_spell_its_type_in_full_and_in_capitals(self) -> None:
        assert verifier().verify(KEY.token(claims(), typ="application/AT+JWT"))

    def test_may_be_of_another_type_where_the_installation_says_so(self) -> None:
        issuer = Issuer(url=URL, audience="case-timeline", token_types=frozenset({"JWT"}))
        assert verifier(issuer).verify(KEY.token(claims(), typ="JWT"))
        assert refusal(KEY.token(claims()), verifier(issuer)) is RefusalReason.TYPE

    def test_has_a_session_by_its_id_that_does_not_tell_the_id(self) -> None:
        first, second = KEY.token(claims()), KEY.token(claims(exp=SECONDS + 100))
        other = KEY.token(claims(jti="a2"))
        sessions = [verifier().verify(token).session for token in (first, second, other)]
        assert sessions[0] == sessions[1] != sessions[2]
        assert "a1" not in (sessions[0], bytes.fromhex(sessions[0]).decode("latin-1"))

    def test_has_a_session_of_its_own_where_it_has_no_id(self) -> None:
        first, second = (KEY.token(claims(jti=None, exp=SECONDS + n)) for n in (10, 20))
        seen = verifier()
        assert seen.verify(first).session == seen.verify(first).session
        assert seen.verify(first).session != seen.verify(second).session


class TestSignature:
    def test_none_is_no_algorithm(self) -> None:
        header = encoded({"alg": "none", "typ": "at+jwt", "kid": "key-1"})
        assert refusal(f"{header}.{encoded(claims())}.") is RefusalReason.ALGORITHM

    @pytest.mark.parametrize("spelling", ["None", "NONE", "nOnE", "", None, 7, ["ES256"], "es256"])
    def test_an_algorithm_is_named_as_the_list_has_it(self, spelling: object) -> None:
        assert refusal(KEY.token(claims(), alg=spelling)) is RefusalReason.ALGORITHM

    @pytest.mark.parametrize("kid", ["key-1", "RS256-key"])
    def test_a_public_key_is_no_secret_to_sign_with(self, kid: str) -> None:
        key = {"key-1": KEY, "RS256-key": KEYS["RS256"]}[kid]
        public = key.private.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        header = encoded({"alg": "HS256", "typ": "at+jwt", "kid": kid})
        signed = f"{header}.{encoded(claims())}"
        mac = hmac.HMAC(pem, hashes.SHA256())
        mac.update(signed.encode())
        assert refusal(f"{signed}.{base64url(mac.finalize())}") is RefusalReason.ALGORITHM

    def test_an_algorithm_that_the_issuer_does_not_use_is_refused(self) -> None:
        issuer = Issuer(url=URL, audience="case-timeline", algorithms=frozenset({"RS256"}))
        assert verifier(issuer).verify(KEYS["RS256"].token(claims()))
        assert refusal(KEY.token(claims()), verifier(issuer)) is RefusalReason.ALGORITHM

    def test_a_key_serves_no_other_algorithm_than_its_own(self) -> None:
        key = SigningKey("RS256-key", "PS256", KEYS["RS256"].private)
        assert refusal(key.token(claims())) is RefusalReason.SIGNATURE

    def test_another_key_of_the_same_name_proves_nothing(self) -> None:
        assert refusal(SigningKey.generate("key-1").token(claims())) is RefusalReason.SIGNATURE

    def test_a_key_in_the_token_is_not_looked_at(self) -> None:
        mine = SigningKey.generate("key-1")
        elsewhere = {
            "jwk": mine.jwk(),
            "jku": "https://attacker.example/jwks",
            "x5u": "file:///etc/passwd",
            "x5c": ["MIIB"],
        }
        assert refusal(mine.token(claims(), **elsewhere)) is RefusalReason.SIGNATURE
        assert verifier().verify(KEY.token(claims(), **elsewhere))

    @pytest.mark.parametrize(
        "kid",
        [
            "../../../../dev/null",
            "https://attacker.example/key",
            "key-1' OR '1'='1",
            "key-1\0",
            "KEY-1",
            "",
            None,
            0,
            ["key-1"],
            {"kid": "key-1"},
            "k" * 600,
        ],
    )
    def test_a_key_is_found_by_its_exact_name_or_not_at_all(self, kid: object) -> None:
        reason = refusal(KEY.token(claims(), kid=kid))
        assert reason in (RefusalReason.KEY_UNKNOWN, RefusalReason.MALFORMED)

    def test_es256_takes_two_numbers_of_32_bytes_and_no_der(self) -> None:
        signed, _, signature = KEY.token(claims()).rpartition(".")
        raw = base64.urlsafe_b64decode(signature + "==")
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        wrong = [der, raw[:63], raw + b"\0", b"\0" + raw, b"", b"\0" * 64, raw[32:] + raw[:32]]
        for form in wrong:
            assert refusal(f"{signed}.{base64url(form)}") is RefusalReason.SIGNATURE


class TestWhatItSays:
    @pytest.mark.parametrize("iss", ["https://other.example", f"{URL}/", URL.upper(), None, [URL]])
    def test_an_issuer_counts_letter_by_letter(self, iss: object) -> None:
        assert refusal(KEY.token(claims(iss=iss))) is RefusalReason.ISSUER

    @pytest.mark.parametrize(
        "aud", ["other", "case-timeline-2", [], ["other"], None, 7, {"case-timeline": 1}, [[]]]
    )
    def test_a_token_for_someone_else_is_refused(self, aud: object) -> None:
        assert refusal(KEY.token(claims(aud=aud))) is RefusalReason.AUDIENCE

    @pytest.mark.parametrize("typ", ["JWT", "id_token", "logout+jwt", "at+jwt2", "", None, 7])
    def test_a_token_made_for_another_use_is_refused(self, typ: object) -> None:
        assert refusal(KEY.token(claims(), typ=typ)) is RefusalReason.TYPE

    @pytest.mark.parametrize(
        ("crit", "more"),
        [
            (["exp"], {"exp": SECONDS}),
            (["b64"], {"b64": False}),
            (["b64"], {"b64": True}),
            (["made-up"], {"made-up": 1}),
            (["alg"], {}),
            ([], {}),
            (None, {}),
            ("made-up", {}),
        ],
    )
    def test_an_extension_that_must_be_understood_is_not(
        self, crit: object, more: dict[str, Any]
    ) -> None:
        assert refusal(KEY.token(claims(), crit=crit, **more)) is RefusalReason.CRITICAL

    @pytest.mark.parametrize(
        "changed",
        [
            {"exp": None},
            {"iat": None},
            {"sub": None},
            {"sub": ""},
            {"sub": 4711},
            {"sub": "a b"},
            {"sub": "Ren\u00e9e"},
            {"sub": "a\n"},
            {"sub": "s" * 256},
            {"exp": "2030-01-01"},
            {"exp": True},
            {"exp": [SECONDS]},
            {"exp": 1e300},
            {"exp": -1},
            {"nbf": "now"},
            {"nbf": 0},
            {"iat": {}},
            {"auth_time": "today"},
        ],
    )
    def test_a_claim_that_is_missing_or_of_another_kind_is_refused(
        self, changed: dict[str, Any]
    ) -> None:
        assert refusal(KEY.token(claims(**changed))) is RefusalReason.CLAIMS

    def test_a_subject_may_hold_the_sign_that_parts_it_from_its_issuer(self) -> None:
        caller = verifier().verify(KEY.token(claims(sub="a|b")))
        assert caller.principal.split("|", 1) == [URL, "a|b"]


class TestTimes:
    @pytest.mark.parametrize(("after", "counts"), [(-60, True), (59, True), (60, False)])
    def test_it_expires_a_minute_late(self, after: int, counts: bool) -> None:
        clock = Clock()
        seen, token = verifier(clock=clock), KEY.token(claims())
        clock.now = NOW + timedelta(seconds=300 + after)
        if counts:
            assert seen.verify(token)
        else:
            assert refusal(token, seen) is RefusalReason.EXPIRED

    @pytest.mark.parametrize("claim", ["nbf", "iat"])
    @pytest.mark.parametrize(("ahead", "counts"), [(60, True), (61, False)])
    def test_it_counts_a_minute_early(self, claim: str, ahead: int, counts: bool) -> None:
        token = KEY.token(claims(nbf=SECONDS) | {claim: SECONDS + ahead})
        if counts:
            assert verifier().verify(token)
        else:
            assert refusal(token) is RefusalReason.NOT_YET_VALID

    def test_one_that_counted_before_expires_like_any_other(self) -> None:
        clock = Clock()
        seen, token = verifier(clock=clock), KEY.token(claims())
        assert seen.verify(token) == seen.verify(token)
        clock.now = NOW + timedelta(seconds=360)
        assert refusal(token, seen) is RefusalReason.EXPIRED


class TestForm:
    @pytest.mark.parametrize("length", [8 * 1024 + 1, 100 * 1024])
    def test_a_long_one_is_not_even_read(self, length: int) -> None:
        assert refusal("." * length) is RefusalReason.TOO_LARGE

    @pytest.mark.parametrize("padded", ["jti", "acr"])
    def test_one_within_the_limit_may_hold_long_values(self, padded: str) -> None:
        token = KEY.token(claims(groups=["g" * 100] * 50, **{padded: "x" * 300}))
        assert 6_000 < len(token) <= 8 * 1024
        assert verifier().verify(token)

    @pytest.mark.parametrize("parts", [0, 1, 2, 4, 5])
    def test_it_has_three_parts(self, parts: int) -> None:
        pieces = [*KEY.token(claims()).split("."), "e30", "e30"][:parts]
        assert refusal(".".join(pieces)) is RefusalReason.MALFORMED

    @pytest.mark.parametrize("sign", ["\u00e9", "\0", " ", "\n", "=", "+", "/", "\u2028", "\udc80"])
    @pytest.mark.parametrize("place", [0, 10, -1])
    def test_no_sign_that_base64url_does_not_have(self, sign: str, place: int) -> None:
        token = KEY.token(claims())
        at = place % len(token)
        assert refusal(token[:at] + sign + token[at:]) is RefusalReason.MALFORMED

    @pytest.mark.parametrize(
        "header",
        [
            '{"alg":"ES256","typ":"at+jwt","kid":"key-1","kid":"key-1"}',
            '{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"key-1"}',
            '{"alg":"ES256","typ":"at+jwt","kid":"key-1","x":{"a":1,"a":1}}',
            '["ES256"]',
            '"ES256"',
            "null",
            "",
            "{",
            '{"alg":"ES256","typ":"at+jwt","kid":"key-1","x":NaN}',
            '{"alg":"ES256","typ":"at+jwt","kid":"key-1"} ,',
        ],
    )
    def test_a_header_that_readers_could_read_differently_is_refused(self, header: str) -> None:
        token = KEY.token_of(base64url(header.encode()), encoded(claims()))
        assert refusal(token) is RefusalReason.MALFORMED

    @pytest.mark.parametrize("body", ['{"sub":"a","sub":"b"}', "[]", "7", "\xff", "[" * 2000])
    def test_claims_that_readers_could_read_differently_are_refused(self, body: str) -> None:
        header = encoded({"alg": "ES256", "typ": "at+jwt", "kid": "key-1"})
        token = KEY.token_of(header, base64url(body.encode("latin-1")))
        assert refusal(token) is RefusalReason.MALFORMED

    @given(st.data())
    def test_any_change_to_a_token_is_noticed(self, data: st.DataObject) -> None:
        token = data.draw(st.sampled_from(SOUND), label="token")
        changed = data.draw(changes_of(token), label="changed")
        if changed == token:
            assert VERIFIER.verify(changed)
        else:
            with pytest.raises(TokenRefused):
                VERIFIER.verify(changed)

    @given(st.text() | st.text("abcXYZ019-_.", max_size=200))
    def test_no_text_does_anything_but_be_refused(self, text: str) -> None:
        with pytest.raises(TokenRefused):
            VERIFIER.verify(text)

    @given(
        st.dictionaries(
            st.sampled_from(["alg", "typ", "kid", "crit", "jwk"])
            | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
            ANYTHING,
        )
    )
    def test_no_header_does_anything_but_be_refused(self, header: dict[str, Any]) -> None:
        with pytest.raises(TokenRefused):
            VERIFIER.verify(KEY.token_of(encoded(header), encoded(claims())))

    def test_why_is_told_without_anything_the_token_holds(self) -> None:
        token = KEY.token(claims(aud="kept-to-ourselves", sub="someone"))
        with pytest.raises(TokenRefused) as refused:
            verifier().verify(token)
        assert str(refused.value) == "audience"
        assert refused.value.__cause__ is None


VERIFIER = verifier()
SOUND = [key.token(claims()) for key in (KEY, *KEYS.values())]
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ "


@st.composite
def changes_of(draw: Callable[..., Any], token: str) -> str:
    """The token with a few signs exchanged, taken out or put in, most often at its ends."""
    signs = list(token)
    last = len(token) - 1
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, last) | st.sampled_from([0, last, last - 1, token.index(".") - 1]))
        new = draw(st.sampled_from(_SIGNS) | st.just(""))
        keep = draw(st.booleans())
        signs[at] = signs[at] + new if keep else new
    return "".join(signs)


class TestKeys:
    def test_a_key_that_is_gone_takes_with_it_what_it_verified(self) -> None:
        keys = Keys()
        seen, token = verifier(keys=keys), KEY.token(claims())
        assert seen.verify(token)
        keys.held = PublicKeys({"keys": [KEYS["RS256"].jwk()]})
        assert refusal(token, seen) is RefusalReason.KEY_UNKNOWN

    def test_a_key_that_took_its_name_does_not_stand_in_for_it(self) -> None:
        keys = Keys()
        seen, token = verifier(keys=keys), KEY.token(claims())
        assert seen.verify(token)
        keys.held = PublicKeys({"keys": [SigningKey.generate("key-1").jwk()]})
        assert refusal(token, seen) is RefusalReason.SIGNATURE

    def test_a_key_that_is_described_anew_still_counts(self) -> None:
        keys = Keys()
        seen, token = verifier(keys=keys), KEY.token(claims())
        assert seen.verify(token)
        described = {name: value for name, value in KEY.jwk().items() if name != "alg"}
        keys.held = PublicKeys({"keys": [described]})
        assert seen.verify(token)

    def test_of_two_keys_with_one_name_neither_counts(self) -> None:
        twice = {"keys": [KEY.jwk(), SigningKey.generate("key-1").jwk(), KEYS["RS256"].jwk()]}
        seen = verifier(keys=Keys(twice))
        assert refusal(KEY.token(claims()), seen) is RefusalReason.KEY_UNKNOWN
        assert seen.verify(KEYS["RS256"].token(claims()))

    def test_keys_of_different_types_may_share_a_name(self) -> None:
        other = SigningKey("key-1", "RS256", KEYS["RS256"].private)
        seen = verifier(keys=Keys({"keys": [KEY.jwk(), other.jwk()]}))
        assert seen.verify(KEY.token(claims()))
        assert seen.verify(other.token(claims()))

    @pytest.mark.parametrize(
        "changed",
        [
            {"use": "enc"},
            {"key_ops": ["encrypt"]},
            {"key_ops": 7},
            {"kid": None},
            {"kid": 7},
            {"kty": "oct", "k": "c2VjcmV0"},
            {"kty": "RSA"},
            {"kty": ["EC"]},
            {"crv": "P-384"},
            {"crv": "secp256k1"},
            {"x": "AAAA"},
            {"x": 7},
            {"y": None},
            {"d": "AAAA"},
            {"alg": "ES384"},
        ],
    )
    def test_what_is_no_sound_signing_key_is_none(self, changed: dict[str, Any]) -> None:
        keys = PublicKeys({"keys": [KEY.jwk() | changed, KEYS["EdDSA"].jwk()]})
        seen = TokenVerifier([(ISSUER, keys)], Clock())
        refused = refusal(KEY.token(claims()), seen)
        assert refused in (RefusalReason.KEY_UNKNOWN, RefusalReason.SIGNATURE)
        assert seen.verify(KEYS["EdDSA"].token(claims()))

    def test_a_short_rsa_key_is_none(self) -> None:
        short = SigningKey("key-1", "RS256", rsa.generate_private_key(65537, 1024))
        assert len(PublicKeys({"keys": [short.jwk()]})) == 0
        modulus = base64.urlsafe_b64decode(short.jwk()["n"] + "==")
        padded = short.jwk() | {"n": base64url(modulus.rjust(256, b"\0"))}
        with pytest.warns(SecurityWarning):
            assert len(PublicKeys({"keys": [padded]})) == 0

    def test_a_curve_of_another_size_is_none(self) -> None:
        point = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
        jwk = {
            "kty": "EC",
            "crv": "P-384",
            "kid": "key-1",
            "x": base64url(point.x.to_bytes(48, "big")),
            "y": base64url(point.y.to_bytes(48, "big")),
        }
        assert len(PublicKeys({"keys": [jwk]})) == 0

    @pytest.mark.parametrize("garbage", [None, 7, [], "keys", {}, {"keys": {}}, {"keys": [None]}])
    def test_what_is_no_key_set_holds_no_keys(self, garbage: object) -> None:
        assert len(PublicKeys(garbage)) == 0

    @given(st.data())
    def test_no_key_set_does_anything_but_hold_keys_or_none(self, data: st.DataObject) -> None:
        jwk = data.draw(st.sampled_from(KEY_SET["keys"]))
        changed = {name: data.draw(ANYTHING | st.just(value)) for name, value in jwk.items()}
        assert len(PublicKeys({"keys": [changed, data.draw(ANYTHING)]})) <= 1


class TestIssuers:
    def test_each_is_asked_for_its_own_keys_only(self) -> None:
        other_key = SigningKey.generate("key-1")
        other = Issuer(url="https://other.example", audience="case-timeline")
        seen = TokenVerifier(
            [(ISSUER, Keys()), (other, Keys({"keys": [other_key.jwk()]}))], Clock()
        )
        said = claims(iss="https://other.example")
        assert seen.verify(other_key.token(said)).principal == "https://other.example|4711"
        assert refusal(KEY.token(said), seen) is RefusalReason.SIGNATURE

    def test_the_same_one_twice_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="named twice"):
            TokenVerifier([(ISSUER, Keys()), (ISSUER, Keys())], Clock())

    @pytest.mark.parametrize(
        "settings",
        [
            {"url": "ftp://login.example.org"},
            {"url": "https://login.example.org|x"},
            {"url": "http://login.example.org"},
            {"url": "http://127.0.0.1.example.org"},
            {"url": "https://user:password@login.example.org"},
            {"jwks_url": "file:///etc/passwd"},
            {"jwks_url": "https://login.example.org:port/keys"},
            {"jwks_url": "http://login.example.org/keys"},
            {"algorithms": ["HS256"]},
            {"algorithms": ["none"]},
            {"algorithms": []},
            {"token_types": []},
            {"audience": ""},
            {"verify": False},
        ],
    )
    def test_one_that_could_not_be_trusted_is_refused(self, settings: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Issuer.model_validate({"url": URL, "audience": "case-timeline"} | settings)

    @pytest.mark.parametrize("host", ["127.0.0.1:8080", "[::1]", "localhost:9000"])
    def test_keys_may_come_without_tls_from_this_machine(self, host: str) -> None:
        assert Issuer(url=f"http://{host}", audience="case-timeline")

    def test_keys_may_come_without_tls_where_the_installation_answers_for_it(self) -> None:
        assert Issuer(url="http://keycloak:8080/realms/a", audience="a", plain_http=True)

    def test_says_where_its_keys_are_or_what_says_so(self) -> None:
        told = Issuer(url=URL, audience="a", jwks_url="https://keys.example.org/jwks")
        assert told.keys_from == "https://keys.example.org/jwks"
        assert ISSUER.keys_from == "https://login.example.org/.well-known/openid-configuration"


class TestTheDemonstration:
    def issuer(self, directory: Path, *, clock: Clock | None = None) -> DemoIssuer:
        return DemoIssuer(directory, clock or Clock(), database_url_configured=False)

    def test_everyone_in_it_has_a_token_that_counts(self, tmp_path: Path) -> None:
        demo = self.issuer(tmp_path)
        seen = TokenVerifier([(demo.issuer, demo)], Clock())
        principals = {seen.verify(demo.token_for(name)).principal for name in DEMO_CALLERS}
        assert principals == {f"https://demo.case-timeline.invalid|{name}" for name in DEMO_CALLERS}

    def test_a_token_counts_for_an_hour(self, tmp_path: Path) -> None:
        clock = Clock()
        demo = self.issuer(tmp_path, clock=clock)
        token = demo.token_for("officer")
        clock.now = NOW + timedelta(hours=1, seconds=60)
        seen = TokenVerifier([(demo.issuer, demo)], clock)
        assert refusal(token, seen) is RefusalReason.EXPIRED

    def test_there_is_none_where_a_database_was_named(self, tmp_path: Path) -> None:
        with pytest.raises(DemoNotAllowedError, match="CASE_TIMELINE_DATABASE_URL"):
            DemoIssuer(tmp_path, Clock(), database_url_configured=True)
        assert list(tmp_path.iterdir()) == []

    def test_its_key_is_kept_and_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        first, second = self.issuer(tmp_path / "data"), self.issuer(tmp_path / "data")
        seen = TokenVerifier([(second.issuer, second)], Clock())
        assert seen.verify(first.token_for("manager"))
        (key,) = (tmp_path / "data").iterdir()
        assert stat.S_IMODE(key.stat().st_mode) == 0o600

    def test_nobody_else_has_a_token(self, tmp_path: Path) -> None:
        with pytest.raises(KeyError, match="officer"):
            self.issuer(tmp_path).token_for("someone")

    def test_a_demonstration_knows_no_token_of_another(self, tmp_path: Path) -> None:
        ours, theirs = self.issuer(tmp_path / "ours"), self.issuer(tmp_path / "theirs")
        seen = TokenVerifier([(ours.issuer, ours)], Clock())
        assert refusal(theirs.token_for("privacy"), seen) is RefusalReason.KEY_UNKNOWN

    def test_its_tokens_say_that_they_are_of_the_demonstration(self, tmp_path: Path) -> None:
        said = self.issuer(tmp_path).token_for("analyst").split(".")[1]
        assert json.loads(base64.urlsafe_b64decode(said + "=="))["iss"].endswith(".invalid")
