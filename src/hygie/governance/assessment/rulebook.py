"""Which rules are in force, parsed once, and which facts do they look at?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hygie.engines.assessment.nodes import (
    PROOF_PREFIX,
    Coverage,
    Measure,
    Questionnaire,
    Rule,
    fact_codes,
    walk_rule,
)
from hygie.engines.assessment.rules import RuleError, parse_rule
from hygie.programme.models import Domain, Framework
from hygie.programme.selectors import (
    ReadyRule,
    assessable_of,
    frameworks_in_force,
    rules_of,
)

HELD_BY_CANDIDATE = "candidate"


@dataclass(slots=True)
class Chapter:
    """The rules of one framework, by requirement id.

    Attributes:
        rules: those that can be judged.
        asking: of these, the ones that also need the answers to their own questions.
        shared: of these, the ones that a group meets for its members: held by the candidate as a
            whole, without coverage of each member.
        unset: parameters that nobody has given yet.
        broken: why a rule edited here cannot be read.
        without: urn of the requirements that have no rule at all.
    """

    framework: Framework
    domain: Domain | None
    rules: dict[int, Rule] = field(default_factory=dict)
    asking: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)
    unset: dict[int, tuple[str, ...]] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    without: dict[int, str] = field(default_factory=dict)

    def plain(self, *, shared: bool) -> dict[int, Rule]:
        """Rules that facts alone decide, shared by the group or not."""
        return {
            pk: rule
            for pk, rule in self.rules.items()
            if pk not in self.asking and (pk in self.shared) is shared
        }

    def add(self, ready: ReadyRule, *, held_by_candidate: bool) -> None:
        """Put one requirement on its shelf."""
        if ready.missing:
            self.unset[ready.requirement_id] = ready.missing
            return
        if ready.rule is None:
            self.without[ready.requirement_id] = ready.urn
            return
        try:
            rule = parse_rule(ready.rule)
        except RuleError as error:
            self.broken[ready.requirement_id] = str(error)
            return
        self.rules[ready.requirement_id] = rule
        nodes = list(walk_rule(rule))
        if any(isinstance(node, Questionnaire) for node in nodes):
            self.asking.add(ready.requirement_id)
        if held_by_candidate and not any(isinstance(node, Coverage) for node in nodes):
            self.shared.add(ready.requirement_id)


@dataclass(slots=True)
class Rulebook:
    """Every current framework with its rules.

    Attributes:
        codes: indicators that some rule reads.
        dated: of these, the ones read through a window: older figures may decide.
        urns: requirement id → urn, of every assessable requirement in force.
    """

    chapters: list[Chapter]
    codes: frozenset[str]
    dated: frozenset[str]
    urns: dict[int, str]

    @classmethod
    def current(cls) -> "Rulebook":
        """Read the current frameworks; four queries."""
        frameworks = list(frameworks_in_force().select_related("domain"))
        chapters = {row.pk: Chapter(row, row.domain) for row in frameworks}
        nodes = {
            pk: (framework_id, held_at)
            for pk, framework_id, held_at in assessable_of(list(chapters)).values_list(
                "id", "framework_id", "held_at"
            )
        }
        urns: dict[int, str] = {}
        for ready in rules_of(list(chapters)):
            framework_id, held_at = nodes[ready.requirement_id]
            urns[ready.requirement_id] = ready.urn
            chapters[framework_id].add(ready, held_by_candidate=held_at == HELD_BY_CANDIDATE)
        rules = [rule for chapter in chapters.values() for rule in chapter.rules.values()]
        codes = {code for rule in rules for code in fact_codes(rule)}
        return cls(
            list(chapters.values()),
            frozenset(code for code in codes if not code.startswith(PROOF_PREFIX)),
            frozenset(code for rule in rules for code in _dated(rule)),
            urns,
        )


def asks_questions(data: Mapping[str, Any]) -> bool:
    """Whether a rule, as data, looks at the answers of a questionnaire; broken ones do not."""
    return any(key == "questionnaire" for key in _keys(data))


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key)
            yield from _keys(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _keys(item)


def _dated(rule: Rule) -> set[str]:
    return {
        node.indicator
        for node in walk_rule(rule)
        if isinstance(node, Measure) and node.window is not None
    }
