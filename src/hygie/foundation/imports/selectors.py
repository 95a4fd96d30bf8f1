"""Which files did this person bring, and what was found in them?"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.foundation.imports.models import (
    ENDED,
    Import,
    ImportChange,
    ImportMessage,
    ImportState,
)
from hygie.foundation.imports.types import Reader


def imports_in(reader: Reader) -> QuerySet[Import]:
    """Imports of this person; a file is its owner's affair until applied. The operator sees all."""
    found = Import.objects.select_related("job", "owner")
    if reader.is_operator:
        return found
    return found.filter(Q(owner_id=reader.actor.user_id, owner__isnull=False))


def import_get_in(reader: Reader, pk: int) -> Import:
    """One import of this person.

    Raises:
        NotFound: absent, or someone else's.
    """
    found = imports_in(reader).select_related("document").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def import_to_run(pk: int) -> Import:
    """The import that a worker was asked to work on.

    Raises:
        NotFound: removed since.
    """
    found = Import.objects.select_related("document", "owner", "job").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def imports_applied_to(organisation_ids: Sequence[int] | QuerySet[Any]) -> QuerySet[Import]:
    """Trace of the imports applied to these organisations, newest first."""
    return Import.objects.filter(
        organisation_id__in=organisation_ids, state=ImportState.APPLIED
    ).order_by("-id")


def changes_of(run: Import) -> QuerySet[ImportChange]:
    """Changes kept of an import, in the order of the file."""
    return ImportChange.objects.filter(run=run)


def messages_of(run: Import) -> QuerySet[ImportMessage]:
    """Messages kept of an import; the most serious first in `severity` order."""
    return ImportMessage.objects.filter(run=run)


def imports_over() -> QuerySet[Import]:
    """Imports that have ended and still hold their file or details."""
    return Import.objects.filter(state__in=ENDED, document__isnull=False)
