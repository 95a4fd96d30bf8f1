"""Which requirements does a proof or an action name, and are they known here?"""

from collections.abc import Iterable

from hygie.programme.models import Requirement


def requirements_named(urns: Iterable[str]) -> dict[str, Requirement]:
    """Requirements of these urns, the current version before older ones; one query."""
    rows = Requirement.objects.filter(urn__in=set(urns)).select_related("framework")
    return {row.urn: row for row in rows.order_by("framework__is_current", "framework__version")}


def unknown_urns(urns: Iterable[str]) -> list[str]:
    """Those of these urns that no version of any framework bears; one query."""
    wanted = set(urns)
    known = Requirement.objects.filter(urn__in=wanted).values_list("urn", flat=True)
    return sorted(wanted - set(known))


def urns_by_name() -> dict[str, str]:
    """Urn of every requirement of the current frameworks, by urn and by reference in capitals.

    A reference of ours wins over the same one of an imported library. One query.
    """
    rows = Requirement.objects.filter(framework__is_current=True)
    known: dict[str, str] = {}
    for ref_id, urn in rows.order_by("-framework__origin", "id").values_list("ref_id", "urn"):
        known[urn] = urn
        known[ref_id.upper()] = urn
    known.pop("", None)
    return known
