"""What is the latest value, and how did it come there?"""

from django.db.models import QuerySet

from hygie.foundation.errors import NotFound
from hygie.programme.models import Indicator
from hygie.progress.models import CurrentMeasurement, Measurement
from hygie.territory.organisations.selectors import perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter


def current_in(perimeter: Perimeter) -> QuerySet[CurrentMeasurement]:
    """Latest value per organisation and indicator, in the perimeter: values, not notes."""
    return CurrentMeasurement.objects.filter(
        perimeter_filter(perimeter, prefix="organisation__")
    ).select_related("indicator", "organisation")


def current_get(
    perimeter: Perimeter, organisation_id: int, indicator_id: int
) -> CurrentMeasurement | None:
    """The latest value of one indicator at one organisation; one indexed read."""
    return (
        current_in(perimeter)
        .filter(organisation_id=organisation_id, indicator_id=indicator_id)
        .first()
    )


def series_in(
    perimeter: Perimeter, organisation_id: int, indicator_id: int
) -> QuerySet[Measurement]:
    """All values of one indicator at one organisation, oldest first."""
    return (
        Measurement.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"),
            organisation_id=organisation_id,
            indicator_id=indicator_id,
        )
        .select_related("indicator")
        .order_by("effective_on", "known_as", "id")
    )


def measurement_get_in(perimeter: Perimeter, pk: int) -> Measurement:
    """One recorded value with its note, author and proof.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        Measurement.objects.filter(
            perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__"), pk=pk
        )
        .select_related("indicator", "organisation", "recorded_by", "evidence")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def indicator_by_code(code: str) -> Indicator:
    """One indicator of the referential.

    Raises:
        NotFound: no such code.
    """
    found = Indicator.objects.filter(code=code, is_retired=False).first()
    if found is None:
        raise NotFound
    return found
