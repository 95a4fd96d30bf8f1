"""Which losses cost most care here, and is that still so?"""

from django.db.models import QuerySet

from hygie.foundation.errors import NotFound
from hygie.foundation.jobs.choices import JobState
from hygie.operations.impact.choices import LossFamily, RankedKind, WorkState
from hygie.operations.impact.models import LossRanking, LossScenario, RankedLoss
from hygie.operations.impact.policies import readable_losses
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


def ranking_latest(perimeter: Perimeter, organisation: Organisation) -> LossRanking | None:
    """The latest finished ranking of a place; None when there is none yet. 1 query."""
    return (
        LossRanking.objects.filter(
            readable_losses(perimeter), organisation=organisation, state=WorkState.DONE
        )
        .select_related("organisation")
        .order_by("-id")
        .first()
    )


def ranking_under_way(perimeter: Perimeter, organisation: Organisation) -> LossRanking | None:
    """The newest ranking of a place when it has no answer yet or none at all. 1 query."""
    newest = (
        LossRanking.objects.filter(readable_losses(perimeter), organisation=organisation)
        .select_related("job")
        .order_by("-id")
        .first()
    )
    return None if newest is None or newest.state == WorkState.DONE else newest


def losses_of(ranking: LossRanking) -> QuerySet[RankedLoss]:
    """The losses of a ranking that the caller may read, heaviest first."""
    return ranking.losses.select_related("ranking", "asset__organisation", "other__organisation")


def single_points_of(ranking: LossRanking, most: int) -> list[RankedLoss]:
    """Assets whose loss, with what goes with them, stops care; vital first. 1 query."""
    rows = losses_of(ranking).filter(size=RankedKind.SINGLE, asset__isnull=False, stopped__gt=0)
    rows = rows.exclude(family=LossFamily.RANSOMWARE)
    return list(rows.order_by("-vital", "-weight", "first_min", "id")[:most])


def scenarios_at(perimeter: Perimeter, organisation: Organisation) -> QuerySet[LossScenario]:
    """Saved losses of a place, by name."""
    return LossScenario.objects.filter(
        readable_losses(perimeter), organisation=organisation
    ).select_related("organisation")


def scenario_get_in(perimeter: Perimeter, pk: int) -> LossScenario:
    """One saved loss.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        LossScenario.objects.filter(readable_losses(perimeter), pk=pk)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def ranking_to_run(pk: int) -> LossRanking:
    """The ranking a worker was asked for.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = LossRanking.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def places_to_rank(organisation_ids: list[int]) -> list[Organisation]:
    """Places whose ranking must follow a change of some maps.

    A place itself, and its legal entity and group when they were ranked once; a place whose
    ranking waits for a worker is left out: it will read the map as it is by then.
    """
    changed = list(
        Organisation.objects.filter(pk__in=organisation_ids).select_related(
            "region", "ght", "legal_entity"
        )
    )
    above = {pk for one in changed for pk in (one.legal_entity_id, one.ght_id) if pk is not None}
    ranked = LossRanking.objects.filter(organisation_id__in=above).values("organisation_id")
    wider = Organisation.objects.filter(pk__in=ranked).exclude(pk__in=organisation_ids)
    waiting = set(
        LossRanking.objects.filter(
            state=WorkState.RUNNING, job__state=JobState.WAITING
        ).values_list("organisation_id", flat=True)
    )
    return [one for one in [*changed, *wider] if one.pk not in waiting]
