"""Packs ↔ the engines: who reaches what by some relations, or once some changes are made?"""

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np

from hygie.engines.directory.audit import AuditResult, AuditSettings, WhatIf, what_if
from hygie.engines.directory.derive.draft import Unknowns
from hygie.engines.directory.facts import DirectoryFacts, EdgeTable
from hygie.engines.directory.merge import Merged
from hygie.engines.directory.packing import exposure_unpack, facts_unpack
from hygie.engines.directory.tier_zero import TierZero
from hygie.engines.directory.verdicts import CutPlan, LevelAnswer
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import Reach
from hygie.foundation.jobs.watch import Watch
from hygie.operations.directory.catalogue import catalogue
from hygie.operations.directory.computing import STAGES
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.selectors.packs import Pack, pack_of

_EDGES = ("source", "target", "kind", "flags")


def walked_edges(pack: Pack) -> EdgeTable:
    """The relations that paths use, as the audit kept them."""
    return EdgeTable(*(pack[f"walked.{name}"] for name in _EDGES))


def reach_kept(pack: Pack) -> Reach:
    """The paths that the audit found: to tier 0, by any relation."""
    step = pack["exposure.step"]
    edges = walked_edges(pack)
    # A path that is not there has no next object; index 0 is read for it, then put aside.
    after = edges.target[np.maximum(step, 0)] if len(edges) else np.zeros(len(step), np.int32)
    return Reach(pack["exposure.distance"], np.where(step < 0, -1, after).astype(np.int32), step)


def reach_by(pack: Pack, kinds: Collection[int], target: int | None) -> Reach:
    """Paths by some kinds of relations only, or to one object instead of tier 0.

    Args:
        kinds: relations that may be walked; all when empty.
        target: object to reach; tier 0 when None.

    Cost: O(objects + relations), about 0.5 s for a million objects and ten million relations.
    """
    edges = walked_edges(pack)
    keep = np.isin(edges.kind, list(kinds)) if kinds else None
    rows = csr_from_edges(
        len(pack["facts.kind"]), edges.source, edges.target, reverse=True, keep=keep
    )
    goal = np.flatnonzero(pack["exposure.tier_zero"]) if target is None else np.array([target])
    return reverse_reach(rows, goal.astype(np.int32))


def facts_kept(audit: DirectoryAudit) -> DirectoryFacts:
    """The stated facts of an audit.

    Raises:
        NoFacts: the audit holds verdicts only.
    """
    return facts_unpack(pack_of(audit), int(audit.summary["objects"]))


def result_kept(audit: DirectoryAudit) -> AuditResult:
    """The audit as the engine gave it, from its pack: facts, tier 0, exposure and level.

    Advice and verdicts are not in it: their figures are rows.
    """
    pack = pack_of(audit)
    whole = facts_unpack(pack)
    objects = int(audit.summary["objects"])
    merged = Merged(facts_unpack(pack, objects), {}, (), 0, ())
    reasons = pack["tier_zero.reasons"]
    level = LevelAnswer(
        audit.level_at_best or 0,
        audit.level_at_worst or 0,
        tuple(audit.summary["holding"]),
        tuple(audit.summary["undecided"]),
    )
    return AuditResult(
        merged=merged,
        facts=whole,
        objects=objects,
        tier_zero=TierZero(reasons > 0, reasons, ()),
        verdicts=(),
        level=level,
        exposure=exposure_unpack(pack),
        plan=CutPlan((), (), 0.0, True, {}),
        unknowns=Unknowns({}, {}),
        counts=audit.summary["counts"],
    )


def what_if_kept(
    audit: DirectoryAudit, keys: Sequence[str], settings: AuditSettings, watch: Watch
) -> WhatIf:
    """Level and exposure once chosen changes are made, decided as on the day of the audit.

    Raises:
        NoFacts: the audit holds verdicts only.
    """
    as_of = int(audit.summary["as_of"])
    day = catalogue().at(dt.date.fromisoformat(audit.summary["catalogue"]))
    return what_if(
        result_kept(audit),
        keys,
        as_of=as_of,
        catalogue=day,
        settings=settings,
        progress=lambda stage: watch.stage(STAGES[stage]),
    )
