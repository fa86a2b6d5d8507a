"""People are told of problems in words of their own, and never what went wrong inside."""

from typing import Any

import pytest
from starlette.applications import Starlette

from services.api.problem_types import PROBLEMS
from services.api.problems import MEDIA_TYPE, Problem, answer_with
from services.web.environment import new_environment
from services.web.errors import problem_page
from services.web.page import Pages

BROWSER = (b"accept", b"text/html,*/*;q=0.8")


def _scope(path: str = "/cases", *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    app = Starlette()
    app.state.pages = Pages(new_environment(), "Cromwood Homes", demo=False)
    app.state.problem_page = problem_page
    return {"type": "http", "app": app, "path": path, "headers": headers, "method": "GET"}


@pytest.mark.parametrize("slug", PROBLEMS)
def test_there_is_a_page_for_every_problem(slug: str) -> None:
    answer = answer_with(Problem(slug), _scope("/cases", BROWSER))
    assert answer.media_type == "text/html"
    assert answer.status_code == PROBLEMS[slug].status
    assert b"<h1" in answer.body


@pytest.mark.parametrize(
    "headers", [(), ((b"accept", b"*/*"),), ((b"accept", b"application/json"),)]
)
def test_whoever_does_not_ask_for_a_page_gets_the_document(headers: Any) -> None:
    assert answer_with(Problem("not-found"), _scope("/cases", *headers)).media_type == MEDIA_TYPE


def test_the_number_of_a_fault_is_told_so_that_it_can_be_looked_up() -> None:
    answer = answer_with(Problem("internal-error", incident="0f3c"), _scope("/cases", BROWSER))
    assert b"<strong>0f3c</strong>" in answer.body


def test_the_page_says_when_to_come_back_to_programs_in_between_too() -> None:
    problem = Problem("rate-limited", headers={"Retry-After": "7"})
    assert answer_with(problem, _scope("/cases", BROWSER)).headers["retry-after"] == "7"


def test_why_something_is_not_permitted_is_told() -> None:
    problem = Problem("not-permitted", "Reviewers see only cases that they were granted.")
    assert b"Reviewers see only" in bytes(answer_with(problem, _scope("/", BROWSER)).body)
