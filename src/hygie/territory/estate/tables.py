"""Which lists do the pages of the map show?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.foundation.design.tables import BulkAct, Column, Filter, Rows, TablePage
from hygie.territory.estate.choices import AssetStatus, Criticality, PairState, PartNature
from hygie.territory.estate.models import Asset, AssetPart
from hygie.territory.estate.selectors.ground import KINDS
from hygie.territory.estate.selectors.lists import assets_matching
from hygie.territory.estate.words import kinds_word, missing_word, source_word
from hygie.territory.organisations.models import Organisation

_GAPS = (
    ("owner", _("sans responsable")),
    ("technical", _("sans responsable technique")),
    ("downtime", _("sans DMIA")),
    ("site", _("sans site")),
    ("zone", _("sans zone")),
)
_GAP_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "owner": {"owner": ""},
    "technical": {"technical_owner": ""},
    "downtime": {"max_downtime_min__isnull": True},
    "site": {"site__isnull": True},
    "zone": {"zone__isnull": True},
}
_SHARES = (("50", _("moins de la moitié")), ("80", _("moins de 80 %")), ("100", _("incomplets")))


def assets_table(
    request: HttpRequest,
    place: Organisation,
    rows: QuerySet[Asset],
    references: Mapping[str, Sequence[tuple[str, str]]],
    sources: Sequence[str],
    *,
    may_edit: bool,
) -> TablePage:
    """Assets of a place."""
    columns = [
        Column("name", _("Élément"), sort="name"),
        Column("kind", _("Nature"), sort="kind", value="get_kind_display"),
        Column("organisation", _("Structure"), sort="organisation__name",
               value="organisation.name", is_shown=place.kind not in {"et", "ej"}),
        Column("rank", _("Criticité"), sort=("inherited_criticality", "criticality"),
               value=_rank_words, is_first_down=True),
        Column("owner", _("Responsable"), sort="owner"),
        Column("site", _("Site"), sort="site__name", value="site.name"),
        Column("zone", _("Zone"), sort="zone__name", value="zone.name"),
        Column("completeness", _("Complétude"), sort="completeness", kind="number",
               value="known_percent"),
        Column("supplier", _("Fournisseur"), value="supplier.name", is_shown=False),
        Column("code", _("Code"), is_shown=False),
        Column("technical_owner", _("Responsable technique"), is_shown=False),
        Column("downtime", _("DMIA (minutes)"), value="max_downtime_min", is_shown=False),
        Column("data_loss", _("PDMA (minutes)"), value="max_data_loss_min", is_shown=False),
        Column("status", _("État"), value="get_status_display", is_shown=False),
        Column("missing", _("Manque"), is_shown=False,
               value=lambda row: ", ".join(missing_word(one) for one in row.missing)),
        Column("source", _("Origine"), value=lambda row: source_word(row.source), is_shown=False),
        Column("seen", _("Vu le"), value="seen_on", is_shown=False),
    ]  # fmt: skip
    return TablePage(
        request=request,
        rows=rows,
        columns=columns,
        filters=_filters(references, sources),
        sort="-rank",
        caption=_("Éléments de la carte"),
        acts=(BulkAct(_("Modifier ensemble"), reverse("estate:asset_bulk", args=[place.pk]),
                      icon="pencil"),) if may_edit else (),
    )  # fmt: skip


def parts_table(request: HttpRequest, rows: QuerySet[AssetPart]) -> TablePage:
    """What listens on an asset, and which software it is made of."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Service ou composant"), sort="name"),
            Column("nature", _("Nature"), sort="nature", value="get_nature_display"),
            Column("port", _("Port"), sort=("port", "protocol"), value=port_words),
            Column("product", _("Produit"), sort="product"),
            Column("version", _("Version"), sort="version"),
            Column("seen", _("Vu le"), sort="seen_on", kind="date", value="seen_on",
                   is_first_down=True),
            Column("purl", _("purl"), is_shown=False),
            Column("cpe", _("CPE"), is_shown=False),
        ),
        filters=(
            Filter("q", _("Nom, produit, purl…"), lookup=("name", "product", "purl", "cpe")),
            Filter("nature", _("Nature"), choices=PartNature.choices, lookup="nature"),
        ),
        name="parts",
        caption=_("Services réseau et composants logiciels"),
    )  # fmt: skip


def port_words(part: AssetPart) -> str:
    """Where a service listens: "tcp/443"; "" of a component."""
    return f"{part.protocol}/{part.port}" if part.port is not None else part.protocol


def _filters(
    references: Mapping[str, Sequence[tuple[str, str]]], sources: Sequence[str]
) -> tuple[Filter, ...]:
    chosen = (
        Filter("site", _("Site"), choices=references[Kind.SITE], lookup="site_id"),
        Filter("zone", _("Zone"), choices=references[Kind.ZONE], lookup="zone_id"),
        Filter("supplier", _("Fournisseur"), choices=references[Kind.SUPPLIER],
               lookup="supplier_id"),
        Filter("source", _("Origine"), lookup="source",
               choices=[(one, source_word(one)) for one in sources]),
    )  # fmt: skip
    return (
        Filter("q", _("Nom, code, adresse…"), apply=_search),
        Filter("kind", _("Nature"), choices=[(kind, kinds_word(kind)) for kind in KINDS],
               lookup="kind"),
        Filter("rank", _("Criticité"), choices=[*map(_as_text, Criticality.choices),
               ("0", _("inconnue"))], apply=_by_rank),
        Filter("gap", _("Manque"), choices=_GAPS,
               apply=lambda rows, value: rows.filter(**_GAP_FIELDS[value])),
        Filter("under", _("Complétude"), choices=_SHARES,
               apply=lambda rows, value: rows.filter(completeness__lt=int(value)).exclude(
                   status=AssetStatus.RETIRED)),
        *(one for one in chosen if one.choices),
        Filter("status", _("État"), choices=AssetStatus.choices, lookup="status",
               blank=_("En service ou prévus")),
    )  # fmt: skip


def _as_text(pair: tuple[int, Any]) -> tuple[str, Any]:
    return str(pair[0]), pair[1]


def _rank_words(row: Asset) -> str:
    return str(row.get_inherited_criticality_display() or row.get_criticality_display() or "")


def _by_rank(rows: Any, value: str) -> Rows:
    """By what care hands down, else by what is declared."""
    if value == "0":
        found: Rows = rows.filter(inherited_criticality__isnull=True, criticality__isnull=True)
        return found
    either: Rows = rows.filter(inherited_criticality=int(value)) | rows.filter(
        inherited_criticality__isnull=True, criticality=int(value)
    )
    return either


def _search(rows: Any, text: str) -> Rows:
    return assets_matching(rows, text)


def present(request: HttpRequest, rows: QuerySet[Asset]) -> QuerySet[Asset]:
    """Without what is retired, unless the address asks for a state."""
    return rows if request.GET.get("status") else rows.exclude(status=AssetStatus.RETIRED)


def pairs_filter(state: str) -> str:
    """The state of pairs that an address asks for; those that wait by default."""
    return state if state in PairState.values else PairState.WAITING.value
