"""What signing in rests on, by itself: addresses to go on to, attempts, and what one may open."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.identity.attempt import Attempt
from adapters.identity.demo import DEMO_CALLERS
from adapters.identity.issuer import Issuer
from domain.vocabulary.access import Role
from services.settings import Settings
from services.web.home.first_things import FIRST_THINGS, first_things
from services.web.signing_in.demo_people import DEMO_PEOPLE
from services.web.signing_in.local_paths import local_path
from services.web.signing_in.navigation import navigation_for

OURS = "https://cases.example.org/sign-in"
_TRICKS = st.text(alphabet="/\\.:@?#%\t\n\r ahttps-evil.com\u2215\ud800", max_size=30)


class TestWhereSomebodyGoesOn:
    @given(st.one_of(st.text(max_size=40), _TRICKS, _TRICKS.map("/".__add__)))
    def test_is_always_a_page_of_this_service(self, asked: str) -> None:
        path = local_path(asked)
        # Browsers read addresses more kindly than the standard: so read the path as they do.
        as_read = path.replace("\\", "/").translate(dict.fromkeys(map(ord, "\t\r\n")))
        reached = urlsplit(urljoin(OURS, as_read))
        assert (reached.scheme, reached.netloc) == ("https", "cases.example.org")
        assert as_read == path
        assert path.startswith("/")
        assert not path.startswith("//")

    @pytest.mark.parametrize(
        "path", ["/", "/cases", "/cases?status=open&page=2", "/cases/1/timeline#event-3", "/a//b"]
    )
    def test_is_the_page_that_was_wanted(self, path: str) -> None:
        assert local_path(path) == path

    @pytest.mark.parametrize(
        "asked",
        [
            None,
            "",
            "cases",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/cases\r\nSet-Cookie: a=b",
            "/sign-in?next=/cases",
            "/sign-out",
            "/" + "a" * 1000,
        ],
    )
    def test_is_home_where_anything_else_was_asked_for(self, asked: str | None) -> None:
        assert local_path(asked) == "/"


class TestAnAttempt:
    def test_is_told_apart_by_everything_it_uses_and_gives_none_of_it_away(self) -> None:
        attempts = [Attempt() for _ in range(50)]
        used = [
            each
            for attempt in attempts
            for each in (
                attempt.secret,
                attempt.state,
                attempt.nonce,
                attempt.verifier,
                attempt.challenge,
            )
        ]
        assert len(set(used)) == len(used)
        assert {len(each) for each in used} == {43}

    def test_goes_on_from_its_secret(self) -> None:
        begun = Attempt()
        again = Attempt(begun.secret)
        assert (again.state, again.nonce, again.challenge) == (
            begun.state,
            begun.nonce,
            begun.challenge,
        )


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.OFFICER, "Cases, Raise a concern, Actions, Referrals"),
        (
            Role.SAFEGUARDING,
            "Cases, Raise a concern, Actions, Referrals, Review, Reports, Admin",
        ),
        (Role.MANAGER, "Cases, Raise a concern, Actions, Referrals, Reports"),
        (Role.REVIEWER, "Cases, Review"),
        (Role.ANALYST, "Reports"),
        (Role.ADMINISTRATOR, "Admin"),
        (Role.PRIVACY, "Cases, Admin"),
        (Role.UPSTREAM, ""),
    ],
)
def test_the_navigation_shows_what_a_role_may_open(role: Role, shown: str) -> None:
    assert ", ".join(link.text for link in navigation_for({role})) == shown


def test_the_navigation_leads_to_administration_whoever_has_a_part_in_it() -> None:
    doors = {role: dict(navigation_for({role})).get("Admin") for role in Role}
    assert {role for role, door in doors.items() if door == "/admin"} == {
        Role.SAFEGUARDING,
        Role.ADMINISTRATOR,
        Role.PRIVACY,
    }


def test_everyone_but_a_system_has_something_to_begin_with() -> None:
    assert set(FIRST_THINGS) == set(Role) - {Role.UPSTREAM}


def test_whom_one_may_be_in_the_demonstration_is_everyone_but_its_systems() -> None:
    systems = {"housing-system", "asb-system"}
    assert {person.name for person in DEMO_PEOPLE} == set(DEMO_CALLERS) - systems


def test_who_has_several_roles_is_shown_each_place_once() -> None:
    things = first_things(set(Role))
    assert len({thing.href for thing in things}) == len(things)
    assert {thing.href for thing in things} == {
        thing.href for listed in FIRST_THINGS.values() for thing in listed
    }


class TestSettings:
    def test_name_where_people_are_sent_back_to_where_they_sign_in_with_a_provider(self) -> None:
        issuer = Issuer(url="https://id.example.org", audience="case-timeline", client_id="web")
        with pytest.raises(ValueError, match="send people back"):
            Settings(issuers=(issuer,))
        assert Settings(issuers=(issuer,), public_url="https://cases.example.org/")

    @pytest.mark.parametrize(
        "url",
        ["http://cases.example.org", "https://", "https://cases.example.org/a", "cases", "ftp://a"],
    )
    def test_refuse_an_address_that_browsers_could_not_use_safely(self, url: str) -> None:
        with pytest.raises(ValueError, match="https"):
            Settings(public_url=url)

    def test_refuse_that_an_id_token_counts_as_an_access_token(self) -> None:
        with pytest.raises(ValueError, match="ID token"):
            Issuer(
                url="https://id.example.org",
                audience="web",
                client_id="web",
                token_types=frozenset({"JWT"}),
            )

    def test_do_not_show_the_secret_of_the_application(self) -> None:
        issuer = Issuer.model_validate(
            {"url": "https://id.example.org", "audience": "a", "client_secret": "hush"}
        )
        assert "hush" not in f"{issuer!r} {issuer} {issuer.model_dump_json()}"
