"""Which columns and filters have the lists of organisations?"""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import BulkAct, Column, Filter, Rows, TablePage
from hygie.territory.organisations.choices import SHORT_KINDS, OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.policies import FOLLOW_RIGHTS
from hygie.territory.organisations.selectors import below, organisations_in
from hygie.territory.organisations.selectors.search import (
    category_choices,
    filter_choices,
    organisations_matching,
)
from hygie.territory.perimeter import Perimeter

_COLUMNS = (
    Column("name", _("Nom"), sort=("name",)),
    Column("kind", _("Niveau"), sort="kind", value="get_kind_display"),
    Column("code", _("Code"), sort="code"),
    Column("category", _("Catégorie"), sort="category_label", value="category_label"),
    Column("town", _("Commune"), sort="town"),
    Column("ght", _("GHT"), sort="ght__name", value="ght.name"),
    Column("region", _("Région"), sort="region__name", value="region.name"),
    Column("followed", _("Suivi"), sort="is_followed", value=lambda row: followed_words(row)),
)
_KINDS = tuple((kind.value, word) for kind, word in SHORT_KINDS.items())
_PRESENCE = (("all", _("Suivies et non suivies")), ("no", _("Non suivies")),
             ("closed", _("Fermées")))  # fmt: skip
_PRESENT = Filter(
    "present", _("Présence"), choices=_PRESENCE, apply=lambda rows, _value: rows,
    blank=_("Suivies"),
)  # fmt: skip


def followed_words(organisation: Organisation) -> str:
    """Closed, followed or not, in a word."""
    if organisation.is_closed:
        return str(_("fermé"))
    return str(_("suivi") if organisation.is_followed else _("non suivi"))


def organisations_page(request: HttpRequest, perimeter: Perimeter) -> TablePage:
    """Organisations of this perimeter: open and followed, unless the address asks for others."""
    regions = filter_choices(perimeter, OrganisationKind.REGION)
    groups = filter_choices(perimeter, OrganisationKind.GHT)
    categories = category_choices(perimeter)
    chosen = (
        Filter("region", _("Région"), choices=regions, lookup="region_id"),
        Filter("ght", _("GHT"), choices=groups, lookup="ght_id"),
        Filter("category", _("Catégorie"), choices=categories, lookup="category_code"),
    )
    # Who sees one region or one group has nothing to choose there, and no use for the column.
    alone = {name for name, known in (("region", regions), ("ght", groups)) if len(known) < 2}
    return TablePage(
        request,
        _present(request, organisations_in(perimeter)).select_related("region", "ght"),
        [column for column in _COLUMNS if column.name not in alone],
        filters=(
            Filter("q", _("Rechercher"), apply=_search),
            Filter("kind", _("Niveau"), choices=_KINDS, lookup="kind"),
            *(one for one in chosen if len(one.choices) > 1),
            _PRESENT,
        ),
        sort="name",
        caption=_("Structures du territoire"),
        acts=_acts(perimeter),
    )


def children_page(
    request: HttpRequest, perimeter: Perimeter, organisation: Organisation
) -> TablePage:
    """What stands below a node, level by level, as the address asks for it."""
    rows = _present(request, organisations_in(perimeter).filter(below(organisation)))
    rows = rows.exclude(pk=organisation.pk).select_related("region", "ght")
    return TablePage(
        request,
        rows,
        [column for column in _COLUMNS if column.name not in {"region", "ght"}],
        filters=(
            Filter("q", _("Rechercher"), apply=_search),
            Filter("kind", _("Niveau"), choices=_KINDS, lookup="kind"),
            _PRESENT,
        ),
        sort="name",
        caption=_("Structures en dessous"),
    )


def _acts(perimeter: Perimeter) -> tuple[BulkAct, ...]:
    if not any(perimeter.holds_anywhere(right) for right in FOLLOW_RIGHTS):
        return ()
    return (
        BulkAct(_("Suivre"), reverse("organisations:organisation_follow"), icon="eye"),
        BulkAct(
            _("Ne plus suivre"), reverse("organisations:organisation_unfollow"), icon="eye-slash"
        ),
    )


def _present(request: HttpRequest, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Open and followed ones, unless `_PRESENT` says otherwise: no choice is a choice too."""
    asked = request.GET.get("present", "")
    if asked == "closed":
        return rows.filter(closed_on__isnull=False)
    rows = rows.filter(closed_on__isnull=True)
    if asked == "all":
        return rows
    return rows.filter(is_followed=asked != "no")


def _search(rows: Rows, text: str) -> Rows:
    return organisations_matching(rows, text) if isinstance(rows, QuerySet) else rows
