"""How is the timeline written: a row added, changed, moved, copied, taken away, shifted?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hygie.engines.exercise.branches import conditions_check
from hygie.engines.exercise.types import ExerciseError
from hygie.foundation.errors import NotFound
from hygie.governance.exercises.bridge import conditions_read, inject_record
from hygie.governance.exercises.choices import Channel, Nature, Result
from hygie.governance.exercises.errors import (
    ConditionRefused,
    InjectLookedAt,
    NotInThisExercise,
    TimeRefused,
    TitleMissing,
    ValueRefused,
)
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.selectors.exercises import inject_get, injects_of
from hygie.governance.exercises.services.script import (
    changed_fields,
    fresh_key,
    script_check,
    script_told,
    texts_check,
)
from hygie.governance.exercises.times import LATEST_S, moment_written
from hygie.territory.perimeter import Perimeter

MOST_POINTS = 100
_FIELDS = frozenset(
    {"title", "offset_s", "nature", "channel", "sender", "body", "expected", "objective_id",
     "options", "score", "deadline_s", "comment", "deliverable", "conditions", "match", "after_s"}
)  # fmt: skip
_MOST_OPTIONS, _LONGEST_OPTION = 12, 200


@transaction.atomic
def inject_add(*, perimeter: Perimeter, exercise: Exercise, values: Mapping[str, Any]) -> Inject:
    """Add a row to the timeline.

    Args:
        values: at least title and offset_s (seconds); any field of a row, `cell_ids` for its
            recipients (empty = everyone), `conditions` as rows keep them.

    Raises:
        NotAllowed, ScriptClosed, and those of `inject_edit`.
    """
    held = script_check(perimeter, exercise)
    taken = list(held.injects.values_list("key", flat=True))
    row = Inject(exercise=held, key=fresh_key(taken, "i"), title="", offset_s=0)
    _put(row, {"title": "", **values})
    row.save()
    _recipients(row, values.get("cell_ids", ()))
    _branches_check(held)
    script_told(perimeter, held, "exercise_inject.added", value=row.title)
    return row


@transaction.atomic
def inject_edit(
    *, perimeter: Perimeter, exercise: Exercise, inject_id: int, values: Mapping[str, Any]
) -> Inject:
    """Change a row of the timeline.

    Args:
        values: those to change, as `inject_add`.

    Raises:
        NotAllowed, ScriptClosed, NotFound, TitleMissing, TimeRefused, ValueRefused, TextTooLong.
        NotInThisExercise: a cell or an objective of another one.
        ConditionRefused: unknown row, option or result, or a circle.
    """
    held = script_check(perimeter, exercise)
    row = _row(held, inject_id)
    changed = list(_put(row, values))
    if changed:
        row.save()
    if "cell_ids" in values and _recipients(row, values["cell_ids"]):
        changed.append("cells")
    if {"conditions", "options"} & set(changed):
        _branches_check(held)
    if changed:
        script_told(perimeter, held, "exercise_inject.edited", value=row.title, fields=changed)
    return row


@transaction.atomic
def inject_copy(*, perimeter: Perimeter, exercise: Exercise, inject_id: int) -> Inject:
    """The same row once more, right after.

    Raises:
        NotAllowed, ScriptClosed, NotFound.
    """
    held = script_check(perimeter, exercise)
    source = inject_get(held, inject_id)
    cells = list(source.cells.all())
    files = list(source.attachments.all())
    taken = list(held.injects.values_list("key", flat=True))
    row = Inject.objects.get(pk=source.pk)
    row.pk, row.key = None, fresh_key(taken, "i")
    row.title = _("%(title)s (copie)") % {"title": source.title[:280]}
    row.save(force_insert=True)
    row.cells.set(cells)
    for one in files:
        row.attachments.create(name=one.name, document=one.document)
    script_told(perimeter, held, "exercise_inject.added", value=row.title)
    return row


@transaction.atomic
def inject_remove(*, perimeter: Perimeter, exercise: Exercise, inject_id: int) -> None:
    """Take a row away.

    Raises:
        NotAllowed, ScriptClosed, NotFound. InjectLookedAt: other rows wait for it.
    """
    held = script_check(perimeter, exercise)
    row = _row(held, inject_id)
    waiting = [
        one.title
        for one in held.injects.exclude(pk=row.pk).exclude(conditions=[])
        if any(condition.inject == row.key for condition in conditions_read(one.conditions))
    ]
    if waiting:
        raise InjectLookedAt(titles=", ".join(f"« {title} »" for title in waiting[:4]))
    title = row.title
    row.delete()
    script_told(perimeter, held, "exercise_inject.removed", value=title)


@transaction.atomic
def timeline_shift(
    *, perimeter: Perimeter, exercise: Exercise, from_s: int, by_s: int, with_end: bool = True
) -> int:
    """Move every row due at a second or later, earlier or later.

    Args:
        from_s: scenario second; rows before it stay.
        by_s: seconds, negative to bring forward.
        with_end: whether the planned end moves too.

    Returns:
        How many rows moved.

    Raises:
        NotAllowed, ScriptClosed. TimeRefused: it would carry rows out of bounds, or before those
            that stay.
    """
    held = script_check(perimeter, exercise)
    moved = held.injects.filter(offset_s__gte=from_s)
    if abs(by_s) > LATEST_S or (by_s < 0 and _jumps_over(held, from_s, by_s)):
        raise TimeRefused(value=moment_written(by_s))
    count = moved.update(offset_s=F("offset_s") + by_s)
    if with_end and held.duration_s and count:
        held.duration_s = max(0, held.duration_s + by_s)
        held.calendar_sequence += 1
        held.save(update_fields=["duration_s", "calendar_sequence"])
    if count and by_s:
        script_told(
            perimeter, held, "exercise.timeline_shifted", count=count, value=moment_written(by_s)
        )
    return count


def _jumps_over(exercise: Exercise, from_s: int, by_s: int) -> bool:
    """Whether the rows brought forward would come before one that stays."""
    first = exercise.injects.filter(offset_s__gte=from_s).order_by("offset_s").first()
    last = exercise.injects.filter(offset_s__lt=from_s).order_by("-offset_s").first()
    return first is not None and last is not None and first.offset_s + by_s < last.offset_s


def _row(exercise: Exercise, pk: int) -> Inject:
    found = exercise.injects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _put(row: Inject, values: Mapping[str, Any]) -> list[str]:
    """Check the values, and put them on the row; names of what changed."""
    given = {name: value for name, value in values.items() if name in _FIELDS}
    _texts(given)
    _numbers(given)
    allowed = {"nature": Nature.values, "channel": Channel.values, "match": ("all", "any")}
    for name, choices in allowed.items():
        if name in given and given[name] not in choices:
            raise ValueRefused(field=_field(name), value=given[name])
    objective = given.get("objective_id")
    if objective and not row.exercise.objectives.filter(pk=objective).exists():
        raise NotInThisExercise
    return list(changed_fields(row, given))


def _texts(given: dict[str, Any]) -> None:
    if "title" in given:
        given["title"] = str(given["title"]).strip()
        if not given["title"]:
            raise TitleMissing
    texts_check(Inject, given)
    if "options" in given:
        kept = [str(one).strip() for one in given["options"] if str(one).strip()]
        given["options"] = list(dict.fromkeys(kept))
        if len(kept) > _MOST_OPTIONS or any(len(one) > _LONGEST_OPTION for one in kept):
            raise ValueRefused(field=_("décisions proposées"), value=max(kept, key=len)[:40])


def _numbers(given: Mapping[str, Any]) -> None:
    if abs(given.get("offset_s", 0)) > LATEST_S:
        raise TimeRefused(value=moment_written(given["offset_s"]))
    bounds = {"score": MOST_POINTS, "deadline_s": LATEST_S, "after_s": LATEST_S}
    for name, most in bounds.items():
        value = given.get(name)
        if value is not None and not 0 <= value <= most:
            raise ValueRefused(field=_field(name), value=value)


def _field(name: str) -> str:
    return str(Inject._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # own fields


def _recipients(row: Inject, cell_ids: Any) -> bool:
    """Who receives it; whether that changed. A row of the staff reaches no cell."""
    wanted = set() if row.nature == Nature.FACILITATION else {int(pk) for pk in cell_ids}
    known = set(row.exercise.cells.filter(pk__in=wanted).values_list("pk", flat=True))
    if known != wanted:
        raise NotInThisExercise
    before = set(row.cells.values_list("pk", flat=True))
    row.cells.set(wanted)
    return before != wanted


def _branches_check(exercise: Exercise) -> None:
    """Whether every condition names something that may happen, and none waits for itself.

    Raises:
        ConditionRefused.
    """
    records = [inject_record(row) for row in injects_of(exercise)]
    options = {one.key: set(one.options) for one in records}
    for one in records:
        for condition in one.conditions:
            known = {"played": {""}, "result": set(Result.values)}
            known["decision"] = options.get(condition.inject, set())
            if condition.inject not in options or condition.value not in known[condition.on]:
                raise ConditionRefused
    try:
        conditions_check([replace(one, cells=()) for one in records])
    except ExerciseError as error:
        raise ConditionRefused from error
