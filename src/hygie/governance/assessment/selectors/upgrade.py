"""What would a framework's new version do to answers, states and proofs, place by place?"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from hygie.governance.assessment.models import Answer, Questionnaire, RequirementState
from hygie.programme.models import Framework, Requirement
from hygie.programme.selectors import framework_upgrade_diff
from hygie.progress.models import EvidenceLink
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in, perimeter_filter
from hygie.territory.perimeter import Perimeter

KEPT, MOVED, LOST = "kept", "moved", "lost"


@dataclass(frozen=True, slots=True)
class FateRow:
    """One requirement of the old version: what becomes of it, and how much hangs on it."""

    old: Requirement
    new: Requirement | None
    fate: str
    reason: str
    answers: int
    states: int
    proofs: int


@dataclass(frozen=True, slots=True)
class OrganisationFate:
    """Answers of one organisation by what becomes of them."""

    organisation: Organisation
    kept: int
    moved: int
    lost: int


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The whole preview."""

    rows: list[FateRow]
    organisations: list[OrganisationFate]
    added: tuple[Requirement, ...]

    def total(self, fate: str) -> int:
        """Answers that share this fate."""
        return sum(row.answers for row in self.rows if row.fate == fate)

    @property
    def kept(self) -> int:
        """Answers kept as they are."""
        return self.total(KEPT)

    @property
    def moved(self) -> int:
        """Answers that follow their requirement elsewhere."""
        return self.total(MOVED)

    @property
    def lost(self) -> int:
        """Answers that no longer count."""
        return self.total(LOST)


def versions_pending() -> list[tuple[Framework, Framework]]:
    """Pairs (old, current) where questionnaires still hang on an old version; two queries."""
    old = list(
        Framework.objects.filter(
            is_current=False,
            pk__in=Questionnaire.objects.filter(framework__is_current=False).values("framework"),
        )
    )
    current = {
        row.urn: row
        for row in Framework.objects.filter(is_current=True, urn__in=[row.urn for row in old])
    }
    return [(row, current[row.urn]) for row in old if row.urn in current]


def upgrade_preview(perimeter: Perimeter, old: Framework, new: Framework) -> Upgrade:
    """Requirement by requirement, then organisation by organisation; eight queries."""
    diff = framework_upgrade_diff(old, new)
    fates: list[tuple[Requirement, Requirement | None, str, str]] = [
        *((before, after, KEPT, "") for before, after in diff.kept),
        *((one.old, one.new, MOVED, one.reason) for one in diff.moved),
        *((row, None, LOST, "") for row in diff.lost),
    ]
    seen = perimeter_filter(perimeter, prefix="questionnaire__organisation__")
    answers = Counter[tuple[int, int]]()
    for requirement_id, organisation_id, n in (
        Answer.objects.filter(seen, requirement__framework=old)
        .values_list("requirement_id", "questionnaire__organisation_id")
        .annotate(n=Count("id"))
        .order_by()
    ):
        answers[requirement_id, organisation_id] = n
    by_requirement = Counter[int]()
    for (requirement_id, _organisation), n in answers.items():
        by_requirement[requirement_id] += n
    states = _states(perimeter, [row.pk for row, *_rest in fates])
    proofs = _proofs(perimeter, [row.urn for row, *_rest in fates])
    rows = [
        FateRow(
            before, after, fate, reason, by_requirement[before.pk], states[before.pk],
            proofs[before.urn],
        )
        for before, after, fate, reason in fates
    ]  # fmt: skip
    fate_of = {before.pk: fate for before, _after, fate, _reason in fates}
    return Upgrade(rows, _by_organisation(perimeter, answers, fate_of), diff.added)


def _states(perimeter: Perimeter, ids: Collection[int]) -> Counter[int]:
    rows = (
        RequirementState.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"), requirement_id__in=ids
        )
        .values_list("requirement_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    return Counter(dict(rows))


def _proofs(perimeter: Perimeter, urns: Collection[str]) -> Counter[str]:
    rows = (
        EvidenceLink.objects.filter(
            perimeter_filter(perimeter, prefix="evidence__organisation__"),
            requirement_urn__in=urns,
        )
        .values_list("requirement_urn")
        .annotate(n=Count("id"))
        .order_by()
    )
    return Counter(dict(rows))


def _by_organisation(
    perimeter: Perimeter, answers: Counter[tuple[int, int]], fate_of: dict[int, str]
) -> list[OrganisationFate]:
    counts: dict[int, Counter[str]] = {}
    for (requirement_id, organisation_id), n in answers.items():
        fate = fate_of.get(requirement_id, LOST)
        counts.setdefault(organisation_id, Counter())[fate] += n
    return [
        OrganisationFate(row, counts[row.pk][KEPT], counts[row.pk][MOVED], counts[row.pk][LOST])
        for row in organisations_in(perimeter).filter(pk__in=counts).order_by("name", "id")
    ]
