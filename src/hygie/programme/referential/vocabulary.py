"""Which words may a referential file use for units, kinds, levels, rooms and results?"""

from enum import StrEnum


class Status(StrEnum):
    """Whether a source was read that says so, or we inferred it."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"


class Unit(StrEnum):
    """What the number of an indicator counts."""

    BOOLEAN = "boolean"
    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    HOURS = "hours"
    LEVEL = "level"
    EUR = "eur"
    SCORE = "score"


class Direction(StrEnum):
    """Which way an indicator improves."""

    HIGHER = "higher"
    LOWER = "lower"


class Holder(StrEnum):
    """The kind of organisation an indicator is measured on."""

    ET = "et"
    EJ = "ej"
    GHT = "ght"
    ANY = "any"


class OrganisationKind(StrEnum):
    """The kinds of organisation a target may address."""

    NATION = "nation"
    REGION = "region"
    GHT = "ght"
    EJ = "ej"
    ET = "et"


class Rollup(StrEnum):
    """How the figure of a group is made from those of its members."""

    SUM = "sum"
    MEAN = "mean"
    ACTIVITY_MEAN = "activity_mean"
    HEADCOUNT_MEAN = "headcount_mean"
    WORST = "worst"
    SHARE = "share"  # of members where it is true
    NONE = "none"


class Sensitivity(StrEnum):
    """How far a document may travel by default."""

    INTERNAL = "internal"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"


class QuestionKind(StrEnum):
    """How many answers a question accepts."""

    UNIQUE_CHOICE = "unique_choice"
    MULTIPLE_CHOICE = "multiple_choice"


class Result(StrEnum):
    """What choosing an answer means for the requirement."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Relationship(StrEnum):
    """How our requirement stands to a node of another framework (ours … theirs)."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECT = "intersect"


class Effect(StrEnum):
    """Which way a measure moves an indicator."""

    RAISE = "raise"
    LOWER = "lower"


#: Where a figure comes from: `declared`, or the capability that measures it.
ROOMS: frozenset[str] = frozenset(
    {
        "declared",
        "governance/assessment",
        "governance/roadmap",
        "governance/funding",
        "governance/exercises",
        "governance/continuity",
        "governance/incidents",
        "resources/workforce",
        "resources/pooling",
        "resources/services",
        "resources/budget",
        "awareness/phishing",
        "awareness/learning",
        "awareness/gatherings",
        "operations/directory",
        "operations/exposure",
        "operations/vulnerabilities",
        "operations/interconnections",
        "operations/identities",
        "operations/backups",
        "operations/supervision",
        "operations/impact",
        "operations/recovery",
        "territory/estate",
        "progress/evidence",
        "progress/actions",
    }
)

#: Smallest and largest value a unit can hold; None = no limit.
UNIT_BOUNDS: dict[Unit, tuple[float, float | None]] = {
    Unit.BOOLEAN: (0, 1),
    Unit.PERCENT: (0, 100),
    Unit.COUNT: (0, None),
    Unit.DAYS: (0, None),
    Unit.HOURS: (0, None),
    Unit.LEVEL: (0, 5),
    Unit.EUR: (0, None),
    Unit.SCORE: (0, 100),
}
