"""What does the page of one control point show?"""

import math
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.operations.directory.models import DirectoryAudit, PointResult
from hygie.operations.directory.policies import may_audit, may_decide
from hygie.operations.directory.selectors.points import (
    PointRow,
    advice_of,
    point_excepted,
    point_figures,
    point_history,
)
from hygie.territory.perimeter import Perimeter

_SHOWN = 20


def point_context(perimeter: Perimeter, audit: DirectoryAudit, row: PointRow) -> dict[str, Any]:
    """The state and its reasons, the advice, the history."""
    place = audit.organisation
    return {
        "audit": audit,
        "row": row,
        "answer": _answer(row.result),
        "advice": advice_of(row),
        "figures": point_figures(row.result),
        "effort": effort_words(row.control.effort_days) if row.control else "",
        "history": point_history(audit, row.point),
        "excepted": list(point_excepted(audit, row.point)[:_SHOWN]),
        "excepted_words": ngettext(
            "%(count)d objet mis de côté par un risque accepté.",
            "%(count)d objets mis de côté par un risque accepté.",
            row.result.excepted_count,
        )
        % {"count": row.result.excepted_count},
        "may_audit": may_audit(perimeter, place),
        "may_decide": may_decide(perimeter, place),
    }


def effort_words(days: float) -> str:
    """The work of one establishment, as people say it."""
    shown = number_format(days, 0 if days == int(days) else 1)
    return ngettext("%(days)s jour", "%(days)s jours", math.ceil(days)) % {"days": shown}


def _answer(result: PointResult) -> str:
    if result.failed_levels:
        levels = ", ".join(str(level) for level in result.failed_levels)
        said = _("En échec au niveau %(levels)s") % {"levels": levels}
    elif result.undecided_levels:
        levels = ", ".join(str(level) for level in result.undecided_levels)
        said = _("Indécidable au niveau %(levels)s avec ces exports") % {"levels": levels}
    else:
        return ""
    if not result.objects_count:
        return f"{said}."
    return ngettext(
        "%(said)s : %(count)d objet concerné.", "%(said)s : %(count)d objets concernés.",
        result.objects_count,
    ) % {"said": said, "count": result.objects_count}  # fmt: skip
