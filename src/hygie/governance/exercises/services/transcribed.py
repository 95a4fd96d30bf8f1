"""How does an exercise that was played elsewhere come in, by the doors of one played here?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.governance.exercises.choices import ReactionKind, Role, When
from hygie.governance.exercises.errors import TranscriptRefused
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.selectors.library import library_at
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.services.clock import exercise_start, exercise_stop, stop_word
from hygie.governance.exercises.services.debrief import lesson_act, lesson_add, lesson_share
from hygie.governance.exercises.services.design import exercise_copy, exercise_ready
from hygie.governance.exercises.services.design_cells import variables_set
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.marks import objective_mark
from hygie.governance.exercises.services.maturity import maturity_answer
from hygie.governance.exercises.services.observations import observation_add
from hygie.governance.exercises.services.people import participant_add
from hygie.governance.exercises.services.play import inject_play, inject_skip
from hygie.governance.exercises.services.reactions import reaction_add
from hygie.governance.exercises.services.survey import survey_answer
from hygie.governance.exercises.transcripts import Do, Moment, Person, Transcript
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Perimeter

_T = TypeVar("_T")
# At one second, a row is played before anybody answers it, and answers come before what is seen.
_ORDER = (Do.PLAY, Do.SKIP, Do.ANSWER, Do.DECIDE, Do.OBSERVE, Do.LOG)


@transaction.atomic
def exercise_transcribe(
    *, perimeter: Perimeter, organisation_id: int, told: Transcript
) -> Exercise:
    """Keep an exercise played elsewhere: script, people, play, marks and lessons, all or nothing.

    Every act goes through the service that would have made it here, with its instant; it is left
    ended, to be closed with its report.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        TranscriptRefused: an unknown model, row, cell, objective or person, or an end that has not
            come. And whatever the services refuse.

    Cost: some ten queries a moment.
    """
    if not told.started_at < told.ended_at <= timezone.now():
        raise TranscriptRefused(where="ended_at", reason=_("la fin suit le début, et est passée"))
    place = organisation_get_in(perimeter, organisation_id)
    models = library_at(perimeter, place).filter(language=told.language)
    model = models.filter(code=told.model).first() if told.model else None
    if model is None:
        raise TranscriptRefused(where="model", reason=_("modèle inconnu : %s") % told.model)
    made = exercise_copy(
        perimeter=perimeter, organisation_id=place.pk, source=model, title=told.title,
        planned_at=told.started_at,
    )  # fmt: skip
    if told.variables:
        variables_set(
            perimeter=perimeter, exercise=made, variables={**made.variables, **told.variables}
        )
    people = _people(perimeter, made, told.people)
    if told.maturity_before:
        maturity_answer(
            perimeter=perimeter, exercise=made, when=When.BEFORE, answers=told.maturity_before
        )
    made = exercise_ready(perimeter=perimeter, exercise=made)
    _played(perimeter, made, told, people)
    made.refresh_from_db()
    _reviewed(perimeter, made, told, people)
    return made


def _people(perimeter: Perimeter, made: Exercise, told: Sequence[Person]) -> dict[str, Participant]:
    cells = {cell.key: cell.pk for cell in made.cells.all()}
    return {
        one.name: participant_add(
            perimeter=perimeter, exercise=made, role=one.role, name=one.name,
            function=one.function,
            cell_id=_known(cells, one.cell, "people › cell") if one.cell else None,
        )
        for one in told
    }  # fmt: skip


def _played(
    perimeter: Perimeter, made: Exercise, told: Transcript, people: Mapping[str, Participant]
) -> None:
    staff = Seat(made, Role.FACILITATOR, perimeter.actor, perimeter.actor.label)
    seats = {
        name: Seat(made, Role(one.role), perimeter.actor, name, one, one.cell)
        for name, one in people.items()
    }
    rows = {key: pk for pk, key in made.injects.values_list("pk", "key")}
    cells = {cell.key: cell.pk for cell in made.cells.all()}
    exercise_start(
        seat=staff, reason=_("exercice joué ailleurs"), from_s=told.from_s, at=told.started_at
    )
    ordered = sorted(told.moments, key=lambda one: (one.second, _ORDER.index(one.do)))
    for one in ordered:
        at = told.started_at + dt.timedelta(seconds=one.second - told.from_s)
        if not told.started_at <= at <= told.ended_at:
            raise TranscriptRefused(where=f"second {one.second}", reason=_("hors de l'exercice"))
        seat = _known(seats, one.by, "moments › by") if one.by else staff
        row = _known(rows, one.inject, "moments › inject") if one.do is not Do.LOG else 0
        cell = _known(cells, one.cell, "moments › cell") if one.cell else None
        _happened(staff, seat, one, row, cell, at)
    exercise_stop(seat=staff, word=stop_word(), at=told.ended_at)


def _happened(
    staff: Seat, seat: Seat, one: Moment, row: int, cell: int | None, at: dt.datetime
) -> None:
    if one.do is Do.PLAY:
        inject_play(seat=staff, inject_id=row, at=at)
    elif one.do is Do.SKIP:
        inject_skip(seat=staff, inject_id=row)
    elif one.do is Do.OBSERVE:
        if one.result is None:
            raise TranscriptRefused(where="moments › result", reason=one.inject)
        observation_add(
            seat=seat, inject_id=row, result=one.result, note=one.text, cell_id=cell, seen_at=at
        )
    elif one.do is Do.LOG:
        log_add(seat=seat, written=Written(kind=one.kind, text=one.text), cell_id=cell, at=at)
    else:
        kind = ReactionKind.DECISION if one.do is Do.DECIDE else ReactionKind.ANSWER
        reaction_add(
            seat=seat, inject_id=row, kind=kind, text=one.text, option=one.option, cell_id=cell,
            at=at,
        )  # fmt: skip


def _reviewed(
    perimeter: Perimeter, made: Exercise, told: Transcript, people: Mapping[str, Participant]
) -> None:
    objectives = {one.key: one.pk for one in made.objectives.all()}
    cells = {cell.key: cell.pk for cell in made.cells.all()}
    if told.maturity_after:
        maturity_answer(
            perimeter=perimeter, exercise=made, when=When.AFTER, answers=told.maturity_after
        )
    for sheet in told.surveys:
        survey_answer(
            participant=_known(people, sheet.by, "surveys › by"),
            answers=sheet.answers,
            marks={
                _known(objectives, key, "surveys › marks"): value
                for key, value in sheet.marks.items()
            },
        )
    for mark in told.marks:
        objective_mark(
            perimeter=perimeter, exercise=made,
            objective_id=_known(objectives, mark.objective, "marks › objective"),
            cell_id=_known(cells, mark.cell, "marks › cell") if mark.cell else None,
            value=mark.value,
        )  # fmt: skip
    for one in told.lessons:
        lesson = lesson_add(
            perimeter=perimeter, exercise=made, kind=one.kind, text=one.text,
            cell_id=_known(cells, one.cell, "lessons › cell") if one.cell else None,
            objective_id=_known(objectives, one.objective, "lessons › objective")
            if one.objective else None,
        )  # fmt: skip
        if one.shared:
            lesson_share(perimeter=perimeter, exercise=made, lesson_id=lesson.pk, is_shared=True)
        if one.action is not None:
            lesson_act(
                perimeter=perimeter, exercise=made, lesson_id=lesson.pk,
                title=one.action.title, owner_label=one.action.owner, due_on=one.action.due_on,
                priority=one.action.priority,
            )  # fmt: skip


def _known(table: Mapping[str, _T], key: str, where: str) -> _T:
    found = table.get(key)
    if found is None:
        raise TranscriptRefused(where=where, reason=_("inconnu : %s") % key)
    return found
