"""What somebody wrote while their session ended comes back to them, and to nobody else."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.support.api import Served, served
from tests.support.web import browser, signed_in

FORM = "/concerns/new/1"
WRITTEN = "She said \"no\".\r\nThen <script>alert('x')</script> & {{7*7191}} was heard."


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as running:
        running.has("officer")
        yield running


@pytest.fixture
def ended(api: Served) -> Iterator[httpx.Client]:
    """A browser whose session has ended."""
    with signed_in(api, "officer") as client:
        api.guarded.feed.clock.goes(minutes=31)
        yield client


def kept(answer: httpx.Response, name: str) -> list[str]:
    found = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', answer.text)
    return [unescape(value) for value in found]


def test_it_comes_back_as_it_was_written(ended: httpx.Client) -> None:
    sent = {"concern": WRITTEN, "several": ["a", "b"], "later": "yes"}
    answer = ended.post(f"{FORM}?back=check", data=sent)

    assert answer.status_code == 403
    assert answer.headers["cache-control"] == "no-store"
    assert f'action="{FORM}?back=check"' in answer.text
    assert kept(answer, "concern") == [WRITTEN]
    assert kept(answer, "several") == ["a", "b"]
    assert kept(answer, "later") == ["yes"]
    assert "alert('x')" not in answer.text
    assert "Files are not kept" not in answer.text


def test_it_is_recorded_nowhere_before_they_are_signed_in(api: Served, ended: httpx.Client) -> None:
    ended.post(FORM, data={"concern": WRITTEN})
    with signed_in(api, "officer") as again:
        assert "No drafts kept" in again.get("/drafts").text


def test_a_file_is_to_be_chosen_again(ended: httpx.Client) -> None:
    file = {"content_hash": ("letter.txt", b"What was sent.")}
    answer = ended.post(FORM, data={"concern": "Noise"}, files=file)

    assert kept(answer, "concern") == ["Noise"]
    assert "Files are not kept" in answer.text
    assert "What was sent." not in answer.text


def test_another_site_gets_nothing_sent_in_their_name(ended: httpx.Client) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = ended.post(FORM, data={"concern": WRITTEN}, headers=foreign)

    assert "Send what I wrote" not in answer.text
    assert kept(answer, "concern") == []


def test_it_comes_back_where_nobody_is_known_to_have_been_signed_in(api: Served) -> None:
    with browser(api) as nobody:
        answer = nobody.post(FORM, data={"concern": WRITTEN})
    assert answer.status_code == 403
    assert kept(answer, "concern") == [WRITTEN]


def test_who_wrote_nothing_is_sent_to_sign_in(ended: httpx.Client) -> None:
    answer = ended.post(FORM)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
