"""What does every kind of import promise, and what does it show before it writes?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.forms import Form
from django.utils.functional import Promise

from hygie.connectors.messages import Message, Severity
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.types import Actor

Text = str | Promise


class Verb(StrEnum):
    """What a line of a plan does."""

    ADD = "add"
    CHANGE = "change"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One thing that the file would add, change or close.

    Attributes:
        verb: add, change or close.
        label: how people know the thing.
        key: how the file knows it (a FINESS number, a requirement's URN).
        detail: field → [before, after], JSON values; `before` is None for an addition.
        row: row of the file, 1-based; None when the change comes from an absence.
    """

    verb: Verb
    label: str
    key: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the kind itself, beside those of the file reader.

    `code` is a key of the kind's `notes`, whose template takes `params`.
    """

    severity: Severity
    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    row: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was understood of a file and what it would do.

    Attributes:
        understood: kind, dialect, encoding, sheet, rows, date… JSON values, shown as they are.
        counts: add, change, close, keep, refused, warnings.
        changes: a first part of the changes, bounded; the counts cover all of them.
        messages: remarks, bounded.
        digest: fingerprint of everything it would do; empty when refused.
        is_refused: nothing of it can be applied.
    """

    understood: Mapping[str, Any]
    counts: Mapping[str, int]
    changes: Iterable[PlannedChange]
    messages: Iterable[Message | Note]
    digest: str
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: the counts as in the plan, and what else the trace should say."""

    counts: Mapping[str, int]
    outcome: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """What an applied import has made: its name and its page."""

    label: str
    address: str


class Reader(Protocol):
    """All that this floor needs to know of a perimeter."""

    @property
    def actor(self) -> Actor: ...

    @property
    def is_operator(self) -> bool: ...

    def holds_anywhere(self, right: Any) -> bool: ...


class ImportKind(Protocol):
    """A kind of file that can be brought in; named in settings.IMPORTS.

    Class attributes:
        kind: key in settings.IMPORTS.
        label, help: words of the page.
        accepts: extensions shown to the user; the type itself is sniffed from the content.
        right: right that some node must grant for the kind to be offered at all.
        options_form: form of the options, or None. Its `cleaned_data` must be JSON values.
        notes: templates of the kind's own remarks, by code.
        fields: words for the keys of `PlannedChange.detail`.
        limits: bounds of the file where the usual ones are too narrow; may be left out.
        made(perimeter, outcome): page of what an applied import has made; may be left out.
    """

    kind: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    accepts: ClassVar[tuple[str, ...]]
    right: ClassVar[Any]
    options_form: ClassVar[type[Form] | None]
    notes: ClassVar[Mapping[str, Text]]
    fields: ClassVar[Mapping[str, Text]]

    def scope(self, perimeter: Any, options: Mapping[str, Any]) -> int | None:
        """Organisation that the import is about, or None; raises NotAllowed or NotFound."""

    def read(self, path: Path, *, options: Mapping[str, Any], perimeter: Any, watch: Watch) -> Plan:
        """Read the file and say what it would do; writes nothing. May raise FileRefused."""

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Any,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Do it, inside the caller's transaction.

        Raises:
            PlanOutdated: what it would do is no longer what `plan_digest` stands for.
        """
