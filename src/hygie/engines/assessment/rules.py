"""How is a rule written as data, and what is wrong with this one?"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from hygie.engines.assessment.nodes import (
    AllOf,
    Anchor,
    AnyOf,
    Bound,
    Comparison,
    Coverage,
    Measure,
    Proof,
    Questionnaire,
    Rule,
    When,
    Window,
    fact_codes,
    walk_rule,
)

__all__ = [
    "Rule",
    "RuleError",
    "RuleFault",
    "fact_codes",
    "parse_rule",
    "rule_as_data",
    "walk_rule",
]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ANCHORS = frozenset(anchor.value for anchor in Anchor)
_MAX_DEPTH = 12
_NUMBER_LIMIT = 1e15
_THRESHOLD_DECIMALS = 12


class RuleFault(StrEnum):
    """Closed list of the ways a rule can be wrong."""

    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    EMPTY_LIST = "empty_list"
    ONE_KEY_EXPECTED = "one_key_expected"
    UNKNOWN_RULE = "unknown_rule"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    BAD_CODE = "bad_code"
    BAD_NUMBER = "bad_number"
    BAD_THRESHOLD = "bad_threshold"
    BAD_DATE = "bad_date"
    ONE_COMPARISON_EXPECTED = "one_comparison_expected"
    EMPTY_WINDOW = "empty_window"
    WINDOW_REVERSED = "window_reversed"
    OPENS_TODAY = "opens_today"
    COVERAGE_IN_COVERAGE = "coverage_in_coverage"
    QUESTIONNAIRE_IN_COVERAGE = "questionnaire_in_coverage"
    TOO_DEEP = "too_deep"


class RuleError(ValueError):
    """A rule cannot be read: where in it, which fault, and the offending value as text."""

    def __init__(self, path: str, code: RuleFault, value: object = "") -> None:
        self.path = path
        self.code = code
        self.value = str(value)[:120]
        super().__init__(f"{path}: {code.value}" + (f" ({self.value})" if self.value else ""))


def parse_rule(data: Mapping[str, Any], path: str = "rule") -> Rule:
    """Read a rule written as a mapping (YAML or JSON).

    Args:
        data: one key, the kind of rule, and its content; dates as ISO text or `date`, the
            threshold preferably as text.
        path: how error paths begin.

    Returns:
        The same rule as frozen dataclasses, hashable and reusable for any number of cases.

    Raises:
        RuleError: with the path of the first fault, e.g. `rule.all[1].measure.indicator`.

    Source: docs/engines/assessment.md §1.
    """
    return _rule(data, path, 1, in_coverage=False)


def rule_as_data(rule: Rule) -> dict[str, Any]:
    """Write a rule as plain data that JSON and YAML can hold.

    Args:
        rule: any rule.

    Returns:
        A mapping that `parse_rule` reads back to an equal rule; dates and threshold as text.

    Source: docs/engines/assessment.md §1.
    """
    match rule:
        case Measure():
            content: dict[str, Any] = {
                "indicator": rule.indicator,
                rule.comparison.value: rule.bound,
            }
            return {"measure": content | _window_as_data(rule.window)}
        case Proof():
            return {"proof": {"document": rule.document} | _window_as_data(rule.window)}
        case Questionnaire():
            return {"questionnaire": {}}
        case Coverage():
            return {"coverage": {"threshold": str(rule.threshold), "of": rule_as_data(rule.of)}}
        case AllOf():
            return {"all": [rule_as_data(child) for child in rule.rules]}
        case AnyOf():
            return {"any": [rule_as_data(child) for child in rule.rules]}
        case When():
            return {"when": {"if": rule_as_data(rule.condition), "then": rule_as_data(rule.then)}}


def _rule(data: object, path: str, depth: int, *, in_coverage: bool) -> Rule:
    if depth > _MAX_DEPTH:
        raise RuleError(path, RuleFault.TOO_DEEP, _MAX_DEPTH)
    content = _mapping(data, path)
    if len(content) != 1:
        raise RuleError(path, RuleFault.ONE_KEY_EXPECTED, ", ".join(map(str, content)))
    kind, inner = next(iter(content.items()))
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise RuleError(path, RuleFault.UNKNOWN_RULE, kind)
    return reader(inner, f"{path}.{kind}", depth, in_coverage)


def _measure(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    comparisons = [comparison.value for comparison in Comparison]
    content = _fields(data, path, required=("indicator",), optional=("window", *comparisons))
    indicator = _code(content["indicator"], f"{path}.indicator")
    given = [name for name in comparisons if name in content]
    if len(given) != 1:
        raise RuleError(path, RuleFault.ONE_COMPARISON_EXPECTED, ", ".join(given))
    bound = _number(content[given[0]], f"{path}.{given[0]}")
    return Measure(indicator, Comparison(given[0]), bound, _window(content, path))


def _proof(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    content = _fields(data, path, required=("document",), optional=("window",))
    return Proof(_code(content["document"], f"{path}.document"), _window(content, path))


def _questionnaire(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    _fields(data, path)
    if in_coverage:
        raise RuleError(path, RuleFault.QUESTIONNAIRE_IN_COVERAGE)
    return Questionnaire()


def _coverage(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    content = _fields(data, path, required=("threshold", "of"))
    if in_coverage:
        raise RuleError(path, RuleFault.COVERAGE_IN_COVERAGE)
    threshold = _threshold(content["threshold"], f"{path}.threshold")
    return Coverage(threshold, _rule(content["of"], f"{path}.of", depth + 1, in_coverage=True))


def _all(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    return AllOf(_rules(data, path, depth, in_coverage))


def _any(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    return AnyOf(_rules(data, path, depth, in_coverage))


def _when(data: object, path: str, depth: int, in_coverage: bool) -> Rule:
    content = _fields(data, path, required=("if", "then"))
    condition = _rule(content["if"], f"{path}.if", depth + 1, in_coverage=in_coverage)
    return When(
        condition, _rule(content["then"], f"{path}.then", depth + 1, in_coverage=in_coverage)
    )


_READERS: Mapping[str, Callable[[object, str, int, bool], Rule]] = MappingProxyType(
    {
        "measure": _measure,
        "proof": _proof,
        "questionnaire": _questionnaire,
        "coverage": _coverage,
        "all": _all,
        "any": _any,
        "when": _when,
    }
)


def _rules(data: object, path: str, depth: int, in_coverage: bool) -> tuple[Rule, ...]:
    if not isinstance(data, list | tuple):
        raise RuleError(path, RuleFault.NOT_A_LIST, type(data).__name__)
    if not data:
        raise RuleError(path, RuleFault.EMPTY_LIST)
    return tuple(
        _rule(child, f"{path}[{position}]", depth + 1, in_coverage=in_coverage)
        for position, child in enumerate(data)
    )


def _mapping(data: object, path: str) -> Mapping[Any, Any]:
    if not isinstance(data, Mapping):
        raise RuleError(path, RuleFault.NOT_A_MAPPING, type(data).__name__)
    return data


def _fields(
    data: object, path: str, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    content = _mapping(data, path)
    for name in content:
        if name not in required and name not in optional:
            raise RuleError(f"{path}.{name}", RuleFault.UNKNOWN_FIELD)
    for name in required:
        if name not in content:
            raise RuleError(f"{path}.{name}", RuleFault.MISSING_FIELD)
    return content


def _code(value: object, path: str) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise RuleError(path, RuleFault.BAD_CODE, value)
    return value


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleError(path, RuleFault.BAD_NUMBER, value)
    # Compared, not tested with isfinite: an endless integer would overflow, NaN is refused too.
    if not -_NUMBER_LIMIT <= value <= _NUMBER_LIMIT:
        raise RuleError(path, RuleFault.BAD_NUMBER)
    return value


def _threshold(value: object, path: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise RuleError(path, RuleFault.BAD_THRESHOLD, value)
    try:
        # Through text, so that 0.66 read as a float is the 0.66 somebody wrote.
        threshold = Decimal(str(value))
    except InvalidOperation:
        raise RuleError(path, RuleFault.BAD_THRESHOLD, value) from None
    if not threshold.is_finite() or not 0 < threshold <= 1:
        raise RuleError(path, RuleFault.BAD_THRESHOLD, value)
    if threshold != round(threshold, _THRESHOLD_DECIMALS):
        raise RuleError(path, RuleFault.BAD_THRESHOLD, value)
    return threshold


def _window(content: Mapping[str, Any], path: str) -> Window | None:
    if "window" not in content:
        return None
    path = f"{path}.window"
    window = _fields(content["window"], path, optional=("from", "until"))
    if not window:
        raise RuleError(path, RuleFault.EMPTY_WINDOW)
    opens = _bound(window["from"], f"{path}.from") if "from" in window else None
    closes = _bound(window["until"], f"{path}.until") if "until" in window else None
    if opens is Anchor.AS_OF:
        # Such a window slides every day: what passes today would fail tomorrow by itself.
        raise RuleError(f"{path}.from", RuleFault.OPENS_TODAY)
    if type(opens) is date and type(closes) is date and opens > closes:
        raise RuleError(path, RuleFault.WINDOW_REVERSED, f"{opens} > {closes}")
    return Window(opens, closes)


def _bound(value: object, path: str) -> Bound:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        if value in _ANCHORS:
            return Anchor(value)
        if _ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise RuleError(path, RuleFault.BAD_DATE, value) from None
    raise RuleError(path, RuleFault.BAD_DATE, value)


def _window_as_data(window: Window | None) -> dict[str, Any]:
    if window is None:
        return {}
    bounds = {"from": window.opens, "until": window.closes}
    return {
        "window": {
            name: bound.value if isinstance(bound, Anchor) else bound.isoformat()
            for name, bound in bounds.items()
            if bound is not None
        }
    }
