"""What would this file do, counted in full, shown in part and sealed by a digest?"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from hygie.connectors.messages import Message, Report, Severity
from hygie.foundation.imports.errors import PlanOutdated
from hygie.foundation.imports.types import Applied, Note, Plan, PlannedChange, Verb

KEPT_PER_VERB = 2_000
KEPT_PER_NOTE = 500


class Planner:
    """Gathers what an import does, while it reads or while it writes: the digests must agree.

    Memory is bounded whatever the file: the first changes of each verb and the first notes of each
    code are kept, all are counted, all enter the digest.
    """

    def __init__(self, *, kept_per_verb: int = KEPT_PER_VERB) -> None:
        self.counts: Counter[str] = Counter()
        self.notes: list[Note] = []
        self._note_counts: Counter[str] = Counter()
        self._refused_rows: set[int] = set()
        self._kept: dict[Verb, list[PlannedChange]] = {verb: [] for verb in Verb}
        self._kept_per_verb = kept_per_verb
        self._digest = hashlib.sha256()

    def plan_change(
        self,
        verb: Verb,
        *,
        key: str,
        label: str,
        detail: Mapping[str, Any] | None = None,
        row: int | None = None,
    ) -> None:
        """Count one addition, change or closing."""
        self.counts[verb] += 1
        found = detail or {}
        sealed = json.dumps([verb, key, found], sort_keys=True, default=str, ensure_ascii=False)
        self._digest.update(sealed.encode("utf-8", "surrogatepass") + b"\n")
        if len(self._kept[verb]) < self._kept_per_verb:
            self._kept[verb].append(PlannedChange(verb, label, key, found, row))

    def keep(self, count: int = 1) -> None:
        """Count what the file confirms."""
        self.counts["keep"] += count

    def note(
        self,
        severity: Severity,
        code: str,
        *,
        row: int | None = None,
        field: str = "",
        **params: str | int | float,
    ) -> None:
        """Say something; an error also refuses its row, counted once whatever is wrong in it."""
        self._note_counts[code] += 1
        if severity is Severity.ERROR:
            if row is None:
                self.counts["refused"] += 1
            else:
                self._refused_rows.add(row)
        elif severity is Severity.WARNING:
            self.counts["warnings"] += 1
        if self._note_counts[code] <= KEPT_PER_NOTE:
            self.notes.append(Note(severity, code, params, row, field))

    @property
    def digest(self) -> str:
        """Fingerprint of the changes gathered so far, in their order."""
        return self._digest.hexdigest()

    def total(self, report: Report | None = None) -> dict[str, int]:
        """Counts of the plan, with those of the file reader."""
        counts = {name: self.counts[name] for name in
                  (*Verb, "keep", "refused", "warnings")}  # fmt: skip
        refused = self._refused_rows
        if report is not None:
            refused = refused | report.rows_in_error
            counts["refused"] += report.errors_without_row
            counts["warnings"] += report.severities[Severity.WARNING]
        counts["refused"] += len(refused)
        return {str(name): count for name, count in counts.items()}

    def plan(
        self,
        understood: Mapping[str, Any],
        *,
        report: Report | None = None,
        is_refused: bool = False,
    ) -> Plan:
        """The plan, once everything has been gathered; refused when every row of it is."""
        counts = self.total(report)
        usable = sum(counts[name] for name in (*Verb, "keep"))
        is_refused = is_refused or bool(counts["refused"] and not usable)
        said: list[Message | Note] = [*(report.messages if report else ()), *self.notes]
        changes: Iterable[PlannedChange] = [change for verb in Verb for change in self._kept[verb]]
        return Plan(
            understood=understood,
            counts=counts,
            changes=[] if is_refused else changes,
            messages=said,
            digest="" if is_refused else self.digest,
            is_refused=is_refused,
        )

    def applied(self, plan_digest: str, *, report: Report | None = None, **outcome: Any) -> Applied:
        """The outcome, once everything has been written.

        Raises:
            PlanOutdated: what was done is not what had been shown.
        """
        if plan_digest and plan_digest != self.digest:
            raise PlanOutdated
        return Applied(counts=self.total(report), outcome=outcome)
