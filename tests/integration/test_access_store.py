"""What decides about access outlives its connections."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import uuid4

import psycopg

from adapters.access_store.store import AccessStore

_END_ALL = """
SELECT pg_terminate_backend(pid, 10_000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def test_after_a_restart_of_the_server_the_first_question_is_answered(database_url: str) -> None:
    with closing(AccessStore(database_url)) as store, psycopg.connect(database_url) as server:
        at_once = Barrier(4)

        def hold(_: int) -> None:
            with store._pool.connection():
                at_once.wait(10)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(hold, range(4)))
        ended = server.execute(_END_ALL).fetchall()
        assert ended == [(True,)] * 4
        standing, found = store.facts("somebody", [case_id := uuid4()])
        assert standing.principal == "somebody"
        assert found[case_id].version == 0
