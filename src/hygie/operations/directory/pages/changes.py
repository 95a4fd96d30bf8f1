"""What do the pages of useful cuts and of what-ifs show?"""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.jobs.selectors import job_progress
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.charts import curve_chart
from hygie.operations.directory.choices import SimulationState
from hygie.operations.directory.models import DirectoryAudit, Simulation
from hygie.operations.directory.pages.audit import tabs_of
from hygie.operations.directory.policies import may_audit, may_decide
from hygie.operations.directory.words import change_sentence, edge_word
from hygie.territory.perimeter import Perimeter


def sentence_of(change: dict[str, Any]) -> str:
    """One change as the audit keeps it, in words."""
    verb = edge_word(change["verb"]) if change.get("verb") is not None else ""
    return change_sentence(change["action"], change["subject"], verb, change["target"])


def changes_context(perimeter: Perimeter, audit: DirectoryAudit) -> dict[str, Any]:
    """The proven sequence, its curve, and the smallest set."""
    found = audit.summary
    steps, minimum = found.get("steps", []), found.get("minimum", [])
    return {
        "audit": audit,
        "steps": [step | {"sentence": sentence_of(step)} for step in steps],
        "minimum": [change | {"sentence": sentence_of(change)} for change in minimum],
        "minimum_sentence": _minimum_sentence(found, len(minimum)),
        "is_cuttable": found.get("is_cuttable", True),
        "curve": curve_chart(steps, audit.exposed_users or 0),
        "answer": _answer(audit, steps),
        "simulations": list(audit.simulations.all()[:20]),
        "may_audit": may_audit(perimeter, audit.organisation),
        "may_decide": may_decide(perimeter, audit.organisation),
        "tab": "changes",
        "tabs": tabs_of(audit),
    }


def _answer(audit: DirectoryAudit, steps: list[dict[str, Any]]) -> str:
    if not steps:
        return _("Aucune coupure à proposer.")
    words = {
        "count": len(steps),
        "before": number_format(audit.exposed_users or 0, force_grouping=True),
        "after": number_format(steps[-1]["exposed_users"], force_grouping=True),
    }
    return (
        ngettext(
            "%(count)d changement ramène les comptes exposés de %(before)s à %(after)s.",
            "%(count)d changements ramènent les comptes exposés de %(before)s à %(after)s.",
            len(steps),
        )
        % words
    )


def _minimum_sentence(found: dict[str, Any], count: int) -> str:
    return ngettext(
        "%(count)s changement, de coût %(cost)s, ferme tous les chemins connus : le calcul a été "
        "refait sans lui, il n'en reste aucun.",
        "%(count)s changements, de coût %(cost)s, ferment tous les chemins connus : le calcul a "
        "été refait sans eux, il n'en reste aucun.",
        count,
    ) % {"count": count, "cost": number_format(found.get("minimum_cost", 0), 1)}


def simulation_context(perimeter: Perimeter, row: Simulation) -> dict[str, Any]:
    """Before and after, and the changes to promise."""
    result = row.result
    changes = [one | {"sentence": sentence_of(one)} for one in result.get("changes", [])]
    return {
        "simulation": row,
        "answer": _simulation_answer(row),
        "job": row.job,
        "progress": job_progress(row.job) if row.job else None,
        "lines": _lines(result) if row.state == SimulationState.DONE else [],
        "closed": [point_title(point) for point in result.get("closed", [])],
        "changes": changes,
        "unknown": result.get("unknown", []),
        "may_audit": may_audit(perimeter, row.audit.organisation),
    }


def _simulation_answer(row: Simulation) -> str:
    if row.state == SimulationState.RUNNING:
        return _("Tout est recalculé avec ces changements.")
    if row.state == SimulationState.FAILED:
        return _("Le calcul n'a pas abouti.")
    before, after = row.result["before"], row.result["after"]
    return _("Comptes exposés : %(before)s aujourd'hui, %(after)s une fois fait.") % {
        "before": number_format(before["exposed_users"], force_grouping=True),
        "after": number_format(after["exposed_users"], force_grouping=True),
    }


def _lines(result: dict[str, Any]) -> list[dict[str, str]]:
    words = {
        "level_at_best": _("Niveau, au mieux"),
        "level_at_worst": _("Niveau, au pire"),
        "failing": _("Points en échec"),
        "exposed_users": _("Comptes exposés"),
        "exposed_computers": _("Machines exposées"),
    }
    return [
        {
            "words": text,
            "before": number_format(result["before"][name], force_grouping=True),
            "after": number_format(result["after"][name], force_grouping=True),
        }
        for name, text in words.items()
    ]
