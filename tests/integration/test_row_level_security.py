"""The database shows whoever reads what is theirs and nothing else, whatever was decided before."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import psycopg
import pytest
from psycopg.sql import SQL

from adapters.read_store.reach import reach_of
from adapters.read_store.reading_as import Question, ReaderPool, ReadingAs
from adapters.read_store.register import Order, Sought, page_of_cases
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from domain.access import Action, decide
from domain.access.asking import Asked, asking_for_case
from domain.access.case_standing import BrokenGlass, CaseStanding
from domain.access.standing import Grant, ReviewAccess, Standing
from domain.identity import case_id_of
from domain.vocabulary.access import WITH_A_UNIT, Role
from projections.case_access import CaseAccessRow, case_access
from projections.case_state import case_state
from projections.person_history import person_history
from projections.timeline import timeline
from services.projector.rebuild import rebuild
from tests.support.read_stores import MODELS, Stores, caught_up, clock, opened
from tests.support.stories import (
    case_allocated,
    case_opened,
    case_restricted,
    compliance_reported,
    conflict_declared,
    given,
    incident_reported,
    marker_placed,
    person_involved,
)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ME, OTHER = "staff:12", "staff:13"
HERE, ELSEWHERE = "E09000001", "E09000002"
MINE, THEIRS = "asb:2024-0001", "asb:2024-0002"


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as found:
        yield found


@pytest.fixture
def readers(stores: Stores) -> Iterator[ReaderPool]:
    """Readers who share one connection."""
    with closing(ReaderPool(stores.url, pool_size=1)) as found:
        yield found


def someone(*roles: Role, areas: tuple[str, ...] = (), staff: str = ME) -> Standing:
    grants = tuple(
        Grant(role, frozenset(areas if role in WITH_A_UNIT else ()), None, None) for role in roles
    )
    return Standing("principal", frozenset({staff}), grants)


def reading(readers: ReaderPool, who: Standing, *opened_cases: UUID) -> ReadingAs:
    return readers.reading_as(reach_of(who, NOW, opened_cases))


def two_cases(stores: Stores) -> None:
    for case_ref, lead in ((MINE, ME), (THEIRS, OTHER)):
        stores.told(
            case_ref,
            incident_reported(),
            case_opened(authority=HERE),
            case_allocated(lead=lead),
            person_involved(person=f"person:{lead[-2:]}"),
        )
    catch_up(stores)


def catch_up(stores: Stores) -> None:
    with closing(Session(stores.url)) as session:
        caught_up(session, MODELS)


def refs_seen(seen: ReadingAs) -> set[str]:
    statement = SQL("SELECT case_ref FROM {}").format(Table(case_state).name)
    (found,) = seen.ask(Question(statement))
    return {case_ref for (case_ref,) in found}


def test_every_table_is_covered_and_shows_nothing_to_whom_nothing_was_said_of(
    stores: Stores,
) -> None:
    two_cases(stores)
    with psycopg.connect(stores.url, autocommit=True) as connection:
        connection.execute("SET ROLE case_timeline_reader")
        for table in map(Table, MODELS):
            assert connection.execute(SQL("SELECT FROM {}").format(table.name)).rowcount == 0
        uncovered = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'read_models'::regnamespace "
            "AND relkind = 'r' AND NOT relrowsecurity"
        ).fetchall()
    assert uncovered == []


def test_the_reader_owns_nothing_and_may_read_no_event_and_change_no_row(stores: Stores) -> None:
    (privileged,) = stores.ask(
        "SELECT rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole OR EXISTS ("
        "SELECT FROM pg_class WHERE relowner = 'case_timeline_reader'::regrole) "
        "FROM pg_roles WHERE rolname = 'case_timeline_reader'"
    )
    assert not privileged
    with psycopg.connect(stores.url, autocommit=True) as connection:
        connection.execute("SET ROLE case_timeline_reader")
        for statement in (
            "SELECT FROM case_timeline.case_events",
            "SELECT FROM case_timeline.access_record",
            "SELECT FROM dashboard.facts",
            "DELETE FROM read_models.case_access_v1",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_the_service_goes_on_reading_and_writing_everything(stores: Stores) -> None:
    two_cases(stores)

    assert len(stores.read_store.every_row(case_state, limit=10)) == 2


def test_what_was_said_of_one_visitor_is_forgotten_before_the_next(
    stores: Stores, readers: ReaderPool
) -> None:
    two_cases(stores)

    assert refs_seen(reading(readers, someone(Role.SAFEGUARDING))) == {MINE, THEIRS}
    assert refs_seen(reading(readers, someone(Role.OFFICER))) == {MINE}
    assert refs_seen(reading(readers, Standing())) == set()
    assert _said_before(readers) in (None, "")


def test_it_is_forgotten_after_an_error_too(stores: Stores, readers: ReaderPool) -> None:
    two_cases(stores)

    with pytest.raises(psycopg.errors.DivisionByZero):
        reading(readers, someone(Role.SAFEGUARDING)).ask(Question("SELECT 1 / 0"))

    assert _said_before(readers) in (None, "")
    assert refs_seen(reading(readers, someone(Role.OFFICER))) == {MINE}


def _said_before(readers: ReaderPool) -> str | None:
    """What a connection that comes out of the pool still knows, before anything is said anew."""
    with readers._pool.connection() as connection:
        row = connection.execute("SELECT current_setting('case_timeline.visitor', true)").fetchone()
    assert row is not None
    found: str | None = row[0]
    return found


def test_a_case_of_others_has_no_rows_in_any_read_model(
    stores: Stores, readers: ReaderPool
) -> None:
    two_cases(stores)
    mine = reading(readers, someone(Role.OFFICER))

    assert mine.rows_of_case(MODELS, case_id_of(THEIRS), THEIRS) is None
    found = mine.rows_of_case([case_state, timeline], case_id_of(MINE), MINE)
    assert found is not None
    assert [len(rows) for rows in found.values()] == [1, 4]
    assert mine.rows_having(person_history, "person", ["person:13"]) == []


def test_breaking_the_glass_shows_the_one_case_but_not_over_a_conflict(
    stores: Stores, readers: ReaderPool
) -> None:
    two_cases(stores)
    stores.told(THEIRS, case_restricted(named=(OTHER,), owner=OTHER), after=4)
    catch_up(stores)
    officer, theirs = someone(Role.OFFICER), case_id_of(THEIRS)

    assert reading(readers, officer, theirs).open_among([theirs]) == {theirs}
    stores.told(THEIRS, conflict_declared(staff=ME, person=None), after=5)
    catch_up(stores)
    assert reading(readers, officer, theirs).open_among([theirs]) == frozenset()


def test_a_case_with_a_person_of_conflict_is_closed(stores: Stores, readers: ReaderPool) -> None:
    two_cases(stores)
    who = replace(someone(Role.SAFEGUARDING), conflicting=frozenset({"person:13"}))

    assert refs_seen(reading(readers, who)) == {MINE}


def test_files_are_shown_to_those_whose_roles_read_them(
    stores: Stores, readers: ReaderPool
) -> None:
    stores.told("person:77", marker_placed(person="person:77"))
    stores.told("organisation:cromwood", compliance_reported())
    catch_up(stores)
    person = SQL("SELECT FROM {}").format(Table(person_history).name)
    landlord = SQL("SELECT FROM {} WHERE case_ref LIKE 'organisation:%%'").format(
        SQL("read_models.compliance_v1")
    )

    def sees(who: Standing) -> tuple[int, int]:
        seen = reading(readers, who)
        of_person, of_landlord = seen.ask(Question(person), Question(landlord))
        assert seen.sees(case_id_of("person:77"), "person:77") == bool(of_person)
        return len(of_person), len(of_landlord)

    assert sees(someone(Role.SAFEGUARDING)) == (1, 1)
    assert sees(someone(Role.OFFICER)) == (0, 1)
    assert sees(someone(Role.ANALYST)) == (0, 0)
    in_conflict = replace(someone(Role.MANAGER), conflicting=frozenset({"person:77"}))
    assert sees(in_conflict) == (0, 1)


def test_it_holds_while_tables_are_rebuilt_and_switched(
    stores: Stores, readers: ReaderPool
) -> None:
    two_cases(stores)

    with closing(Session(stores.url)) as session:
        for model in (case_access, person_history, case_state):
            assert rebuild(session, model, clock).same

    assert refs_seen(reading(readers, someone(Role.OFFICER))) == {MINE}
    assert refs_seen(reading(readers, Standing())) == set()
    in_conflict = replace(someone(Role.MANAGER), conflicting=frozenset({"person:13"}))
    assert refs_seen(reading(readers, in_conflict)) == {MINE}


def test_the_database_shows_just_what_the_rules_let_be_listed_or_read(
    stores: Stores, readers: ReaderPool
) -> None:
    """Over every way in which a case may stand to someone, with each role and some of two."""
    cases = {case_id_of(f"asb:{n}"): case for n, case in enumerate(_every_case())}
    _store(stores, cases)
    reviews = frozenset(list(cases)[::3])
    for who in _everyone(reviews):
        broken = [case_id for case_id, case in cases.items() if case.glass]
        expected = {case_id for case_id, case in cases.items() if _may_see(who, case_id, case)}
        assert reading(readers, who, *broken).open_among(cases) == expected, who


def _every_case() -> Iterator[CaseStanding]:
    for authority, lead, team, named, conflict, broken in product(
        (HERE, ELSEWHERE, None),
        (ME, OTHER),
        (ME, OTHER),
        (None, ME, OTHER),
        (ME, OTHER),
        (False, True),
    ):
        yield CaseStanding(
            authority=authority,
            lead=lead,
            team=frozenset({team}),
            restricted_to=None if named is None else frozenset({named}),
            conflicts=(("C-1", conflict),),
            glass=(BrokenGlass(ME, NOW),) if broken else (),
        )


def _everyone(reviews: frozenset[UUID]) -> Iterator[Standing]:
    until = datetime(2026, 2, 1, tzinfo=UTC)
    granted = (ReviewAccess(reviews, None, None, until),)
    for roles in (*((role,) for role in Role), (Role.OFFICER, Role.PRIVACY), ()):
        for areas in ((), (HERE,)):
            yield replace(someone(*roles, areas=areas), reviews=granted)
    yield replace(
        someone(Role.REVIEWER),
        reviews=(ReviewAccess(reviews, None, None, until.replace(year=2025)),),
    )
    officer_here = Grant(Role.OFFICER, frozenset({HERE}), None, None)
    manager_there = Grant(Role.MANAGER, frozenset({ELSEWHERE}), None, None)
    yield Standing("principal", frozenset({ME}), (officer_here, manager_there))


def _may_see(who: Standing, case_id: UUID, case: CaseStanding) -> bool:
    return any(
        decide(asking_for_case(who, action, Asked(case_id, case), NOW, purpose=True)).permitted
        for action in (Action.LIST, Action.READ)
    )


def _store(stores: Stores, cases: dict[UUID, CaseStanding]) -> None:
    rows = [
        CaseAccessRow(
            case_id=case_id,
            case_ref=f"asb:{number}",
            authority=case.authority,
            lead=case.lead,
            team=tuple(case.team),
            allocated_at=None,
            is_restricted=case.restricted_to is not None,
            named=tuple(case.restricted_to or ()),
            conflicts=case.conflicts,
        )
        for number, (case_id, case) in enumerate(cases.items())
    ]
    with psycopg.connect(stores.url, autocommit=True) as connection, connection.cursor() as cursor:
        Table(case_access).fill(cursor, rows)


def test_few_rows_are_looked_at_for_one_case_and_each_once_for_the_register(
    stores: Stores, readers: ReaderPool
) -> None:
    cases = 2000
    _many_cases(stores, cases)
    mine = reading(readers, someone(Role.OFFICER))
    one_case = Question(
        SQL("SELECT FROM {} WHERE case_id = %s").format(Table(case_state).name),
        (case_id_of("asb:7"),),
    )
    page = page_of_cases(Sought(), Order.OPENED_AT, descending=True, after=None, limit=100)

    assert _rows_looked_at(mine, one_case) < 10
    # Once for whether it is open, and once for what it is: not once for each of the others.
    assert _rows_looked_at(mine, page) < 3 * cases


def _many_cases(stores: Stores, number: int) -> None:
    told = given(incident_reported(), case_opened(), case_allocated(lead=OTHER)).when_seen()
    state, access = told.then(case_state).row, told.then(case_access).row
    names = [{"case_id": case_id_of(f"asb:{n}"), "case_ref": f"asb:{n}"} for n in range(number)]
    with psycopg.connect(stores.url, autocommit=True) as connection:
        with connection.cursor() as cursor:
            Table(case_state).fill(cursor, [state.model_copy(update=name) for name in names])
            Table(case_access).fill(
                cursor,
                [
                    access.model_copy(update=name | {"lead": ME if n % 100 == 7 else OTHER})
                    for n, name in enumerate(names)
                ],
            )
        connection.execute("ANALYZE")


def _rows_looked_at(seen: ReadingAs, asked: Question) -> int:
    explained = SQL("EXPLAIN (ANALYZE, FORMAT JSON) ") + asked.statement  # type: ignore[operator]
    ((told,),) = seen.ask(Question(explained, asked.values))[0]
    (plan,) = json.loads(told) if isinstance(told, str) else told
    return sum(_scanned(plan["Plan"]))


def _scanned(node: dict[str, object]) -> Iterator[int]:
    if "Relation Name" in node:
        loops = int(str(node["Actual Loops"]))
        kept = float(str(node["Actual Rows"])) + float(str(node.get("Rows Removed by Filter", 0)))
        yield round(kept * loops)
    below = node.get("Plans", [])
    assert isinstance(below, list)
    for each in below:
        yield from _scanned(each)
