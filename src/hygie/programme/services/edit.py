"""How does an administrator change a row, set a parameter, or take the package's values back?"""

from typing import Any

from django.db import models, transaction

from hygie.engines.assessment.rules import RuleError, parse_rule
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.programme.errors import ParameterRefused, RuleRefused
from hygie.programme.models import Framework, Objective
from hygie.programme.referential.parameters import references_of, resolve_rule
from hygie.programme.shapes import shape_check
from hygie.territory.perimeter import Perimeter, Right

# Held for the length of a swap of two numbers.
_UNUSED_NUMBER = 32_767


def row_edit(*, perimeter: Perimeter, kind: str, row: Any, values: dict[str, Any]) -> Any:
    """Change fields of a row of the referential; it is then marked as edited here.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.
        kind: word for the journal (`indicator`, `requirement`…).
        row: the row, already read.
        values: validated values by field.

    Returns:
        The row.

    Raises:
        NotAllowed: the right is missing.
        RuleRefused: a rule that does not parse.
        ShapeRefused: a structured value that no page could read.
    """
    _demand(perimeter)
    _values_check(kind, row, values)
    changed = {
        name: [_plain(_standing(row, name)), _plain(value)]
        for name, value in values.items()
        if _is_other(row, name, value)
    }
    if not changed:
        return row
    with transaction.atomic():
        if kind == "objective" and "number" in changed:
            _number_give_up(perimeter, row, values["number"])
        row.is_customised = True
        _values_set(row, {name: values[name] for name in changed})
        journal_write(
            actor=perimeter.actor,
            action=f"{kind}.edited",
            object_type=kind,
            object_id=row.pk,
            detail={"changed": changed},
        )
        follow_up("referential_changed")
    return row


def row_create(*, perimeter: Perimeter, kind: str, row: Any, values: dict[str, Any]) -> Any:
    """Add a row that the package does not have; a new version of the package leaves it alone.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.
        kind: `measure` or `target`.
        row: an unsaved row, with what the form does not ask.
        values: validated values by field.

    Returns:
        The saved row.

    Raises:
        NotAllowed: the right is missing.
        ShapeRefused: a structured value that no page could read.
    """
    _demand(perimeter)
    _values_check(kind, row, values)
    with transaction.atomic():
        row.is_customised = True
        _values_set(row, values)
        journal_write(
            actor=perimeter.actor,
            action=f"{kind}.created",
            object_type=kind,
            object_id=row.pk,
            detail={name: _plain(value) for name, value in values.items()},
        )
        follow_up("referential_changed")
    return row


def _demand(perimeter: Perimeter) -> None:
    if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed


def _values_check(kind: str, row: Any, values: dict[str, Any]) -> None:
    if values.get("rule"):
        rule_check(values["rule"])
    shape_check(kind, row, values)


def _is_many(row: Any, name: str) -> bool:
    return bool(row._meta.get_field(name).many_to_many)


def _standing(row: Any, name: str) -> Any:
    return list(getattr(row, name).all()) if _is_many(row, name) else getattr(row, name)


def _is_other(row: Any, name: str, value: Any) -> bool:
    standing = _standing(row, name)
    return set(standing) != set(value) if _is_many(row, name) else standing != value


def _values_set(row: Any, values: dict[str, Any]) -> None:
    """Columns first: links need the key of the row."""
    for name, value in values.items():
        if not _is_many(row, name):
            setattr(row, name, value)
    row.save()
    for name, value in values.items():
        if _is_many(row, name):
            getattr(row, name).set(value)


def _number_give_up(perimeter: Perimeter, row: Objective, number: int) -> None:
    """Numbers are unique: the objective that bears the wanted one takes the one given up."""
    other = Objective.objects.filter(number=number).exclude(pk=row.pk).first()
    if other is None:
        return
    given_up, free = row.number, _UNUSED_NUMBER
    Objective.objects.filter(pk=row.pk).update(number=free)
    other.number, other.is_customised = given_up, True
    other.save(update_fields=["number", "is_customised"])
    journal_write(
        actor=perimeter.actor,
        action="objective.edited",
        object_type="objective",
        object_id=other.pk,
        detail={"changed": {"number": [number, given_up]}},
    )


def row_release(*, perimeter: Perimeter, kind: str, row: Any) -> Any:
    """Let the next load of the referential write this row again.

    Raises:
        NotAllowed: the right is missing.
    """
    _demand(perimeter)
    with transaction.atomic():
        row.is_customised = False
        row.save(update_fields=["is_customised"])
        journal_write(
            actor=perimeter.actor, action=f"{kind}.released", object_type=kind, object_id=row.pk
        )
    return row


def parameter_set(
    *, perimeter: Perimeter, framework: Framework, name: str, value: float | None
) -> Framework:
    """Give a value that no source gives; None takes it away again.

    Raises:
        NotAllowed: the right is missing.
        ParameterRefused: unknown name, or value outside the declared bounds.
    """
    _demand(perimeter)
    parameter = framework.parameters.get(name)
    low = parameter.get("minimum") if parameter else None
    high = parameter.get("maximum") if parameter else None
    is_low = value is not None and low is not None and value < low
    is_high = value is not None and high is not None and value > high
    if parameter is None or is_low or is_high:
        raise ParameterRefused(name=name, low=low, high=high)
    before = parameter["value"]
    # Marked while a value is set here, so that a new version of the package leaves it alone.
    bare = {key: kept for key, kept in parameter.items() if key != "is_set_here"}
    here = {"is_set_here": True} if value is not None else {}
    with transaction.atomic():
        framework.parameters = {
            **framework.parameters,
            name: {**bare, "value": value, **here},
        }
        framework.save(update_fields=["parameters"])
        journal_write(
            actor=perimeter.actor,
            action="parameter.set",
            object_type="framework",
            object_id=framework.pk,
            detail={"parameter": name, "before": before, "after": value},
        )
        follow_up("referential_changed")
    return framework


def rule_check(rule: dict[str, Any]) -> None:
    """Refuse a rule that the assessment engine would not understand.

    Raises:
        RuleRefused: says where in the rule, and why.
    """
    names = {found.name for found in references_of(rule, ()) if found.kind == "parameter"}
    ready = resolve_rule(rule, dict.fromkeys(names, 1.0)).rule
    try:
        parse_rule(ready or {})
    except RuleError as error:
        raise RuleRefused(path=error.path, reason=f"{error.code.value} {error.value}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet) or (
        isinstance(value, list) and value and isinstance(value[0], models.Model)
    ):
        return sorted(one.pk for one in value)
    return (
        value
        if value is None or isinstance(value, str | int | float | bool | list | dict)
        else str(value)
    )
