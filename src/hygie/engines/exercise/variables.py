"""Which words of a script change from one establishment to another?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hygie.engines.exercise.types import InjectRecord

_NAME = re.compile(r"\{\{\s*([^\W\d][\w-]*)\s*\}\}")
_TEXTS = ("title", "sender", "body", "expected", "comment", "deliverable")


def filled(text: str, variables: Mapping[str, str]) -> str:
    """The text with each `{{name}}` replaced by its value; a name without value stays as it is."""
    return _NAME.sub(lambda found: variables.get(found[1]) or found[0], text)


def names_in(text: str) -> list[str]:
    """Names used in a text, in order, each once."""
    return list(dict.fromkeys(_NAME.findall(text)))


def names_used(injects: Iterable[InjectRecord]) -> set[str]:
    """Names used anywhere in these injects."""
    return {
        name
        for inject in injects
        for text in (*(getattr(inject, part) for part in _TEXTS), *inject.options)
        for name in names_in(text)
    }


def inject_filled(inject: InjectRecord, variables: Mapping[str, str]) -> InjectRecord:
    """The inject as its players read it.

    Options stay as they are written: a condition compares them letter by letter.
    """
    return replace(
        inject,
        title=filled(inject.title, variables),
        sender=filled(inject.sender, variables),
        body=filled(inject.body, variables),
        expected=filled(inject.expected, variables),
        comment=filled(inject.comment, variables),
        deliverable=filled(inject.deliverable, variables),
    )
