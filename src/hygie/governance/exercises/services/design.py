"""How does an exercise begin, become ready, and leave? One journal line each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hygie.engines.exercise.checks import Severity
from hygie.engines.exercise.types import CellRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import CellKind
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.bridge import (
    attachments_follow,
    rows_write,
    scenario_of,
    start_read,
)
from hygie.governance.exercises.choices import (
    ExerciseKind,
    ExerciseState,
    Level,
    Play,
    Role,
    Sharing,
)
from hygie.governance.exercises.errors import (
    DateMissing,
    NotPlayable,
    SharingRefused,
    TitleMissing,
    ValueRefused,
    WrongState,
)
from hygie.governance.exercises.models import Exercise, ExerciseSite, Participant
from hygie.governance.exercises.policies import may_design, may_read
from hygie.governance.exercises.selectors.exercises import script_ids_in
from hygie.governance.exercises.selectors.library import library_at
from hygie.governance.exercises.services.script import (
    OPEN,
    changed_fields,
    designer_check,
    exercise_findings,
    script_check,
    script_put,
    script_settled,
    texts_check,
)
from hygie.governance.exercises.services.told import exercise_told
from hygie.governance.exercises.words import finding_sentence
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.selectors import person_get_in
from hygie.territory.perimeter import Perimeter

LONGEST_S = 72 * 3600
LANGUAGES = ("fr", "en")
_USUAL_S = 2 * 3600
_EDITABLE = frozenset(
    {"title", "summary", "language", "level", "play", "duration_s", "simulated_start_at",
     "planned_at", "stop_word", "is_survey_anonymous"}
)  # fmt: skip
# What an invitation says: the calendars of the players must follow.
_IN_CALENDARS = frozenset({"title", "duration_s", "planned_at"})


def blank_scenario(title: str, language: str) -> ScenarioRecord:
    """A script with the five usual cells and nothing else."""
    with override(language):
        cells = (
            CellRecord("decision", CellKind.DECISION, _("Cellule de crise")),
            CellRecord("it", CellKind.IT, _("Informatique")),
            CellRecord("care", CellKind.CARE, _("Soins")),
            CellRecord("communication", CellKind.COMMUNICATION, _("Communication")),
            CellRecord("logistics", CellKind.LOGISTICS, _("Logistique")),
        )
    return ScenarioRecord(title=title, language=language, duration_s=_USUAL_S, cells=cells)


@transaction.atomic
def exercise_create(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    scenario: ScenarioRecord,
    kind: str = ExerciseKind.RUN,
    planned_at: dt.datetime | None = None,
    origin: str = "blank",
) -> Exercise:
    """Begin an exercise, or a model, with a script: blank, brought by a file, or drafted.

    Args:
        organisation_id: whose it is.
        scenario: see `blank_scenario`.
        planned_at: when it is played; None = not known yet.
        origin: for the journal: `blank`, `import`, `map`.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        TitleMissing, ValueRefused, TextTooLong.
    """
    place = _place(perimeter, organisation_id)
    made = _begun(perimeter, place, scenario, kind, planned_at)
    exercise_told(perimeter, "exercise.created", made, kind=kind, origin=origin)
    return made


@transaction.atomic
def exercise_copy(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    source: Exercise,
    kind: str = ExerciseKind.RUN,
    title: str = "",
    planned_at: dt.datetime | None = None,
) -> Exercise:
    """Take up a model, play an exercise again, or keep one as a model: the script is copied.

    Args:
        source: a model offered at the place, or an exercise whose script the perimeter reads.
        title: of the copy; "" = the same.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        TitleMissing, ValueRefused, TextTooLong.
    """
    place = _place(perimeter, organisation_id)
    offered = library_at(perimeter, place).filter(pk=source.pk).exists()
    if not offered and not script_ids_in(perimeter, [source]):
        raise NotFound
    scenario = scenario_of(source)
    scenario = replace(scenario, title=title.strip() or scenario.title)
    made = _begun(perimeter, place, scenario, kind, planned_at)
    is_model = source.kind == ExerciseKind.TEMPLATE
    made.template = source if is_model else source.template
    made.stop_word, made.kept_aside = source.stop_word, source.kept_aside
    made.save(update_fields=["template", "stop_word", "kept_aside"])
    attachments_follow(source, made)
    exercise_told(perimeter, "exercise.created", made, kind=kind, origin="copy", file=source.title)
    return made


@transaction.atomic
def exercise_edit(
    *, perimeter: Perimeter, exercise: Exercise, values: Mapping[str, Any]
) -> Exercise:
    """Change what an exercise says of itself.

    Args:
        values: any of title, summary, language, level, play, duration_s, simulated_start_at,
            planned_at, stop_word, is_survey_anonymous.

    Raises:
        NotAllowed, ScriptClosed, TitleMissing, ValueRefused, TextTooLong.
    """
    held = script_check(perimeter, exercise)
    unknown = set(values) - _EDITABLE
    if unknown:
        raise ValueRefused(field=min(unknown), value="")
    _values_check(values)
    changed = changed_fields(held, values)
    if _IN_CALENDARS & set(changed):
        held.calendar_sequence += 1
    if held.planned_at is None and held.state == ExerciseState.READY:
        held.state = ExerciseState.DRAFT
    held.save()
    script_settled(held)
    if changed:
        exercise_told(perimeter, "exercise.edited", held, fields=sorted(changed))
    return held


@transaction.atomic
def exercise_script_replace(
    *, perimeter: Perimeter, exercise: Exercise, scenario: ScenarioRecord, origin: str
) -> Exercise:
    """Put another script in place of a draft's: people, day and title stay.

    Raises:
        NotAllowed, ScriptClosed.
    """
    held = script_check(perimeter, exercise)
    script_put(held, scenario)
    held.level, held.play = Level(scenario.level.value), Play(scenario.play.value)
    held.language, held.variables = scenario.language, dict(scenario.variables)
    held.duration_s = scenario.duration_s or held.duration_s
    held.simulated_start_at = start_read(scenario.simulated_start) or held.simulated_start_at
    held.summary = scenario.summary or held.summary
    held.calendar_sequence += 1
    held.save()
    script_settled(held)
    exercise_told(
        perimeter, "exercise.script_replaced", held, count=len(scenario.injects), origin=origin
    )
    return held


@transaction.atomic
def exercise_ready(*, perimeter: Perimeter, exercise: Exercise) -> Exercise:
    """Declare that it may be played; declaring it twice changes nothing.

    Raises:
        NotAllowed. WrongState: it is a model, or no draft. DateMissing: no day.
        NotPlayable: says what forbids it.
    """
    held = script_check(perimeter, exercise)
    if held.kind != ExerciseKind.RUN:
        raise WrongState(state=held.get_kind_display())
    if held.state == ExerciseState.READY:
        return held
    if held.planned_at is None:
        raise DateMissing
    scenario = scenario_of(held)
    blocking = [
        finding_sentence(finding, scenario)
        for finding in exercise_findings(held)
        if finding.severity is Severity.BLOCKING
    ]
    if blocking:
        raise NotPlayable(reasons=" ".join(blocking[:3]))
    held.state = ExerciseState.READY
    held.save(update_fields=["state", "updated_at"])
    exercise_told(perimeter, "exercise.ready", held)
    return held


@transaction.atomic
def exercise_reopen(*, perimeter: Perimeter, exercise: Exercise) -> Exercise:
    """Take a ready exercise back to preparation.

    Raises:
        NotAllowed, ScriptClosed.
    """
    held = script_check(perimeter, exercise)
    if held.state == ExerciseState.READY:
        held.state = ExerciseState.DRAFT
        held.save(update_fields=["state", "updated_at"])
        exercise_told(perimeter, "exercise.reopened", held)
    return held


@transaction.atomic
def exercise_cancel(*, perimeter: Perimeter, exercise: Exercise, reason: str = "") -> Exercise:
    """Call off an exercise that has not begun; the calendars of its players follow.

    Raises:
        NotAllowed. WrongState: it is a model, or has begun.
    """
    held = _not_begun(perimeter, exercise)
    held.state = ExerciseState.CANCELLED
    held.calendar_sequence += 1
    held.save(update_fields=["state", "calendar_sequence", "updated_at"])
    exercise_told(perimeter, "exercise.cancelled", held, reason=reason.strip()[:300])
    return held


@transaction.atomic
def exercise_remove(*, perimeter: Perimeter, exercise: Exercise) -> None:
    """Erase a model of one's own, or an exercise that was never played.

    Raises:
        NotAllowed. WrongState: it was played.
    """
    designer_check(perimeter, exercise)
    never_played = exercise.state in (*OPEN, ExerciseState.CANCELLED) and not exercise.started_at
    if exercise.kind == ExerciseKind.RUN and not never_played:
        raise WrongState(state=exercise.get_state_display())
    pk = exercise.pk
    exercise.delete()
    # The line of the journal names what has gone.
    exercise.pk = pk
    exercise_told(perimeter, "exercise.removed", exercise)


@transaction.atomic
def template_share(*, perimeter: Perimeter, template: Exercise, sharing: str) -> Exercise:
    """Offer a model to the group or the region, or keep it.

    Raises:
        NotAllowed. SharingRefused: not a model, or a structure without group or region.
    """
    designer_check(perimeter, template)
    place = template.organisation
    if template.kind != ExerciseKind.TEMPLATE or place is None or sharing not in Sharing.values:
        raise SharingRefused
    if sharing == Sharing.GROUP and place.ght_id is None and place.kind != "ght":
        raise SharingRefused
    template.sharing = sharing
    template.save(update_fields=["sharing", "updated_at"])
    exercise_told(perimeter, "exercise.shared", template, to=template.get_sharing_display())
    return template


@transaction.atomic
def exercise_sites_set(
    *, perimeter: Perimeter, exercise: Exercise, organisation_ids: list[int]
) -> list[Organisation]:
    """Say which other structures play the same exercise.

    Raises:
        NotAllowed, ScriptClosed. NotFound: a structure that the perimeter does not read.
    """
    held = script_check(perimeter, exercise)
    wanted = [
        organisation_get_in(perimeter, pk)
        for pk in dict.fromkeys(organisation_ids)
        if pk != held.organisation_id
    ]
    if any(not may_read(perimeter, one) for one in wanted):
        raise NotAllowed
    held.sites.exclude(organisation__in=wanted).delete()
    known = set(held.sites.values_list("organisation_id", flat=True))
    ExerciseSite.objects.bulk_create(
        [ExerciseSite(exercise=held, organisation=one) for one in wanted if one.pk not in known]
    )
    exercise_told(perimeter, "exercise.sites_set", held, names=[one.name for one in wanted])
    return wanted


def _begun(
    perimeter: Perimeter,
    place: Organisation,
    scenario: ScenarioRecord,
    kind: str,
    planned_at: dt.datetime | None,
) -> Exercise:
    values = {
        "title": scenario.title.strip(),
        "summary": scenario.summary,
        "language": scenario.language,
        "level": scenario.level.value,
        "play": scenario.play.value,
        "duration_s": scenario.duration_s,
        "simulated_start_at": start_read(scenario.simulated_start),
        "planned_at": planned_at if kind == ExerciseKind.RUN else None,
    }
    if kind not in ExerciseKind.values:
        raise ValueRefused(field=_("nature"), value=kind)
    _values_check(values)
    made = Exercise.objects.create(
        kind=kind, organisation=place, variables=dict(scenario.variables),
        made_by_id=perimeter.actor.user_id, **values,
    )  # fmt: skip
    rows_write(made, scenario)
    if kind == ExerciseKind.RUN and perimeter.actor.user_id is not None:
        maker = person_get_in(perimeter, perimeter.actor.user_id)
        Participant.objects.create(
            exercise=made, role=Role.FACILITATOR, user=maker,
            name=(maker.get_full_name() or maker.email)[:120],
        )  # fmt: skip
    return made


def _values_check(values: Mapping[str, Any]) -> None:
    if "title" in values and not str(values["title"]).strip():
        raise TitleMissing
    texts_check(Exercise, values)
    allowed = {"language": LANGUAGES, "level": Level.values, "play": Play.values}
    for name, choices in allowed.items():
        if name in values and values[name] not in choices:
            raise ValueRefused(field=_field(name), value=values[name])
    duration = values.get("duration_s", 0)
    if not 0 <= duration <= LONGEST_S:
        raise ValueRefused(field=_field("duration_s"), value=duration)


def _field(name: str) -> str:
    return str(Exercise._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # own fields


def _not_begun(perimeter: Perimeter, exercise: Exercise) -> Exercise:
    designer_check(perimeter, exercise)
    held = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if held.kind != ExerciseKind.RUN or held.state not in OPEN:
        raise WrongState(state=held.get_state_display())
    return held


def _place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    place = organisation_get_in(perimeter, organisation_id)
    if not may_read(perimeter, place):
        raise NotFound
    if not may_design(perimeter, place):
        raise NotAllowed
    return place
