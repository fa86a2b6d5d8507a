"""The documents say what the code says."""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from adapters.wire import decode
from domain.outcomes import Reason, Remark
from services.api.app import create_app
from services.reference.problems import with_problems
from services.settings import Settings

ROOT = Path(__file__).parents[2]
PUBLISHING = ROOT / "docs" / "publishing.md"
_PARAMETER = re.compile(r"\{[^}]*\}")


def test_the_guide_to_publishing_lists_every_reason_as_the_code_words_it() -> None:
    listed = re.search(
        r"<!-- reasons: begin.*?-->\n(.*?)<!-- reasons: end -->", PUBLISHING.read_text(), re.S
    )
    assert listed is not None
    rows = "".join(f"| `{reason.value}` | {reason.label}. |\n" for reason in Reason)
    assert listed[1] == f"| reason | meaning |\n|---|---|\n{rows}"


def test_the_guide_to_publishing_lists_every_remark_as_the_code_words_it() -> None:
    listed = re.search(
        r"<!-- remarks: begin.*?-->\n(.*?)<!-- remarks: end -->", PUBLISHING.read_text(), re.S
    )
    assert listed is not None
    rows = "".join(f"| `{remark.value}` | {remark.label}. |\n" for remark in Remark)
    assert listed[1] == f"| remark | meaning |\n|---|---|\n{rows}"


def test_the_event_shown_in_the_guide_is_understood() -> None:
    shown = re.search(r"```json\n(.*?)```", PUBLISHING.read_text(), re.S)
    assert shown is not None
    decoded = decode(shown[1].encode(), received_at=datetime(2024, 3, 2, 12, tzinfo=UTC))
    assert decoded.event.case_ref == json.loads(shown[1])["subject"]


def test_the_page_of_the_api_lists_every_problem_as_the_code_words_it() -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    assert page == with_problems(page), "make it anew: make docs"


def test_every_address_that_the_page_of_the_api_names_is_served() -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    paths = create_app().openapi()["paths"]
    served = {"/v1/openapi.json", *(_PARAMETER.sub("{}", path) for path in paths)}
    named = re.findall(r"(?:`|POST |GET )(/(?:v1/|healthz|readyz|metrics)[\w/{}.-]*)", page)
    assert len(named) > 20
    assert {_PARAMETER.sub("{}", path.rstrip("/")) for path in named} - served == set()


def test_links_between_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", ROOT / "examples" / "README.md"]
    documents += sorted((ROOT / "docs").glob("*.md"))
    for document in documents:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_links_to_a_part_of_a_document_lead_to_a_heading_there() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for document in documents:
        for target, part in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text()):
            page = document.parent / target if target else document
            assert part in _headings(page.read_text()), f"{document.name}: {target}#{part}"


def test_the_folders_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    for path in re.findall(r"`((?:domain|projections|adapters|services)/[\w./]*)`", text):
        named = ROOT / path
        assert named.exists() or named.with_suffix(".py").exists(), path


def test_every_setting_is_documented_as_the_code_says() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    listed = re.search(r"<!-- settings: begin.*?-->\n(.*?)<!-- settings: end -->", text, re.S)
    assert listed is not None
    assert listed[1] == "| `CASE_TIMELINE_...` | meaning | unless set |\n|---|---|---|\n" + "".join(
        f"| `{name.upper()}` | {_one_line(field.description)} | {_shown(field.default)} |\n"
        for name, field in Settings.model_fields.items()
    )


@cache
def _headings(page: str) -> frozenset[str]:
    text = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return frozenset(
        re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in found
    )


def _one_line(text: str | None) -> str:
    assert text, "a setting has no docstring"
    return " ".join(text.split())


def _shown(default: object) -> str:
    if isinstance(default, timedelta):
        return f"`{TypeAdapter(timedelta).dump_python(default, mode='json')}`"
    return "" if default is None else f"`{default}`"
