"""Which lists does the referential show?"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, Rows, TablePage
from hygie.programme.choices import Direction, FrameworkOrigin, RowStatus, SensitivityKind, Unit
from hygie.programme.labels import room_words
from hygie.programme.models import Axis, DocumentKind, Framework, Indicator, SecurityMeasure
from hygie.programme.words import localized


def _title(row: Any) -> str:
    return localized(row, "title")


def _by_title() -> str:
    return "title_en" if (get_language() or "fr").startswith("en") else "title_fr"


def indicators_table(request: HttpRequest, rows: QuerySet[Indicator]) -> TablePage:
    """Indicators with unit, direction, freshness and what measures them."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Indicateur"), sort=_by_title(), value=_title),
            Column("code", _("Code"), sort="code"),
            Column("unit", _("Unité"), sort="unit", value="get_unit_display"),
            Column("direction", _("Sens"), value="get_direction_display"),
            Column("measured_by", _("Mesuré par"), sort="measured_by",
                   value=lambda row: room_words(row.measured_by)),
            Column("freshness_days", _("Fraîcheur (jours)"), sort="freshness_days", kind="number"),
            Column("status", _("Statut"), sort="status", value="get_status_display"),
        ),
        filters=(
            Filter("q", _("Intitulé ou code"), lookup=("title_fr", "title_en", "code")),
            Filter("unit", _("Unité"), choices=Unit.choices, lookup="unit"),
            Filter("direction", _("Sens"), choices=Direction.choices, lookup="direction"),
            Filter("status", _("Statut"), choices=RowStatus.choices, lookup="status"),
        ),
        sort="code",
        caption=_("Indicateurs"),
    )  # fmt: skip


def documents_table(request: HttpRequest, rows: QuerySet[DocumentKind]) -> TablePage:
    """Kinds of proof with how long one is worth and how far it may travel."""
    words = dict(SensitivityKind.choices)
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Type de preuve"), sort=_by_title(), value=_title),
            Column("code", _("Code"), sort="code"),
            Column("validity_days", _("Validité (jours)"), sort="validity_days", kind="number"),
            Column("sensitivity", _("Sensibilité"), sort="sensitivity",
                   value=lambda row: words.get(row.sensitivity, row.sensitivity)),
            Column("status", _("Statut"), sort="status", value="get_status_display"),
        ),
        filters=(
            Filter("q", _("Intitulé ou code"), lookup=("title_fr", "title_en", "code")),
            Filter("status", _("Statut"), choices=RowStatus.choices, lookup="status"),
        ),
        sort="title",
        caption=_("Types de preuve"),
    )  # fmt: skip


def measures_table(
    request: HttpRequest, rows: QuerySet[SecurityMeasure], axes: Sequence[Axis]
) -> TablePage:
    """The catalogue of security measures."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Mesure"), sort=_by_title(), value=_title),
            Column("code", _("Code"), sort="code"),
            Column("cost", _("Coût ponctuel, taille moyenne (€)"), kind="number", value=cost_words),
            Column("effort", _("Effort (jours)"), kind="number", value=effort_days),
            Column("lead", _("Délai (semaines)"), kind="number",
                   value=lambda row: row.facts.get("lead_weeks")),
            Column("hygiene", _("Guide d'hygiène"),
                   value=lambda row: ", ".join(map(str, row.facts.get("hygiene", [])))),
        ),
        filters=(
            Filter("q", _("Intitulé, description ou code"),
                   lookup=("title_fr", "title_en", "description_fr", "description_en", "code")),
            Filter("axis", _("Axe"), choices=[(str(a.number), _title(a)) for a in axes],
                   apply=_serving_axis),
        ),
        sort="title",
        caption=_("Catalogue de mesures"),
    )  # fmt: skip


def _serving_axis(rows: QuerySet[SecurityMeasure], number: str) -> Rows:
    serves = Q(indicators__objectives__axis__number=number) | Q(
        requirements__objectives__axis__number=number
    )
    return rows.filter(pk__in=rows.filter(serves).values("pk"))


def cost_words(row: SecurityMeasure) -> str:
    """Range of the one-off cost for a medium establishment, in euros."""
    once = row.facts.get("cost", {}).get("medium", {}).get("once", {})
    return f"{once.get('low', 0)}–{once.get('high', 0)}" if once else ""


def effort_days(row: SecurityMeasure) -> float:
    """Person-days, all skills, medium establishment."""
    return float(sum(row.facts.get("effort", {}).values()))


def frameworks_table(request: HttpRequest, rows: QuerySet[Framework]) -> TablePage:
    """Frameworks, ours and imported."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Référentiel"), sort="name", value=lambda r: localized(r, "name")),
            Column("ref_id", _("Référence"), sort="ref_id"),
            Column("version", _("Version"), sort="version", kind="number"),
            Column("origin", _("Origine"), sort="origin", value="get_origin_display"),
            Column("provider", _("Auteur"), sort="provider"),
            Column("assessable_count", _("Exigences"), sort="assessable_count", kind="number"),
        ),
        filters=(
            Filter("q", _("Intitulé ou référence"), lookup=("name", "ref_id", "provider")),
            Filter("origin", _("Origine"), choices=FrameworkOrigin.choices, lookup="origin"),
        ),
        sort="name",
        caption=_("Référentiels"),
    )
