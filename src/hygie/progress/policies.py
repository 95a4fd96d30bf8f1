"""Who may read and write what has been measured, proven and promised?

| object      | read value or state | read detail (note, author, proof, text)            | write  |
|-------------|---------------------|----------------------------------------------------|--------|
| measurement | depth INDICATORS    | depth DETAIL                                       | RECORD |
| evidence    | –                   | depth DETAIL; above internal: and REVIEW or        | RECORD |
|             |                     | READ_JOURNAL there, or being who filed it          |        |
| action      | –                   | depth DETAIL; its proof as that proof              | RECORD |
"""

from django.db.models import Q

from hygie.progress.choices import Sensitivity
from hygie.territory.organisations.selectors import perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter, Right


def readable_evidence(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps the proofs this perimeter may read."""
    if perimeter.is_operator:
        return Q()
    detail = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix=prefix)
    trusted = perimeter_filter(
        perimeter, depth=Depth.DETAIL, right=Right.REVIEW, prefix=prefix
    ) | perimeter_filter(perimeter, depth=Depth.DETAIL, right=Right.READ_JOURNAL, prefix=prefix)
    path = prefix.removesuffix("organisation__")
    readers = Q(**{f"{path}sensitivity": Sensitivity.INTERNAL}) | trusted
    if perimeter.actor.user_id is not None:
        # Whoever filed a proof goes on reading it, for as long as the detail is theirs to see.
        readers |= Q(**{f"{path}created_by_id": perimeter.actor.user_id})
    return detail & readers
