"""The components of GOV.UK Frontend come in two packages, which may only move together: the npm
package that the style sheet is compiled from, and the Python package that makes the markup."""

import gzip
import json
import re
from functools import cache
from html.parser import HTMLParser
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

from services.web.assets import FOLDER
from services.web.environment import GOVUK, new_environment

FIXTURES = Path(__file__).parents[2] / "fixtures" / "govuk-frontend.json.gz"
HOW_MANY = 657

_ENVIRONMENT = new_environment()
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect"})


@cache
def _upstream() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(gzip.decompress(FIXTURES.read_bytes()))
    return told


class _Parsed(HTMLParser):
    """Elements with their attributes in order of name, and text without needless white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tokens: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: " ".join((value or "").split()) for name, value in attrs}
        self.tokens.append((tag, tuple(sorted(told.items()))))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.tokens.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := data.split():
            self.tokens.append(" ".join(words))


def _rendered(component: str, options: dict[str, Any]) -> str:
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    source = (
        f'{{% from "{GOVUK}/components/{component}/macro.html" import {name} %}}'
        f"{{{{ {name}(options) }}}}"
    )
    return _ENVIRONMENT.from_string(source).render(options=options)


@pytest.mark.parametrize("component", sorted(_upstream()["components"]))
def test_a_component_makes_the_markup_that_the_style_sheet_is_for(component: str) -> None:
    for fixture in _upstream()["components"][component]:
        made = _Parsed(_rendered(component, fixture["options"])).tokens
        assert made == _Parsed(fixture["html"]).tokens, fixture["name"]


def test_all_examples_of_the_upstream_package_are_compared() -> None:
    assert sum(len(each) for each in _upstream()["components"].values()) == HOW_MANY


def test_examples_style_sheet_and_python_package_are_of_the_same_version() -> None:
    version = _upstream()["version"]
    assert f"govuk-frontend {version}" in (FOLDER / "VERSIONS").read_text().splitlines()
    told = distribution(GOVUK).read_text("METADATA") or ""
    assert f"badge/GOV.UK%20Frontend-v{version}-" in told, "what it says of itself in its read-me"


def test_a_difference_in_markup_is_seen() -> None:
    button = '<button class="a  b" type="submit">Save  it</button>'
    same = '<button type="submit"\n class="a b">\n Save it</button>'
    assert _Parsed(button).tokens == _Parsed(same).tokens
    assert _Parsed(button).tokens != _Parsed(re.sub("a b", "a c", same)).tokens
