"""The views of the dashboard: who may read them, what they hold back, that they stay."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier

from adapters.read_store import dashboard
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from projections.catalogue import READ_MODELS
from projections.kpi_case import kpi_case
from services.projector.rebuild import rebuild
from services.reference.dashboard import made_from
from tests.support.dashboards import ROLE, Figures, plain, shown
from tests.support.read_stores import MODELS, Stores, caught_up, clock, opened
from tests.support.stories import (
    Told,
    action_agreed,
    case_opened,
    concern_raised,
    feedback_received,
    homes_counted,
    incident_reported,
    meeting_held,
    person_involved,
    property_described,
    records_merged,
    referral_decided,
    referral_sent,
    risk_assessed,
    vulnerability_ended,
    vulnerability_recorded,
)
from tests.support.waiting import eventually

DOCUMENT = Path(__file__).parents[2] / "docs" / "dashboard.md"
VIEWS = (
    "facts",
    "definitions",
    "figures",
    "counted",
    "cases",
    "referrals",
    "meetings",
    "actions",
    "attention",
    "hot_spots",
    "benchmark",
)
ONE, OTHER = "E09000001", "E09000002"
SECRETS = ("person:", "uprn:", "staff:", "He did not open", "lone working")
"""Parts of what the stories below hold of persons, places, workers and narratives."""


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


class TestRole:
    def test_may_read_the_views_and_nothing_else(self, stores: Stores) -> None:
        readable = (
            "SELECT c.relnamespace::regnamespace::text || '.' || c.relname FROM pg_class AS c "
            "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S') "
            "AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, "
            "'information_schema'::regnamespace) "
            "AND has_schema_privilege(%s, c.relnamespace, 'USAGE') "
            "AND has_table_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
        )
        with psycopg.connect(stores.url, autocommit=True) as connection:
            found = connection.execute(readable.encode(), (ROLE, ROLE)).fetchall()
        assert {name for (name,) in found} == {f"dashboard.{view}" for view in VIEWS}

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT * FROM read_models.kpi_case_v2",
            "SELECT * FROM read_models.dashboard_case",
            "SELECT * FROM case_timeline.case_events",
            "INSERT INTO dashboard.facts (figure) VALUES ('new_cases')",
            "CREATE TABLE dashboard.mine (id int)",
            "DROP VIEW dashboard.facts",
        ],
    )
    def test_is_refused_anything_else(self, stores: Stores, statement: str) -> None:
        with psycopg.connect(stores.url, autocommit=True) as connection:
            connection.execute(f"SET ROLE {ROLE}".encode())
            with pytest.raises((errors.InsufficientPrivilege, errors.ObjectNotInPrerequisiteState)):
                connection.execute(statement.encode())

    def test_cannot_log_in(self, stores: Stores) -> None:
        asked = f"SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = '{ROLE}'"
        assert stores.ask(asked) == (False, False)


class TestDocument:
    def test_says_what_the_database_says(self, stores: Stores) -> None:
        assert DOCUMENT.exists(), "make it: make docs"
        assert DOCUMENT.read_text(encoding="utf-8") == made_from(stores.url), "make it: make docs"

    def test_there_is_a_word_on_every_view_column_and_figure(self, stores: Stores) -> None:
        told = dashboard.describe(stores.url)
        assert {view.name for view in told.views} == set(VIEWS)
        for view in told.views:
            assert view.comment, view.name
            for column in view.columns:
                assert column.comment, f"{view.name}.{column.name}"
                assert column.comment.endswith("."), f"{view.name}.{column.name}"
        for figure in told.definitions:
            assert figure.meaning.endswith("."), figure.figure
            assert figure.aggregation in {"count", "percentage", "median", "at-end", "last"}
            assert len(figure.meaning) <= 115, figure.figure
            is_median = figure.aggregation == "median"
            assert figure.meaning.startswith("Median ") == is_median, figure.figure


def test_nothing_in_it_points_at_a_person_a_place_or_a_worker(stores: Stores) -> None:
    at_home = {"property_ref": "uprn:100012345678"}
    story = (
        incident_reported(**at_home),
        concern_raised(strands=("adult",), immediate_danger=True, **at_home),
        person_involved(role="victim"),
        risk_assessed(level="high", person="person:tenant"),
        action_agreed(due="2024-12-31", owner="staff:12", text="Review lone working."),
        referral_sent(),
        meeting_held(),
    )
    stores.told("asb:1", *story, case_opened())
    stores.told("person:tenant-1", *story[:4])
    stores.told("property:100012345678", property_described(), *story[:2])
    for view in VIEWS:
        lines = shown(stores, f"SELECT * FROM dashboard.{view}")
        assert lines, view
        for line in lines:
            told = " ".join(str(value) for value in line.values())
            assert not [secret for secret in SECRETS if secret in told], (view, line)


def test_flags_are_told_with_how_they_stand_now(stores: Stores) -> None:
    stores.told("asb:1", *opened_with(1, "2024-03-01"))
    line, *_ = shown(
        stores,
        "SELECT * FROM dashboard.attention WHERE rule = 'R1' AND case_ref = 'asb:1'",
    )
    assert (line["timeliness"], line["item_kind"], line["authority"]) == ("overdue", "concern", ONE)
    assert line["item"].startswith("concern:")


def opened_with(concerns: int, day: str, authority: str | None = ONE, **more: Any) -> list[Told]:
    """A safeguarding case of an authority with so many concerns, all on one day."""
    told = [concern_raised(day, strands=("adult",), **more) for _ in range(concerns)]
    return [*told, case_opened(day, initial_classification="adult", authority=authority)]


class TestLists:
    def test_a_case_a_referral_an_action_and_a_meeting(self, stores: Stores) -> None:
        stores.told(
            "asb:1",
            *opened_with(1, "2024-03-01"),
            referral_sent("2024-03-02", feedback_due="2024-03-20"),
            referral_decided("2024-03-05", decision="nfa", reason_code="below-threshold"),
            action_agreed("2024-03-02", due="2024-03-31", safety=True),
            meeting_held("2024-03-12"),
        )
        (case,) = shown(stores, "SELECT * FROM dashboard.cases")
        assert {name: plain(value) for name, value in case.items() if name in _CASE} == _CASE
        (referral,) = shown(stores, "SELECT * FROM dashboard.referrals")
        assert {n: plain(value) for n, value in referral.items() if n in _REFERRAL} == _REFERRAL
        (action,) = shown(stores, "SELECT * FROM dashboard.actions")
        assert {n: plain(value) for n, value in action.items() if n in _ACTION} == _ACTION
        assert action["days_late"] > 200
        (meeting,) = shown(stores, "SELECT * FROM dashboard.meetings")
        assert {n: plain(value) for n, value in meeting.items() if n in _MEETING} == _MEETING


_CASE = {
    "case_ref": "asb:1",
    "authority": ONE,
    "is_open": True,
    "strands": ["adult"],
    "opened_on": "2024-03-01",
    "new_case_via": "opened",
    "days_to_meeting": 10,
    "open_actions": 1,
    "open_referrals": 0,
    "meetings_held": 1,
    "last_closed_on": None,
    "last_event_on": "2024-03-12",
}
_REFERRAL = {
    "case_ref": "asb:1",
    "referral_id": "R1",
    "route": "mash",
    "is_accepted": False,
    "decided_on": "2024-03-05",
    "days_to_decision": 3,
    "decision_reason_code": "below-threshold",
    "first_feedback_on": None,
    "unanswered": ["feedback", "mitigation"],
    "is_overdue": True,
}
_ACTION = {
    "case_ref": "asb:1",
    "action_id": "A1",
    "status": "agreed",
    "safety": True,
    "due": "2024-03-31",
    "is_overdue": True,
}
_MEETING = {
    "case_ref": "asb:1",
    "meeting_id": "M1",
    "held_on": "2024-03-12",
    "is_invited": True,
    "invite_basis": "unknown",
}


class TestHotSpots:
    def test_counts_below_five_are_held_back(self, stores: Stores) -> None:
        stores.told("property:1", property_described(property_ref="uprn:1"))
        stores.told("property:2", property_described(property_ref="uprn:2", block=None))
        noise = incident_reported("2024-03-31", kind="noise", property_ref="uprn:1")
        stores.told("property:1", *[noise] * 2, after=1)
        # Neither says where, but the one is on the file of a property, the other in a case of one.
        stores.told("property:1", incident_reported("2024-03-01", kind="noise"), after=3)
        stores.told(
            "asb:1",
            concern_raised("2024-03-01", strands=("adult",), property_ref="uprn:2"),
            incident_reported("2024-03-02", kind="noise"),
            incident_reported("2024-04-01", kind="noise"),
        )
        spots = shown(stores, "SELECT * FROM dashboard.hot_spots WHERE quarter = '2024-01-01'")
        told = {
            (line["area_level"], line["area"], line["measure"], line["code"]): (
                line["reports"],
                line["is_suppressed"],
            )
            for line in spots
        }
        assert told == {
            ("lsoa", "E01000001", "all", ""): (5, False),
            ("lsoa", "E01000001", "kind", "noise"): (None, True),
            ("lsoa", "E01000001", "strand", "adult"): (None, True),
            ("estate", "Elm Park", "all", ""): (5, False),
            ("estate", "Elm Park", "kind", "noise"): (None, True),
            ("estate", "Elm Park", "strand", "adult"): (None, True),
            ("block", "Elm Park, Elm House", "all", ""): (None, True),
            ("block", "Elm Park, Elm House", "kind", "noise"): (None, True),
        }
        assert {line["authority"] for line in spots} == {ONE}

    def test_what_is_held_back_cannot_be_taken_from_a_total(self, stores: Stores) -> None:
        stores.told("property:1", property_described(property_ref="uprn:1"))
        told = [incident_reported("2024-03-01", kind="noise", property_ref="uprn:1")] * 8
        told.append(incident_reported("2024-03-02", kind="violence", property_ref="uprn:1"))
        stores.told("property:1", *told, after=1)
        spots = shown(stores, "SELECT * FROM dashboard.hot_spots WHERE area_level = 'estate'")
        assert {(line["measure"], line["code"]): line["reports"] for line in spots} == {
            ("all", ""): 10,
            ("kind", "noise"): 10,
            ("kind", "violence"): None,
        }

    def test_vulnerability_is_laid_over_where_it_is_of_five_persons(self, stores: Stores) -> None:
        stores.told("property:1", property_described(property_ref="uprn:1", block=None))
        here = {"property_ref": "uprn:1"}
        for number in range(5):
            stores.told(
                f"asb:{number}",
                incident_reported("2024-03-01", kind="noise", **here),
                vulnerability_recorded("2024-03-02", person=f"person:{number}"),
            )
        # One more, of whom several reports tell, before and after: at two of three vulnerable.
        stores.told(
            "asb:5",
            incident_reported("2024-01-01", kind="noise", **here),
            incident_reported("2024-02-01", kind="noise", **here),
            incident_reported("2024-02-02", kind="noise", **here),
            incident_reported("2024-03-20", kind="noise", **here),
            vulnerability_recorded("2024-03-21", person="person:5", since="2024-02-01"),
            vulnerability_ended("2024-03-22", person="person:5", until="2024-02-02"),
            *[
                vulnerability_recorded(
                    "2024-03-22",
                    person=f"person:{number}",
                    vulnerability_type="unpaid-carer",
                    since="2024-01-01",
                )
                for number in range(4)
            ],
        )
        assert self._vulnerable(stores) == {
            # 5 of one person each, and 2 of the sixth.
            "mental-health": (5, False),
            # 4 reports, all about the same four persons.
            "unpaid-carer": (None, True),
        }
        stores.told(
            "asb:5",
            vulnerability_recorded(
                "2024-03-23",
                person="person:4",
                vulnerability_type="unpaid-carer",
                since="2024-01-01",
            ),
            incident_reported("2024-03-24", kind="noise", **here),
            after=10,
        )
        assert self._vulnerable(stores)["unpaid-carer"] == (5, False)
        stores.told(
            "asb:5",
            records_merged("2024-03-25", survivor="person:3", retired="person:4"),
            after=12,
        )
        assert self._vulnerable(stores)["unpaid-carer"] == (None, True)

    def _vulnerable(self, stores: Stores) -> dict[str, tuple[int | None, bool]]:
        lines = shown(
            stores,
            "SELECT * FROM dashboard.hot_spots "
            "WHERE measure = 'vulnerability' AND area_level = 'estate'",
        )
        return {line["code"]: (line["reports"], line["is_suppressed"]) for line in lines}


class TestBenchmark:
    def test_rates_are_of_homes_as_last_counted_by_the_end_of_the_year(
        self, stores: Stores
    ) -> None:
        stores.told(
            "organisation:cromwood",
            homes_counted(as_of="2023-03-31", homes=1_000),
            homes_counted(as_of="2024-03-31", homes=1_500),
            homes_counted(as_of="2024-03-31", homes=500, housing_type="sheltered"),
            homes_counted(as_of="2024-03-31", homes=2_000, authority=OTHER),
            homes_counted(as_of="2025-03-31", homes=9_000),
        )
        answered = [
            telling
            for number in range(5)
            for telling in (
                referral_sent("2024-05-01", referral_id=f"R{number}"),
                referral_decided(
                    f"2024-05-0{number + 2}",
                    referral_id=f"R{number}",
                    decision="accepted-s42" if number < 2 else "rejected",
                ),
                feedback_received("2024-05-20", referral_id=f"R{number}"),
            )
        ]
        stores.told("asb:1", *opened_with(5, "2024-05-01"), *answered)
        stores.told("asb:2", *opened_with(4, "2024-05-01", OTHER))
        stores.told("asb:3", *opened_with(6, "2023-05-01"))
        lines = shown(stores, "SELECT * FROM dashboard.benchmark")
        told = {
            (line["year"], line["authority"] or line["scope"]): (
                plain(line["homes"]),
                plain(line["concerns"]),
                plain(line["concerns_per_1000_homes"]),
                plain(line["referrals_per_1000_homes"]),
                line["is_suppressed"],
            )
            for line in lines
        }
        assert told == {
            (2023, "all"): (1_000, 6, 6, 0, False),
            (2023, ONE): (1_000, 6, 6, 0, False),
            (2024, "all"): (4_000, 9, 2.25, 1.25, False),
            # Held back as well, or the total of 9 would tell the other.
            (2024, ONE): (2_000, None, None, 2.5, True),
            (2024, OTHER): (2_000, None, None, 0, True),
        }
        (mine,) = (line for line in lines if (line["year"], line["authority"]) == (2024, ONE))
        assert plain(mine["referrals_accepted_percent"]) == 40
        assert plain(mine["feedback_within_28_days_percent"]) == 100
        assert plain(mine["median_days_to_decision"]) == 3
        assert mine["invited_percent"] is None

    def test_percentages_out_of_few_are_held_back(self, stores: Stores) -> None:
        stores.told("asb:1", *opened_with(5, "2024-05-01"), meeting_held("2024-05-02"))
        for line in shown(stores, "SELECT * FROM dashboard.benchmark"):
            assert line["invited_percent"] is None
            assert line["is_suppressed"]
            assert line["homes"] is None
            assert line["concerns_per_1000_homes"] is None


class TestStaying:
    def test_a_rebuild_keeps_the_views_and_what_is_built_on_them(self, stores: Stores) -> None:
        stores.told("asb:1", *opened_with(1, "2024-03-01"))
        stores.admin("CREATE VIEW public.of_ours AS SELECT count(*) FROM dashboard.cases")
        before = shown(stores, "SELECT * FROM dashboard.facts")
        with closing(Session(stores.url)) as session:
            for model in dashboard.READ_MODELS:
                assert rebuild(session, model, clock).same, model.name
                assert rebuild(session, model, clock).same, model.name
        assert shown(stores, "SELECT * FROM dashboard.facts") == before
        assert stores.ask("SELECT * FROM public.of_ours") == (1,)
        stores.told("asb:2", *opened_with(1, "2024-03-01"))
        assert Figures(stores).by_month("new_cases") == {"2024-03": 2}
        assert stores.ask("SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_before'") == (0,)

    def test_views_that_others_read_do_not_hold_up_a_rebuild_for_good(self, stores: Stores) -> None:
        stores.told("asb:1", *opened_with(1, "2024-03-01"))
        with closing(Session(stores.url)) as session:
            caught_up(session, MODELS)
            reading = psycopg.connect(stores.url)
            reading.execute("SELECT * FROM dashboard.cases")
            rebuilding = threading.Thread(target=rebuild, args=(session, kpi_case, clock))
            rebuilding.start()
            waits = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"
            eventually(lambda: stores.ask(waits)[0], what="waiting for the reader")
            reading.close()
            rebuilding.join(30)
            assert not rebuilding.is_alive()
        assert len(shown(stores, "SELECT * FROM dashboard.cases")) == 1

    def test_rebuilds_at_once_do_not_wait_for_each_other_for_ever(self, stores: Stores) -> None:
        stores.told("asb:1", *opened_with(1, "2024-03-01"))
        with closing(Session(stores.url)) as session:
            caught_up(session, MODELS)
        done: list[bool] = []

        def build(name: str) -> None:
            with closing(Session(stores.url)) as session:
                done.append(rebuild(session, READ_MODELS[name], clock).same)

        names = ("kpi_case", "referrals", "reports", "case_state")
        threads = [threading.Thread(target=build, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert done == [True] * len(names)
        assert len(shown(stores, "SELECT * FROM dashboard.cases")) == 1

    def test_views_that_were_lost_come_back(self, stores: Stores) -> None:
        stores.told("asb:1", *opened_with(1, "2024-03-01"))
        stores.admin("DROP TABLE read_models.kpi_case_v2 CASCADE")
        stores.read_store.ensure_tables(MODELS)
        assert Figures(stores).by_month("new_cases") == {"2024-03": 1}

    def test_views_of_another_release_make_way(self, stores: Stores) -> None:
        stores.admin("DROP SCHEMA dashboard CASCADE")
        stores.admin("CREATE SCHEMA dashboard AUTHORIZATION case_timeline_service")
        stores.admin("GRANT USAGE ON SCHEMA dashboard TO case_timeline_dashboard")
        for view in ("facts", "of_old"):
            made = SQL("CREATE VIEW {} AS SELECT 1 AS other").format(Identifier("dashboard", view))
            with psycopg.connect(stores.url, autocommit=True) as connection:
                connection.execute("SET ROLE case_timeline_service")
                connection.execute(made)
        stores.read_store.ensure_tables(MODELS)
        assert {view.name for view in dashboard.describe(stores.url).views} == set(VIEWS)
        assert shown(stores, "SELECT * FROM dashboard.facts") == []

    def test_views_that_stand_are_left_alone(self, stores: Stores) -> None:
        asked = "SELECT string_agg(oid::text || xmin::text, ' ' ORDER BY oid) FROM pg_class"
        before = stores.ask(f"{asked} WHERE relkind = 'v'")
        with closing(ReadStore(stores.url)) as another:
            another.ensure_tables(MODELS)
        assert stores.ask(f"{asked} WHERE relkind = 'v'") == before

    def test_there_are_none_before_all_their_tables(self, database_url: str) -> None:
        with closing(ReadStore(database_url)) as read_store:
            read_store.ensure_tables([kpi_case])
            with closing(Session(database_url)) as session:
                assert rebuild(session, kpi_case, clock).same
            read_store.ensure_tables(MODELS)
        assert len(dashboard.describe(database_url).views) == len(VIEWS)
