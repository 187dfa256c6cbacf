"""The frozen types of Dateline: what a report is, what is read in it, and what is claimed.

Every offset is a half-open range of Unicode code points in the text of the report (`Report.text`).
Nothing here imports anything else of Dateline.
"""

from dateline.records.claim import (
    Claim,
    Participant,
    Place,
    Placement,
    Polarity,
    Predication,
    Quantity,
    Role,
    Status,
    Time,
    Timing,
)
from dateline.records.dossier import Contract, Dossier, Record, Stage
from dateline.records.errors import (
    ContractError,
    DatelineError,
    GazetteerError,
    KnowledgeError,
    ModelError,
    ReadingError,
    UsageError,
)
from dateline.records.report import Block, BlockKind, Debris, Flag, Quotation, Report
from dateline.records.source import Attribution, Manner, Source, SourceKind
from dateline.records.span import Evidence, Span
from dateline.records.syntax import (
    Entity,
    Mention,
    MentionLabel,
    Parse,
    Reference,
    Sentence,
    TimeExpression,
    Toponym,
)

__all__ = [
    "Attribution",
    "Block",
    "BlockKind",
    "Claim",
    "Contract",
    "ContractError",
    "DatelineError",
    "Debris",
    "Dossier",
    "Entity",
    "Evidence",
    "Flag",
    "GazetteerError",
    "KnowledgeError",
    "Manner",
    "Mention",
    "MentionLabel",
    "ModelError",
    "Parse",
    "Participant",
    "Place",
    "Placement",
    "Polarity",
    "Predication",
    "Quantity",
    "Quotation",
    "ReadingError",
    "Record",
    "Reference",
    "Report",
    "Role",
    "Sentence",
    "Source",
    "SourceKind",
    "Span",
    "Stage",
    "Status",
    "Time",
    "TimeExpression",
    "Timing",
    "Toponym",
    "UsageError",
]
