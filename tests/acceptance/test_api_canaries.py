"""Words that are planted as personal data, over NATS and HTTP, come up where they may and nowhere
else: in no log, metric, subject, header or problem document, and where people are hidden only when
that was revealed."""

import asyncio
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import psycopg
import pytest

from adapters.broker import BrokerLayout
from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.identity.demo import DEMO_CALLERS, DEMO_URL, DemoIssuer
from domain.events.registry import EVENT_TYPES
from domain.identity import case_id_of
from domain.personal import personal_fields
from domain.vocabulary.record import PersonalClass
from tests.integration.test_cli_serve import address_of
from tests.support.brokers import jetstream
from tests.support.messages import Message, body, example, message, with_data
from tests.support.processes import run, running
from tests.support.relays import GoneOut, gone_out
from tests.support.stories import (
    CASE_REF,
    SOURCE,
    TENANT,
    action_agreed,
    case_allocated,
    case_opened,
    communication_preference_recorded,
    concern_raised,
    incident_reported,
    person_involved,
    risk_assessed,
    vulnerability_recorded,
    warning_issued,
)
from tests.support.waiting import eventually

CANARY = "canary7f3a"
"""Every planted word begins with it."""
CANARIES = {kind: f"{CANARY}{kind.value}" for kind in PersonalClass}
ASKED = f"{CANARY}asked"
"""Planted where whoever asks puts something that does not belong there."""
MEMBER = f"{CANARY} Member"
"""Planted as the name of an unknown member; one that looks like any member's, such as `shoe_size`,
is told to the sender, who is to correct it."""
HIDDEN = (CANARIES[PersonalClass.LOCATION], CANARIES[PersonalClass.REPORTER])
RAW = re.compile(r"/v1/intake/\d+/message")
"""Where an administrator reads a message as it was received, which is on record as such."""

OTHER_REF = "asb:2024-0118"
ROLES = {name: {"staff": f"staff:{name}"} for name in list(DEMO_CALLERS)[:7]} | {
    "asb-system": {"role": "upstream", "publishes": SOURCE}
}
NOBODY = "housing-system"
"""Signs in, and holds no role."""
STRUCTURED = {"Content-Type": "application/cloudevents+json"}
BATCH = {"Content-Type": "application/cloudevents-batch+json"}
_SECONDS = 60


@dataclass
class System:
    """Every process there is, what they were asked, and what they answered."""

    settings: dict[str, str]
    nats_url: str
    database_url: str
    client: httpx.Client
    issuer: DemoIssuer
    logs: list[Path]
    answers: list[httpx.Response] = field(default_factory=list)
    _tokens: dict[str, str] = field(default_factory=dict)

    def token(self, who: str) -> str:
        """The token of someone, who signs in once."""
        if who not in self._tokens:
            self._tokens[who] = self.issuer.token_for(who)
        return self._tokens[who]

    def ask(self, who: str | None, method: str, path: str, **sent: Any) -> httpx.Response:
        """Ask as someone; None is without a token."""
        headers = dict(sent.pop("headers", {}))
        if who is not None:
            headers = {"Authorization": f"Bearer {self.token(who)}"} | headers
        answered = self.client.request(method, path, headers=headers, **sent)
        self.answers.append(answered)
        return answered

    def grants(self, name: str, granted: dict[str, str]) -> None:
        """Grant a role, at the command line."""
        options = {"role": name, "principal": f"{DEMO_URL}|{name}"} | granted
        named = [word for option, value in options.items() for word in (f"--{option}", value)]
        done = run(
            ["grant", *named, "--by", "staff:it", "--approved-by", "staff:head"], self.settings
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    data = tmp_path / "data"
    settings = {
        "CASE_TIMELINE_DATA_DIR": str(data),
        "CASE_TIMELINE_DEMO": "true",
        "CASE_TIMELINE_HTTP_PORT": "0",
        "CASE_TIMELINE_LOG_LEVEL": "DEBUG",
    }
    with ExitStack() as stack:
        nats = stack.enter_context(EmbeddedNats(data / "nats"))
        postgres = stack.enter_context(EmbeddedPostgres(data / "postgres"))
        nats_url, database_url = nats.start(), postgres.start()
        for command in (["migrate"], ["broker", "provision"]):
            done = run(command, settings)
            assert done.returncode == 0, done.stderr
        processes = [
            stack.enter_context(running([name], settings, tmp_path / f"{name}.log"))
            for name in ("serve", "ingest", "project", "relay")
        ]
        for process in processes:
            eventually(process.has_started, timeout=_SECONDS, what="a process starting")
        url = address_of(processes[0])
        client = stack.enter_context(httpx.Client(base_url=url, timeout=30, trust_env=False))
        issuer = DemoIssuer(data, lambda: datetime.now(UTC), database_url_configured=False)
        logs = [*(process.log for process in processes), nats.log, postgres.log]
        yield System(settings, nats_url, database_url, client, issuer, logs)


def planted(sent: Message, *, everywhere: bool = False) -> Message:
    """The same message with a word of its class in place of each personal text, or in every place.

    Who entered it and who leads stay who they are, so that people keep their cases.
    """
    marks = dict(personal_fields(EVENT_TYPES[sent["type"].split(".")[2]]))

    def replaced(value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return {
                name: replaced(each, f"{path}.{name}".strip(".")) for name, each in value.items()
            }
        if isinstance(value, list):
            return [replaced(each, path) for each in value]
        if not isinstance(value, str) or path in ("actor.id", "lead", "staff"):
            return value
        mark = marks.get(path)
        return CANARIES[mark.kind] if mark else ASKED if everywhere else value

    return sent | {"data": replaced(sent["data"], "")}


def the_case(ids: str = "c") -> Iterator[Message]:
    """A case in which there is personal data of every class, as it is meant to be told."""
    reporter = {"role": "Neighbour", "identity": CANARIES[PersonalClass.REPORTER]}
    home = CANARIES[PersonalClass.LOCATION]
    point = {"method": "phone", "address": home}
    told = (
        incident_reported("2024-03-01", reporter=reporter, account="What was seen."),
        case_opened("2024-03-02", authority="E09000001", property_ref=home),
        case_allocated("2024-03-03", lead="staff:officer"),
        concern_raised("2024-03-04", reporter=reporter, property_ref=home, narrative="A note."),
        person_involved("2024-03-05", name="A name", unidentified_description="Who it may be."),
        communication_preference_recorded("2024-03-06", safe_times=home, contact_points=(point,)),
        risk_assessed("2024-03-07"),
        action_agreed("2024-03-08"),
        vulnerability_recorded("2024-03-08", minimal_instruction="What helps."),
        warning_issued("2024-03-09", ground="What is alleged."),
    )
    for number, each in enumerate(told, 1):
        yield planted(message(each, f"{ids}-{number}"))


def everything_else() -> Iterator[Message]:
    """An event of each type on another case: as it should be, and with words in every place."""
    for number, event_type in enumerate(EVENT_TYPES.values()):
        sent = example(event_type) | {"subject": OTHER_REF, "source": SOURCE}
        yield planted(sent | {"id": f"good-{number}"})
        yield planted(sent | {"id": f"bad-{number}"}, everywhere=True)


def misplaced() -> Iterator[Message]:
    """What is wrong in itself, each with a word where it does not belong."""
    whole = message(incident_reported("2024-03-09"), "wrong")
    for member in ("id", "source", "type", "subject", "time", "specversion", "knowntime"):
        yield whole | {"id": f"wrong-{member}", member: ASKED}
    yield whole | {"id": "unknown-1", ASKED: "x"}
    yield with_data(whole, **{MEMBER: ASKED}) | {"id": "unknown-2"}
    yield whole | {"id": "unknown-3", "data": ASKED}
    yield whole | {"id": f"{ASKED} with spaces"}


def spoilt() -> Iterator[bytes]:
    """What is no event, or not even JSON."""
    yield f'{{"id": "{ASKED}", '.encode()
    yield f'{{"{ASKED}": 1, "{ASKED}": 2}}'.encode()
    yield f'["{ASKED}"]'.encode()
    yield f'"{ASKED}'.encode() + b"\xff"
    yield f'{{"id": "{ASKED}\\u0000"}}'.encode()


async def published(nats_url: str, bodies: list[bytes]) -> None:
    """Publish over NATS; the messages' ids, which are no business of the broker, hold a word."""
    async with jetstream(nats_url) as context:
        subject = BrokerLayout().subject_for(SOURCE)
        for number, each in enumerate(bodies):
            await context.publish(subject, each, headers={"Nats-Msg-Id": f"{ASKED}{number}"})


def publishes_over_http(system: System) -> None:
    """Publish good and bad events in every mode, by who may and by who may not."""
    post = partial(system.ask, "asb-system", "POST", "/v1/events")
    reused = next(the_case()) | {"time": "2024-02-01T09:00:00Z"}
    for sent in (*the_case("h"), *misplaced(), reused):
        post(content=body(sent), headers=STRUCTURED)
        attributes = {f"ce-{k}": quote(v) for k, v in sent.items() if k != "data"}
        post(content=body(sent["data"]), headers=attributes | {"Content-Type": "application/json"})
    post(content=body([*misplaced(), ASKED]), headers=BATCH)
    for content in spoilt():
        post(content=content, headers=STRUCTURED)
        post(content=content, headers={"Content-Type": f"text/{ASKED}"})
    for who in ("officer", NOBODY, None):
        system.ask(who, "POST", "/v1/events", content=body(next(the_case())), headers=STRUCTURED)


def records(system: System, case: str) -> None:
    """Have people record, rightly and wrongly."""
    concern = planted(message(concern_raised("2024-03-09"), "r-1"))
    sent = {
        "type": "ConcernRaised",
        "id": str(uuid4()),
        "time": concern["time"],
        "data": concern["data"],
    }
    sent["data"].pop("actor")
    wrong = sent | {"id": str(uuid4()), "data": sent["data"] | {MEMBER: ASKED, "channel": ASKED}}
    for who in ("officer", "safeguarding", "analyst", NOBODY, None):
        for told in (sent, wrong, sent | {"id": ASKED}, sent | {"type": ASKED}):
            system.ask(who, "POST", "/v1/cases", json=told)
            for match in ('"1"', ASKED):
                system.ask(who, "POST", f"{case}/events", json=told, headers={"If-Match": match})
            system.ask(who, "POST", "/v1/files/events", json=told | {"subject": f"person:{ASKED}"})


def reads(system: System, who: str | None, cases: list[str]) -> None:
    """Ask for whatever can be read, as it is meant to be asked and with words in wrong places."""
    paths = system.client.get("/v1/openapi.json").json()["paths"]
    values = {"ref": TENANT, "entry_id": "1", "name": "ConcernRaised", "figure": "open-cases"}
    why = {"Access-Purpose": "case-work", "Access-Reason": ASKED}
    odd = {"Access-Purpose": ASKED, "If-None-Match": ASKED, "X-Request-ID": ASKED, ASKED: ASKED}
    get = partial(system.ask, who, "GET")
    for path in (path for path, ways in paths.items() if "get" in ways and "stream" not in path):
        for case in cases if "{case_id}" in path else cases[:1]:
            named = {"case_id": case.rpartition("/")[2]} | values
            address = re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "1"), path)  # noqa: B023
            get(address, headers=why)
            get(address, params={"known_on": ASKED, "limit": ASKED, "before": ASKED}, headers=odd)
            get(address, params={"known_on": "2024-03-06", ASKED: ASKED})
        if "{" in path:
            get(re.sub(r"\{\w+\}", ASKED, path))
    entries = get("/v1/intake", params={"limit": 200}).json().get("entries", [])
    for entry in entries[:5]:
        get(f"/v1/intake/{entry['id']}")
        get(f"/v1/intake/{entry['id']}/message", headers=why)
        system.ask(who, "POST", f"/v1/intake/{entry['id']}/retry")
    post = partial(system.ask, who, "POST")
    for word in CANARIES.values():
        post("/v1/cases/search", json={"person": word, "reference": ASKED})
        post("/v1/properties/search", json={"property": word, ASKED: ASKED})
        post("/v1/properties/search", json={"property": word})
    post("/v1/intake/1/close", json={"reason": ASKED, ASKED: ASKED})


def reveals(system: System, who: str, case: str) -> None:
    """Reveal each class of each part, and ask for what there is not."""
    for part in ("case", "timeline", "people", "audit", ASKED):
        for kind in (*PersonalClass, ASKED):
            sent = {"field": kind, "part": part, "purpose": "case-work", "reason": ASKED}
            system.ask(who, "POST", f"{case}/reveal", json=sent)


def forged() -> Iterator[str]:
    """Tokens that are none, with words in them."""
    parts = {"alg": "none", "kid": ASKED}, {"sub": ASKED, "iss": ASKED}
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    yield ".".join([*encoded, ASKED])
    yield ASKED


def stream_opened(system: System, who: str) -> str:
    """Open the live stream from somewhere that is nowhere; return what comes first."""
    headers = {"Authorization": f"Bearer {system.token(who)}", "Last-Event-ID": ASKED}
    with system.client.stream("GET", "/v1/stream", headers=headers) as stream:
        return next(stream.iter_text())


def provoke_the_database(system: System) -> None:
    """Have statements fail whose text, parameters and rows hold words.

    PostgreSQL's own first line still quotes text that is cast to another type; no statement of ours
    casts what somebody sent.
    """
    with psycopg.connect(system.database_url, autocommit=True) as connection:
        for statement, values in (
            (f"SELECT 1 / 0 AS {ASKED}", ()),
            (
                "INSERT INTO case_timeline.access_record (principal, reason) VALUES (%s, %s)",
                (ASKED, ASKED),
            ),
        ):
            with pytest.raises(psycopg.Error) as failed:
                connection.execute(statement.encode(), values)
            del failed


def found_in(text: str | bytes) -> set[str]:
    """Every planted word in a text, with a little of what stands before it."""
    told = text if isinstance(text, str) else text.decode(errors="replace")
    return {found[0] for found in re.finditer(rf"(?i).{{0,60}}{CANARY}\w*", told)}


def test_the_scan_finds_what_is_there() -> None:
    assert found_in(f"a {ASKED.upper()} b") == {f"a {ASKED.upper()}"}
    assert found_in(b"\xff" + ASKED.encode())
    assert not found_in("a bird")


def test_what_is_personal_comes_up_where_it_may_and_nowhere_else(system: System) -> None:
    for name, granted in ROLES.items():
        system.grants(name, granted)
    case, other = (f"/v1/cases/{case_id_of(ref)}" for ref in (CASE_REF, OTHER_REF))
    sent = [body(each) for each in (*the_case(), *everything_else(), *misplaced())]
    asyncio.run(published(system.nats_url, [*sent, *spoilt()]))
    allocated = message(
        case_allocated("2024-03-04", lead="staff:officer"), "o-1", case_ref=OTHER_REF
    )
    asyncio.run(published(system.nats_url, [body(allocated)]))
    publishes_over_http(system)

    def taken_in() -> bool:
        states = system.ask("administrator", "GET", "/v1/projections").json()
        lag = sum(each["behind_events"] for each in states["read_models"])
        part = system.ask("officer", "GET", f"{other}/timeline")
        return lag == 0 and part.status_code in (200, 404) and states["head"] > len(ROLES) + 8

    eventually(taken_in, timeout=_SECONDS, what="everything taken in")
    records(system, case)
    for who in (*ROLES, NOBODY, None):
        reads(system, who, [case, other])
    reveals(system, "officer", case)
    for token in forged():
        system.ask(None, "GET", case, headers={"Authorization": f"Bearer {token}"})
    glass = {"ground": "visit-under-way", "reason": ASKED}
    system.ask("manager", "POST", f"{case}/break-glass", json=glass)
    system.ask("manager", "POST", f"{case}/break-glass", json=glass | {ASKED: ASKED})
    assert not found_in(stream_opened(system, "officer"))
    provoke_the_database(system)

    _assert_that_people_saw_what_they_may(system)
    _assert_that_answers_are_clean(system)
    _assert_that_subjects_are_clean(system)
    figures = system.client.get("/metrics").text
    assert "case_timeline_http" in figures
    assert not found_in(figures)
    for log in system.logs:
        told = log.read_text(errors="replace")
        assert told, log.name
        assert not found_in(told), log.name
        assert "Bearer" not in told, log.name
        assert "eyJ" not in told, log.name  # what every token begins with
    assert "division by zero" in system.logs[-1].read_text()


def _assert_that_people_saw_what_they_may(system: System) -> None:
    """Fails if what is looked for below could not have been found: nothing was there to leak."""
    read = {each.text for each in system.answers if each.is_success and not _is_reveal(each)}
    revealed = {each.text for each in system.answers if each.is_success and _is_reveal(each)}
    for kind in (PersonalClass.IDENTITY, PersonalClass.HEALTH, PersonalClass.NARRATIVE):
        assert any(CANARIES[kind] in text for text in read), kind
    assert any(CANARIES[PersonalClass.LOCATION] in text for text in revealed)
    statuses = {each.status_code for each in system.answers}
    assert {200, 201, 400, 401, 403, 404, 409, 415, 422} <= statuses


def _is_reveal(answered: httpx.Response) -> bool:
    path = answered.request.url.path
    return path.endswith("/reveal") or RAW.fullmatch(path) is not None


def _assert_that_answers_are_clean(system: System) -> None:
    found = {
        (each.request.method, each.request.url.path, each.status_code, word)
        for each in system.answers
        for word in _misplaced_in(each)
    }
    assert found == set()
    problems = [each for each in system.answers if each.is_error]
    assert {each.headers["content-type"] for each in problems} == {"application/problem+json"}
    assert all(each.status_code < 500 for each in problems)


def _misplaced_in(answered: httpx.Response) -> set[str]:
    """What stands in an answer and should not: in its headers, and in its body."""
    headers = found_in("\n".join(f"{name}: {value}" for name, value in answered.headers.items()))
    if answered.is_error:
        return headers | found_in(answered.content)
    if _is_reveal(answered):
        return headers
    return headers | {word for word in HIDDEN if word in answered.text}


def _assert_that_subjects_are_clean(system: System) -> None:
    def gone() -> list[GoneOut]:
        found = asyncio.run(gone_out(system.nats_url, BrokerLayout()))
        told = json.dumps([each.sent for each in found])
        return found if all(word in told for word in CANARIES.values()) else []

    for each in eventually(gone, timeout=_SECONDS, what="events of every class going out"):
        assert not found_in(f"{each.subject} {each.id}")
