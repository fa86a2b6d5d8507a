"""What is read at the console is on record, like everything else that is read."""

import psycopg
import pytest

from tests.support.command_line import CommandLine

CASE = "asb:2024-0117"


def records(database_url: str) -> list[tuple[str, str, bool, list[str]]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        return connection.execute(
            "SELECT action, case_ref, principal LIKE 'console|%', rules "
            "FROM case_timeline.access_record ORDER BY id"
        ).fetchall()


@pytest.mark.parametrize(
    ("asked", "action"),
    [
        (("case", CASE), "read"),
        (("case", CASE, "--known-on", "2024-03-05"), "time-travel"),
        (("case", CASE, "--changes-between", "2024-03-05", "2024-03-13"), "time-travel"),
        (("register",), "list"),
    ],
)
def test_reading_a_case_is_on_record(
    example: CommandLine, example_url: str, asked: tuple[str, ...], action: str
) -> None:
    before = len(records(example_url))

    example.ok(*asked)

    assert records(example_url)[before:] == [(action, CASE, True, ["console"])]


def test_what_cannot_be_recorded_is_not_shown(example: CommandLine, example_url: str) -> None:
    with psycopg.connect(example_url, autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON case_timeline.access_record FROM case_timeline_service")
    try:
        answered = example("case", CASE)
    finally:
        with psycopg.connect(example_url, autocommit=True) as owner:
            owner.execute("GRANT INSERT ON case_timeline.access_record TO case_timeline_service")

    assert (answered.code != 0, answered.out) == (True, "")
    assert "could not be recorded" in answered.err
