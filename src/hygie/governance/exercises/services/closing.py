"""How does a debriefed exercise become a proof, measurements, and history?"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.connectors.files.sniff import FileType
from hygie.engines.exercise.scoring import Score
from hygie.foundation.documents.services import document_store
from hygie.governance.exercises.bridge_debrief import alerts_known, delays_known, scores_known
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.models import Exercise, ExerciseObjective
from hygie.governance.exercises.services.debrief import debrief_check
from hygie.governance.exercises.services.measures import (
    Figures,
    closing_measures_record,
    is_reached,
    verdict_of,
)
from hygie.governance.exercises.services.told import exercise_told
from hygie.programme.selectors import document_kinds
from hygie.progress.choices import Knowledge
from hygie.progress.models import Evidence
from hygie.progress.selectors.requirements import unknown_urns
from hygie.progress.services.evidence import evidence_add
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import may
from hygie.territory.perimeter import Perimeter, Right

KIND = "exercise-report"


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing left behind.

    Attributes:
        evidence: the report among the proofs; None where the perimeter records nothing, or when
            the referential is not loaded.
        measurements: how many were recorded.
        places: structures whose yearly exercise it is, as far as the perimeter records there.
    """

    evidence: Evidence | None
    measurements: int
    places: tuple[Organisation, ...]


@transaction.atomic
def exercise_close(*, perimeter: Perimeter, exercise: Exercise, paper: bytes) -> Closed:
    """End the after-action review: the report is filed, the measurements recorded.

    Args:
        exercise: ended, read inside the perimeter.
        paper: the report, PDF.

    Raises:
        NotAllowed. WrongState: not ended, or closed already.
    """
    held = debrief_check(perimeter, exercise)
    held.state, held.closed_at = ExerciseState.CLOSED, timezone.now()
    held.save(update_fields=["state", "closed_at", "updated_at"])
    scores = scores_known(held)
    _judged(held, scores)
    places = _places(perimeter, held)
    evidence = _filed(perimeter, held, places, scores, paper)
    count = closing_measures_record(
        perimeter=perimeter, exercise=held, places=places, evidence=evidence,
        figures=Figures(scores, delays_known(held), alerts_known(held)),
    )  # fmt: skip
    exercise_told(perimeter, "exercise.closed", held, count=count)
    return Closed(evidence, count, places)


def _judged(exercise: Exercise, scores: Sequence[Score]) -> None:
    """Keep how far each objective was reached, where lists of many exercises read it."""
    verdicts = {score.objective: verdict_of(score).value for score in scores}
    objectives = list(exercise.objectives.all())
    for one in objectives:
        one.verdict = verdicts.get(one.key, "")
    ExerciseObjective.objects.bulk_update(objectives, ["verdict"])


def _places(perimeter: Perimeter, exercise: Exercise) -> tuple[Organisation, ...]:
    """The structure and the others that played, where the perimeter records."""
    sites = [one.organisation for one in exercise.sites.select_related("organisation")]
    whose = [exercise.organisation] if exercise.organisation else []
    return tuple(one for one in (*whose, *sites) if may(perimeter, one, Right.RECORD))


def _filed(
    perimeter: Perimeter,
    exercise: Exercise,
    places: Sequence[Organisation],
    scores: Sequence[Score],
    paper: bytes,
) -> Evidence | None:
    kind = document_kinds().filter(code=KIND).first()
    home = exercise.organisation
    if kind is None or home is None or home not in places:
        return None
    played_on = timezone.localdate(exercise.started_at)
    document = document_store(
        stream=io.BytesIO(paper),
        name=f"retex-{exercise.pk}-{played_on.isoformat()}.pdf",
        allowed={FileType.PDF},
        actor=perimeter.actor,
    )
    return evidence_add(
        perimeter=perimeter,
        organisation_id=home.pk,
        kind=kind,
        title=(_("Retour d'expérience : %(title)s") % {"title": exercise.title})[:200],
        effective_on=played_on,
        document=document,
        known_as=Knowledge.MEASURED,
        requirement_urns=_proven(exercise, scores),
    )


def _proven(exercise: Exercise, scores: Sequence[Score]) -> list[str]:
    """Requirements of the objectives that were reached; one missed or unseen proves nothing."""
    reached = {score.objective for score in scores if is_reached(score)}
    urns = {one.requirement for one in exercise.objectives.all() if one.key in reached}
    wanted = sorted(urns - {""})
    # A script may be older than the referential.
    gone = set(unknown_urns(wanted)) if wanted else set()
    return [urn for urn in wanted if urn not in gone]
