"""The first administrator is granted their role from the command line, by two people."""

from contextlib import closing

import psycopg
import pytest

from adapters.access_store.store import AccessStore
from services.cli.answers import Granted
from services.clock import system_clock
from tests.support.command_line import CommandLine

ISSUER = "https://login.example.org"
ADMINISTRATOR = ("--principal", f"{ISSUER}|7d1c", "--role", "administrator")
BY_TWO = ("--by", "staff:it-02", "--approved-by", "staff:head-01")


def roles(database_url: str, principal: str = f"{ISSUER}|7d1c") -> set[str]:
    with closing(AccessStore(database_url)) as access:
        standing, _ = access.facts(principal, ())
    return {role.value for role in standing.roles(system_clock())}


def recorded(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT count(*) FROM case_timeline.intake").fetchone()
    assert row is not None
    return int(row[0])


def test_a_role_that_was_granted_counts_at_once(unused: CommandLine, database_url: str) -> None:
    assert roles(database_url) == set()
    printed = unused.ok("grant", *ADMINISTRATOR, "--staff", "staff:it-01", *BY_TWO, "--json").out
    answer = Granted.model_validate_json(printed)

    assert roles(database_url) == {"administrator"}
    assert (answer.role, answer.staff, answer.publishes) == ("administrator", "staff:it-01", None)
    again = unused.ok("grant", *ADMINISTRATOR, "--staff", "staff:it-01", *BY_TWO).out
    assert again.startswith("Granted, as grant-")


def test_a_system_is_granted_its_source(unused: CommandLine, database_url: str) -> None:
    system = ("--principal", f"{ISSUER}|housing", "--role", "upstream")
    unused.ok("grant", *system, "--publishes", "urn:cromwood:housing", *BY_TWO)
    assert roles(database_url, f"{ISSUER}|housing") == {"upstream"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("--staff", "staff:head-01"), "approved_by"),
        (("--by", "staff:head-01", "--staff", "staff:it-01"), "approved_by"),
        ((), "staff"),
        (("--role", "king", "--staff", "staff:it-01"), "role"),
        (("--staff", "staff:it-01", "--publishes", "urn:a:b"), "upstream"),
    ],
)
def test_what_cannot_be_granted_is_told_and_not_recorded(
    unused: CommandLine, database_url: str, changed: tuple[str, ...], told: str
) -> None:
    answered = unused("grant", *ADMINISTRATOR, *BY_TWO, *changed)
    assert answered.code == 2
    assert told in answered.sentence
    assert recorded(database_url) == 0
