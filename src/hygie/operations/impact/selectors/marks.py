"""Has the map of a place, or what the model believes there, changed since an answer?"""

from django.db.models import Max, Sum

from hygie.operations.impact.selectors.parameters import parameter_changes, parameters_mark
from hygie.territory.estate.models import EstateRevision
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below


def map_mark(organisation: Organisation) -> str:
    """A short text that changes with the map of a place and with its parameters. 2 queries.

    Revisions of the organisations below are added up: each only grows, so that no change is missed.
    """
    rows = EstateRevision.objects.filter(below(organisation, "organisation__"))
    found = rows.aggregate(total=Sum("number"), last=Max("changed_at"))
    # A restored instance counts again from the same numbers.
    last = f"{found['last'].timestamp():.6f}" if found["last"] else "0"
    return f"{found['total'] or 0}.{last}.{parameters_mark(parameter_changes(organisation))}"
