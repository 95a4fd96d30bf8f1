"""Which lists do the pages of impact show?"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.engines.ransomware.entries import EntryKind
from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.operations.impact.answers import DEGRADED, STOPPED
from hygie.operations.impact.choices import LossFamily, RankedKind, WorkState
from hygie.operations.impact.defence_words import ENTRY_WORDS
from hygie.operations.impact.parameter_words import SECTIONS
from hygie.operations.impact.words import OUTCOME_WORDS, lost_names
from hygie.territory.estate.choices import AssetKind, Criticality


def parameters_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """Parameters of the model."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("words", _("Ce que dit ce nombre"), sort="place"),
            Column("value", _("Valeur"), kind="number"),
            Column("unit", _("Unité")),
            Column("default", _("Par défaut"), kind="number"),
            Column("low", _("Au moins"), kind="number", is_shown=False),
            Column("high", _("Au plus"), kind="number", is_shown=False),
            Column("bounds", _("Bornes"), kind="number", is_exported=False),
            Column("source", _("Source"), value="source"),
            Column("url", _("Adresse"), is_shown=False),
            Column("note", _("Note"), value="note", is_shown=False),
            Column("key", _("Clé"), is_shown=False),
            Column("acts", "", kind="acts"),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("words", "key", "source")),
            Filter("section", _("Sujet"), lookup="section",
                   choices=[(one.code, one.title) for one in SECTIONS]),
            Filter("known", _("Valeur"), lookup="is_changed",
                   choices=(("True", _("précisée ici")), ("False", _("par défaut")))),
        ),
        sort="words",
        caption=_("Paramètres"),
        key="key",
        page_size=100,
    )  # fmt: skip


def affected_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """Everything that a loss touches."""
    kinds = sorted({row.kind for row in rows}, key=list(AssetKind.values).index)
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Élément"), sort="name"),
            Column("kind", _("Nature"), sort="kind", value="kind_words"),
            Column("outcome", _("Devient"), sort=("rank", "first_min"), kind="state",
                   value="outcome_words"),
            Column("when", _("Quand"), sort="first_min"),
            Column("criticality", _("Criticité"), sort="criticality", value="rank_words",
                   is_first_down=True),
            Column("code", _("Code"), is_shown=False),
            Column("stops_min", _("Arrêt (minutes)"), kind="number", is_shown=False),
            Column("degrades_min", _("Dégradé (minutes)"), kind="number", is_shown=False),
        ),
        filters=(
            Filter("cherche", _("Rechercher"), lookup=("name", "code")),
            Filter("kind", _("Nature"), lookup="kind",
                   choices=[(kind, AssetKind(kind).label) for kind in kinds]),
            Filter("outcome", _("Devient"), lookup="outcome",
                   choices=[(name, OUTCOME_WORDS[name]) for name in (STOPPED, DEGRADED)]),
        ),
        sort="outcome",
        caption=_("Éléments touchés"),
    )  # fmt: skip


def losses_table(request: HttpRequest, rows: Any) -> TablePage:
    """Losses of a ranking, heaviest first."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("loss", _("Perte"), sort="asset__name", value=lost_names),
            Column("family", _("Ce qui est perdu"), value="get_family_display", is_shown=False),
            Column("size", _("Seule ou à deux"), value="get_size_display", is_shown=False),
            Column("kind", _("Nature"), sort="kind", value=lambda row: row.kind and
                   AssetKind(row.kind).label),
            Column("vital", _("Soins vitaux arrêtés"), sort=("vital", "weight"), kind="number",
                   is_first_down=True),
            Column("stopped", _("Soins arrêtés"), sort=("stopped", "weight"), kind="number",
                   is_first_down=True),
            Column("degraded", _("Soins dégradés"), sort="degraded", kind="number",
                   is_first_down=True),
            Column("first", _("Premier effet"), sort="first_min", value="first_min"),
            Column("weight", _("Poids des soins arrêtés"), sort="weight", kind="number",
                   is_first_down=True),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("asset__name", "other__name", "asset__code")),
            Filter("size", _("Perte"), choices=RankedKind.choices, lookup="size"),
            Filter("family", _("Ce qui est perdu"), choices=LossFamily.choices, lookup="family"),
            Filter("kind", _("Nature"), choices=AssetKind.choices, lookup="kind"),
        ),
        sort="-weight",
        caption=_("Pertes, de la plus grave à la moins grave"),
        page_size=50,
    )  # fmt: skip


def rehearsals_table(request: HttpRequest, rows: Any) -> TablePage:
    """Rehearsed attacks, newest first."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Répétition"), sort="name"),
            Column("created_at", _("Demandée le"), sort="created_at", kind="date",
                   is_first_down=True),
            Column("entry", _("Entrée"), value=_entry),
            Column("runs", _("Attaques"), sort="runs", kind="number", is_first_down=True),
            Column("launched", _("Vont au chiffrement (%)"), kind="number",
                   value=lambda row: _percent(row, "launched")),
            Column("hours", _("Heures de soins perdues"), kind="number",
                   value=lambda row: _mean(row, "hours")),
            Column("state", _("État"), sort="state", value="get_state_display"),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("name",)),
            Filter("state", _("État"), choices=WorkState.choices, lookup="state"),
        ),
        sort="-created_at",
        caption=_("Répétitions"),
    )  # fmt: skip


def care_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """What becomes of each care activity."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Activité de soins"), sort="name"),
            Column("criticality", _("Criticité"), sort="criticality", value="rank_words",
                   is_first_down=True),
            Column("stopped", _("S'arrête (%)"), sort="stopped", kind="number",
                   is_first_down=True),
            Column("stopped_low", _("Au moins (%)"), kind="number", is_shown=False),
            Column("stopped_high", _("Au plus (%)"), kind="number", is_shown=False),
            Column("median_h", _("Arrêt, temps médian"), sort="median_h", kind="number"),
            Column("degraded", _("Dégradée (%)"), sort="degraded", kind="number",
                   is_first_down=True),
            Column("hours", _("Heures perdues"), sort="hours", kind="number", is_first_down=True),
            Column("hours_low", _("Heures, au moins"), kind="number", is_shown=False),
            Column("hours_high", _("Heures, au plus"), kind="number", is_shown=False),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("name",)),
            Filter("criticality", _("Criticité"), lookup="criticality",
                   choices=[(str(rank), words) for rank, words in Criticality.choices]),
        ),
        sort="-hours",
        name="soins",
        caption=_("Activités de soins"),
    )  # fmt: skip


def attacked_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """How often each asset is taken."""
    kinds = sorted({row.kind for row in rows}, key=list(AssetKind.values).index)
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Élément"), sort="name"),
            Column("kind", _("Nature"), sort="kind", value="kind_words"),
            Column("taken", _("Pris (%)"), sort="taken", kind="number",
                   value=lambda row: round(100 * row.taken, 1), is_first_down=True),
            Column("interval", _("Intervalle"), kind="number", is_exported=False),
            Column("low", _("Au moins (%)"), kind="number", is_shown=False,
                   value=lambda row: round(100 * row.taken_low, 1)),
            Column("high", _("Au plus (%)"), kind="number", is_shown=False,
                   value=lambda row: round(100 * row.taken_high, 1)),
            Column("lost", _("Perdu pour les soins (%)"), sort="lost", kind="number",
                   value=lambda row: round(100 * row.lost, 1), is_first_down=True),
            Column("median_h", _("Pris, temps médian (h)"), sort="median_h", kind="number"),
            Column("p10_h", _("Une fois sur dix avant (h)"), kind="number", is_shown=False),
            Column("p90_h", _("Neuf fois sur dix avant (h)"), kind="number", is_shown=False),
            Column("code", _("Code"), is_shown=False),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("name", "code")),
            Filter("kind", _("Nature"), lookup="kind",
                   choices=[(kind, AssetKind(kind).label) for kind in kinds]),
        ),
        sort="-lost",
        caption=_("Éléments attaqués"),
        page_size=50,
    )  # fmt: skip


def _entry(row: Any) -> str:
    return str(ENTRY_WORDS[EntryKind(row.asked["entry"])])


def _mean(row: Any, name: str) -> float | None:
    return round(row.summary[name]["mean"], 1) if row.state == WorkState.DONE else None


def _percent(row: Any, name: str) -> float | None:
    return round(100 * row.summary[name]["mean"], 1) if row.state == WorkState.DONE else None
