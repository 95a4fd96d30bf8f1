"""How do answers follow a framework to its next version?"""

from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.errors import UpgradeRefused
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.programme.models import Framework
from hygie.programme.selectors import framework_upgrade_diff
from hygie.territory.perimeter import Perimeter, Right


def answers_upgrade(*, perimeter: Perimeter, old: Framework, new: Framework) -> int:
    """Move questionnaires and their answers to a newer version, in one transaction.

    Answers to requirements that the new version lost stay on record under the old one: they no
    longer count, and nothing is deleted.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.

    Returns:
        Answers moved.

    Raises:
        NotAllowed: the right is missing. UpgradeRefused: not two versions of one framework.
    """
    if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed
    if old.urn != new.urn or old.version >= new.version:
        raise UpgradeRefused(old=str(old), new=str(new))
    diff = framework_upgrade_diff(old, new)
    pairs = [*diff.kept, *((one.old, one.new) for one in diff.moved)]
    with transaction.atomic():
        moved = 0
        for before, after in pairs:
            moved += Answer.objects.filter(requirement=before).update(requirement=after)
        asked = Questionnaire.objects.filter(framework=old)
        organisations = sorted(set(asked.values_list("organisation_id", flat=True)))
        asked.update(framework=new)
        journal_write(
            actor=perimeter.actor,
            action="answers.upgraded",
            object_type="framework",
            object_id=new.pk,
            detail={"from": old.version, "to": new.version, "answers": moved,
                    "lost": [row.ref_id or row.urn for row in diff.lost][:50]},
        )  # fmt: skip
        follow_up("facts_changed", organisation_ids=organisations)
    return moved
