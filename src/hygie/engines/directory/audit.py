"""What does an audit say of these exports: points, level, exposure, advice, and what is unknown?"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from hygie.engines.directory.catalogue import CatalogueDay
from hygie.engines.directory.cuts import CutLimits, cut_plan
from hygie.engines.directory.derive.derivation import Derivation, derivation
from hygie.engines.directory.derive.draft import Limits, Unknowns
from hygie.engines.directory.exceptions import PointException
from hygie.engines.directory.exposure import AttackGraph, attack_graph, exposure
from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts
from hygie.engines.directory.level import level_of
from hygie.engines.directory.merge import Merged, merged
from hygie.engines.directory.points.decide import decide_all
from hygie.engines.directory.proof import ProofLimits, proven_plan
from hygie.engines.directory.tier_zero import TierZero, tier_zero
from hygie.engines.directory.verdicts import (
    Contradiction,
    CutPlan,
    Exposure,
    LevelAnswer,
    PointVerdict,
)
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, ObjectKind
from hygie.engines.directory.what_if import changed_facts
from hygie.engines.graph.types import Reach


class Stage(StrEnum):
    """What an audit is doing, in order."""

    MERGE = "merge"
    DERIVE = "derive"
    TIER_ZERO = "tier_zero"
    POINTS = "points"
    EXPOSURE = "exposure"
    CUTS = "cuts"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What the caller decides.

    Attributes:
        is_whole_forest: False judges the collected domains alone; True leaves open what a domain
            of the forest that was not collected could change.
        extra, removed: identifiers added to tier 0, or taken out of it.
        exceptions: accepted risks. costs: of changes, see `edges.cost_of`.
        limits: against hostile exports. advice, proof: how much of them is sought.
    """

    is_whole_forest: bool = True
    extra: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    exceptions: tuple[PointException, ...] = ()
    costs: Mapping[str, float] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    advice: CutLimits = field(default_factory=CutLimits)
    proof: ProofLimits = field(default_factory=ProofLimits)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """All that an audit says.

    Attributes:
        merged: facts of the exports together, contradictions, origins; n objects.
        facts: the same facts with facets after the n objects: what `exposure` indexes.
        objects: n. tier_zero: marks and reasons. verdicts: in the catalogue's order.
        level: with what is not known. exposure: who has a path. plan: proven advice.
        unknowns: what could not be examined for lack of facts.
        counts: objects by kind (`USER`), relations by kind (`MEMBER_OF`), derived ones
            (`+DCSYNC`), by member name.
    """

    merged: Merged
    facts: DirectoryFacts
    objects: int
    tier_zero: TierZero
    verdicts: tuple[PointVerdict, ...]
    level: LevelAnswer
    exposure: Exposure
    plan: CutPlan
    unknowns: Unknowns
    counts: Mapping[str, int]

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where exports tell one fact differently."""
        return self.merged.contradictions


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a directory stands: before a plan, or after it."""

    level: LevelAnswer
    verdicts: tuple[PointVerdict, ...]
    exposure: Exposure
    tier_zero: TierZero


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Effect of chosen changes. `made`, `unknown`: keys that meant something, or nothing."""

    before: Standing
    after: Standing
    made: tuple[str, ...]
    unknown: tuple[str, ...]


Progress = Callable[[Stage], None]


def _quiet(_stage: Stage) -> None:
    return None


def audit(
    exports: Sequence[DirectoryExport],
    *,
    as_of: int,
    catalogue: CatalogueDay,
    settings: AuditSettings | None = None,
    progress: Progress = _quiet,
) -> AuditResult:
    """Audit exports of one forest.

    Args:
        exports: in any order. as_of: instant to which ages are counted, seconds since 1970 UTC.
        catalogue: points of a day. settings: what the caller decides. progress: told each stage as
            it begins.

    Returns:
        The audit; the same arguments give the same answer.

    Cost: some seconds for 100 k objects, some tens for 1 M objects and 10 M relations.
    """
    chosen = settings or AuditSettings()
    progress(Stage.MERGE)
    together = merged(exports)
    work = _worked(together, as_of, catalogue, chosen, progress)
    progress(Stage.CUTS)
    plan = cut_plan(work.graph, work.reach, chosen.costs, chosen.advice)
    progress(Stage.PROOF)

    def again(facts: DirectoryFacts) -> tuple[AttackGraph, Reach]:
        found = derivation(facts, chosen.limits)
        return attack_graph(found, tier_zero(found, extra=chosen.extra, removed=chosen.removed))

    plan = proven_plan(
        plan, work.graph, together.facts, again, chosen.costs, chosen.advice.steps, chosen.proof
    )
    found = work.graph.found
    return AuditResult(
        merged=together,
        facts=found.facts,
        objects=found.objects,
        tier_zero=work.standing.tier_zero,
        verdicts=work.standing.verdicts,
        level=work.standing.level,
        exposure=work.standing.exposure,
        plan=plan,
        unknowns=found.unknowns,
        counts=_counts(found),
    )


def what_if(
    result: AuditResult,
    keys: Collection[str],
    *,
    as_of: int,
    catalogue: CatalogueDay,
    settings: AuditSettings | None = None,
    progress: Progress = _quiet,
) -> WhatIf:
    """Level and exposure before and after chosen changes.

    Args:
        result: the audit. keys: of changes, as `Change.key`. The rest: as given to `audit`.

    Returns:
        Both standings; the second one is what an audit of the changed facts would say.

    Cost: an audit without its advice.
    """
    before = Standing(result.level, result.verdicts, result.exposure, result.tier_zero)
    changed = changed_facts(result.merged.facts, keys, result.tier_zero.inside[: result.objects])
    together = replace(result.merged, facts=changed.facts)
    work = _worked(together, as_of, catalogue, settings or AuditSettings(), progress)
    return WhatIf(before, work.standing, changed.made, changed.unknown)


@dataclass(frozen=True, slots=True)
class _Work:
    standing: Standing
    graph: AttackGraph
    reach: Reach


def _worked(
    together: Merged,
    as_of: int,
    catalogue: CatalogueDay,
    settings: AuditSettings,
    progress: Progress,
) -> _Work:
    progress(Stage.DERIVE)
    found = derivation(together.facts, settings.limits)
    progress(Stage.TIER_ZERO)
    tier = tier_zero(found, extra=settings.extra, removed=settings.removed)
    progress(Stage.POINTS)
    inside = tier.inside[: found.objects]
    verdicts = decide_all(
        together,
        catalogue,
        as_of,
        inside,
        settings.exceptions,
        is_whole_forest=settings.is_whole_forest,
    )
    progress(Stage.EXPOSURE)
    graph, reach = attack_graph(found, tier)
    standing = Standing(level_of(verdicts, catalogue), verdicts, exposure(graph, reach), tier)
    return _Work(standing, graph, reach)


def _counts(found: Derivation) -> dict[str, int]:
    counts = {}
    objects = np.bincount(found.facts.kind[: found.objects], minlength=max(ObjectKind) + 1)
    stated = np.bincount(found.facts.edges.kind, minlength=256)
    derived = found.edges.flags & EdgeFlag.DERIVED > 0
    made = np.bincount(found.edges.kind[derived], minlength=256)
    for kind in ObjectKind:
        counts[kind.name] = int(objects[kind])
    for edge in EdgeKind:
        counts[edge.name] = int(stated[edge])
        counts[f"+{edge.name}"] = int(made[edge])
    return {name: count for name, count in counts.items() if count}
