"""How do the defences compared become actions, and a rehearsal a proof?"""

import io
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.connectors.files.sniff import FileType
from hygie.engines.ransomware.defences import DefenceKind
from hygie.foundation.documents.services import document_store
from hygie.foundation.errors import NotAllowed
from hygie.operations.impact.asked import TOGETHER
from hygie.operations.impact.defence_words import MEASURES, defence_words
from hygie.operations.impact.errors import NothingPromised
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.policies import may_rehearse
from hygie.programme.selectors import document_kinds, measures
from hygie.progress.choices import ActionPriority, Knowledge, Sensitivity
from hygie.progress.models import Evidence
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.territory.perimeter import Perimeter

KIND = "attack-rehearsal"


@transaction.atomic
def rehearsal_promise(
    *, perimeter: Perimeter, rehearsal: RansomwareRehearsal, names: Sequence[str]
) -> int:
    """Make an action of each chosen defence, tied to the measure of the catalogue it sets up.

    Args:
        rehearsal: finished, read inside the perimeter. names: of the defences compared.

    Returns:
        How many actions were made.

    Raises:
        NotAllowed: outside the rights. NothingPromised: none of them was compared.
    """
    if not may_rehearse(perimeter, rehearsal.organisation):
        raise NotAllowed
    compared = {one["name"]: one for one in rehearsal.summary.get("defences", [])}
    chosen = [name for name in dict.fromkeys(names) if name in compared and name != TOGETHER]
    if not chosen:
        raise NothingPromised
    known = dict(measures().values_list("code", "pk"))
    for name in chosen:
        kind = DefenceKind(name.partition(":")[0])
        saved = compared[name]["saved"]
        action_add(
            perimeter=perimeter,
            organisation_id=rehearsal.organisation_id,
            title=defence_words(name)[:250],
            description=_(
                "%(saved)s heures de soins épargnées par attaque, en moyenne (de %(low)s à "
                "%(high)s), d'après la répétition « %(name)s »."
            )
            % {
                "saved": f"{saved['mean']:.0f}", "low": f"{saved['low']:.0f}",
                "high": f"{saved['high']:.0f}", "name": rehearsal.name,
            },
            priority=ActionPriority.HIGH,
            origin="operations/impact",
            origin_ref=f"rehearsal:{rehearsal.pk}:{name}"[:250],
            measure_id=known.get(MEASURES[kind]),
        )  # fmt: skip
    return len(chosen)


def rehearsal_prove(
    *, perimeter: Perimeter, rehearsal: RansomwareRehearsal, paper: bytes
) -> Evidence:
    """File the report of a rehearsal among the proofs, as measured and confidential.

    Args:
        rehearsal: finished, read inside the perimeter. paper: the report, PDF.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_rehearse(perimeter, rehearsal.organisation):
        raise NotAllowed
    effective_on = timezone.localdate(rehearsal.finished_at)
    name = f"rancongiciel-{rehearsal.pk}-{effective_on.isoformat()}.pdf"
    with transaction.atomic():
        document = document_store(
            stream=io.BytesIO(paper), name=name, allowed={FileType.PDF}, actor=perimeter.actor
        )
        return evidence_add(
            perimeter=perimeter,
            organisation_id=rehearsal.organisation_id,
            kind=document_kinds().get(code=KIND),
            title=_("Répétition de rançongiciel : %(name)s") % {"name": rehearsal.name},
            effective_on=effective_on,
            document=document,
            known_as=Knowledge.MEASURED,
            sensitivity=Sensitivity.CONFIDENTIAL,
        )
