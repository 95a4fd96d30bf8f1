"""Which explanation lines exist, and which parameters does each carry?"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class LineCode(StrEnum):
    """Closed list of explanation lines; `LINE_PARAMS` gives the parameters of each."""

    MEASURE_REACHED = "measure_reached"
    MEASURE_NOT_REACHED = "measure_not_reached"
    MEASURE_EXPIRED = "measure_expired"
    MEASURE_UNDETERMINED = "measure_undetermined"
    MEASURE_MISSING = "measure_missing"
    MEASURE_PLANNED = "measure_planned"
    MEASURE_TOO_OLD = "measure_too_old"
    MEASURE_TOO_LATE = "measure_too_late"
    MEASURE_WINDOW_NOT_OPEN = "measure_window_not_open"
    MEASURE_WINDOW_UNKNOWN = "measure_window_unknown"
    PROOF_FOUND = "proof_found"
    PROOF_REJECTED = "proof_rejected"
    PROOF_EXPIRED = "proof_expired"
    PROOF_UNDETERMINED = "proof_undetermined"
    PROOF_MISSING = "proof_missing"
    PROOF_PLANNED = "proof_planned"
    PROOF_TOO_OLD = "proof_too_old"
    PROOF_TOO_LATE = "proof_too_late"
    PROOF_WINDOW_NOT_OPEN = "proof_window_not_open"
    PROOF_WINDOW_UNKNOWN = "proof_window_unknown"
    ANSWERS_SUMMED = "answers_summed"
    ANSWERS_EXPIRED = "answers_expired"
    ANSWERS_MISSING = "answers_missing"
    UNIT_COUNTED = "unit_counted"
    UNIT_NOT_COUNTED = "unit_not_counted"
    UNIT_WITHOUT_TOTAL = "unit_without_total"
    UNIT_WEIGHT_UNKNOWN = "unit_weight_unknown"
    COVERAGE_REACHED = "coverage_reached"
    COVERAGE_NOT_REACHED = "coverage_not_reached"
    COVERAGE_STALE = "coverage_stale"
    COVERAGE_UNDECIDED = "coverage_undecided"
    COVERAGE_NO_FACT = "coverage_no_fact"
    COVERAGE_NOT_APPLICABLE = "coverage_not_applicable"
    COVERAGE_NO_UNIT = "coverage_no_unit"
    COVERAGE_TOTAL_ZERO = "coverage_total_zero"
    COVERAGE_WEIGHTS_UNKNOWN = "coverage_weights_unknown"
    COVERAGE_DECIDED_ANYWAY = "coverage_decided_anyway"
    SMALLEST_ADDITION = "smallest_addition"
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    CONDITION_MET = "condition_met"
    CONDITION_NOT_MET = "condition_not_met"
    CONDITION_OPEN = "condition_open"


_MEASURED = frozenset({"indicator", "value", "comparison", "bound", "date", "known_as"})
_FILED = frozenset({"document", "date", "known_as"})
_UNIT = frozenset({"unit", "has", "lacks"})
_SHARE = frozenset({"weight", "total", "share", "threshold"})
_ANSWERS = frozenset({"answered", "total", "passed", "partial", "failed", "date"})

LINE_PARAMS: Final[Mapping[LineCode, frozenset[str]]] = MappingProxyType(
    {
        LineCode.MEASURE_REACHED: _MEASURED,
        LineCode.MEASURE_NOT_REACHED: _MEASURED,
        LineCode.MEASURE_EXPIRED: _MEASURED | {"expired_on"},
        LineCode.MEASURE_UNDETERMINED: frozenset({"indicator", "date", "known_as"}),
        LineCode.MEASURE_MISSING: frozenset({"indicator"}),
        LineCode.MEASURE_PLANNED: frozenset({"indicator", "date"}),
        LineCode.MEASURE_TOO_OLD: frozenset({"indicator", "date", "opens_on", "closes_on"}),
        LineCode.MEASURE_TOO_LATE: frozenset({"indicator", "date", "closes_on"}),
        LineCode.MEASURE_WINDOW_NOT_OPEN: frozenset({"indicator", "opens_on"}),
        LineCode.MEASURE_WINDOW_UNKNOWN: frozenset({"indicator", "anchor"}),
        LineCode.PROOF_FOUND: _FILED,
        LineCode.PROOF_REJECTED: _FILED,
        LineCode.PROOF_EXPIRED: _FILED | {"expired_on"},
        LineCode.PROOF_UNDETERMINED: _FILED,
        LineCode.PROOF_MISSING: frozenset({"document"}),
        LineCode.PROOF_PLANNED: frozenset({"document", "date"}),
        LineCode.PROOF_TOO_OLD: frozenset({"document", "date", "opens_on", "closes_on"}),
        LineCode.PROOF_TOO_LATE: frozenset({"document", "date", "closes_on"}),
        LineCode.PROOF_WINDOW_NOT_OPEN: frozenset({"document", "opens_on"}),
        LineCode.PROOF_WINDOW_UNKNOWN: frozenset({"document", "anchor"}),
        LineCode.ANSWERS_SUMMED: _ANSWERS,
        LineCode.ANSWERS_EXPIRED: _ANSWERS | {"expired_on"},
        LineCode.ANSWERS_MISSING: frozenset(),
        LineCode.UNIT_COUNTED: _UNIT | {"weight", "total", "share"},
        LineCode.UNIT_NOT_COUNTED: _UNIT | {"weight", "total", "share"},
        LineCode.UNIT_WITHOUT_TOTAL: _UNIT | {"weight"},
        LineCode.UNIT_WEIGHT_UNKNOWN: _UNIT,
        LineCode.COVERAGE_REACHED: _SHARE,
        LineCode.COVERAGE_NOT_REACHED: _SHARE,
        LineCode.COVERAGE_STALE: _SHARE | {"share_once_renewed"},
        LineCode.COVERAGE_UNDECIDED: _SHARE | {"share_at_best"},
        LineCode.COVERAGE_NO_FACT: frozenset({"units", "threshold"}),
        LineCode.COVERAGE_NOT_APPLICABLE: frozenset({"units"}),
        LineCode.COVERAGE_NO_UNIT: frozenset({"threshold"}),
        LineCode.COVERAGE_TOTAL_ZERO: frozenset({"units", "threshold"}),
        LineCode.COVERAGE_WEIGHTS_UNKNOWN: frozenset({"unknown", "units", "threshold"}),
        LineCode.COVERAGE_DECIDED_ANYWAY: frozenset({"unknown", "units", "threshold"}),
        LineCode.SMALLEST_ADDITION: frozenset({"units", "count", "share", "threshold"}),
        LineCode.ALL_OF: frozenset({"met", "total"}),
        LineCode.ANY_OF: frozenset({"met", "total"}),
        LineCode.CONDITION_MET: frozenset(),
        LineCode.CONDITION_NOT_MET: frozenset(),
        LineCode.CONDITION_OPEN: frozenset(),
    }
)
