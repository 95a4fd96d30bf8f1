"""What came, went and stayed between two audits of one forest?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.design.components.states import STATES
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.choices import PointChoice
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.selectors.packs import Pack, pack_of

_RANK = {state.code: rank for rank, state in enumerate(STATES)}
_SHOWN = 200
_FAILING = {PointChoice.FAILED.value, PointChoice.PARTIAL.value}


@dataclass(frozen=True, slots=True)
class ComparedPoint:
    """One point in two audits; the counts are objects, by identifier."""

    point: str
    title: str
    before: str
    after: str
    new: int
    fixed: int
    persistent: int

    @property
    def rank(self) -> int:
        """Place of its state now."""
        return _RANK.get(self.after, len(_RANK))

    @property
    def move(self) -> str:
        """`new` failure, `fixed`, `persistent` failure, or `other`."""
        was, is_now = self.before in _FAILING, self.after in _FAILING
        if is_now:
            return "persistent" if was else "new"
        return "fixed" if was and self.after == PointChoice.PASSED else "other"


def compared(before: DirectoryAudit, after: DirectoryAudit) -> list[ComparedPoint]:
    """Each point of either audit. The caller reads both.

    Cost: 2 queries, and the objects of the points that fail in either.
    """
    states = [dict(audit.points.values_list("point", "state")) for audit in (before, after)]
    order = list(dict.fromkeys([*states[1], *states[0]]))
    packs = [pack_of(audit) if audit.pack_id else None for audit in (before, after)]
    rows = []
    for point in order:
        old, now = (_identifiers(pack, point) for pack in packs)
        rows.append(
            ComparedPoint(
                point,
                point_title(point),
                states[0].get(point, ""),
                states[1].get(point, ""),
                new=len(now - old),
                fixed=len(old - now),
                persistent=len(old & now),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Moved:
    """Objects of one point that came, went and stayed: names, bounded."""

    new: tuple[str, ...]
    fixed: tuple[str, ...]
    persistent: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each part with its words."""
        return [
            (_("Nouveaux"), self.new),
            (_("Corrigés"), self.fixed),
            (_("Toujours là"), self.persistent),
        ]


def objects_moved(before: DirectoryAudit, after: DirectoryAudit, point: str) -> Moved:
    """The first objects of one point in two audits that the caller reads, by name."""
    old, now = (_named(audit, point) for audit in (before, after))
    parts = (now.keys() - old.keys(), old.keys() - now.keys(), old.keys() & now.keys())
    names = old | now
    return Moved(*(tuple(sorted(names[one] for one in part)[:_SHOWN]) for part in parts))


def _named(audit: DirectoryAudit, point: str) -> dict[str, str]:
    if audit.pack_id is None:
        return {}
    pack = pack_of(audit)
    indices = [int(index) for index in pack.objects_of(point)]
    return {pack.identifiers[at]: pack.names[at] or pack.identifiers[at] for at in indices}


def _identifiers(pack: Pack | None, point: str) -> set[str]:
    if pack is None:
        return set()
    return {pack.identifiers[int(index)] for index in pack.objects_of(point)}


def comparison_answer(
    before: DirectoryAudit | None, after: DirectoryAudit, rows: Sequence[ComparedPoint]
) -> str:
    """The sentence that answers the page."""
    if before is None:
        return _("Rien à comparer encore.")
    fixed = sum(row.move == "fixed" for row in rows)
    new = sum(row.move == "new" for row in rows)
    said = ngettext("%(count)d point corrigé", "%(count)d points corrigés", fixed) % {
        "count": fixed
    }
    came = ngettext("%(count)d nouveau", "%(count)d nouveaux", new) % {"count": new}
    return _("Niveau %(before)s puis %(after)s : %(said)s, %(came)s.") % {
        "before": before.level_at_best, "after": after.level_at_best, "said": said, "came": came,
    }  # fmt: skip
