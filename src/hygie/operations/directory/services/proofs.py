"""How does the report of an audit become a proof?"""

import datetime as dt
import io

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.connectors.files.sniff import FileType
from hygie.foundation.documents.services import document_store
from hygie.foundation.errors import NotAllowed
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.policies import may_audit
from hygie.programme.selectors import document_kinds
from hygie.progress.choices import Knowledge, Sensitivity
from hygie.progress.models import Evidence
from hygie.progress.services.evidence import evidence_add
from hygie.territory.perimeter import Perimeter

KIND = "ads-report"


def audit_prove(*, perimeter: Perimeter, audit: DirectoryAudit, paper: bytes) -> Evidence:
    """File the report of an audit among the proofs, as measured and confidential.

    Args:
        audit: finished, read inside the perimeter. paper: the report, PDF.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_audit(perimeter, audit.organisation):
        raise NotAllowed
    effective_on: dt.date = audit.effective_on or timezone.localdate()
    name = f"annuaire-{audit.pk}-{effective_on.isoformat()}.pdf"
    with transaction.atomic():
        document = document_store(
            stream=io.BytesIO(paper), name=name, allowed={FileType.PDF}, actor=perimeter.actor
        )
        kind = document_kinds().get(code=KIND)
        forest = audit.forest.name if audit.forest else ""
        return evidence_add(
            perimeter=perimeter,
            organisation_id=audit.organisation_id,
            kind=kind,
            title=_("Audit d'annuaire de %(forest)s") % {"forest": forest},
            effective_on=effective_on,
            document=document,
            known_as=Knowledge.MEASURED,
            sensitivity=Sensitivity.CONFIDENTIAL,
        )
