"""Which frameworks and requirements are there, with which rules?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.programme.models import (
    Framework,
    Requirement,
)
from hygie.programme.referential.parameters import resolve_rule


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A requirement's rule with its parameters replaced.

    `rule` is None when there is none, or while `missing` names parameters nobody has set.
    """

    requirement_id: int
    urn: str
    rule: dict[str, Any] | None
    missing: tuple[str, ...]


def frameworks(*, current_only: bool = True) -> QuerySet[Framework]:
    """Frameworks with their numbers of nodes and of assessable nodes."""
    found = Framework.objects.annotate(
        node_count=Count("requirements", filter=Q(requirements__is_retired=False)),
        assessable_count=Count("requirements", filter=Q(requirements__is_assessable=True)),
    )
    return found.filter(is_current=True) if current_only else found


def framework_get(pk: int) -> Framework:
    """One framework.

    Raises:
        NotFound: no such framework.
    """
    found = frameworks(current_only=False).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def requirements_of(framework: Framework) -> QuerySet[Requirement]:
    """Nodes in the order of the file, a parent before its children."""
    return (
        framework.requirements.filter(is_retired=False).select_related("parent").order_by("order")
    )


def requirements_current() -> QuerySet[Requirement]:
    """Assessable requirements of the frameworks in force, ours first, with their framework."""
    rows = Requirement.objects.filter(framework__is_current=True, is_assessable=True)
    return rows.select_related("framework").order_by("framework__origin", "framework_id", "order")


def requirement_get(pk: int) -> Requirement:
    """One requirement with its framework.

    Raises:
        NotFound: no such requirement.
    """
    found = Requirement.objects.filter(pk=pk).select_related("framework", "parent").first()
    if found is None:
        raise NotFound
    return found


def rules_of(framework_ids: Collection[int]) -> list[ReadyRule]:
    """Rules of the assessable requirements of these frameworks, parameters replaced; 2 queries."""
    values = {
        pk: {name: parameter.get("value") for name, parameter in parameters.items()}
        for pk, parameters in Framework.objects.filter(pk__in=framework_ids).values_list(
            "id", "parameters"
        )
    }
    rows = Requirement.objects.filter(framework_id__in=framework_ids, is_assessable=True)
    ready = []
    for pk, urn, framework_id, rule in rows.values_list("id", "urn", "framework_id", "rule"):
        if rule is None:
            ready.append(ReadyRule(pk, urn, None, ()))
            continue
        resolved = resolve_rule(rule, values[framework_id])
        ready.append(ReadyRule(pk, urn, resolved.rule, resolved.missing))
    return ready


def requirement_by_ref(ref_id: str) -> Requirement:
    """One requirement of a current framework by its reference or urn; ours before others'.

    Raises:
        NotFound: no such reference.
    """
    found = (
        Requirement.objects.filter(framework__is_current=True)
        .filter(Q(ref_id__iexact=ref_id) | Q(urn=ref_id))
        .select_related("framework")
        .order_by("framework__origin", "id")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def framework_versions(framework: Framework) -> QuerySet[Framework]:
    """The other versions of a framework, newest first."""
    return Framework.objects.filter(urn=framework.urn).exclude(pk=framework.pk).order_by("-version")


def requirement_urns(words: str) -> tuple[list[str], list[str]]:
    """Urns of references separated by commas or semicolons, and the words that name nothing.

    A reference of ours wins over the same one of an imported library.
    """
    names = [name.strip() for name in words.replace(";", ",").split(",") if name.strip()]
    rows = Requirement.objects.filter(framework__is_current=True).order_by(
        "-framework__origin", "id"
    )
    known: dict[str, str] = {}
    for ref_id, urn in rows.values_list("ref_id", "urn"):
        known[ref_id.upper()] = urn
        known[urn.upper()] = urn
    found = [known[name.upper()] for name in names if name.upper() in known]
    return found, [name for name in names if name.upper() not in known]


def frameworks_in_force() -> QuerySet[Framework]:
    """Current frameworks, uncounted."""
    return Framework.objects.filter(is_current=True)


def assessable_of(framework_ids: Collection[int]) -> QuerySet[Requirement]:
    """Requirements of these frameworks that get a state."""
    return Requirement.objects.filter(framework_id__in=framework_ids, is_assessable=True)
