"""Which lists do the pages of impact show?"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.operations.impact.parameter_words import SECTIONS


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
            Column("source", _("Source"), value="parameter.source"),
            Column("url", _("Adresse"), is_shown=False),
            Column("note", _("Note"), value="note", is_shown=False),
            Column("key", _("Clé"), is_shown=False),
            Column("acts", "", kind="acts"),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("words", "key", "parameter.source")),
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
