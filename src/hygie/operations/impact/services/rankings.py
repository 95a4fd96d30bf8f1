"""How does a ranking begin, and how does it become rows and measurements?"""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from hygie.engines.ransomware.losses import LossFamily as Family
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.services import journal_write
from hygie.operations.impact.bridge import ImpactMap, impact_map
from hygie.operations.impact.choices import LossFamily, RankedKind, WorkState
from hygie.operations.impact.models import LossRanking, RankedLoss
from hygie.operations.impact.policies import may_record
from hygie.operations.impact.ranked import Ranked, RankedRow, ranked
from hygie.operations.impact.services.measures import ranking_measures_record
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_BATCH = 2000


@transaction.atomic
def ranking_create(
    *, perimeter: Perimeter, organisation: Organisation, is_followed: bool = False
) -> LossRanking:
    """Write down that a ranking is to be made.

    Args:
        organisation: read inside the perimeter.
        is_followed: nobody asked: the map changed, and its own journal line says so.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_record(perimeter, organisation):
        raise NotAllowed
    row = LossRanking.objects.create(organisation=organisation)
    if not is_followed:
        _told(perimeter, row, "loss_ranking.requested")
    return row


def ranking_job_set(*, ranking: LossRanking, job: Job) -> LossRanking:
    """Tie a ranking to the job that computes it."""
    ranking.job = job
    ranking.save(update_fields=["job"])
    return ranking


def ranking_compute(*, ranking: LossRanking, watch: Watch) -> tuple[ImpactMap, Ranked]:
    """Try every loss. Writes nothing.

    Raises:
        MapEmpty: there is nothing to lose.
    """
    found = impact_map(ranking.organisation)
    return found, ranked(found, watch)


@transaction.atomic
def ranking_record(
    *, perimeter: Perimeter, ranking: LossRanking, found: ImpactMap, answer: Ranked
) -> LossRanking:
    """Keep a ranking with its measurements; those before it go, their figures stay measured.

    To be called in the transaction that ends the job; one that has ended is left as it is.
    """
    row = LossRanking.objects.select_for_update().get(pk=ranking.pk)
    if row.state != WorkState.RUNNING:
        return row
    RankedLoss.objects.bulk_create(_rows(row, found, answer), batch_size=_BATCH)
    row.state, row.revision, row.summary = WorkState.DONE, found.mark, answer.summary
    row.finished_at = timezone.now()
    row.save(update_fields=["state", "revision", "summary", "finished_at"])
    older = LossRanking.objects.filter(organisation_id=row.organisation_id, pk__lt=row.pk)
    older.exclude(state=WorkState.RUNNING).delete()
    ranking_measures_record(perimeter=perimeter, ranking=row)
    _told(perimeter, row, "loss_ranking.recorded", count=len(answer.rows))
    return row


def ranking_fail(*, ranking: LossRanking, reason: str) -> None:
    """It could not be computed: say why."""
    LossRanking.objects.filter(pk=ranking.pk, state=WorkState.RUNNING).update(
        state=WorkState.FAILED, summary={"reason": reason}, finished_at=timezone.now()
    )


def rankings_settle() -> int:
    """End the rankings whose job ended without an answer; gives how many."""
    return LossRanking.objects.filter(
        state=WorkState.RUNNING, job__state__in=(JobState.FAILED, JobState.CANCELLED)
    ).update(state=WorkState.FAILED, finished_at=timezone.now())


def _rows(ranking: LossRanking, found: ImpactMap, answer: Ranked) -> Iterator[RankedLoss]:
    for one in answer.rows:
        yield _row(ranking, found, one)


def _row(ranking: LossRanking, found: ImpactMap, one: RankedRow) -> RankedLoss:
    is_pair = one.family == Family.SEVERAL
    is_named = bool(one.nodes) and one.family != Family.INTERNET
    return RankedLoss(
        ranking=ranking,
        size=RankedKind.PAIR if is_pair else RankedKind.SINGLE,
        family=LossFamily.OBJECT if is_pair else one.family.value,
        asset_id=found.ids[one.nodes[0]] if is_named else None,
        other_id=found.ids[one.nodes[1]] if is_pair else None,
        kind=found.asset(one.nodes[0]).kind.value if is_named else "",
        weight=one.weight,
        stopped=one.stopped,
        degraded=one.degraded,
        vital=one.vital,
        first_min=one.first_min,
    )


def _told(perimeter: Perimeter, row: LossRanking, action: str, **detail: int) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="loss_ranking",
        object_id=row.pk,
        organisation_id=row.organisation_id,
        detail=detail,
    )
