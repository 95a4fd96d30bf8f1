"""Which plans do exercises put to the test, and how did each of them hold?

A plan is known by its kind of document in the referential: a script says `pcra`, each establishment
has its own. What an establishment holds is among its proofs.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import ExerciseState, Verdict
from hygie.governance.exercises.models import Exercise, ExerciseObjective, ExerciseSite
from hygie.governance.exercises.policies import may_read_plans
from hygie.governance.exercises.selectors.coverage import PLAYED, YEAR
from hygie.governance.exercises.selectors.exercises import exercises_in
from hygie.programme.models import DocumentKind
from hygie.programme.selectors import document_kinds
from hygie.programme.words import localized
from hygie.progress.models import Evidence
from hygie.progress.policies import readable_evidence
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids, below, organisations_in
from hygie.territory.perimeter import Perimeter

# Where a plan stands: shape of its state, words.
STANDINGS = {
    "held": ("passed", _("a tenu, depuis un an")),
    "partly": ("partial", _("a tenu en partie, depuis un an")),
    "missed": ("failed", _("n'a pas tenu, depuis un an")),
    "unseen": ("not_tested", _("joué, sans réaction observée")),
    "open": ("not_tested", _("joué, débriefing ouvert")),
    "changed": ("stale", _("changé depuis son dernier exercice")),
    "old": ("stale", _("éprouvé il y a plus d'un an")),
    "never": ("not_tested", _("jamais éprouvé")),
}
_Key: TypeAlias = tuple[int, str]


def plan_kinds() -> list[DocumentKind]:
    """Kinds of plans and procedures that an exercise can put to the test; one query."""
    return list(document_kinds().filter(is_plan=True).order_by("code"))


def plan_choices() -> list[tuple[str, str]]:
    """Code and name of each kind of plan, by name; one query."""
    found = [(row.code, localized(row, "title")) for row in plan_kinds()]
    return sorted(found, key=lambda pair: pair[1])


def plan_codes() -> dict[str, str]:
    """Code of each kind of plan by what people may write: code or name, case folded; one query."""
    return {
        said.casefold(): row.code
        for row in plan_kinds()
        for said in (row.title_fr, row.title_en, row.code)
    }


def plan_names(codes: Iterable[str]) -> dict[str, str]:
    """Name of each of these kinds of plan, by its code; at most one query."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    found = document_kinds().filter(is_plan=True, code__in=wanted)
    return {row.code: localized(row, "title") for row in found}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One kind of plan at one establishment.

    Attributes:
        organisation: legal entity, or the structure itself when it has none below.
        code, name: of the kind of plan.
        held: the latest document in force that the reader may read, its own or its group's.
        exercise: the last one that put it to the test.
        standing: key of `STANDINGS`.
    """

    organisation: Organisation
    code: str
    name: str
    held: Evidence | None
    exercise: Exercise | None
    standing: str

    @property
    def key(self) -> str:
        """Names the row in its list."""
        return f"{self.organisation.pk}-{self.code}"

    @property
    def organisation_name(self) -> str:
        """Whose plan."""
        return self.organisation.name

    @property
    def state(self) -> str:
        """Shape of its state."""
        return STANDINGS[self.standing][0]

    @property
    def standing_words(self) -> str:
        """Where it stands, in words."""
        return str(STANDINGS[self.standing][1])

    @property
    def held_on(self) -> dt.date | None:
        """Day from which the document held takes effect."""
        return self.held.effective_on if self.held else None

    @property
    def played_at(self) -> dt.datetime | None:
        """When it was last put to the test."""
        return self.exercise.started_at if self.exercise else None


@dataclass(frozen=True, slots=True)
class _Test:
    """An exercise that put a plan to the test, and the verdicts on its objectives."""

    exercise: Exercise
    verdicts: tuple[str, ...]


def plans_in(perimeter: Perimeter, place: Organisation, now: dt.datetime) -> list[PlanRow]:
    """Every kind of plan at each followed establishment whose exercises the reader sees.

    Args:
        place: read inside the perimeter; itself when nothing followed stands below.

    Cost: six queries, whatever the number of establishments and of exercises.
    """
    kinds = plan_kinds()
    entities = plan_entities(perimeter, place)
    if not kinds or not entities:
        return []
    held = _held(perimeter, entities)
    tests = _tests(perimeter, place)
    return [
        _row(one, kind, _of_entity(held, one, kind.code), tests.get((one.pk, kind.code)), now)
        for one in entities
        for kind in kinds
    ]


def plan_entities(perimeter: Perimeter, place: Organisation) -> list[Organisation]:
    """Followed legal entities of a place whose exercises the reader sees, or the place itself."""
    rows = organisations_in(perimeter).filter(
        below(place), kind=OrganisationKind.EJ, is_followed=True
    )
    found = [one for one in rows.order_by("name", "pk") if may_read_plans(perimeter, one)]
    return found or ([place] if may_read_plans(perimeter, place) else [])


def plans_held(perimeter: Perimeter, place: Organisation) -> dict[str, Evidence]:
    """Latest document in force of each kind of plan, by code, for one structure; one query."""
    held = _held(perimeter, [place])
    codes = {code for _node, code in held}
    found = {code: _of_entity(held, place, code) for code in codes}
    return {code: row for code, row in found.items() if row is not None}


def _held(perimeter: Perimeter, entities: Sequence[Organisation]) -> dict[_Key, Evidence]:
    """Latest document by structure, or legal entity of it, and kind."""
    nodes = frozenset[int]().union(*(ancestor_ids(one) for one in entities))
    own = Q(organisation_id__in=nodes) | Q(organisation__legal_entity_id__in=nodes)
    rows = Evidence.objects.filter(
        readable_evidence(perimeter), own, kind__is_plan=True, is_withdrawn=False
    ).select_related("kind", "organisation")
    today = timezone.localdate()
    found: dict[_Key, Evidence] = {}
    for row in rows.order_by("effective_on", "pk"):
        if row.expires_on is None or row.expires_on > today:
            for node in (row.organisation_id, row.organisation.legal_entity_id):
                if node is not None:
                    found[node, row.kind.code] = row
    return found


def _of_entity(held: Mapping[_Key, Evidence], entity: Organisation, code: str) -> Evidence | None:
    """Its own or its sites' document, else the one of what stands above: the latest."""
    if own := held.get((entity.pk, code)):
        return own
    above = [held[node, code] for node in ancestor_ids(entity) if (node, code) in held]
    return max(above, key=lambda row: row.effective_on, default=None)


def _tests(perimeter: Perimeter, place: Organisation) -> dict[_Key, _Test]:
    """Last exercise by legal entity, or structure without one, and kind of plan."""
    played = exercises_in(perimeter).filter(state__in=PLAYED, started_at__isnull=False)
    elsewhere = ExerciseSite.objects.filter(below(place, "organisation__"))
    rows = played.filter(below(place, "organisation__") | Q(pk__in=elsewhere.values("exercise_id")))
    by_id = {row.pk: row for row in rows}
    verdicts: dict[_Key, list[str]] = defaultdict(list)
    objectives = ExerciseObjective.objects.filter(exercise_id__in=by_id).exclude(plan="")
    for pk, code, verdict in objectives.values_list("exercise_id", "plan", "verdict"):
        verdicts[pk, code].append(verdict)
    nodes: dict[int, set[int]] = {pk: {_node(row.organisation)} for pk, row in by_id.items()}
    for site in elsewhere.filter(exercise_id__in=by_id).select_related("organisation"):
        nodes[site.exercise_id].add(_node(site.organisation))
    found: dict[_Key, _Test] = {}
    ordered = sorted(verdicts, key=lambda key: (by_id[key[0]].started_at or timezone.now(), key))
    for pk, code in ordered:
        for node in nodes[pk]:
            found[node, code] = _Test(by_id[pk], tuple(verdicts[pk, code]))
    return found


def _node(organisation: Organisation | None) -> int:
    return 0 if organisation is None else organisation.legal_entity_id or organisation.pk


def _row(
    entity: Organisation, kind: DocumentKind, held: Evidence | None, test: _Test | None,
    now: dt.datetime,
) -> PlanRow:  # fmt: skip
    return PlanRow(
        entity, kind.code, localized(kind, "title"), held, test.exercise if test else None,
        _standing(held, test, now),
    )  # fmt: skip


def _standing(held: Evidence | None, test: _Test | None, now: dt.datetime) -> str:
    if test is None or test.exercise.started_at is None:
        return "never"
    if now - test.exercise.started_at > YEAR:
        return "old"
    if held and held.effective_on > timezone.localdate(test.exercise.started_at):
        return "changed"
    if test.exercise.state != ExerciseState.CLOSED:
        return "open"
    seen = {verdict for verdict in test.verdicts if verdict not in ("", Verdict.NOT_TESTED)}
    if not seen:
        return "unseen"
    if Verdict.FAILED in seen:
        return "missed"
    # An objective that nobody saw keeps a plan from having held wholly.
    return "held" if {*test.verdicts} == {Verdict.PASSED.value} else "partly"
