"""Which lists do the directory pages show?"""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.operations.directory.choices import AuditState, PointChoice
from hygie.operations.directory.models import DirectoryAudit

LEVELS = tuple((str(level), str(level)) for level in range(1, 6))


def audits_table(request: HttpRequest, rows: Any) -> TablePage:
    """Audits, newest first."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("forest", _("Forêt"), sort="forest__name", value="forest.name"),
            Column("organisation", _("Structure"), sort="organisation__name",
                   value="organisation.name"),
            Column("effective_on", _("Collecté le"), sort="effective_on", kind="date",
                   is_first_down=True),
            Column("level", _("Niveau"), sort="level_at_best", kind="number",
                   value="level_at_best"),
            Column("at_worst", _("Niveau au pire"), kind="number", value="level_at_worst"),
            Column("failing", _("Points en échec"), sort="failing", kind="number",
                   is_first_down=True),
            Column("exposed", _("Comptes exposés"), sort="exposed_users", kind="number",
                   value="exposed_users", is_first_down=True),
            Column("state", _("Audit"), sort="state", value="get_state_display"),
        ),
        filters=(
            Filter("q", _("Forêt ou structure"), lookup=("forest__name", "organisation__name")),
            Filter("state", _("Audit"), choices=AuditState.choices, lookup="state"),
            Filter("level", _("Niveau"), choices=LEVELS, lookup="level_at_best"),
        ),
        sort="-effective_on",
        caption=_("Audits"),
    )  # fmt: skip


def points_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """Control points of one audit."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Point de contrôle"), sort="title"),
            Column("state", _("Résultat"), sort="rank", kind="state", value="state_words"),
            Column("level", _("Niveau"), sort="lowest", kind="number", value="lowest"),
            Column("objects", _("Objets"), sort="count", kind="number",
                   value="count", is_first_down=True),
            Column("sources", _("Connu par"), value="sources_words"),
            Column("point", _("Identifiant ANSSI"), sort="point"),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("title", "point")),
            Filter("state", _("Résultat"), choices=PointChoice.choices, lookup="state"),
            Filter("level", _("Niveau"), choices=LEVELS[:4], lookup="lowest"),
        ),
        sort="level",
        caption=_("Points de contrôle"),
        key="point",
        page_size=100,
    )  # fmt: skip


def objects_table(request: HttpRequest, rows: Sequence[Any], *, name: str = "") -> TablePage:
    """Objects of the directory."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Objet"), sort="name"),
            Column("kind", _("Nature"), sort="kind"),
            Column("identifier", _("Identifiant"), sort="identifier"),
        ),
        filters=(Filter("q", _("Rechercher"), lookup=("name", "identifier")),),
        name=name,
        caption=_("Objets concernés"),
        key="identifier",
        page_size=50,
    )


def comparison_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """Points of two audits, with the objects that came and went."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Point de contrôle"), sort="title"),
            Column("before", _("Avant"), kind="state", value="before"),
            Column("after", _("Maintenant"), sort="rank", kind="state", value="after"),
            Column("new", _("Nouveaux"), sort="new", kind="number", is_first_down=True),
            Column("fixed", _("Corrigés"), sort="fixed", kind="number", is_first_down=True),
            Column("persistent", _("Toujours là"), sort="persistent", kind="number",
                   is_first_down=True),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("title", "point")),
            Filter("move", _("Évolution"), lookup="move",
                   choices=(("new", _("nouveau")), ("fixed", _("corrigé")),
                            ("persistent", _("toujours là")), ("other", _("sans changement")))),
        ),
        sort="-new",
        caption=_("Points comparés"),
        key="point",
        page_size=100,
    )  # fmt: skip


def forests_table(
    request: HttpRequest, rows: Sequence[Any], audits: Sequence[DirectoryAudit]
) -> TablePage:
    """Control points across forests: a column a forest."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Point de contrôle"), sort="title"),
            Column("level", _("Niveau"), sort="level", kind="number"),
            Column("failing", _("Forêts en échec"), sort="failing", kind="number",
                   is_first_down=True),
            *(
                Column(f"forest{place}", audit.forest.name if audit.forest else "", kind="state",
                       value=_state_at(place))
                for place, audit in enumerate(audits)
            ),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("title", "point")),
            Filter("level", _("Niveau"), choices=LEVELS[:4], lookup="level"),
        ),
        sort="-failing",
        caption=_("Points de contrôle par forêt"),
        key="point",
        page_size=100,
    )  # fmt: skip


def _state_at(place: int) -> Callable[[Any], str]:
    def read(row: Any) -> str:
        state = row.states[place]
        return str(PointChoice(state).label) if state else ""

    return read
