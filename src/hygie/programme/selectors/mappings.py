"""Which requirements answer which others, and through which mapping?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hygie.programme.choices import MappingRelation
from hygie.programme.models import (
    Requirement,
    RequirementMapping,
)

# A state or proof may be carried to a requirement that the known one equals or covers whole.
_CARRIES_FORWARD = {MappingRelation.EQUAL, MappingRelation.SUPERSET}
_CARRIES_BACKWARD = {MappingRelation.EQUAL, MappingRelation.SUBSET}


@dataclass(frozen=True, slots=True)
class Carrier:
    """A requirement whose state also answers another, and the mapping that says so."""

    urn: str
    mapping_set_urn: str
    mapping_set_name: str
    relation: str


def equivalents_of(urns: Iterable[str]) -> dict[str, list[Carrier]]:
    """For each urn, the requirements whose state or proof also answers it; one query.

    One step only, through `equal`, a superset that covers it, or the subset seen from the other
    side; never through `intersect`, which promises nothing.
    """
    wanted = set(urns)
    found: dict[str, list[Carrier]] = defaultdict(list)
    mappings = RequirementMapping.objects.filter(
        Q(target_urn__in=wanted, relation__in=_CARRIES_FORWARD)
        | Q(source_urn__in=wanted, relation__in=_CARRIES_BACKWARD)
    ).values_list("source_urn", "target_urn", "mapping_set_urn", "mapping_set_name", "relation")
    for source, target, set_urn, set_name, relation in mappings:
        if target in wanted and relation in _CARRIES_FORWARD:
            found[target].append(Carrier(source, set_urn, set_name, relation))
        if source in wanted and relation in _CARRIES_BACKWARD:
            found[source].append(Carrier(target, set_urn, set_name, relation))
    return dict(found)


def mappings_of(urn: str) -> QuerySet[RequirementMapping]:
    """Every mapping that touches this requirement, `intersect` included."""
    return RequirementMapping.objects.filter(Q(source_urn=urn) | Q(target_urn=urn))


@dataclass(frozen=True, slots=True)
class MappingLink:
    """A mapping seen from one requirement; `other` is None while its library is not loaded."""

    mapping: RequirementMapping
    other_urn: str
    other: Requirement | None
    is_source: bool


def mapping_links(urn: str) -> list[MappingLink]:
    """Mappings of a requirement with the requirements at their other end; two queries."""
    rows = list(mappings_of(urn))
    urns = {row.target_urn if row.source_urn == urn else row.source_urn for row in rows}
    found = {
        row.urn: row
        for row in Requirement.objects.filter(
            urn__in=urns, framework__is_current=True
        ).select_related("framework")
    }
    links = []
    for row in rows:
        is_source = row.source_urn == urn
        other = row.target_urn if is_source else row.source_urn
        links.append(MappingLink(row, other, found.get(other), is_source))
    return links
