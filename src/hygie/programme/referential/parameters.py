"""Which rule does a requirement really have, once the values no source gives are set?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from hygie.programme.referential.faults import Where


@dataclass(frozen=True, slots=True)
class Reference:
    """A name found in a rule. `kind` is `indicator`, `document` or `parameter`."""

    kind: str
    name: str
    where: Where
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class ResolvedRule:
    """A rule with its parameters replaced; `rule` is None while `missing` is not empty."""

    rule: dict[str, JsonValue] | None
    missing: tuple[str, ...]


def resolve_rule(rule: Mapping[str, JsonValue], values: Mapping[str, float | None]) -> ResolvedRule:
    """Replace each `{parameter: NAME}` of a rule by its value.

    Args:
        rule: the rule as written in the referential.
        values: value by parameter name; None or absent = not set yet.

    Returns:
        The rule ready for the assessment engine, or None and the names of the parameters to set.
        A requirement whose rule is None answers `cannot_tell`.
    """
    missing: dict[str, None] = {}
    resolved = _substitute(dict(rule), values, missing)
    if missing or not isinstance(resolved, dict):
        return ResolvedRule(None, tuple(missing))
    return ResolvedRule(resolved, ())


def _substitute(
    node: JsonValue, values: Mapping[str, float | None], missing: dict[str, None]
) -> JsonValue:
    if isinstance(node, list):
        return [_substitute(item, values, missing) for item in node]
    if not isinstance(node, dict):
        return node
    name = parameter_name(node)
    if name is None:
        return {key: _substitute(item, values, missing) for key, item in node.items()}
    value = values.get(name)
    if value is None:
        missing[name] = None
    return value


def parameter_name(node: JsonValue) -> str | None:
    """The name in `{parameter: NAME}`, None for anything else."""
    if isinstance(node, dict) and set(node) == {"parameter"}:
        return str(node["parameter"])
    return None


def references_of(node: JsonValue, where: Where = ()) -> Iterator[Reference]:
    """Every indicator, document kind and parameter a rule names, with its place in the rule."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from references_of(item, (*where, index))
        return
    if not isinstance(node, dict):
        return
    name = parameter_name(node)
    if name is not None:
        yield Reference("parameter", name, where)
        return
    for key, item in node.items():
        yield from _leaf(key, item, (*where, key))
        yield from references_of(item, (*where, key))


def _leaf(key: str, item: JsonValue, where: Where) -> Iterator[Reference]:
    if key == "measure" and isinstance(item, dict) and "indicator" in item:
        bounds = [item[k] for k in ("at_least", "at_most", "equals") if k in item]
        bound = bounds[0] if len(bounds) == 1 else None
        number = float(bound) if isinstance(bound, int | float) else None
        yield Reference("indicator", str(item["indicator"]), (*where, "indicator"), number)
    if key == "proof" and isinstance(item, dict) and "document" in item:
        yield Reference("document", str(item["document"]), (*where, "document"))
