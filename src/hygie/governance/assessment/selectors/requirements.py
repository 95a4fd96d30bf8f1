"""In which state is each requirement here, and, for those who may know, why?"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from hygie.foundation.errors import NotFound
from hygie.governance.assessment.lines import Said, Vocabulary, line_say
from hygie.governance.assessment.models import RequirementState, RequirementStateChange
from hygie.governance.assessment.selectors.effective import effective
from hygie.programme.models import DocumentKind, Framework, Indicator
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter


@dataclass(frozen=True, slots=True)
class Explained:
    """One requirement's state with its lines; empty lines when only indicators may be seen."""

    row: RequirementState
    state: str
    lines: tuple[Said, ...]
    missing: tuple[str, ...]
    is_detailed: bool


def requirement_states_in(perimeter: Perimeter, today: dt.date) -> QuerySet[RequirementState]:
    """States of the perimeter with the state that holds on that day as `effective`.

    Lines, missing facts and references are deferred: they name weak points.
    """
    return (
        RequirementState.objects.filter(perimeter_filter(perimeter, prefix="organisation__"))
        .annotate(effective=effective(today))
        .defer("lines", "missing", "through")
    )


def requirement_states_of(
    perimeter: Perimeter, organisation: Organisation, framework: Framework, today: dt.date
) -> dict[int, RequirementState]:
    """The states of one framework at one organisation, by requirement; one query."""
    rows = requirement_states_in(perimeter, today).filter(
        organisation=organisation, requirement__framework=framework
    )
    return {row.requirement_id: row for row in rows}


def requirement_explain(
    perimeter: Perimeter, organisation: Organisation, requirement_id: int, today: dt.date
) -> Explained | None:
    """Why the requirement is in this state; None when nothing was ever computed (not tested).

    Raises:
        NotFound: the organisation is outside the perimeter.
    """
    depth = depth_at(perimeter, organisation)
    if depth < Depth.INDICATORS:
        raise NotFound
    row = (
        RequirementState.objects.filter(organisation=organisation, requirement_id=requirement_id)
        .annotate(effective=effective(today))
        .select_related("requirement", "organisation")
        .first()
    )
    if row is None:
        return None
    state = str(row.effective)
    if depth < Depth.DETAIL:
        return Explained(row, state, (), (), is_detailed=False)
    words = vocabulary(get_language() or "fr")
    return Explained(
        row,
        state,
        tuple(line_say(line, words) for line in row.lines),
        tuple(words.code(code) for code in row.missing),
        is_detailed=True,
    )


def requirement_history(
    perimeter: Perimeter, organisation: Organisation, requirement_id: int
) -> QuerySet[RequirementStateChange]:
    """Changes of state, newest first."""
    return RequirementStateChange.objects.filter(
        perimeter_filter(perimeter, prefix="organisation__"),
        organisation=organisation,
        requirement_id=requirement_id,
    )


def vocabulary(language: str = "") -> Vocabulary:
    """Labels for the codes that lines name; two queries."""
    suffix = "en" if (language or get_language() or "fr")[:2] == "en" else "fr"
    indicators = Indicator.objects.values_list("code", f"title_{suffix}", "unit")
    documents = DocumentKind.objects.values_list("code", f"title_{suffix}")
    rows = list(indicators)
    return Vocabulary(
        indicators={code: title for code, title, _unit in rows},
        units={code: unit for code, _title, unit in rows},
        documents=dict(documents),
    )


def closest_to_pass(
    perimeter: Perimeter, organisation: Organisation, today: dt.date, limit: int = 3
) -> list[tuple[RequirementState, str]]:
    """Coverage rules not reached, the nearest first, each with the smallest addition in words.

    Empty below full depth: the sentence names members and what they lack.
    """
    if depth_at(perimeter, organisation) < Depth.DETAIL:
        return []
    rows = (
        RequirementState.objects.filter(
            organisation=organisation,
            coverage__isnull=False,
            requirement__framework__is_current=True,
        )
        .annotate(effective=effective(today), gap=F("threshold") - F("coverage"))
        .filter(effective__in=["failed", "stale", "cannot_tell"], basis="rule")
        .select_related("requirement")
        .order_by("gap", "id")[:limit]
    )
    found = list(rows)
    words = vocabulary(get_language() or "fr") if found else None
    return [
        (row, next((line_say(line, words).text for line in row.lines
                    if line["code"] == "smallest_addition"), ""))
        for row in found
        if words is not None
    ]  # fmt: skip


def recent_changes(
    perimeter: Perimeter, organisation: Organisation, since: dt.date
) -> QuerySet[RequirementStateChange]:
    """Changes of state since a day, newest first, of requirements still in force."""
    return (
        RequirementStateChange.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"),
            organisation=organisation,
            requirement__framework__is_current=True,
            on__gte=since,
        )
        .exclude(previous="")
        .select_related("requirement")
    )
