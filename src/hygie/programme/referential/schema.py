"""Which shape must every row of the referential have?"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hygie.programme.referential.vocabulary import (
    ROOMS,
    Direction,
    Effect,
    Holder,
    OrganisationKind,
    Rollup,
    Sensitivity,
    Status,
    Unit,
)

SCHEMA_VERSION = 1


def _room(value: str) -> str:
    if value not in ROOMS:
        raise ValueError("unknown room, see ROOMS")
    return value


Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=80)]
RequirementId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*$", max_length=40)]
Room = Annotated[str, AfterValidator(_room)]
FinessCategory = Annotated[str, Field(pattern=r"^[0-9]{3}$")]
Eur = Annotated[int, Field(ge=0, le=100_000_000)]


class Strict(BaseModel):
    """Nothing unknown, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Text(Strict):
    """One text, complete in both languages."""

    fr: Words
    en: Words


class Sourced(Strict):
    """A row that says how sure it is, where it comes from and when it was looked up."""

    status: Status
    source: Words
    as_of: dt.date


class Release(Strict):
    """One line of the changelog."""

    version: Annotated[int, Field(ge=1)]
    published_on: dt.date
    changes: Text


class Header(Strict):
    """Identity of the referential as a whole."""

    urn: Annotated[str, Field(pattern=r"^urn:hygie:referential:[a-z0-9-]+$")]
    version: Annotated[int, Field(ge=1)]
    title: Text
    description: Text
    published_on: dt.date
    changelog: Annotated[tuple[Release, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _version_has_its_changelog(self) -> Self:
        if self.version not in {release.version for release in self.changelog}:
            raise ValueError("the version has no line in the changelog")
        return self


class Axis(Sourced):
    """One of the four axes of the plan."""

    number: Annotated[int, Field(ge=1, le=4)]
    title: Text
    description: Text


class Objective(Sourced):
    """One of the twenty objectives. `status` is the weaker of the two others."""

    number: Annotated[int, Field(ge=1, le=20)]
    axis: Annotated[int, Field(ge=1, le=4)]
    title: Text
    description: Text
    number_status: Status
    content_status: Status
    indicators: tuple[Code, ...] = ()
    requirements: tuple[RequirementId, ...] = ()

    @model_validator(mode="after")
    def _as_sure_as_its_weaker_half(self) -> Self:
        both = self.number_status is self.content_status is Status.CONFIRMED
        if (self.status is Status.CONFIRMED) != both:
            raise ValueError("status is confirmed only when number and content both are")
        return self


class Milestone(Sourced):
    """A dated fact about a call; `on` is None when no source gives the day."""

    on: dt.date | None


class Amount(Sourced):
    """Money announced for a call."""

    eur: Annotated[int, Field(ge=0)]


class CallDates(Strict):
    """The life of a call. `phase_start` opens the operational phase."""

    publication: Milestone
    phase_start: Milestone
    applications_from: Milestone
    applications_until: Milestone
    attainment_from: Milestone
    attainment_until: Milestone


class Call(Sourced):
    """One call for funding inside a domain."""

    code: Code
    title: Text
    legal_reference: Words | None
    legal_url: Words | None
    envelope: Amount | None
    dates: CallDates
    notes: Text | None = None


class Domain(Sourced):
    """A priority domain of axis 4, with its calls for funding."""

    code: Code
    number: Annotated[int, Field(ge=1)]
    title: Text
    description: Text
    objective: Annotated[int, Field(ge=1, le=20)]
    framework: Code
    prerequisites: tuple[RequirementId, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def current_call(self) -> Call | None:
        """The call published last; None when no call has a known publication date."""
        dated = [call for call in self.calls if call.dates.publication.on is not None]
        return max(dated, key=lambda call: call.dates.publication.on or dt.date.min, default=None)


class Target(Sourced):
    """A value to reach, from or by a date, for some kinds of organisation."""

    kinds: Annotated[tuple[OrganisationKind, ...], Field(min_length=1)]
    categories: tuple[FinessCategory, ...] = ()
    by: dt.date | None = None
    since: dt.date | None = Field(default=None, alias="from")
    at_least: float | None = None
    at_most: float | None = None

    @property
    def bound(self) -> float:
        """The value to reach, whichever of the two comparisons is used."""
        return next(bound for bound in (self.at_least, self.at_most) if bound is not None)

    @model_validator(mode="after")
    def _one_bound_and_one_date(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give at_least or at_most, exactly one")
        if (self.by is None) == (self.since is None):
            raise ValueError("give by or from, exactly one")
        return self


class Indicator(Sourced):
    """A figure followed in time, and the room that measures it."""

    code: Code
    title: Text
    help: Text
    unit: Unit
    direction: Direction
    held_at: Holder
    rollup: Rollup
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    measured_by: Room
    freshness_days: Annotated[int, Field(ge=1, le=3660)] | None
    objectives: tuple[Annotated[int, Field(ge=1, le=20)], ...] = ()
    domain: Code | None = None
    targets: tuple[Target, ...] = ()
    justification: Text | None = None


class DocumentKind(Sourced):
    """A kind of proof, with how long it holds and how far it may travel by default."""

    code: Code
    title: Text
    description: Text
    validity_days: Annotated[int, Field(ge=1, le=3660)] | None
    sensitivity: Sensitivity
    is_plan: bool = False


class Skill(Sourced):
    """A trade whose days a measure consumes."""

    code: Code
    title: Text


class Size(Sourced):
    """A size of establishment, by headcount; efforts of measures are given for `medium`."""

    code: Literal["small", "medium", "large"]
    title: Text
    headcount_from: Annotated[int, Field(ge=0)]
    headcount_until: Annotated[int, Field(ge=1)] | None
    effort_factor: Annotated[float, Field(gt=0, le=20)]


class Range(Strict):
    """An order of magnitude in euros, excluding VAT."""

    low: Eur
    high: Eur

    @model_validator(mode="after")
    def _low_is_lower(self) -> Self:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Cost(Strict):
    """What a measure costs once and then each year."""

    once: Range
    yearly: Range


class CostBySize(Strict):
    """The cost for the three sizes of establishment."""

    small: Cost
    medium: Cost
    large: Cost


class IndicatorEffect(Strict):
    """The move a measure is expected to give to an indicator."""

    code: Code
    effect: Effect


class Measure(Sourced):
    """A security measure of the catalogue. `effort` is in person-days by skill, medium size."""

    code: Code
    title: Text
    description: Text
    care_risk: Text
    cost: CostBySize
    effort: Annotated[dict[Code, Annotated[float, Field(gt=0, le=2000)]], Field(min_length=1)]
    lead_weeks: Annotated[int, Field(ge=1, le=260)]
    prerequisites: tuple[Code, ...] = ()
    requirements: tuple[RequirementId, ...] = ()
    indicators: tuple[IndicatorEffect, ...] = ()
    hygiene: tuple[Annotated[int, Field(ge=1, le=42)], ...] = ()
    recyf: tuple[Annotated[int, Field(ge=1, le=20)], ...] = ()
