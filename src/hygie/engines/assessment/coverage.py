"""Do the units that pass weigh enough, exactly, and what is the least that would do?"""

from collections.abc import Collection, Sequence
from decimal import Decimal

from hygie.engines.assessment.findings import Finding, all_missing, later_phases, weakest
from hygie.engines.assessment.leaves import Place
from hygie.engines.assessment.ledger import Ledger
from hygie.engines.assessment.lines import LineCode
from hygie.engines.assessment.nodes import Coverage
from hygie.engines.assessment.types import Line, ParamValue, State, Unit

_SCALE = 10**12
_BEST_FIRST = (State.PASSED, State.STALE, State.CANNOT_TELL)
_PASSED = frozenset({State.PASSED})
_ONCE_RENEWED = frozenset({State.PASSED, State.STALE})
_AT_BEST = frozenset({State.PASSED, State.STALE, State.CANNOT_TELL})


class Scale:
    """Weighs sets of units against a threshold in whole numbers: nothing is ever rounded."""

    __slots__ = ("ledger", "threshold", "unknown")

    def __init__(self, threshold: Decimal, ledger: Ledger) -> None:
        numerator, denominator = threshold.as_integer_ratio()
        self.threshold = numerator * _SCALE // denominator
        self.ledger = ledger
        self.unknown = sum(weight is None for weight in ledger.weights)

    def weigh(self, states: Sequence[State], counted: Collection[State]) -> tuple[int, int]:
        """Give the known weight of the units in these states, and how many have none known."""
        weight, unknown = 0, 0
        for state, own in zip(states, self.ledger.weights, strict=True):
            if state in counted:
                if own is None:
                    unknown += 1
                else:
                    weight += own
        return weight, unknown

    def surely(self, weight: int, unknown: int) -> bool:
        """Tell whether the threshold is reached whatever the unknown weights are worth."""
        if unknown < self.unknown:
            return False  # a unit left out could outweigh all the others
        total = self.ledger.total
        if total == 0:
            return unknown > 0
        return weight * _SCALE >= self.threshold * total

    def maybe(self, weight: int, unknown: int) -> bool:
        """Tell whether the threshold is reached for some value of the unknown weights."""
        total = self.ledger.total
        if unknown:
            return self.threshold < _SCALE or weight == total
        return total > 0 and weight * _SCALE >= self.threshold * total

    def state(self, states: Sequence[State], touched: bool) -> State:
        """Give the state of a coverage from the states of its units.

        Args:
            states: one per unit, in the order of the ledger.
            touched: whether any fact of any unit was looked at.

        Returns:
            Passed, stale, cannot tell, failed, not tested or not applicable; never partial.

        Source: docs/engines/assessment.md §3.
        """
        if not states:
            return State.CANNOT_TELL
        if not touched:
            return State.NOT_TESTED
        if all(state is State.NOT_APPLICABLE for state in states):
            return State.NOT_APPLICABLE
        if self.ledger.total == 0 and not self.unknown:
            return State.CANNOT_TELL
        weight, unknown = 0, 0
        for reached in _BEST_FIRST:
            if reached in states:
                more, more_unknown = self.weigh(states, (reached,))
                weight, unknown = weight + more, unknown + more_unknown
                if self.surely(weight, unknown):
                    return reached
                if self.maybe(weight, unknown):
                    return State.CANNOT_TELL
        return State.FAILED

    def share(self, weight: int) -> Decimal:
        """Give a weight over the total, 0..1, rounded down: 65.9999 % never reads 66 %."""
        return Decimal(weight * _SCALE // self.ledger.total).scaleb(-12).normalize()

    def smallest_addition(self, states: Sequence[State]) -> tuple[int, ...]:
        """Choose the fewest units that would have to pass to reach the threshold.

        Args:
            states: one per unit; all weights known.

        Returns:
            Positions: the heaviest units first, then the lightest that suffices; empty when
            nothing is needed or nothing would do.

        Cost: O(n²) at worst, n units.
        """
        weights = self.ledger.weights
        free = sorted(
            (-weight, position)
            for position, (state, weight) in enumerate(zip(states, weights, strict=True))
            if weight and state not in (State.PASSED, State.NOT_APPLICABLE)
        )
        need = self.threshold * self.ledger.total - self.weigh(states, _PASSED)[0] * _SCALE
        chosen: list[int] = []
        while need > 0 and free:
            enough = [entry for entry in free if -entry[0] * _SCALE >= need]
            # The lightest that suffices; of equals, the first listed.
            pick = max(enough, key=lambda entry: (entry[0], -entry[1])) if enough else free[0]
            free.remove(pick)
            chosen.append(pick[1])
            need += pick[0] * _SCALE
        return tuple(chosen) if need <= 0 else ()


def coverage_finding(
    rule: Coverage, ledger: Ledger, parts: Sequence[Finding], place: Place
) -> Finding:
    """Add the findings of the units up to the finding of the whole.

    Args:
        rule: the coverage rule.
        ledger: the case, laid out.
        parts: one finding per unit of the ledger, in order, their lines two levels deeper.
        place: where the lines go.

    Returns:
        The finding: total first, then each unit with its own lines, then the smallest addition.

    Source: docs/engines/assessment.md §3.
    """
    scale = Scale(rule.threshold, ledger)
    states = [part.state for part in parts]
    touched = any(part.touched for part in parts)
    state = scale.state(states, touched)
    passed = [part for part in parts if part.state is State.PASSED]
    weighed = ledger.total > 0 and not scale.unknown
    measured = weighed and state not in (State.NOT_TESTED, State.NOT_APPLICABLE)
    lines = [_total_line(rule, scale, states, state, place)]
    for unit, part in zip(ledger.units, parts, strict=True):
        lines.append(_unit_line(scale, unit, part, place, weighed=weighed))
        lines.extend(part.lines)
    if measured and state is not State.PASSED:
        lines.extend(_addition_lines(rule, scale, states, place))
    settled = state in (State.PASSED, State.NOT_APPLICABLE)
    return Finding(
        state,
        touched,
        later=later_phases(parts, scale.state),
        known_as=weakest(passed if state is State.PASSED else parts),
        missing=() if settled else all_missing(parts),
        lines=lines,
        coverage=scale.share(scale.weigh(states, _PASSED)[0]) if measured else None,
        threshold=rule.threshold,
    )


def _total_line(
    rule: Coverage, scale: Scale, states: Sequence[State], state: State, place: Place
) -> Line:
    code, params = _total_words(rule, scale, states, state)
    return Line(code, params, state, place.unit, (), place.depth)


def _total_words(
    rule: Coverage, scale: Scale, states: Sequence[State], state: State
) -> tuple[LineCode, dict[str, ParamValue]]:
    count = len(states)
    if not states:
        return LineCode.COVERAGE_NO_UNIT, {"threshold": rule.threshold}
    if state is State.NOT_APPLICABLE:
        return LineCode.COVERAGE_NOT_APPLICABLE, {"units": count}
    params: dict[str, ParamValue] = {"units": count, "threshold": rule.threshold}
    if state is State.NOT_TESTED:
        return LineCode.COVERAGE_NO_FACT, params
    if scale.unknown:
        params["unknown"] = scale.unknown
        undecided = state is State.CANNOT_TELL
        return (
            LineCode.COVERAGE_WEIGHTS_UNKNOWN if undecided else LineCode.COVERAGE_DECIDED_ANYWAY,
            params,
        )
    if not scale.ledger.total:
        return LineCode.COVERAGE_TOTAL_ZERO, params
    return _share_words(rule, scale, states, state)


def _share_words(
    rule: Coverage, scale: Scale, states: Sequence[State], state: State
) -> tuple[LineCode, dict[str, ParamValue]]:
    weight, _ = scale.weigh(states, _PASSED)
    params: dict[str, ParamValue] = {
        "weight": as_weight(weight),
        "total": as_weight(scale.ledger.total),
        "share": scale.share(weight),
        "threshold": rule.threshold,
    }
    if state is State.PASSED:
        return LineCode.COVERAGE_REACHED, params
    if state is State.STALE:
        params["share_once_renewed"] = scale.share(scale.weigh(states, _ONCE_RENEWED)[0])
        return LineCode.COVERAGE_STALE, params
    if state is State.CANNOT_TELL:
        params["share_at_best"] = scale.share(scale.weigh(states, _AT_BEST)[0])
        return LineCode.COVERAGE_UNDECIDED, params
    return LineCode.COVERAGE_NOT_REACHED, params


def _unit_line(scale: Scale, unit: Unit, part: Finding, place: Place, *, weighed: bool) -> Line:
    params: dict[str, ParamValue] = {"unit": unit.label, "has": part.has, "lacks": part.lacks}
    code = LineCode.UNIT_WEIGHT_UNKNOWN
    if unit.weight is not None:
        params["weight"] = unit.weight
        code = LineCode.UNIT_WITHOUT_TOTAL
        if weighed:
            counted = part.state is State.PASSED
            code = LineCode.UNIT_COUNTED if counted else LineCode.UNIT_NOT_COUNTED
            numerator, denominator = unit.weight.as_integer_ratio()
            params["total"] = as_weight(scale.ledger.total)
            params["share"] = scale.share(numerator * _SCALE // denominator)
    return Line(code, params, part.state, unit.id, (), place.depth + 1)


def _addition_lines(
    rule: Coverage, scale: Scale, states: Sequence[State], place: Place
) -> list[Line]:
    chosen = scale.smallest_addition(states)
    if not chosen:
        return []
    added = sum(scale.ledger.weights[position] or 0 for position in chosen)
    params: dict[str, ParamValue] = {
        "units": tuple(scale.ledger.units[position].label for position in chosen),
        "count": len(chosen),
        "share": scale.share(scale.weigh(states, _PASSED)[0] + added),
        "threshold": rule.threshold,
    }
    code = LineCode.SMALLEST_ADDITION
    return [Line(code, params, State.PASSED, place.unit, (), place.depth + 1)]


def as_weight(scaled: int) -> Decimal:
    """Give a whole-number weight back in the unit of the activity, exactly."""
    whole, rest = divmod(scaled, _SCALE)
    return Decimal(whole) if not rest else Decimal(f"{whole}.{rest:012d}".rstrip("0"))
