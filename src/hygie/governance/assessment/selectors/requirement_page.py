"""What does the page of one requirement at one place show?"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hygie.engines.assessment.lines import LineCode
from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.lines import Said
from hygie.governance.assessment.models import Answer, RequirementStateChange
from hygie.governance.assessment.policies import may_file
from hygie.governance.assessment.selectors.requirements import (
    Explained,
    requirement_explain,
    requirement_history,
    vocabulary,
)
from hygie.programme.models import Indicator, Requirement, SecurityMeasure
from hygie.programme.selectors import (
    MappingLink,
    equivalents_of,
    mapping_links,
    measures_for_requirement,
)
from hygie.progress.models import Action, Evidence, Measurement
from hygie.progress.selectors.actions import actions_in
from hygie.progress.selectors.evidence import evidence_for_requirement, evidence_in
from hygie.progress.selectors.indicators import IndicatorLine, indicator_lines
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids, below, depth_at, may
from hygie.territory.perimeter import Depth, Perimeter, Right

_SHOWN = 50
_MONTHS = 12
_ADDITION = "smallest_addition"
_OPEN = 1  # depth up to which lines are read at once
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Source:
    """Where a line comes from: `kind` evidence, indicator or questionnaire, and its ids."""

    kind: str
    pk: int
    organisation_id: int = 0


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of explanation with what it rests on, and the finer lines that it sums up."""

    said: Said
    sources: tuple[Source, ...]
    inner: list["LineShown"] = field(default_factory=list)

    @property
    def indent(self) -> int:
        """How far the page sets it in."""
        return min(self.said.depth, _DEEPEST)

    @property
    def conditions(self) -> list["Condition"]:
        """What is asked of a member, condition by condition."""
        root = self.inner[0].said if self.inner else None
        if root is None:
            return []
        is_split = root.code == LineCode.ALL_OF
        top = root.depth + 1 if is_split else root.depth
        found: list[Condition] = []
        for line in self.inner[1:] if is_split else self.inner:
            if line.said.depth == top:
                found.append(Condition(line.said.state, line.said.code == LineCode.ANY_OF))
            if line.said.subject and found:
                found[-1].subjects.append(line.said.subject)
        return [condition for condition in found if condition.subjects]


@dataclass(slots=True)
class Condition:
    """One thing asked, and the documents or measures of which it wants one (or all)."""

    state: str
    is_choice: bool
    subjects: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MonthState:
    """The state at the end of one month."""

    month: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator of the rule: its latest value here, or the level that it is measured at."""

    indicator: Indicator
    line: IndicatorLine | None


@dataclass(frozen=True, slots=True)
class RequirementPage:
    """Everything the page shows; what names weak points is empty below full depth."""

    requirement: Requirement
    found: Explained | None
    state: str
    is_detailed: bool
    lines: list[LineShown]
    additions: list[str]
    proofs: list[Evidence]
    actions: list[Action]
    indicators: list[Measured]
    documents: list[str]
    measures: list[SecurityMeasure]
    mappings: list[MappingLink]
    history: list[RequirementStateChange]
    months: list[MonthState]
    may_record: bool
    may_file: bool

    @property
    def members(self) -> list[LineShown]:
        """Lines that weigh an entity."""
        return [line for line in self.lines if line.said.member]


def requirement_page(
    perimeter: Perimeter, place: Organisation, requirement: Requirement, today: dt.date
) -> RequirementPage:
    """Gather the page; about fifteen queries whatever is recorded.

    Raises:
        NotFound: the place is outside the perimeter.
    """
    found = requirement_explain(perimeter, place, requirement.pk, today)
    is_detailed = depth_at(perimeter, place) >= Depth.DETAIL
    said = found.lines if found else ()
    refs = _readable(perimeter, _sources([ref for line in said for ref in line.refs]))
    lines = _folded(
        LineShown(line, tuple(refs[ref] for ref in line.refs if ref in refs))
        for line in said
        if line.code != _ADDITION
    )
    state = found.state if found else StateChoice.NOT_TESTED.value
    history = list(requirement_history(perimeter, place, requirement.pk)[:_SHOWN])
    return RequirementPage(
        requirement=requirement,
        found=found,
        state=state,
        is_detailed=is_detailed,
        lines=lines,
        additions=[line.text for line in said if line.code == _ADDITION],
        proofs=_proofs(perimeter, place, requirement, refs.values()) if is_detailed else [],
        actions=_actions(perimeter, place, requirement) if is_detailed else [],
        indicators=_measured(perimeter, place, requirement, today) if is_detailed else [],
        documents=_documents(requirement),
        measures=list(measures_for_requirement(requirement)[:12]),
        mappings=mapping_links(requirement.urn)[:_SHOWN],
        history=history,
        months=months_of_states(history, state, today),
        may_record=is_detailed and may(perimeter, place, Right.RECORD),
        may_file=may_file(perimeter, place),
    )


def months_of_states(
    history: Iterable[RequirementStateChange], state: str, today: dt.date
) -> list[MonthState]:
    """State at the end of each of the last twelve months, oldest first, today's last.

    Before the first change on record, the state it left.
    """
    changes = sorted(history, key=lambda change: (change.on, change.pk))
    months: list[MonthState] = []
    first = today.replace(day=1)
    for _ in range(_MONTHS):
        end = (first + dt.timedelta(days=31)).replace(day=1)
        past = [change for change in changes if change.on < end]
        before = changes[0].previous if changes else state
        told = past[-1].state if past else (before or StateChoice.NOT_TESTED.value)
        months.append(MonthState(first, told if months else state))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return months[::-1]


def _folded(lines: Iterable[LineShown]) -> list[LineShown]:
    """The verdict and its parts; what lies below a part is folded into it."""
    shown: list[LineShown] = []
    for line in lines:
        if line.said.depth <= _OPEN or not shown:
            shown.append(line)
        else:
            shown[-1].inner.append(line)
    return shown


def _readable(perimeter: Perimeter, refs: dict[str, Source]) -> dict[str, Source]:
    """Without the proofs that count here and stay with the group that holds them."""
    cited = {source.pk for source in refs.values() if source.kind == "evidence"}
    if not cited:
        return refs
    may_read = set(evidence_in(perimeter).filter(pk__in=cited).values_list("pk", flat=True))
    return {
        ref: source
        for ref, source in refs.items()
        if source.kind != "evidence" or source.pk in may_read
    }


def _proofs(
    perimeter: Perimeter, place: Organisation, requirement: Requirement, refs: Iterable[Source]
) -> list[Evidence]:
    """Proofs that a line rests on, then those linked to the requirement or to an equivalent."""
    around = below(place, "organisation__") | Q(organisation_id__in=ancestor_ids(place))
    cited = [source.pk for source in refs if source.kind == "evidence"]
    linked = evidence_for_requirement(perimeter, _urns(requirement), around)
    found = {row.pk: row for row in evidence_in(perimeter).filter(around, pk__in=cited)[:_SHOWN]}
    found |= {row.pk: row for row in linked[:_SHOWN]}
    return sorted(found.values(), key=lambda row: (row.effective_on, row.pk), reverse=True)


def _actions(perimeter: Perimeter, place: Organisation, requirement: Requirement) -> list[Action]:
    rows = actions_in(perimeter).filter(
        below(place, "organisation__"), requirement_urn__in=_urns(requirement)
    )
    return list(rows[:_SHOWN])


def _urns(requirement: Requirement) -> list[str]:
    near = equivalents_of([requirement.urn]).get(requirement.urn, [])
    return [requirement.urn, *(carrier.urn for carrier in near)]


def _measured(
    perimeter: Perimeter, place: Organisation, requirement: Requirement, today: dt.date
) -> list[Measured]:
    codes = set(_named(requirement.rule, "indicator"))
    if not codes:
        return []
    here = {line.indicator_id: line for line in indicator_lines(perimeter, place, today)}
    rows = Indicator.objects.filter(code__in=codes, is_retired=False).order_by("code")
    return [Measured(row, here.get(row.pk)) for row in rows]


def _documents(requirement: Requirement) -> list[str]:
    """Kinds of document expected, in words."""
    words = vocabulary()
    wanted = [*requirement.documents, *_named(requirement.rule, "document")]
    return [words.code(f"proof:{kind}") for kind in dict.fromkeys(wanted)]


def _named(node: Any, key: str) -> Iterable[str]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == key and isinstance(value, str):
                yield value
            else:
                yield from _named(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from _named(item, key)


def _sources(refs: list[str]) -> dict[str, Source]:
    """References of lines as things to open; two queries at most."""
    found: dict[str, Source] = {}
    waiting: dict[str, dict[int, str]] = {"measurement": {}, "answer": {}}
    for ref in refs:
        kind, *ids = ref.split(":")
        if kind == "evidence":
            found[ref] = Source("evidence", int(ids[0]))
        elif kind in {"indicator", "members"}:
            found[ref] = Source("indicator", int(ids[0]), int(ids[1]))
        elif kind in waiting:
            waiting[kind][int(ids[0])] = ref
    if waiting["measurement"]:
        rows = Measurement.objects.filter(pk__in=waiting["measurement"])
        for pk, indicator_id, organisation_id in rows.values_list(
            "id", "indicator_id", "organisation_id"
        ):
            found[waiting["measurement"][pk]] = Source("indicator", indicator_id, organisation_id)
    if waiting["answer"]:
        answers = Answer.objects.filter(pk__in=waiting["answer"])
        for pk, questionnaire_id in answers.values_list("id", "questionnaire_id"):
            found[waiting["answer"][pk]] = Source("questionnaire", questionnaire_id)
    return found
