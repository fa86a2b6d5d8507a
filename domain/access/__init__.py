"""Who may do what: a pure decision over facts, by a table of rules that says why."""

from domain.access.deciding import PERMITS, RULES, Decision, decide
from domain.access.denials import DENIALS
from domain.access.facts import (
    Action,
    Duty,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
)
from domain.access.rule import Denial, Permit, Rule
from domain.vocabulary.access import Role

__all__ = [
    "DENIALS",
    "PERMITS",
    "RULES",
    "Action",
    "Decision",
    "Denial",
    "Duty",
    "Glass",
    "Permit",
    "Relation",
    "Request",
    "Restriction",
    "ReviewGrant",
    "Role",
    "Rule",
    "decide",
]
