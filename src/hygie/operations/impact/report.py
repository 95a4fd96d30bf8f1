"""Everything that a rehearsal found, for a program: the same shape from the page or the command."""

from typing import Any

from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.selectors.rehearsals import AttackedAsset, attacked_assets


def rehearsal_as_data(rehearsal: RansomwareRehearsal) -> dict[str, Any]:
    """A kept rehearsal; the caller may read it and take it out. Shares of one, hours."""
    return {
        "name": rehearsal.name,
        "organisation": rehearsal.organisation.code,
        "played_at": rehearsal.finished_at.isoformat() if rehearsal.finished_at else None,
        "runs": rehearsal.runs,
        "seed": rehearsal.seed,
        "asked": rehearsal.asked,
        **rehearsal.summary,
        "elements": [asset_as_data(one) for one in attacked_assets(rehearsal)],
    }


def asset_as_data(one: AttackedAsset) -> dict[str, Any]:
    """How often and when one asset is taken."""
    return {
        "id": one.pk,
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "taken": one.taken,
        "taken_low": one.taken_low,
        "taken_high": one.taken_high,
        "lost": one.lost,
        "p10_h": one.p10_h,
        "median_h": one.median_h,
        "p90_h": one.p90_h,
    }
