"""The reference of access as a page: who may do what, by which rule, and why."""

from collections.abc import Iterable, Iterator

from domain.access import (
    DENIALS,
    PERMITS,
    RULES,
    Action,
    Duty,
    Glass,
    Permit,
    Relation,
    ReviewGrant,
    Role,
    Rule,
)
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass
from services.reference.markdown import inline, link

_HEAD = """\
# Who may do what

The rules by which access is decided. This page is made from the code; after a change there, make it
anew with `make docs`.

Whatever is read or recorded over [HTTP](api.md) is decided by them at one gate: it looks up the
facts in the log of events, decides, and commits the record of access; only then is anything shown,
and without a record nothing is. What is denied reads like what is not there. The command line is
for operators and asks nobody: whoever may run it, or log in to PostgreSQL as the services do, sees
all.

Behind the gate there is a second belt. What is read for somebody is read by PostgreSQL's role
`case_timeline_reader`, to which row-level security shows the cases that are open to that somebody,
and no other, whatever the gate decided. It knows whose a case is, restrictions, conflicts of
interest, reviews and emergencies; what someone may do with a case, and what of it is masked, the
gate alone knows.

A decision rests on facts alone: the roles someone is granted, how near the case is to them, whether
it is restricted, whether they have a conflict of interest, whether it is granted to them for a
review, whether they broke the glass in an emergency, whether they said what it is for, and what
they ask to do. [Denials](#denials) come first: where one applies, nothing permits. Else what any of
the [permits](#permits) permits is permitted, and what none permits is denied. Someone with several
roles may do what any of them permits; the duties of every permit that applies count.

What is granted, who is kept out and what was opened in an emergency are events, which only this
service records: from [RoleGranted](events.md#rolegranted) to
[GlassReviewed](events.md#glassreviewed). They count from when they are recorded. A role for some
areas makes the cases there those of one's unit, and counts in that unit alone; who a case was given
to works on it as what they are, wherever they are.

Whatever is not shown of [personal data](codes.md#personalclass) is masked. An access record names
the rule that decided.

Sources are parts of the project's research on reliability and security: 2 is its list of threats
(T1 to T16), 7 is about people's rights over the record, 8 recommends who may do what.

"""


def access_reference() -> str:
    """Return the page as Markdown."""
    blocks = [
        f"{_HEAD}{_overview()}",
        "## Denials\n",
        *(block for denial in DENIALS for block in _rule(denial)),
        "## Permits\n",
        *(block for permit in PERMITS for block in (*_rule(permit), _terms(permit))),
        "## Otherwise\n",
        *(block for rule in RULES.values() if _is_neither(rule) for block in _rule(rule)),
    ]
    return "\n".join(blocks)


def _overview() -> str:
    rows = "".join(_row(action) for action in Action)
    return f"| to | by which permits |\n|---|---|\n{rows}"


def _row(action: Action) -> str:
    permits = [permit for permit in PERMITS if action in permit.actions]
    by = "; ".join(f"{_labels(permit.roles, Role)}: {link(permit.id)}" for permit in permits)
    return f"| {inline(action.label)} | {by} |\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"{rule.why}\n"
    yield f"Source: {rule.source}.\n"


def _terms(permit: Permit) -> str:
    rows = "".join(f"| {term} | {holds} |\n" for term, holds in _terms_of(permit) if holds)
    return f"| | |\n|---|---|\n{rows}"


def _terms_of(permit: Permit) -> Iterator[tuple[str, str]]:
    yield "who", _labels(permit.roles, Role)
    yield "to", _labels(permit.actions, Action)
    yield "where the case is", _unless_any(permit.relations, Relation)
    yield "where for a review it is", _unless_any(permit.grants, ReviewGrant)
    yield "where the glass is", _unless_any(permit.glasses, Glass)
    yield "who asks says", "what it is for" if permit.needs_purpose else ""
    reveals = permit.actions == {Action.REVEAL}
    yield "may be revealed" if reveals else "is shown", _labels(permit.shows, PersonalClass)
    yield "duties", _labels(permit.duties, Duty)


def _unless_any(values: Iterable[CodedList], of: type[CodedList]) -> str:
    named = set(values)
    return "" if named == set(of) else _labels(named, of)


def _labels(values: Iterable[CodedList], of: type[CodedList]) -> str:
    named = set(values)
    return "; ".join(inline(each.label).lower() for each in of if each in named)


def _is_neither(rule: Rule) -> bool:
    return rule not in (*DENIALS, *PERMITS)
