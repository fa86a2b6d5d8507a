"""The JSON answers of the commands. Their shape is stable: fields are added, never changed.

The rows of a case are those of its read models; docs/cli.md has an example of every answer.
"""

from services.cli.answers.attention import (
    Attention,
    RuleInForce,
    RuleParameter,
    Rules,
    StandingFlag,
)
from services.cli.answers.base import Answer, Item
from services.cli.answers.cases import (
    CaseFile,
    CaseView,
    PersonHistory,
    PropertyHistory,
    Register,
    case_view_of,
)
from services.cli.answers.changes import (
    CaseChanges,
    ChangedRow,
    ChangedView,
    CorrectedEntry,
    FieldChange,
)
from services.cli.answers.granting import Granted
from services.cli.answers.intake import (
    BrokerSums,
    ClosedEntry,
    Entry,
    Ledger,
    Reconciled,
    Retried,
    RetriedEntry,
)
from services.cli.answers.kpi import FactLine, FigureLine, Kpi, KpiCases
from services.cli.answers.projections import (
    ProjectionsStatus,
    ReadModelProgress,
    RebuiltModel,
    RebuiltModels,
)
from services.cli.answers.sending import (
    BrokerChecked,
    ImportedFile,
    ImportProblem,
    Migrated,
    Provisioned,
    PublishedFile,
    SimulatedCases,
)

__all__ = [
    "Answer",
    "Attention",
    "BrokerChecked",
    "BrokerSums",
    "CaseChanges",
    "CaseFile",
    "CaseView",
    "ChangedRow",
    "ChangedView",
    "ClosedEntry",
    "CorrectedEntry",
    "Entry",
    "FactLine",
    "FieldChange",
    "FigureLine",
    "Granted",
    "ImportProblem",
    "ImportedFile",
    "Item",
    "Kpi",
    "KpiCases",
    "Ledger",
    "Migrated",
    "PersonHistory",
    "ProjectionsStatus",
    "PropertyHistory",
    "Provisioned",
    "PublishedFile",
    "ReadModelProgress",
    "RebuiltModel",
    "RebuiltModels",
    "Reconciled",
    "Register",
    "Retried",
    "RetriedEntry",
    "RuleInForce",
    "RuleParameter",
    "Rules",
    "SimulatedCases",
    "StandingFlag",
    "case_view_of",
]
