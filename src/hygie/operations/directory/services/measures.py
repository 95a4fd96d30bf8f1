"""Which measurements does an audit leave where the assessment reads them?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hygie.operations.directory.choices import AuditState, ForestPurpose
from hygie.operations.directory.models import DirectoryAudit, Forest, PointResult
from hygie.programme.models import Indicator
from hygie.programme.selectors import indicators
from hygie.progress.choices import Knowledge
from hygie.progress.services.measurements import NewMeasurement, measurements_record
from hygie.territory.perimeter import Perimeter

LEVEL, BACKUP_LEVEL = "ads.level", "d2.backup_ads_level"
_GRAVE, _LEVELS = (1, 2), (1, 2, 3, 4)


def measures_record(*, perimeter: Perimeter, audit: DirectoryAudit) -> int:
    """Record what the latest audits of an organisation say together, as of this one's day.

    The level is that of the weakest forest; counts add up. A level that something unknown could
    change is recorded as measured without conclusion: it never counts as reached.

    Returns:
        How many measurements were recorded; none when the referential is not loaded.
    """
    rows = list(_rows(audit))
    if not rows:
        return 0
    return measurements_record(
        perimeter=perimeter, rows=rows, origin=f"operations/directory:{audit.pk}"
    )


def _rows(audit: DirectoryAudit) -> Iterator[NewMeasurement]:
    if audit.effective_on is None:
        return
    known: dict[str, Indicator] = {row.code: row for row in indicators()}
    latest = _latest(audit)
    has_objects = any(one.pack_id for one in latest)
    for code, value, note in _values(audit, latest):
        if code in known:
            yield NewMeasurement(
                indicator=known[code],
                organisation=audit.organisation,
                value=value,
                known_as=Knowledge.MEASURED if has_objects else Knowledge.DOCUMENTED,
                effective_on=audit.effective_on,
                note=note[:500],
            )


def _latest(audit: DirectoryAudit) -> list[DirectoryAudit]:
    """The newest finished audit of each forest of the same purpose, this one included."""
    forests = Forest.objects.filter(organisation_id=audit.organisation_id, purpose=audit.purpose)
    found: dict[int | None, DirectoryAudit] = {}
    rows = DirectoryAudit.objects.filter(forest__in=forests, state=AuditState.DONE)
    for one in rows.order_by("-effective_on", "-id"):
        found.setdefault(one.forest_id, one)
    return list(found.values())


def _values(
    audit: DirectoryAudit, latest: list[DirectoryAudit]
) -> Iterator[tuple[str, float | None, str]]:
    best = [one.level_at_best for one in latest if one.level_at_best is not None]
    worst = [one.level_at_worst for one in latest if one.level_at_worst is not None]
    if not best or not worst:
        return
    level, lowest = min(best), min(worst)
    note = ""
    if lowest < level:
        note = _("Entre %(low)s et %(high)s : %(count)d points n'ont pas pu être décidés.") % {
            "low": lowest, "high": level, "count": sum(one.undecided for one in latest),
        }  # fmt: skip
    value = float(level) if lowest == level else None
    if audit.purpose == ForestPurpose.BACKUP:
        yield BACKUP_LEVEL, value, note
        return
    yield LEVEL, value, note
    failing = _failing(latest)
    yield "ads.failing_points", float(sum(bool(set(_GRAVE) & levels) for levels in failing)), ""
    for rung in _LEVELS:
        yield f"ads.failing_points_{rung}", float(sum(rung in levels for levels in failing)), ""
    exposed = [one for one in latest if one.exposed_users is not None]
    if exposed:
        unknown = sum(one.unknown_hosts or 0 for one in exposed)
        said = _("%(count)d machines n'ont pas été examinées.") % {"count": unknown}
        total = sum(one.exposed_users or 0 for one in exposed)
        yield "ad.tier0_paths", float(total), said if unknown else ""
        users = sum(one.users or 0 for one in exposed)
        if users:
            yield "ad.exposed_share", round(100 * total / users, 2), said if unknown else ""
    counted = [one.privileged for one in latest if one.privileged is not None]
    if counted:
        yield "ad.privileged_accounts", float(sum(counted)), ""
    ages = [one.krbtgt_age_days for one in latest if one.krbtgt_age_days is not None]
    if ages:
        yield "ad.krbtgt_age", float(max(ages)), ""


def _failing(latest: list[DirectoryAudit]) -> list[set[int]]:
    """Levels at which each point fails, all forests together; points that hold left out."""
    levels = PointResult.objects.filter(audit__in=latest).values_list("failed_levels", flat=True)
    return [set(failed) for failed in levels if failed]
