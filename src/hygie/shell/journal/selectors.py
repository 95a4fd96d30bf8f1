"""Which lines of the journal may this perimeter read, and how much of each?"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from hygie.foundation.journal.models import JournalLine
from hygie.foundation.journal.selectors import journal_lines
from hygie.shell.journal.words import OBJECT_WORDS
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Depth, Level, Perimeter, Right

# What an administrator decides or has to answer for; shown whole to whoever reads the line.
OPEN_FAMILIES = (
    "account.", "role.", "link.", "session.", "second_factor.",
    "organisation.", "referential.", "library.", "parameter.", "instance.", "jobs.",
)  # fmt: skip


def lines_in(perimeter: Perimeter) -> QuerySet[JournalLine]:
    """Lines about the organisations where this perimeter reads the journal.

    Whoever reads it for the whole nation also reads the lines that belong to no organisation.

    Returns:
        Lines with `organisation_name` and `is_open`: False when the reader sees that organisation
        by its indicators only, hence neither the object nor the detail of its lines.
    """
    readable = organisations_in(perimeter, right=Right.READ_JOURNAL)
    lines = journal_lines()
    if not _reads_all(perimeter):
        lines = lines.filter(organisation_id__in=readable.values("pk"))
    here = readable.filter(pk=OuterRef("organisation_id"))
    in_detail = organisations_in(perimeter, depth=Depth.DETAIL, right=Right.READ_JOURNAL).filter(
        pk=OuterRef("organisation_id")
    )
    open_family = Q(organisation_id__isnull=True)
    for family in OPEN_FAMILIES:
        open_family |= Q(action__startswith=family)
    return lines.annotate(
        organisation_name=Coalesce(Subquery(here.values("name")[:1]), Value("")),
        is_open=open_family | Exists(in_detail),
    )


def shown_object(line: JournalLine) -> str:
    """The object of the line, as far as its reader sees it."""
    if not line.object_type or not line.is_open:  # type: ignore[attr-defined]  # annotated above
        return ""
    return f"{OBJECT_WORDS.get(line.object_type, line.object_type)} {line.object_id}"


def _reads_all(perimeter: Perimeter) -> bool:
    return perimeter.is_operator or any(
        grant.level is Level.NATION and Right.READ_JOURNAL in grant.rights
        for grant in perimeter.grants
    )
