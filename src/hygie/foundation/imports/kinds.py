"""Which kinds of file can be brought in, and by whom? Reads the table settings.IMPORTS."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.forms import Form
from django.utils.module_loading import import_string

from hygie.connectors.files.limits import Limits
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.errors import KindUnknown, OptionsRefused
from hygie.foundation.imports.types import ImportKind, Made, Reader


def kind_get(name: str) -> ImportKind:
    """The kind of this name.

    Raises:
        KindUnknown: no such name in settings.IMPORTS.
    """
    if name not in settings.IMPORTS:
        raise KindUnknown(choices=", ".join(sorted(settings.IMPORTS)))
    made: ImportKind = import_string(settings.IMPORTS[name])()
    return made


def kinds_for(reader: Reader) -> list[ImportKind]:
    """Kinds that this perimeter may bring somewhere, in the order of the table."""
    return [kind for kind in map(kind_get, settings.IMPORTS) if kind_is_offered(kind, reader)]


def kind_is_offered(kind: ImportKind, reader: Reader) -> bool:
    """Whether some node of the perimeter grants the right that the kind needs."""
    return any(reader.holds_anywhere(right) for right in _rights(kind))


def kind_get_for(reader: Reader, name: str) -> ImportKind:
    """The kind of this name, when the perimeter may use it.

    Raises:
        KindUnknown: no such kind.
        NotAllowed: no node of the perimeter grants it.
    """
    kind = kind_get(name)
    if not kind_is_offered(kind, reader):
        raise NotAllowed
    return kind


def _rights(kind: ImportKind) -> tuple[Any, ...]:
    """One right, or several any of which suffices."""
    return kind.right if isinstance(kind.right, tuple) else (kind.right,)


def options_form(kind: ImportKind, data: Mapping[str, Any] | None = None) -> Form | None:
    """The form of the kind's options, filled when `data` is given; None when it has none."""
    form_class = kind.options_form
    return None if form_class is None else form_class(data)


def options_clean(kind: ImportKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """Options as the kind expects them, whatever door they came through.

    Args:
        kind: the kind of import.
        data: raw values by name; absent ones take the form's meaning of an absent field.

    Returns:
        JSON values.

    Raises:
        OptionsRefused: says which option, and why.
    """
    form = options_form(kind, data)
    if form is None:
        return {}
    if not form.is_valid():
        said = (
            f"{form.fields[name].label if name in form.fields else name} : {errors[0]}"
            for name, errors in form.errors.items()
        )
        raise OptionsRefused(reason="; ".join(said))
    return dict(form.cleaned_data)


def field_words(kind: ImportKind) -> Mapping[str, Any]:
    """Words for the fields of a change; kinds that name none show the fields as they are."""
    return getattr(kind, "fields", {})


def value_words(kind: ImportKind) -> Mapping[str, Mapping[Any, Any]]:
    """Words for the values of a change, by field; kinds that name none show them as they are."""
    return getattr(kind, "values", {})


def thing_made(kind: ImportKind, reader: Reader, outcome: Mapping[str, Any]) -> Made | None:
    """What an applied import has made, when the kind tells and the reader may see it."""
    made = getattr(kind, "made", None)
    return None if made is None or not outcome else made(reader, outcome)


def file_limits(kind: ImportKind) -> Limits | None:
    """Bounds of the kind's files, never larger than what this instance receives; None = the usual.

    An archive of inventories holds a document a machine: thousands of members, each small.
    """
    own: Limits | None = getattr(kind, "limits", None)
    return own and replace(own, max_bytes=min(own.max_bytes, settings.UPLOAD_MAX_BYTES))
