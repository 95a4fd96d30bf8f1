"""Where do the forests of a group differ, and which faults do they share?"""

from collections.abc import Sequence
from dataclasses import dataclass

from hygie.operations.directory.catalogue import control_points, point_title
from hygie.operations.directory.choices import PointChoice
from hygie.operations.directory.models import DirectoryAudit, PointResult

_FAILING = {PointChoice.FAILED.value, PointChoice.PARTIAL.value}


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """One control point across forests.

    Attributes:
        audits: ids of the audits compared. states: one per audit, "" when it does not hold the
            point.
        failing: in how many forests it fails. level: the lowest at which it does anywhere, else
            the lowest it counts at.
    """

    point: str
    title: str
    audits: tuple[int, ...]
    states: tuple[str, ...]
    failing: int
    level: int

    @property
    def cells(self) -> list[tuple[str, int, str]]:
        """Name of the column, audit and state, one per forest."""
        pairs = zip(self.audits, self.states, strict=True)
        return [(f"forest{place}", pk, state) for place, (pk, state) in enumerate(pairs)]

    @property
    def undecided(self) -> int:
        """In how many forests it could not be decided."""
        return self.states.count(PointChoice.CANNOT_TELL.value)


def shared_points(audits: Sequence[DirectoryAudit]) -> list[SharedPoint]:
    """The points of the latest audit of each forest, most shared failure first; 1 query.

    Args:
        audits: finished ones that the caller may read, one a forest.
    """
    found: dict[str, dict[int, PointResult]] = {}
    for result in PointResult.objects.filter(audit__in=audits).order_by("order"):
        found.setdefault(result.point, {})[result.audit_id] = result
    rows = [_shared(point, by_audit, audits) for point, by_audit in found.items()]
    return sorted(rows, key=lambda row: (-row.failing, row.level, -row.undecided))


def _shared(
    point: str, by_audit: dict[int, PointResult], audits: Sequence[DirectoryAudit]
) -> SharedPoint:
    results = [by_audit.get(audit.pk) for audit in audits]
    failed = [level for one in results if one is not None for level in one.failed_levels]
    control = control_points().get(point)
    lowest = min((row.level for row in control.rows), default=5) if control else 5
    return SharedPoint(
        point,
        point_title(point),
        tuple(audit.pk for audit in audits),
        tuple(one.state if one is not None else "" for one in results),
        sum(one is not None and one.state in _FAILING for one in results),
        min(failed, default=lowest),
    )
