"""How does a version of the package's referential reach the database?"""

import hashlib
import json
from pathlib import Path

from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.programme.bridge import rows_of
from hygie.programme.models import ReferentialVersion
from hygie.programme.referential.content import Referential
from hygie.programme.referential.load import load_referential
from hygie.programme.services.care_frameworks import FrameworkWriter, care_mappings_write
from hygie.programme.services.rows import LoadReport, RowWriter
from hygie.programme.services.targets import targets_write
from hygie.territory.perimeter import Perimeter, Right


def referential_load(
    *, perimeter: Perimeter, path: Path | None = None, dry_run: bool = False
) -> LoadReport:
    """Load the referential: rows are added, refreshed or retired; nothing assessed is deleted.

    A row that an administrator edited keeps its values; the report shows what the version brings.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.
        path: folder of YAML files; the package's own by default.
        dry_run: report only.

    Returns:
        What was, or would be, added, changed, kept and retired.

    Raises:
        NotAllowed: the right is missing.
        ReferentialError: the files hold faults; all are listed and nothing is written.
    """
    if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed
    referential = load_referential(path)
    report = LoadReport()
    if dry_run:
        _write(referential, report, is_dry_run=True)
        return report
    with transaction.atomic():
        _write(referential, report, is_dry_run=False)
        _version_record(referential)
        if not report.is_empty:
            _told(perimeter, referential, report)
    return report


def _write(referential: Referential, report: LoadReport, *, is_dry_run: bool) -> None:
    rows = list(rows_of(referential))
    writer = RowWriter(report, is_dry_run=is_dry_run)
    for row in rows:
        writer.write(row)
    frameworks = FrameworkWriter(report, writer.found["domain"], is_dry_run=is_dry_run)
    for content in referential.frameworks:
        frameworks.write(content, referential.header.version)
    writer.finish()
    targets = {row.key: row.links["targets"] for row in rows if row.kind == "indicator"}
    targets_write(
        {str(code): wanted for code, wanted in targets.items()}, writer.found["indicator"],
        report, is_dry_run=is_dry_run,
    )  # fmt: skip
    care_mappings_write(referential, report, is_dry_run=is_dry_run)


def _version_record(referential: Referential) -> None:
    digest = hashlib.sha256(
        json.dumps([[r.kind, r.key, r.fields] for r in rows_of(referential)], default=str,
                   sort_keys=True).encode()
    ).hexdigest()  # fmt: skip
    header = referential.header
    ReferentialVersion.objects.filter(urn=header.urn).update(is_current=False)
    ReferentialVersion.objects.update_or_create(
        urn=header.urn, version=header.version, digest=digest, defaults={"is_current": True}
    )


def _told(perimeter: Perimeter, referential: Referential, report: LoadReport) -> None:
    journal_write(
        actor=perimeter.actor,
        action="referential.loaded",
        object_type="referential",
        object_id=referential.header.urn,
        detail={
            "version": referential.header.version,
            "added": len(report.added),
            "changed": len(report.changed),
            "kept": len(report.kept),
            "retired": len(report.retired),
        },
    )
    follow_up("referential_changed")
