"""What would a FINESS extract do to the territory, and how is it done?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from hygie.connectors.finess.reader import FinessExtract
from hygie.connectors.finess.types import FinessRecord
from hygie.connectors.messages import Severity
from hygie.foundation.batches import batches
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Verb
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.policies import managed_region_ids
from hygie.territory.organisations.services.finess_merge import FinessMerge
from hygie.territory.organisations.services.lay import territory_hold, territory_lay
from hygie.territory.perimeter import Perimeter

# A list with fewer than this share of the structures known open is no complete list.
COMPLETE_SHARE = 0.8
_BATCH = 1_000


def finess_plan(
    *, perimeter: Perimeter, extract: FinessExtract, options: Mapping[str, Any], watch: Watch
) -> Plan:
    """What an extract would add, change and close; writes nothing but missing regions.

    Args:
        perimeter: who asks; regional administrators change their regions only.
        extract: an open extract.
        options: `complete` (what the extract omits is closed), `follow` (additions are followed).
        watch: told how many bytes are read.

    Returns:
        The plan; refused when `complete` is asked of a list that cannot be complete.

    Raises:
        NotAllowed: no territory to manage.
        FileRefused: the extract stops being readable.

    Cost: one pass, two reads of the database for 1,000 rows, memory bounded but for the numbers.
    """
    territory_lay()
    merge = _merge(perimeter, extract, options, writes=False)
    is_refused = not _run(merge, watch, options)
    return merge.planner.plan(_understood(merge), report=extract.report, is_refused=is_refused)


def finess_apply(
    *,
    perimeter: Perimeter,
    extract: FinessExtract,
    options: Mapping[str, Any],
    watch: Watch,
    plan_digest: str,
) -> Applied:
    """Do it, in the caller's transaction, whose journal line names the file.

    Raises:
        PlanOutdated: what was done is not what `plan_digest` stands for: roll back.
        NotAllowed, FileRefused: as `finess_plan`.

    Cost: as the plan, and two writes for 1,000 rows that change.
    """
    territory_hold()
    merge = _merge(perimeter, extract, options, writes=True)
    _run(merge, watch, options)
    applied = merge.planner.applied(plan_digest, report=extract.report, **_understood(merge))
    if any(applied.counts[verb] for verb in Verb):
        follow_up("territory_changed")
    return applied


def _merge(
    perimeter: Perimeter, extract: FinessExtract, options: Mapping[str, Any], *, writes: bool
) -> FinessMerge:
    return FinessMerge(
        planner=Planner(),
        extract=extract,
        writes=writes,
        follows=bool(options.get("follow")),
        region_ids=managed_region_ids(perimeter),
    )


def _run(merge: FinessMerge, watch: Watch, options: Mapping[str, Any]) -> bool:
    """The pass, then the closings; False when a complete list was asked of something else."""
    merge.run(_watched(merge.extract, watch))
    return _close_unlisted(merge, watch) if options.get("complete") else True


def _watched(extract: FinessExtract, watch: Watch) -> Iterator[FinessRecord]:
    """Records of the extract, with the bytes read told to the watch."""
    told = 0

    def progress(done: int, _total: int) -> None:
        nonlocal told
        watch.advance(done - told)
        told = done

    def cancelled() -> bool:
        watch.check()
        return False

    watch.stage(gettext_noop("Lecture et comparaison de l'extraction FINESS"), extract.size)
    yield from extract.records(progress=progress, cancelled=cancelled)


def _close_unlisted(merge: FinessMerge, watch: Watch) -> bool:
    """Close what a complete list omits, kind by kind.

    Returns:
        False, and closes nothing, when the extract has no date or lists too few structures.
    """
    if merge.extracted_on is None:
        merge.planner.note(Severity.ERROR, "finess_no_date")
        return False
    watch.stage(gettext_noop("Recherche des structures absentes de l'extraction"))
    kinds = [kind for kind in (OrganisationKind.EJ, OrganisationKind.ET) if merge.listed(kind)]
    if not all(_looks_complete(merge, kind) for kind in kinds):
        return False
    for kind in kinds:
        _close_kind(merge, kind, merge.extracted_on)
    return True


def _open(merge: FinessMerge, kind: OrganisationKind) -> Any:
    known = Organisation.objects.filter(kind=kind, closed_on__isnull=True)
    return known if merge.region_ids is None else known.filter(region_id__in=merge.region_ids)


def _looks_complete(merge: FinessMerge, kind: OrganisationKind) -> bool:
    known, listed = _open(merge, kind).count(), len(merge.listed(kind))
    if listed >= known * COMPLETE_SHARE:
        return True
    merge.planner.note(
        Severity.ERROR, "finess_not_complete", kind=kind.value, listed=listed, known=known
    )
    return False


def _close_kind(merge: FinessMerge, kind: OrganisationKind, extracted_on: dt.date) -> None:
    listed = merge.listed(kind)
    known = _open(merge, kind).order_by("code").values_list("pk", "code", "name", "seen_on")
    closing: list[int] = []
    for pk, code, name, seen_on in known.iterator(chunk_size=_BATCH):
        if code in listed or (seen_on and seen_on > extracted_on):
            continue
        merge.planner.plan_change(
            Verb.CLOSE, key=code, label=name, detail={"closed_on": [None, str(extracted_on)]}
        )
        closing.append(pk)
    if merge.writes:
        for batch in batches(closing, _BATCH):
            Organisation.objects.filter(pk__in=batch).update(
                closed_on=extracted_on, updated_at=timezone.now()
            )


def _understood(merge: FinessMerge) -> dict[str, Any]:
    extract = merge.extract
    return {
        "encoding": extract.encoding.name,
        "extracted_on": extract.metadata.extracted_on,
        "rows": sum(extract.kinds.values()),
        "records": ", ".join(f"{kind} : {count}" for kind, count in extract.kinds.most_common(5)),
    }
