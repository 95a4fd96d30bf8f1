"""Which lists do the pages of a programme of exercises show?"""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, Rows, TablePage
from hygie.governance.exercises.choices import LessonKind, Level
from hygie.governance.exercises.selectors.coverage import COVERAGE_WORDS, CoverageRow
from hygie.governance.exercises.selectors.plans import STANDINGS, PlanRow


def coverage_table(request: HttpRequest, rows: Sequence[CoverageRow]) -> TablePage:
    """Establishments and their yearly exercise."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Établissement"), sort="name"),
            Column("ght", _("GHT"), sort="ght_name", value="ght_name"),
            Column("region", _("Région"), sort="region_name", value="region_name",
                   is_shown=False),
            Column("state", _("Exercice annuel"), sort="state", kind="state",
                   value="state_words"),
            Column("last_at", _("Dernier"), sort="last_at", kind="date", is_first_down=True),
            Column("level", _("Niveau"), sort="level", value="level_words"),
            Column("next_at", _("Prochain prévu"), sort="next_at", kind="date"),
        ),
        filters=(
            Filter("q", _("Établissement ou GHT"), lookup=("name", "ght_name")),
            Filter("state", _("Exercice annuel"), lookup="state",
                   choices=list(COVERAGE_WORDS.items())),
            Filter("level", _("Niveau"), lookup="level", choices=Level.choices),
        ),
        sort="name",
        caption=_("Exercice annuel par établissement"),
        key="name",
    )  # fmt: skip


def plans_table(request: HttpRequest, rows: Sequence[PlanRow]) -> TablePage:
    """Kinds of plan by establishment, and how each held."""
    words = [(key, said) for key, (_state, said) in STANDINGS.items()]
    kinds = {row.code: row.name for row in rows}
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Plan"), sort="name"),
            Column("organisation", _("Établissement"), sort="organisation_name",
                   value="organisation_name"),
            Column("standing", _("Mis à l'épreuve"), sort="standing", kind="state",
                   value="standing_words"),
            Column("played_at", _("Dernier exercice"), sort="played_at", kind="date",
                   is_first_down=True),
            Column("held_on", _("Document en vigueur"), sort="held_on", kind="date"),
        ),
        filters=(
            Filter("q", _("Plan ou établissement"), lookup=("name", "organisation_name")),
            Filter("code", _("Plan"), lookup="code", choices=list(kinds.items())),
            Filter("standing", _("Mis à l'épreuve"), lookup="standing", choices=words),
        ),
        sort="organisation",
        caption=_("Plans mis à l'épreuve"),
        key="key",
    )  # fmt: skip


def lessons_table(request: HttpRequest, rows: Rows) -> TablePage:
    """Lessons shared in a region."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("text", _("Constat")),
            Column("kind", _("Nature"), value="get_kind_display"),
            Column("level", _("Niveau de l'exercice"), value="exercise.get_level_display"),
            Column("year", _("Année"), value=lambda row: row.exercise.ended_at and
                   row.exercise.ended_at.year),
        ),
        filters=(
            Filter("q", _("Mots"), lookup=("text",)),
            Filter("kind", _("Nature"), lookup="kind", choices=LessonKind.choices),
        ),
        sort="text",
        caption=_("Constats partagés"),
        exports=False,
    )  # fmt: skip
