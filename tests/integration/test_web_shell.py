"""What every page comes with, and what browsers and programs are told of problems."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from domain.vocabulary.access import Role
from services.web.app import ROUTERS
from services.web.assets import ROOT
from services.web.signing_in.navigation import navigation_for, under
from tests.support.api import Served, served
from tests.support.web import signed_in

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NOWHERE = "/nowhere"
UNDER_NOTHING = {"", "static", "sign-in", "signed-in", "signed-out", "cases.csv"}
"""With what addresses begin that belong under no place: home, what is for everyone, a file."""


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        yield found


def test_a_browser_gets_a_page_where_a_program_gets_a_problem_document(api: Served) -> None:
    page = api.client.get(NOWHERE, headers=BROWSER)
    document = api.client.get(NOWHERE)
    assert (page.status_code, document.status_code) == (404, 404)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1" in page.text
    assert "Page not found" in page.text
    assert document.headers["content-type"] == "application/problem+json"
    assert document.json()["type"] == "/problems/not-found"


def test_the_api_answers_browsers_as_it_answers_programs(api: Served) -> None:
    for path in ("/v1/nowhere", "/v1/cases", "/metrics/nowhere"):
        answer = api.client.get(path, headers=BROWSER)
        assert answer.headers["content-type"] == "application/problem+json", path


def test_a_page_says_what_the_browser_may_do_with_it(api: Served) -> None:
    page = api.client.get(NOWHERE, headers=BROWSER)
    policy = page.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce
    assert f'<script nonce="{nonce[1]}">' in page.text
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"


def test_no_two_pages_have_the_same_nonce(api: Served) -> None:
    first, second = (api.client.get(NOWHERE, headers=BROWSER) for _ in range(2))
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]


def test_what_a_page_names_is_there_and_kept_for_a_year(api: Served) -> None:
    page = api.client.get(NOWHERE, headers=BROWSER).text
    asked = re.findall(rf'"({ROOT}/[^"]+)"', page)
    assert len(asked) == 4
    for path in asked:
        answer = api.client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_files_are_sent_as_they_are_or_compressed_as_the_browser_likes(api: Served) -> None:
    path = f"{ROOT}/app.css"
    plain = api.client.get(path, headers={"Accept-Encoding": "identity"})
    compressed = api.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert compressed.content == plain.content
    assert int(compressed.headers["content-length"]) * 4 < len(plain.content)
    assert plain.headers["content-type"] == "text/css; charset=utf-8"


def test_nothing_else_is_sent_from_there(api: Served) -> None:
    for path in ("SHA256SUMS", "../page.py", "%2e%2e/page.py", "/etc/passwd", ""):
        assert api.client.get(f"{ROOT}/{path}").status_code == 404, path
    assert api.client.get("/static/other/app.css").status_code == 404


def test_pages_and_files_are_not_described_as_part_of_the_api(api: Served) -> None:
    paths = api.client.get("/v1/openapi.json").json()["paths"]
    assert paths
    assert [
        path for path in paths if not path.startswith(("/v1/", "/healthz", "/readyz", "/metrics"))
    ] == []


def test_every_page_of_somebody_belongs_under_a_place_of_the_navigation() -> None:
    navigation = navigation_for(set(Role))
    contexts = iter_route_contexts([route for router in ROUTERS for route in router.routes])
    paths = {each.path for each in contexts if each.path and "GET" in (each.methods or ())}
    own = {path for path in paths if path.split("/")[1] not in UNDER_NOTHING}
    assert own
    assert {path for path in own if under(path, navigation) is None} == set()


@pytest.mark.parametrize(
    ("who", "path", "place"),
    [
        ("safeguarding", "/people", "Reports"),
        ("safeguarding", "/reports/benchmark", "Reports"),
        ("safeguarding", "/attention", "Actions"),
        ("safeguarding", "/glossary", "Review"),
        ("safeguarding", "/concerns/new/1", "Raise a concern"),
        ("officer", "/people", "Cases"),
        ("officer", "/", None),
    ],
)
def test_the_place_that_a_page_belongs_under_is_marked_in_the_navigation(
    api: Served, who: str, path: str, place: str | None
) -> None:
    api.has(who)
    with signed_in(api, who) as somebody:
        page = somebody.get(path).text
    marked = re.findall(
        r'<a[^>]*service-navigation[^>]*aria-current="true"[^>]*>(.*?)</a>', page, re.S
    )
    assert [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in marked] == [place] * bool(place)


def test_the_place_that_is_the_page_itself_is_marked_as_such(api: Served) -> None:
    api.has("officer")
    with signed_in(api, "officer") as officer:
        page = officer.get("/cases").text
    assert re.findall(r'href="([^"]+)" aria-current="page"', page) == ["/cases"]
