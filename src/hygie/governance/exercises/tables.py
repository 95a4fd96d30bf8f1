"""Which lists do the exercise pages show?"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hygie.foundation.design.tables import Column, Filter, Rows, TablePage
from hygie.governance.exercises.catalogue import kind_titles
from hygie.governance.exercises.choices import ExerciseState, Level, Sharing
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.selectors.library import kind_of_model
from hygie.governance.exercises.times import moment_written

_DURATIONS = (("2", _("2 h au plus")), ("3", _("3 h au plus")), ("4", _("4 h au plus")))
_LANGUAGES = (("fr", _("français")), ("en", _("anglais")))
_ORIGINS = (("platform", _("de la plateforme")), ("own", _("d'ici")), ("shared", _("partagés")))


def exercises_table(request: HttpRequest, rows: Rows) -> TablePage:
    """Exercises of a place, the next one first."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Exercice"), sort="title"),
            Column("organisation", _("Structure"), sort="organisation__name",
                   value="organisation.name"),
            Column("planned_at", _("Date"), sort="planned_at", kind="date", is_first_down=True),
            Column("level", _("Niveau"), sort="level", value="get_level_display"),
            Column("duration", _("Durée"), sort="duration_s", kind="number",
                   value=lambda row: moment_written(row.duration_s)),
            Column("state", _("État"), sort="state", value="get_state_display"),
        ),
        filters=(
            Filter("q", _("Exercice ou structure"), lookup=("title", "organisation__name")),
            Filter("state", _("État"), choices=ExerciseState.choices, lookup="state"),
            Filter("level", _("Niveau"), choices=Level.choices, lookup="level"),
        ),
        sort="-planned_at",
        caption=_("Exercices"),
    )  # fmt: skip


def library_table(
    request: HttpRequest, rows: Rows, language: str, kinds: Sequence[tuple[str, Any]]
) -> TablePage:
    """Models that may be taken up here.

    Args:
        kinds: kinds of establishment to choose from.
    """
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", pgettext_lazy("modèle d'exercice", "Modèle"), sort="title"),
            Column("level", _("Niveau"), sort="level", value="get_level_display"),
            Column("duration", _("Durée"), sort="duration_s", kind="number",
                   value=lambda row: moment_written(row.duration_s)),
            Column("rows", _("Lignes"), sort="rows", kind="number", value="rows"),
            Column("cells", _("Cellules"), sort="cells_count", kind="number",
                   value="cells_count"),
            Column("kind", _("Pour"), value=lambda row: kind_words(row, language)),
            Column("origin", _("Origine"), sort="organisation__name", value=origin_words),
        ),
        filters=(
            Filter("q", _("Titre ou résumé"), lookup=("title", "summary", "objectives__title"),
                   apply=_search),
            Filter("level", _("Niveau"), choices=Level.choices, lookup="level"),
            Filter("within", _("Durée"), choices=_DURATIONS,
                   apply=lambda found, value: found.filter(duration_s__lte=3600 * int(value))),
            Filter("kind", _("Pour"), choices=kinds,
                   apply=lambda found, value: found.filter(code__endswith=f"-{value}")),
            Filter("origin", _("Origine"), choices=_ORIGINS, apply=_by_origin),
            Filter("language", _("Langue"), choices=_LANGUAGES, lookup="language"),
        ),
        sort="title",
        caption=_("Modèles d'exercice"),
        exports=False,
    )  # fmt: skip


def kind_words(model: Exercise, language: str) -> str:
    """For which kind of establishment a model is; "" when it is for any."""
    kind = kind_of_model(model)
    return kind_titles(language)[kind] if kind else ""


def origin_words(model: Exercise) -> str:
    """Who offers a model."""
    return model.organisation.name if model.organisation else str(_("Hygie"))


def _search(rows: Any, text: str) -> Rows:
    for word in text.replace("\x00", "").split()[:6]:
        rows = rows.filter(title__icontains=word) | rows.filter(summary__icontains=word)
    found: Rows = rows
    return found


def _by_origin(rows: Any, value: str) -> Rows:
    if value == "platform":
        found: Rows = rows.filter(organisation__isnull=True)
    elif value == "shared":
        found = rows.filter(organisation__isnull=False).exclude(sharing=Sharing.OWN)
    else:
        found = rows.filter(organisation__isnull=False, sharing=Sharing.OWN)
    return found
