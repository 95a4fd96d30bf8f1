"""How are requirement and objective states computed for some organisations?"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from hygie.engines.assessment.evaluate import evaluate, evaluate_all
from hygie.engines.assessment.types import AnswerSummary, Fact
from hygie.foundation.jobs.watch import SilentWatch, Watch
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM, Actor
from hygie.governance.assessment.bridge import (
    Candidate,
    candidate_of,
    case_of,
    dates_of,
    plain_line,
    verdict_as_fields,
)
from hygie.governance.assessment.choices import BasisChoice, StateChoice
from hygie.governance.assessment.lines import BROKEN, UNSET
from hygie.governance.assessment.models import Filing
from hygie.governance.assessment.rulebook import Chapter, Rulebook
from hygie.governance.assessment.selectors.answers import answer_summaries
from hygie.governance.assessment.selectors.around import Territory
from hygie.governance.assessment.selectors.candidates import candidate_ids_around
from hygie.governance.assessment.services.ground import Ground
from hygie.governance.assessment.services.mapped import mapped_fields
from hygie.governance.assessment.services.members import MemberValues
from hygie.governance.assessment.services.objectives import (
    ObjectiveBook,
    objectives_write,
)
from hygie.governance.assessment.services.standing import states_write
from hygie.programme.models import Indicator

# Families read together share their facts; a short transaction each keeps pages answering.
_BATCH = 200
_Key = tuple[int, int]  # organisation, requirement


@dataclass(slots=True)
class Recomputed:
    """What a computation changed."""

    organisations: int = 0
    states_written: int = 0
    states_changed: int = 0
    objectives_changed: int = 0
    changed_organisations: set[int] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Nothing stands otherwise than before."""
        return not (self.states_changed or self.objectives_changed)


@dataclass(frozen=True, slots=True)
class _Book:
    """What is asked: read once for a computation."""

    rules: Rulebook
    objectives: ObjectiveBook
    indicators: tuple[Indicator, ...]
    plain: Mapping[int, tuple[Mapping[int, Any], Mapping[int, Any]]]

    @classmethod
    def current(cls) -> "_Book":
        rules = Rulebook.current()
        indicators = tuple(Indicator.objects.filter(code__in=rules.codes, is_retired=False))
        plain = {
            chapter.framework.pk: (chapter.plain(shared=False), chapter.plain(shared=True))
            for chapter in rules.chapters
        }
        return cls(rules, ObjectiveBook.current(), indicators, plain)


def states_recompute(
    *,
    organisation_ids: Collection[int],
    cause: str = "",
    actor: Actor = SYSTEM,
    watch: Watch | None = None,
    today: dt.date | None = None,
) -> Recomputed:
    """Compute the states of these organisations and of all whose states depend on them.

    Each batch is written in a transaction of its own, and computing again changes nothing: a run
    cut in the middle is simply run again.

    Args:
        organisation_ids: where facts changed.
        cause: what made it necessary, kept beside each change of state.
        today: the day of the assessment; real today by default.

    Returns:
        How much was looked at and what changed.

    Cost: about fifteen statements per 200 organisations, plus the writes.
    """
    ids = candidate_ids_around(organisation_ids)
    report = states_compute(
        ids, cause=cause, watch=watch or SilentWatch(), today=today or timezone.localdate()
    )
    if not report.is_empty:
        journal_write(
            actor=actor,
            action="states.recomputed",
            object_type="assessment",
            detail={
                "organisations": report.organisations,
                "requirements": report.states_changed,
                "objectives": report.objectives_changed,
                "cause": cause,
            },
        )
    return report


def states_compute(ids: Sequence[int], *, cause: str, watch: Watch, today: dt.date) -> Recomputed:
    """Compute the states of exactly these organisations, without a word in the journal."""
    report = Recomputed()
    watch.stage(gettext_noop("Calcul des états"), total=len(ids))
    book = _Book.current()
    source = iter(ids)
    while batch := list(islice(source, _BATCH)):
        _batch_compute(batch, book, today, cause, report)
        watch.advance(len(batch))
    return report


def _batch_compute(
    ids: Sequence[int], book: _Book, today: dt.date, cause: str, report: Recomputed
) -> None:
    tree = Territory.around(ids)
    candidates = [candidate_of(tree, tree.organisations[pk]) for pk in ids]
    values = MemberValues.read(tree, today)
    ground = Ground.read(tree, values, today, indicators=book.indicators, dated=book.rules.dated)
    kinds = {candidate.organisation.pk: candidate.organisation.kind for candidate in candidates}
    answers = answer_summaries(kinds, today)
    filings = _filings(tree)
    computed: dict[_Key, dict[str, Any]] = {}
    for candidate in candidates:
        computed.update(_candidate_states(candidate, book, ground, filings, answers, today))
    computed.update(mapped_fields(ids, book.rules, computed, answers, today))
    organisations = [candidate.organisation for candidate in candidates]
    with transaction.atomic():
        written = states_write(ids, computed, today=today, cause=cause)
        report.objectives_changed += objectives_write(
            book.objectives, organisations, computed, values, today
        )
    report.organisations += len(candidates)
    report.states_written += written.written
    report.states_changed += written.changed
    report.changed_organisations |= written.organisations


def _filings(tree: Territory) -> dict[_Key, Filing]:
    """Filing by organisation and domain: its own, else that of the entity or group above."""
    own = {
        (row.organisation_id, row.domain_id): row
        for row in Filing.objects.filter(organisation_id__in=tree.organisations)
    }
    found = dict(own)
    domains = {domain_id for _, domain_id in own}
    for organisation in tree.organisations.values():
        for domain_id in domains:
            for pk in (organisation.pk, *tree.above(organisation)):
                if (pk, domain_id) in own:
                    found[organisation.pk, domain_id] = own[pk, domain_id]
                    break
    return found


def _candidate_states(
    candidate: Candidate,
    book: _Book,
    ground: Ground,
    filings: Mapping[_Key, Filing],
    answers: Mapping[_Key, AnswerSummary],
    today: dt.date,
) -> Iterator[tuple[_Key, dict[str, Any]]]:
    """States of every requirement that has a rule, for one candidate."""
    pk = candidate.organisation.pk
    facts = ground.facts_of(candidate)
    shared = ground.facts_with_group(candidate, facts)
    for chapter in book.rules.chapters:
        dates = dates_of(
            chapter.domain,
            filings.get((pk, chapter.domain.pk)) if chapter.domain else None,
            today,
        )
        own_rules, shared_rules = book.plain[chapter.framework.pk]
        verdicts = evaluate_all(own_rules, case_of(candidate, facts, dates))
        verdicts |= evaluate_all(shared_rules, case_of(candidate, shared, dates))
        for requirement_id in chapter.asking:
            known: Sequence[Fact] = shared if requirement_id in chapter.shared else facts
            case = case_of(candidate, known, dates, answers.get((pk, requirement_id)))
            verdicts[requirement_id] = evaluate(chapter.rules[requirement_id], case)
        for requirement_id, verdict in verdicts.items():
            fields = verdict_as_fields(verdict, year=candidate.year)
            yield (pk, requirement_id), {**fields, "basis": BasisChoice.RULE.value, "through": {}}
        for requirement_id, fields in _undecidable(chapter):
            yield (pk, requirement_id), fields


def _undecidable(chapter: Chapter) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rules without their parameters, or that cannot be read, tell nothing and say so."""
    for requirement_id, names in chapter.unset.items():
        yield requirement_id, _cannot_tell(UNSET, {"parameters": sorted(names)})
    for requirement_id, reason in chapter.broken.items():
        yield requirement_id, _cannot_tell(BROKEN, {"reason": reason})


def _cannot_tell(code: str, params: Mapping[str, Iterable[str] | str]) -> dict[str, Any]:
    state = StateChoice.CANNOT_TELL.value
    return {
        "state": state,
        "basis": BasisChoice.RULE.value,
        "stale_on": None,
        "changes_on": None,
        "known_as": None,
        "coverage": None,
        "threshold": None,
        "lines": [plain_line(code, params, state)],
        "missing": [],
        "through": {},
    }
