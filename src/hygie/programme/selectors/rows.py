"""What does the programme ask: axes, objectives, indicators, targets, measures?"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hygie.foundation.errors import NotFound
from hygie.programme.models import (
    Axis,
    DocumentKind,
    Domain,
    Indicator,
    IndicatorTarget,
    Objective,
    ReferentialVersion,
    Requirement,
    SecurityMeasure,
)


def axes() -> QuerySet[Axis]:
    """The four axes, in order."""
    return Axis.objects.filter(is_retired=False).order_by("number")


def objectives() -> QuerySet[Objective]:
    """The objectives, in order, with their axis."""
    return Objective.objects.filter(is_retired=False).select_related("axis").order_by("number")


def domains() -> QuerySet[Domain]:
    """The funding domains, in order."""
    return Domain.objects.filter(is_retired=False)


def indicators() -> QuerySet[Indicator]:
    """Indicators in use."""
    return Indicator.objects.filter(is_retired=False).select_related("domain")


def document_kinds() -> QuerySet[DocumentKind]:
    """Kinds of proof in use."""
    return DocumentKind.objects.filter(is_retired=False)


def measures() -> QuerySet[SecurityMeasure]:
    """The catalogue of measures."""
    return SecurityMeasure.objects.filter(is_retired=False)


def measures_for_requirement(requirement: Requirement) -> QuerySet[SecurityMeasure]:
    """Measures of the catalogue that serve this requirement."""
    return measures().filter(requirements=requirement)


def targets() -> QuerySet[IndicatorTarget]:
    """Targets of the indicators in use."""
    return IndicatorTarget.objects.filter(indicator__is_retired=False).select_related("indicator")


def target_for(
    rows: Iterable[IndicatorTarget], *, kind: str, category: str
) -> list[IndicatorTarget]:
    """Targets that address this kind and category of organisation."""
    return [
        row
        for row in rows
        if kind in row.kinds and (not row.categories or category in row.categories)
    ]


def objective_get(pk: int) -> Objective:
    """One objective with its axis.

    Raises:
        NotFound: no such objective.
    """
    found = objectives().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def referential_version() -> ReferentialVersion | None:
    """The version of the package's referential in force; None before the first load."""
    return ReferentialVersion.objects.filter(is_current=True).first()


def indicator_get(pk: int) -> Indicator:
    """One indicator with its domain.

    Raises:
        NotFound: no such indicator.
    """
    found = indicators().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def measure_get(pk: int) -> SecurityMeasure:
    """One measure of the catalogue.

    Raises:
        NotFound: no such measure.
    """
    found = measures().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def target_in_force(rows: Iterable[IndicatorTarget], today: dt.date) -> IndicatorTarget | None:
    """The target to compare with: the nearest not yet due, else the last that fell due.

    A target whose period has not begun is not asked yet, unless no other was ever asked.
    """
    found = list(rows)
    begun = [row for row in found if row.from_on is None or row.from_on <= today]
    ahead = [row for row in begun if row.by_on is None or row.by_on >= today]
    if ahead:
        return min(ahead, key=lambda one: one.by_on or dt.date.max)
    if begun:
        return max(begun, key=lambda one: one.by_on or dt.date.min)
    return min(found, key=lambda one: one.from_on or dt.date.max, default=None)


def row_get(model: type[models.Model], pk: int) -> Any:
    """One row of any kind of the referential, for its administrator.

    Raises:
        NotFound: no such row.
    """
    found = model._default_manager.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
