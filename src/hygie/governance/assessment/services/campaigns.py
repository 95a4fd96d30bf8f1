"""How is one framework asked of many organisations, and how does it end?"""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.choices import QuestionnaireState
from hygie.governance.assessment.errors import CampaignIsClosed, NobodyToAsk, NothingToAsk
from hygie.governance.assessment.models import Campaign, Questionnaire
from hygie.governance.assessment.selectors.candidates import ASSESSED_KINDS
from hygie.governance.assessment.selectors.questionnaires import (
    campaign_get_in,
    requirements_asked,
)
from hygie.programme.models import Framework
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import (
    below,
    may,
    organisation_get_in,
    organisations_in,
)
from hygie.territory.perimeter import Perimeter, Right


def campaign_launch(
    *,
    perimeter: Perimeter,
    node_id: int,
    framework: Framework,
    name: str,
    due_on: dt.date,
    organisation_ids: Collection[int] = (),
    kinds: Collection[str] = (),
    implementation_groups: Sequence[str] = (),
) -> Campaign:
    """Ask a framework of the chosen organisations below a node.

    Args:
        organisation_ids: the ones asked; all of `kinds` below the node when empty.
        kinds: levels asked when no organisation is named.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        NobodyToAsk, NothingToAsk: nobody chosen, or nothing to ask.
    """
    node = organisation_get_in(perimeter, node_id)
    if not may(perimeter, node, Right.PLAN):
        raise NotAllowed
    if not requirements_asked(framework, list(implementation_groups)):
        raise NothingToAsk(framework=framework.name)
    asked = _asked(perimeter, node, organisation_ids, kinds)
    if not asked:
        raise NobodyToAsk
    with transaction.atomic():
        campaign = Campaign.objects.create(
            name=name.strip(),
            framework=framework,
            node=node,
            implementation_groups=list(implementation_groups),
            due_on=due_on,
            created_by_id=perimeter.actor.user_id,
        )
        _questionnaires_add(campaign, asked)
        _told(perimeter, campaign, "campaign.launched", asked=len(asked))
    return campaign


def campaign_extend(
    *, perimeter: Perimeter, campaign_id: int, organisation_ids: Collection[int]
) -> int:
    """Ask more organisations; those already asked are left as they are.

    Returns:
        How many were added.

    Raises:
        CampaignIsClosed: it asks nobody any more.
    """
    with transaction.atomic():
        campaign = _held(perimeter, campaign_id)
        asked = _asked(perimeter, campaign.node, organisation_ids, ())
        known = set(campaign.questionnaires.values_list("organisation_id", flat=True))
        fresh = [one for one in asked if one.pk not in known]
        _questionnaires_add(campaign, fresh)
        _told(perimeter, campaign, "campaign.extended", asked=len(fresh))
    return len(fresh)


def campaign_detach(*, perimeter: Perimeter, campaign_id: int, organisation_id: int) -> None:
    """Take one organisation out: nothing begun is deleted, what was answered goes on alone.

    Raises:
        CampaignIsClosed: it is over.
    """
    with transaction.atomic():
        campaign = _held(perimeter, campaign_id)
        row = campaign.questionnaires.filter(organisation_id=organisation_id).first()
        if row is None:
            return
        if row.state == QuestionnaireState.DRAFT and not row.answers.exists():
            row.delete()
        else:
            row.campaign = None
            row.save(update_fields=["campaign"])
        _told(perimeter, campaign, "campaign.detached", organisation=organisation_id)


def campaign_close(*, perimeter: Perimeter, campaign_id: int) -> Campaign:
    """End a campaign: questionnaires never begun are withdrawn, the others keep their life."""
    with transaction.atomic():
        campaign = _held(perimeter, campaign_id)
        untouched = campaign.questionnaires.filter(
            state=QuestionnaireState.DRAFT, answers__isnull=True
        )
        withdrawn = untouched.count()
        untouched.delete()
        campaign.is_closed = True
        campaign.save(update_fields=["is_closed"])
        _told(perimeter, campaign, "campaign.closed", withdrawn=withdrawn)
    return campaign


def _asked(
    perimeter: Perimeter,
    node: Organisation,
    organisation_ids: Collection[int],
    kinds: Collection[str],
) -> list[Organisation]:
    chosen = Q(pk__in=organisation_ids) if organisation_ids else Q(kind__in=kinds)
    return list(
        organisations_in(perimeter, right=Right.PLAN)
        .filter(below(node), chosen, kind__in=ASSESSED_KINDS, is_followed=True)
        .filter(closed_on__isnull=True)
        .order_by("id")
    )


def _questionnaires_add(campaign: Campaign, asked: Collection[Organisation]) -> None:
    Questionnaire.objects.bulk_create(
        [
            Questionnaire(
                organisation=organisation,
                framework=campaign.framework,
                campaign=campaign,
                due_on=campaign.due_on,
                implementation_groups=campaign.implementation_groups,
            )
            for organisation in asked
        ],
        batch_size=1000,
    )


def _held(perimeter: Perimeter, campaign_id: int) -> Campaign:
    campaign = campaign_get_in(perimeter, campaign_id)
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.is_closed:
        raise CampaignIsClosed(name=held.name)
    return held


def _told(perimeter: Perimeter, campaign: Campaign, action: str, **detail: int) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="campaign",
        object_id=campaign.pk,
        organisation_id=campaign.node_id,
        detail=detail,
    )
