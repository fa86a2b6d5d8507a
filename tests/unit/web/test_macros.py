"""The own components say what they are given, as text, in markup that can be found one's way in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from services.web.charts import Figure, Series, bar_chart, line_chart
from services.web.environment import new_environment
from services.web.listing import Address, Chosen, Paging, Sorting
from services.web.page import Link
from services.web.strip import Mark, strip_of

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'&"
THEN = datetime(2025, 2, 3, 14, 30, tzinfo=UTC)
ADDRESS = Address("/cases")

_ENVIRONMENT = new_environment()


class _Elements(HTMLParser):
    """The elements of some markup, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.found]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.found if found == tag]


def _made(file: str, names: str, source: str, **context: Any) -> _Elements:
    template = f'{{% from "macros/{file}.html" import {names} %}}{source}'
    return _Elements(_ENVIRONMENT.from_string(template).render(context))


def _called(call: str, inside: str = "{{ text }}") -> str:
    return f"{{% call {call} %}}{inside}{{% endcall %}}"


_TAKING_TEXT: dict[str, Callable[[str], _Elements]] = {
    "badge": lambda text: _made("badge", "badge", "{{ badge(text, 'red') }}", text=text),
    "tag": lambda text: _made("badge", "tag", "{{ tag(text) }}", text=text),
    "timeline": lambda text: _made(
        "timeline",
        "timeline, entry",
        _called(
            "timeline(text)",
            _called("entry(text, text, text, text, text, text, [(text, 'red')])"),
        ),
        text=text,
    ),
    "table": lambda text: _made(
        "table",
        "scrollable, header_cell, nothing, sortable_caption",
        "{{ nothing(text) }}{{ header_cell(text) }}{{ sortable_caption(text) }}"
        + _called("scrollable(text)"),
        text=text,
    ),
    "filter": lambda text: _made(
        "filter",
        "filter_form",
        _called("filter_form(text, [(text, [link])], text, text)"),
        text=text,
        link=Link(text, text),
    ),
    "navigation": lambda text: _made(
        "navigation",
        "sub_navigation",
        "{{ sub_navigation([link], '/', text) }}",
        text=text,
        link=Link(text, text),
    ),
    "tiles": lambda text: _made(
        "tiles",
        "tiles, tile",
        _called("tiles(text)", "{{ tile(text, text, text, text) }}"),
        text=text,
    ),
    "alert": lambda text: _made(
        "alert",
        "alert, time_banner",
        _called("alert('error', text)") + _called("time_banner(text)"),
        text=text,
    ),
    "identity bar": lambda text: _made(
        "identity_bar", "identity_bar", _called("identity_bar(text)"), text=text
    ),
    "due date": lambda text: _made(
        "dates", "due_date", "{{ due_date(then, text, true) }}", text=text, then=THEN
    ),
    "summary card": lambda text: _made(
        "summary",
        "summary_card, row",
        _called("summary_card(text, [link], anchor=text)", _called("row(text, text)")),
        text=text,
        link=Link(text, text),
    ),
    "bars": lambda text: _made(
        "charts",
        "bars",
        "{{ bars(chart, 'one') }}",
        chart=bar_chart(text, text, text, [Figure(text, 1, text, text)]),
    ),
    "lines": lambda text: _made(
        "charts",
        "lines",
        "{{ lines(chart, 'one') }}",
        chart=line_chart(text, text, [Series(text, [Figure(text, 1, text, text)])] * 2),
    ),
}


@pytest.mark.parametrize("component", _TAKING_TEXT)
def test_whatever_a_component_is_given_is_shown_as_text(component: str) -> None:
    plain, hostile = _TAKING_TEXT[component]("plain"), _TAKING_TEXT[component](HOSTILE)
    assert "plain" in plain.text
    assert HOSTILE[:20] in hostile.text
    assert hostile.tags == plain.tags
    assert [{*each} for _, each in hostile.found] == [{*each} for _, each in plain.found]


def test_a_timeline_is_a_list_whose_items_have_both_times_and_an_address() -> None:
    made = _made(
        "timeline",
        "timeline, entry",
        _called(
            "timeline('Events')",
            _called("entry('Concern raised', then|time_tag('3 February'), 'today', 'event-4')"),
        ),
        text=Markup("<p>More</p>"),
        then=THEN,
    )
    assert made.tags[:2] == ["ol", "li"]
    assert made.all("li")[0]["id"] == "event-4"
    assert made.all("time")[0]["datetime"] == "2025-02-03T14:30+00:00"
    assert "Happened 3 February Recorded today More" in made.text


def test_the_column_that_a_table_is_sorted_by_says_so_and_no_other() -> None:
    made = _made(
        "table",
        "header_cell",
        "{{ header_cell('Due', sorting, 'due') }}{{ header_cell('Risk', sorting, 'risk') }}"
        "{{ header_cell('Lead') }}",
        sorting=Sorting(ADDRESS, "due", True),
    )
    assert [each.get("aria-sort") for each in made.all("th")] == ["descending", None, None]
    assert [each["href"] for each in made.all("a")] == ["/cases?sort=due", "/cases?sort=risk"]


def test_a_wide_table_can_be_reached_and_scrolled_by_keyboard() -> None:
    made = _made("table", "scrollable", _called("scrollable('Cases')"), text="")
    region = made.all("div")[0]
    assert (region["tabindex"], region["role"], region["aria-label"]) == ("0", "region", "Cases")


@pytest.mark.parametrize(("number", "rels"), [(1, ["next"]), (7, ["prev", "next"]), (13, ["prev"])])
def test_there_is_no_page_before_the_first_or_after_the_last(number: int, rels: list[str]) -> None:
    paging = Paging(ADDRESS, number, 20, 243)
    made = _made("pagination", "pagination", "{{ pagination(paging) }}", paging=paging)
    assert [each["rel"] for each in made.all("a") if "rel" in each] == rels
    assert [each for each in made.all("a") if each.get("aria-current") == "page"]


def test_a_list_of_one_page_has_no_links_to_pages() -> None:
    made = _made(
        "pagination",
        "pagination, shown_line",
        "{{ pagination(paging) }}{{ shown_line(paging, 'case') }}",
        paging=Paging(ADDRESS, 1, 20, 0),
    )
    assert (made.tags, made.text) == (["p"], "0 cases")


def test_each_filter_chosen_is_a_link_that_takes_it_away() -> None:
    chosen = [Chosen("Risk", [Link("High", "/cases?risk=low"), Link("Low", "/cases?risk=high")])]
    made = _made(
        "filter", "filter_form", _called("filter_form('/cases', chosen)"), text="", chosen=chosen
    )
    assert [each["href"] for each in made.all("a")] == [
        "/cases",
        *(at for _, at in chosen[0].links),
    ]
    assert "Remove this filter: High" in made.text
    assert (made.all("form")[0]["method"], made.all("form")[0]["action"]) == (
        "get",
        "/cases#results",
    )


def test_a_form_without_chosen_filters_offers_none_to_take_away() -> None:
    made = _made("filter", "filter_form", _called("filter_form('/cases')"), text="")
    assert (made.all("a"), made.text) == ([], "Filter Choose filters Apply filters")


def test_the_part_of_a_case_that_is_shown_is_marked() -> None:
    links = [Link("Timeline", "/cases/1"), Link("People", "/cases/1/people")]
    made = _made(
        "navigation", "sub_navigation", "{{ sub_navigation(links, '/cases/1') }}", links=links
    )
    assert [each.get("aria-current") for each in made.all("a")] == ["page", None]


@pytest.mark.parametrize("variant", ["information", "success", "warning", "error"])
def test_an_alert_is_a_region_that_its_heading_names(variant: str) -> None:
    made = _made(
        "alert", "alert", _called("alert(variant, 'Restricted')"), text="", variant=variant
    )
    assert made.all("section")[0]["aria-label"] == "Restricted"
    assert made.all("path")[0]["d"]
    assert made.all("svg")[0]["aria-hidden"] == "true"


def test_a_value_says_which_event_set_it_where_one_did() -> None:
    cards = _called(
        "summary_card('State')", _called("row('Status', '#event-1')") + _called("row('Lead')")
    )
    made = _made("summary", "summary_card, row", cards, text="Open")
    assert [each["href"] for each in made.all("a")] == ["#event-1"]
    assert made.text.count("Open") == 2


def test_the_strip_is_one_image_with_a_name_and_a_description() -> None:
    strip = strip_of([Mark(THEN, THEN + timedelta(days=30), late=True)])
    made = _made("strip", "strip_figure", "{{ strip_figure(strip) }}", strip=strip)
    drawing = made.all("svg")[0]
    names = (drawing["aria-labelledby"] or "").split()
    assert drawing["role"] == "img"
    assert names == [made.all("title")[0]["id"], made.all("desc")[0]["id"]]
    assert len(made.all("path")) == 2
    assert "1 was recorded late" in made.text


def test_the_table_beside_a_chart_has_every_figure_and_leads_to_what_it_counts() -> None:
    figures = [Figure("High", 12, "12", "/cases?risk=high"), Figure("Low", 0, "None")]
    chart = bar_chart("Open cases", "Risk", "Cases", figures)
    made = _made("charts", "bars", "{{ bars(chart, 'risk') }}", chart=chart)
    assert made.all("svg")[0]["aria-describedby"] == made.all("table")[0]["id"]
    assert [each["href"] for each in made.all("a")] == ["/cases?risk=high"]
    assert made.text.endswith("Open cases Risk Cases High 12 Low None")
    assert made.text.startswith("Open cases")


def test_a_chart_of_nothing_says_so() -> None:
    empty = bar_chart("Open cases", "Risk", "Cases", [])
    made = _made("charts", "bars", "{{ bars(chart, 'risk') }}", chart=empty)
    assert made.text == "Open cases Nothing to show yet"


def test_no_component_styles_or_scripts_in_place() -> None:
    for made in (make("plain") for make in _TAKING_TEXT.values()):
        assert [each for _, each in made.found if "style" in each or "onclick" in each] == []
        assert "style" not in made.tags


def test_a_name_that_nobody_gave_fails_the_page_and_is_not_left_out() -> None:
    for source in ("{{ nobody }}", "{% if nobody %}{% endif %}", "{{ row.nothing }}"):
        with pytest.raises(UndefinedError):
            _ENVIRONMENT.from_string(source).render(row={})
