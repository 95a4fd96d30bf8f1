"""How does a command line tell what a file would do, or has done?"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hygie.connectors.messages import Message, Severity
from hygie.foundation.imports.kinds import kind_get
from hygie.foundation.imports.messages import message_line, message_sentence
from hygie.foundation.imports.models import Import, ImportMessage, ImportState
from hygie.foundation.imports.selectors import messages_of
from hygie.foundation.imports.tables import counts_words
from hygie.foundation.imports.types import ImportKind, Note, Plan

DONE, REFUSED = 0, 3
_SHOWN = 50
_MARKS = {"add": "+", "change": "~", "close": "-"}


def import_tell(name: str, outcome: Plan | Import, *, as_json: bool) -> int:
    """Print the outcome, for a program or for a person.

    Args:
        name: key of settings.IMPORTS.
        outcome: the plan of a dry run, or the import, applied or refused.
        as_json: one line that a program reads.

    Returns:
        Exit code: 0 applied or understood, 3 refused.
    """
    kind = kind_get(name)
    if isinstance(outcome, Plan):
        return _tell(
            kind, outcome.counts, outcome.messages, outcome.is_refused, _plan_data(outcome),
            as_json=as_json,
        )  # fmt: skip
    said = [_as_note(one) for one in messages_of(outcome)]
    more = {"import": outcome.pk, "sha256": outcome.sha256, "understood": outcome.understood}
    is_refused = outcome.state == ImportState.REFUSED
    return _tell(kind, outcome.counts, said, is_refused, more, as_json=as_json)


def _as_note(stored: ImportMessage) -> Note:
    return Note(Severity(stored.severity), stored.code, stored.params, stored.row, stored.field)


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "dry_run": True,
        "digest": plan.digest,
        "understood": dict(plan.understood),
        "changes": [
            {"verb": one.verb.value, "key": one.key, "label": one.label,
             "detail": dict(one.detail), "row": one.row}
            for one in plan.changes
        ],
    }  # fmt: skip


def _tell(
    kind: ImportKind,
    counts: Mapping[str, int],
    said: Iterable[Message | Note],
    is_refused: bool,
    more: Mapping[str, Any],
    *,
    as_json: bool,
) -> int:
    if as_json:
        answer = {
            "kind": kind.kind, "refused": is_refused, "counts": dict(counts), **more,
            "messages": [_message(kind, one) for one in said],
        }  # fmt: skip
        print(json.dumps(answer, ensure_ascii=False, default=str))  # noqa: T201  # a command line prints
        return REFUSED if is_refused else DONE
    for line in _lines(kind, counts, said, is_refused, more):
        print(line)  # noqa: T201  # a command line prints
    return REFUSED if is_refused else DONE


def _lines(
    kind: ImportKind,
    counts: Mapping[str, int],
    said: Iterable[Message | Note],
    is_refused: bool,
    more: Mapping[str, Any],
) -> Iterable[str]:
    told = sorted(said, key=lambda one: list(Severity).index(one.severity))
    yield from (message_line(kind, one) for one in told[:_SHOWN])
    if len(told) > _SHOWN:
        yield _("… et %(n)s autres messages.") % {"n": len(told) - _SHOWN}
    changes = more.get("changes", [])
    for change in changes[:_SHOWN]:
        yield f"{_MARKS[change['verb']]} {change['key']} {change['label']}"
    changed = sum(counts.get(verb, 0) for verb in _MARKS)
    if changes and changed > _SHOWN:
        yield _("… et %(n)s autres changements.") % {"n": changed - _SHOWN}
    words = _("Fichier refusé.") if is_refused else f"{counts_words(counts)}."
    is_dry = "dry_run" in more
    yield f"{words} {_('Rien n’a été écrit.')}" if is_dry or is_refused else words


def _message(kind: ImportKind, said: Message | Note) -> dict[str, Any]:
    return {
        "severity": said.severity.value, "code": str(said.code), "row": said.row,
        "field": said.field, "params": dict(said.params),
        "text": str(message_sentence(kind, said.code, said.params)),
    }  # fmt: skip
