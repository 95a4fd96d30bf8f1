"""Which drawings do the directory pages show?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.design.components.charts import Chart, Series
from hygie.operations.directory.models import DirectoryAudit


def trend_chart(audits: Sequence[DirectoryAudit]) -> Chart | None:
    """Share of exposed accounts from audit to audit; None below two points.

    Args:
        audits: of one forest, oldest first.
    """
    known = [
        one for one in audits if one.effective_on and one.users and one.exposed_users is not None
    ]
    if len(known) < 2:
        return None
    shares = [100 * (one.exposed_users or 0) / (one.users or 1) for one in known]
    if shares[-1] < shares[0]:
        finding = _("La part des comptes exposés recule : %(last)s %% contre %(first)s %%")
    elif shares[-1] > shares[0]:
        finding = _("La part des comptes exposés augmente : %(last)s %% contre %(first)s %%")
    else:
        finding = _("La part des comptes exposés ne bouge pas : %(last)s %%")
    return Chart(
        finding % {"last": f"{shares[-1]:.0f}", "first": f"{shares[0]:.0f}"},
        "line",
        [one.effective_on.isoformat() for one in known if one.effective_on],
        (Series(_("Comptes exposés"), [round(share, 1) for share in shares]),),
        unit="%",
        target=0,
        maximum=100,
        is_time=True,
    )


def level_chart(audits: Sequence[DirectoryAudit]) -> Chart | None:
    """Level from audit to audit, with what is not known; None below two points.

    Args:
        audits: of one forest, oldest first.
    """
    known = [one for one in audits if one.effective_on and one.level_at_best is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    if (last.level_at_best or 0) > (first.level_at_best or 0):
        finding = _("Le niveau monte de %(first)s à %(last)s")
    elif (last.level_at_best or 0) < (first.level_at_best or 0):
        finding = _("Le niveau descend de %(first)s à %(last)s")
    else:
        finding = _("Le niveau reste à %(last)s")
    return Chart(
        finding % {"first": first.level_at_best, "last": last.level_at_best},
        "line",
        [one.effective_on.isoformat() for one in known if one.effective_on],
        (
            Series(
                _("Niveau"),
                [one.level_at_best for one in known],
                low=[one.level_at_worst for one in known],
                high=[one.level_at_best for one in known],
            ),
        ),
        maximum=5,
        is_time=True,
    )


def curve_chart(steps: Sequence[dict[str, float]], before: int) -> Chart | None:
    """Accounts still exposed after each change of the proven sequence; None without a step.

    Args:
        steps: as the audit keeps them, in order. before: accounts exposed today.
    """
    if not steps:
        return None
    last = int(steps[-1]["exposed_users"])
    words = {"count": len(steps), "before": before, "after": last}
    finding = ngettext(
        "%(count)s changement ramène les comptes exposés de %(before)s à %(after)s",
        "%(count)s changements ramènent les comptes exposés de %(before)s à %(after)s",
        len(steps),
    )
    return Chart(
        finding % words,
        "line",
        [_("aujourd'hui"), *(str(position) for position in range(1, len(steps) + 1))],
        (Series(_("Comptes exposés"), [before, *(step["exposed_users"] for step in steps)]),),
        element_id="directory-curve",
    )
