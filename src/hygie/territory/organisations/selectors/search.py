"""How is an organisation found by someone who types, or who narrows a list?"""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors.perimeters import organisations_in
from hygie.territory.organisations.words import plain
from hygie.territory.perimeter import Perimeter

_MOST_WORDS = 8


def organisations_matching(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Rows of which code, names and town hold every word of a text, accents and capitals aside."""
    for word in plain(text.replace("\x00", "")).split()[:_MOST_WORDS]:
        # The key is empty for organisations created outside the imports.
        rows = rows.filter(
            Q(search_key__contains=word) | Q(name__icontains=word) | Q(code__iexact=word)
        )
    return rows


def places_matching(perimeter: Perimeter, text: str, *, limit: int = 20) -> list[Organisation]:
    """Nodes where this perimeter may go and work: the widest first, followed ones before others."""
    rank = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(OrganisationKind)),
        output_field=IntegerField(),
    )
    rows = organisations_in(perimeter).filter(closed_on__isnull=True)
    rows = organisations_matching(rows, text) if text.strip() else rows.filter(is_followed=True)
    ordered = rows.annotate(rank=rank).order_by("-is_followed", "rank", "name", "pk")
    return list(ordered.select_related("region", "ght", "legal_entity")[:limit])


def filter_choices(perimeter: Perimeter, kind: OrganisationKind) -> list[tuple[str, str]]:
    """Ids and names of the organisations of one level that this perimeter sees."""
    found = organisations_in(perimeter).filter(kind=kind).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def category_choices(perimeter: Perimeter) -> list[tuple[str, str]]:
    """Codes and labels of the categories of the followed organisations of this perimeter."""
    found = (
        organisations_in(perimeter)
        .filter(is_followed=True)
        .exclude(category_code="")
        .order_by("category_label")
        .values_list("category_code", "category_label")
        .distinct()
    )
    return list(found)


def territory_is_empty() -> bool:
    """Whether no establishment nor legal entity was ever imported."""
    known = Organisation.objects.filter(kind__in=(OrganisationKind.EJ, OrganisationKind.ET))
    return not known.exists()
