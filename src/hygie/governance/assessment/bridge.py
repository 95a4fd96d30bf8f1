"""How do rows become the cases that the assessment engine judges, and its verdicts rows again?"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from hygie.engines.assessment.types import (
    AnswerSummary,
    Case,
    Dates,
    Fact,
    Knowledge,
    Line,
    Unit,
    Verdict,
)
from hygie.engines.scoring.rollup import Reading
from hygie.governance.assessment.models import Filing
from hygie.governance.assessment.selectors.around import Territory
from hygie.programme.models import Domain, Indicator
from hygie.progress.selectors.facts import FactRow
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation

_SHARE_DIGITS = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation to assess and the units that its coverage is counted over.

    Attributes:
        year: of the activity that the units weigh; None when it is not known.
    """

    organisation: Organisation
    units: tuple[Unit, ...]
    year: int | None


def candidate_of(tree: Territory, organisation: Organisation) -> Candidate:
    """The candidate and its units.

    A GHT is counted over its EJ that are support or partie; an EJ outside any GHT with several
    open sites over these; anything else over itself.
    """
    ids = [organisation.pk]
    if organisation.kind == OrganisationKind.GHT:
        ids = tree.entities_of.get(organisation.pk, [])
    elif organisation.kind == OrganisationKind.EJ and organisation.ght_id is None:
        sites = tree.sites_of.get(organisation.pk, [])
        ids = sites if len(sites) > 1 else ids
    year = tree.common_year(ids)
    weights = {pk: tree.weight(pk, year) for pk in ids}
    if len(ids) == 1:
        # Alone, it is all of its own activity, whatever the figure.
        weights = {pk: weight or Decimal(1) for pk, weight in weights.items()}
    units = tuple(Unit(pk, tree.organisations[pk].name, weights[pk]) for pk in ids)
    return Candidate(organisation, units, year)


def fact_of_row(row: FactRow) -> Fact:
    """A measurement or proof of progress, as the engine wants it."""
    return Fact(
        code=row.code,
        unit=row.organisation_id,
        value=row.value,
        known_as=Knowledge(row.known_as),
        effective_on=row.effective_on,
        expires_on=row.expires_on,
        ref=row.ref,
    )


def fact_of_reading(
    reading: Reading, indicator: Indicator, organisation_id: int, *, ref: str
) -> Fact | None:
    """The latest figure of an organisation, own or rolled up; None when there is none."""
    if not reading.is_recorded or reading.effective_on is None:
        return None
    return Fact(
        code=indicator.code,
        unit=organisation_id,
        value=reading.value,
        known_as=Knowledge(reading.known_as),
        effective_on=reading.effective_on,
        expires_on=reading.expires_on,
        ref=ref,
    )


def facts_as_own(facts: Iterable[Fact], organisation_id: int) -> list[Fact]:
    """The same facts, counted for another organisation; references keep their true place."""
    return [replace(fact, unit=organisation_id) for fact in facts]


def dates_of(domain: Domain | None, filing: Filing | None, today: dt.date) -> Dates:
    """The days that windows refer to, for one candidate in one domain."""
    return Dates(
        as_of=today,
        phase_start=domain.phase_start_on if domain else None,
        application=filing.applied_on if filing else None,
        attainment=filing.attained_on if filing else None,
    )


def case_of(
    candidate: Candidate,
    facts: Sequence[Fact],
    dates: Dates,
    answers: AnswerSummary | None = None,
) -> Case:
    """One case for the engine."""
    return Case(
        candidate=candidate.organisation.pk,
        units=candidate.units,
        facts=tuple(facts),
        answers=answers,
        dates=dates,
    )


def line_as_data(line: Line) -> dict[str, Any]:
    """A line of explanation as JSON."""
    return {
        "code": str(line.code),
        "params": {name: _plain(value) for name, value in line.params.items()},
        "state": str(line.state),
        "unit": line.unit,
        "refs": list(line.refs),
        "depth": line.depth,
    }


def verdict_as_fields(verdict: Verdict, *, year: int | None = None) -> dict[str, Any]:
    """A verdict as columns of RequirementState.

    Args:
        year: of the activity weighed, told by the lines of total.
    """
    lines = [line_as_data(line) for line in verdict.lines]
    if verdict.threshold is not None and year is not None:
        for line in lines:
            if "share" in line["params"] and line["code"].startswith("coverage_"):
                line["params"]["year"] = year
    return {
        "state": str(verdict.state),
        "stale_on": verdict.stale_on,
        "changes_on": verdict.changes_on,
        "known_as": int(verdict.known_as) if verdict.known_as else None,
        "coverage": _share(verdict.coverage),
        "threshold": _share(verdict.threshold),
        "lines": lines,
        "missing": list(verdict.missing),
    }


def plain_line(code: str, params: Mapping[str, Any], state: str) -> dict[str, Any]:
    """A line that no engine wrote: what stopped the rule from being judged at all."""
    return {
        "code": code,
        "params": dict(params),
        "state": state,
        "unit": None,
        "refs": [],
        "depth": 0,
    }


def _share(value: Decimal | None) -> Decimal | None:
    """As the column keeps it; never rounded up, or 65.9999999999 % would read as reached."""
    return None if value is None else value.quantize(_SHARE_DIGITS, rounding=ROUND_DOWN)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Knowledge):
        return int(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
