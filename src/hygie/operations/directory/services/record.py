"""How does the answer of an audit become rows, a pack, and measurements?"""

import datetime as dt
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.sniff import FileType
from hygie.engines.directory.audit import AuditSettings
from hygie.engines.directory.exceptions import PointException
from hygie.engines.directory.facts import UNKNOWN
from hygie.engines.directory.packing import Packed, exposure_pack, facts_pack
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.selectors import document_named
from hygie.foundation.documents.services import document_store
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.services import journal_write
from hygie.operations.directory.answer import (
    exposure_as_data,
    points_as_data,
    privileged_count,
    sources_as_data,
    summary_of,
)
from hygie.operations.directory.choices import AuditState
from hygie.operations.directory.computing import (
    Computed,
    computed,
    exports_read,
    forest_of,
    krbtgt_age_days,
)
from hygie.operations.directory.errors import AuditUnderWay
from hygie.operations.directory.models import (
    AcceptedRisk,
    AuditSource,
    ChangeCost,
    DirectoryAudit,
    Forest,
    PointResult,
    TierZeroEdit,
)
from hygie.operations.directory.services.audits import exports_release
from hygie.operations.directory.services.measures import measures_record
from hygie.territory.perimeter import Perimeter

# Arrays of ours: zeros shrink a thousandfold, and a forest of a million objects is a gigabyte.
_PACK_LIMITS = Limits(
    max_bytes=4096 * MEGABYTE, max_uncompressed_bytes=16_384 * MEGABYTE, max_ratio=2_000,
    max_members=2_000,
)  # fmt: skip


def audit_compute(*, audit: DirectoryAudit, watch: Watch) -> Computed:
    """Read the exports of an audit and decide. Writes nothing.

    Raises:
        ExportUnreadable: an export cannot be used.
    """
    with ExitStack() as stack:
        files = [
            (stack.enter_context(document_named(export.document)), export.file_name)
            for export in audit.exports.all()
            if export.document is not None
        ]
        reading = exports_read(files, watch)
    forest = _forest_row(audit, *_identity(reading.exports))
    settings = settings_of(forest, is_whole_forest=not audit.is_collected_only)
    return computed(reading, settings, int(audit.created_at.timestamp()), watch)


def settings_of(forest: Forest | None, *, is_whole_forest: bool = True) -> AuditSettings:
    """What was decided about a forest, as the engine takes it; nothing for an unknown forest."""
    if forest is None:
        return AuditSettings(is_whole_forest=is_whole_forest)
    edits = TierZeroEdit.objects.filter(forest=forest).values_list("verb", "identifier")
    return AuditSettings(
        is_whole_forest=is_whole_forest,
        extra=tuple(identifier for verb, identifier in edits if verb == "add"),
        removed=tuple(identifier for verb, identifier in edits if verb == "remove"),
        exceptions=tuple(
            # The last day still counts.
            PointException(
                risk.point, risk.identifier or None, risk.reason,
                risk.expires_on + dt.timedelta(days=1),
            )
            for risk in AcceptedRisk.objects.filter(forest=forest, is_withdrawn=False)
        ),
        costs=dict(ChangeCost.objects.filter(forest=forest).values_list("action", "cost")),
    )  # fmt: skip


def audit_record(
    *, perimeter: Perimeter, audit: DirectoryAudit, computed: Computed
) -> DirectoryAudit:
    """Keep the answer: the row, its points and sources, its pack, its measurements.

    To be called in the transaction that ends the job.

    Raises:
        AuditUnderWay: it was recorded or failed meanwhile.
    """
    with transaction.atomic():
        held = DirectoryAudit.objects.select_for_update().get(pk=audit.pk)
        if held.state != AuditState.RUNNING:
            raise AuditUnderWay
        result = computed.result
        identity = forest_of(result, computed.reading.exports)
        held.forest = _forest_made(held, identity.root_sid, identity.name)
        _columns_fill(held, computed)
        held.pack = _pack_store(perimeter, held, computed) if result.objects else None
        held.state = AuditState.DONE
        held.save()
        _points_write(held, computed)
        _sources_write(held, computed)
        exports_release(held)
        measures_record(perimeter=perimeter, audit=held)
        journal_write(
            actor=perimeter.actor,
            action="directory_audit.recorded",
            object_type="directory_audit",
            object_id=held.pk,
            organisation_id=held.organisation_id,
            detail={
                "value": held.level_at_best,
                "effective_on": held.effective_on,
                "names": [export.file_name for export in held.exports.all()],
            },
        )
    return held


def _identity(exports: Any) -> tuple[str, str]:
    """Root SID and name told by the exports before they are merged; "" when several or none."""
    domains = {
        (facts.identifiers[index], facts.names[index])
        for export in exports
        if (facts := export.facts) is not None
        for index in np.flatnonzero(facts.rid == 519).tolist()
        for index in [int(facts.domain[index])]
        if index >= 0
    }
    return domains.pop() if len(domains) == 1 else ("", "")


def _forest_row(audit: DirectoryAudit, root_sid: str, _name: str) -> Forest | None:
    if not root_sid:
        return None
    return Forest.objects.filter(organisation_id=audit.organisation_id, root_sid=root_sid).first()


def _forest_made(audit: DirectoryAudit, root_sid: str, name: str) -> Forest:
    """The forest of this organisation: by the SID of its root, else by name."""
    rows = Forest.objects.filter(organisation_id=audit.organisation_id)
    shown = name[:255] or "?"
    found = rows.filter(root_sid=root_sid).first() if root_sid else None
    found = found or rows.filter(name__iexact=shown).first()
    if found is None:
        return Forest.objects.create(
            organisation_id=audit.organisation_id, root_sid=root_sid, name=shown,
            purpose=audit.purpose,
        )  # fmt: skip
    changed = []
    if root_sid and not found.root_sid:
        found.root_sid = root_sid
        changed.append("root_sid")
    if found.purpose != audit.purpose:
        found.purpose = audit.purpose
        changed.append("purpose")
    if changed:
        found.save(update_fields=changed)
    return found


def _columns_fill(row: DirectoryAudit, computed: Computed) -> None:
    result = computed.result
    controls = {point.id for point in computed.day.controls}
    verdicts = [verdict for verdict in result.verdicts if verdict.point in controls]
    row.effective_on = computed.effective_on
    row.level_at_best, row.level_at_worst = result.level.at_best, result.level.at_worst
    stated = [one.stated_level for one in computed.reading.exports if one.stated_level]
    if stated and not result.objects:
        # A level read in a report stands as it is: undecided points are those it does not cite.
        row.level_at_best = row.level_at_worst = min(stated)
    row.failing = sum(bool(verdict.failed_levels) for verdict in verdicts)
    row.undecided = len(result.level.undecided)
    row.objects_count = result.objects
    for name, value in (exposure_as_data(result) or {}).items():
        setattr(row, name, value)
    row.privileged = privileged_count(result.verdicts)
    row.krbtgt_age_days = krbtgt_age_days(result.merged.facts, computed.as_of)
    row.summary = summary_of(computed)


def _points_write(row: DirectoryAudit, computed: Computed) -> None:
    skipped = {"nature", "is_held_by_exceptions"}
    controls = {point.id for point in computed.day.controls}
    PointResult.objects.bulk_create(
        PointResult(
            audit=row, **{name: value for name, value in one.items() if name not in skipped}
        )
        for one in points_as_data(computed.result.verdicts, computed.day)
        if one["point"] in controls
    )


def _sources_write(row: DirectoryAudit, computed: Computed) -> None:
    AuditSource.objects.bulk_create(
        AuditSource(
            audit=row,
            position=one["position"],
            kind=one["kind"],
            name=one["name"][:200],
            tool=one["tool"][:80],
            collected_at=_instant(one["collected_on"]),
            counts=one["counts"],
            remarks=one["remarks"],
            stated_level=one["stated_level"],
        )
        for one in sources_as_data(computed)
    )


def _instant(seconds: int) -> dt.datetime | None:
    if seconds == UNKNOWN:
        return None
    return dt.datetime.fromtimestamp(min(seconds, int(timezone.now().timestamp())), dt.UTC)


def _pack_store(perimeter: Perimeter, row: DirectoryAudit, computed: Computed) -> Document:
    """Write the arrays beside the documents: they are backed up, verified and swept with them."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="pack-") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, array in _arrays(computed):
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(
                        member, np.ascontiguousarray(array), allow_pickle=False
                    )
        file.flush()
        file.seek(0)
        return document_store(
            stream=file, name=f"annuaire-{row.pk}.zip", allowed={FileType.ZIP},
            actor=perimeter.actor, limits=_PACK_LIMITS,
        )  # fmt: skip


def _arrays(computed: Computed) -> Iterator[tuple[str, Any]]:
    result = computed.result
    packed: Packed = facts_pack(result.facts) | exposure_pack(result.exposure)
    yield from packed.items()
    yield "tier_zero.reasons", result.tier_zero.reasons
    for verdict in result.verdicts:
        if len(verdict.objects):
            yield f"point.{verdict.point}", verdict.objects
        if len(verdict.excepted):
            yield f"excepted.{verdict.point}", verdict.excepted
