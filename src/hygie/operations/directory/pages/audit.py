"""What does the page of one audit show?"""

from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.selectors import job_progress
from hygie.operations.directory.charts import curve_chart
from hygie.operations.directory.choices import AuditState
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.pages.place import audit_sentence
from hygie.operations.directory.policies import may_audit, may_decide, may_export
from hygie.operations.directory.selectors.points import ladder, point_rows
from hygie.territory.perimeter import Perimeter

_SHOWN = 8


def tabs_of(audit: DirectoryAudit) -> list[tuple[str, str, str]]:
    """Parts of an audit: name, address, words. Paths need objects."""
    parts = [
        ("ladder", "audit_detail", _("Échelle")),
        ("points", "point_list", _("Points de contrôle")),
        ("paths", "path_explore", _("Chemins")),
        ("changes", "change_list", _("Coupures")),
        ("compare", "audit_compare", _("Comparer")),
        ("sources", "source_list", _("Sources")),
    ]
    needs_objects = {"paths", "changes"}
    return [
        (name, reverse(f"directory:{view}", args=[audit.pk]), words)
        for name, view, words in parts
        if audit.pack_id or name not in needs_objects
    ]


def audit_answer(audit: DirectoryAudit) -> str:
    """The sentence under the title."""
    if audit.state == AuditState.RUNNING:
        return _("Lecture et calcul en cours : la page se met à jour d'elle-même.")
    if audit.state == AuditState.FAILED:
        return _("Ces exports n'ont pas pu être audités.")
    return audit_sentence(audit)


def failure_words(audit: DirectoryAudit) -> str:
    """Why an audit has no answer."""
    if audit.summary.get("ended") == JobState.CANCELLED:
        return _("L'audit a été arrêté avant la fin.")
    return audit.summary.get("reason") or _(
        "Le calcul s'est interrompu : relancez l'audit, ou prévenez l'administrateur."
    )


def exposure_sentence(audit: DirectoryAudit) -> str:
    """Who can reach tier 0, in one sentence."""
    if not audit.exposed_users:
        return _("Aucun compte ordinaire n'a de chemin connu vers le niveau 0.")
    words = {
        "exposed": number_format(audit.exposed_users, force_grouping=True),
        "users": number_format(audit.users or 0, force_grouping=True),
    }
    return (
        ngettext(
            "%(exposed)s compte sur %(users)s a un chemin vers le niveau 0.",
            "%(exposed)s comptes sur %(users)s ont un chemin vers le niveau 0.",
            audit.exposed_users,
        )
        % words
    )


def unknown_sentence(audit: DirectoryAudit) -> str:
    """How much of the machines was not seen."""
    if not audit.unknown_hosts:
        return ""
    return _(
        "Sur %(unknown)s machines des %(hosts)s, sessions ou droits locaux n'ont pas été "
        "collectés : d'autres chemins sont possibles."
    ) % {"unknown": audit.unknown_hosts, "hosts": audit.hosts}


def missing_sentence(audit: DirectoryAudit) -> str:
    """Which domains of the forest no export holds; "" when none is missing."""
    names = audit.summary.get("missing_domains", [])
    if not names:
        return ""
    if audit.is_collected_only:
        return _("Jugé sur les domaines collectés seulement : %(names)s est laissé de côté.") % {
            "names": ", ".join(names)
        }
    return ngettext(
        "Le domaine %(names)s fait partie de la forêt et n'a pas été collecté : ajoutez son export "
        "pour décider les points qui en dépendent.",
        "Les domaines %(names)s font partie de la forêt et n'ont pas été collectés : ajoutez leurs "
        "exports pour décider les points qui en dépendent.",
        len(names),
    ) % {"names": ", ".join(names)}


def audit_context(perimeter: Perimeter, audit: DirectoryAudit) -> dict[str, Any]:
    """Everything the page of an audit shows, whatever its state. 3 queries once it is done."""
    place = audit.organisation
    context: dict[str, Any] = {
        "audit": audit,
        "answer": audit_answer(audit),
        "reason": failure_words(audit) if audit.state == AuditState.FAILED else "",
        "job": audit.job,
        "progress": job_progress(audit.job) if audit.job else None,
        "may_audit": may_audit(perimeter, place),
        "may_decide": may_decide(perimeter, place),
        "may_export": may_export(perimeter, place),
        "tab": "ladder",
    }
    if audit.state != AuditState.DONE:
        return context
    contradictions = audit.summary.get("contradiction_count", 0)
    return context | {
        "tabs": tabs_of(audit),
        "ladder": [_rung(rung, audit) for rung in ladder(point_rows(audit))],
        "sources": list(audit.sources.all()),
        "exposure_sentence": exposure_sentence(audit),
        "unknown_sentence": unknown_sentence(audit),
        "missing_domains": missing_sentence(audit),
        "curve": curve_chart(audit.summary.get("steps", []), audit.exposed_users or 0),
        "contradictions_words": ngettext(
            "%(count)d contradiction entre exports",
            "%(count)d contradictions entre exports",
            contradictions,
        )
        % {"count": contradictions},
    }


def _rung(rung: dict[str, Any], audit: DirectoryAudit) -> dict[str, Any]:
    level, best, worst = rung["level"], audit.level_at_best or 0, audit.level_at_worst or 0
    failing, undecided = rung["failing"], rung["undecided"]
    if level <= worst:
        standing, words = "held", _("tenu")
    elif level <= best:
        standing, words = "undecided", _("peut-être")
    else:
        standing, words = "beyond", _("pas encore")
    is_here = bool(failing) and level == best
    if is_here:
        standing, words = "blocking", _("vous êtes ici")
    more = len(failing) - _SHOWN
    return rung | {
        "standing": standing,
        "is_open": is_here,
        "words": words,
        "failing_words": ngettext(
            "%(count)d point à fermer pour dépasser ce niveau",
            "%(count)d points à fermer pour dépasser ce niveau",
            len(failing),
        )
        % {"count": len(failing)},
        "undecided_words": ngettext(
            "%(count)d point indéterminé à ce niveau",
            "%(count)d points indéterminés à ce niveau",
            len(undecided),
        )
        % {"count": len(undecided)},
        "more": max(more, 0),
        "more_words": ngettext("et %(count)d autre", "et %(count)d autres", max(more, 1))
        % {"count": max(more, 1)},
    }
