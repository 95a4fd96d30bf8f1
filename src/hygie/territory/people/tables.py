"""Which columns and filters do the lists of people have?"""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.people.choices import Role
from hygie.territory.people.models import RoleAssignment

COLUMNS = (
    Column("person", _("Personne"), sort=("user__last_name", "user__email"), value="user"),
    Column("email", _("Adresse électronique"), sort="user__email", value="user.email"),
    Column("role", _("Rôle"), sort="role", value="get_role_display"),
    Column("organisation", _("Où"), sort="organisation__name", value="organisation.name"),
    Column("since", _("Depuis"), sort="since", kind="date"),
    Column("until", _("Jusqu'au"), sort="until", kind="date"),
    Column(
        "last_login",
        _("Dernière connexion"),
        sort="user__last_login",
        kind="date",
        value="user.last_login",
        is_first_down=True,
    ),
)
FILTERS = (
    Filter(
        "q",
        _("Nom, adresse ou organisation"),
        lookup=(
            "user__last_name", "user__first_name", "user__email",
            "organisation__name", "organisation__code",
        ),
    ),
    Filter("role", _("Rôle"), choices=Role.choices, lookup="role"),
    Filter("level", _("Niveau"), choices=OrganisationKind.choices, lookup="organisation__kind"),
)  # fmt: skip


def people_page(request: HttpRequest, rows: QuerySet[RoleAssignment]) -> TablePage:
    """The list of people, as the address asks for it."""
    return TablePage(
        request, rows, COLUMNS, FILTERS, sort="person", caption=_("Personnes et rôles en cours")
    )
