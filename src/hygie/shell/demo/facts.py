"""What was measured, proven and promised in the invented territory over eighteen months?

Each entity has a maturity; its figures climb towards the targets at that pace, with noise, gaps and
relapses. Some proofs have expired, some soon will, some measures were never made: the demonstration
must show what "stale" and "not tested" look like.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from hygie.shell.demo.names import ACTIONS, FIRST, LAST
from hygie.shell.demo.territory import DemoEntity, DemoTerritory

MONTHS = 18
# The worked example of the 66 % rule: entities of 40 and 20 have BIA and PCRA, 30 and 10 have not.
EXAMPLE = {40_000: True, 30_000: False, 20_000: True, 10_000: False}
_PLANS = ("bia", "pcra", "pca", "pra")


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """What the generator needs to know of an indicator."""

    code: str
    unit: str
    is_lower_better: bool
    decimals: int
    measured_by: str
    held_at: str
    target: float | None


@dataclass(frozen=True, slots=True)
class ProofSpec:
    """What the generator needs to know of a kind of document."""

    code: str
    title: str
    validity_days: int | None


@dataclass(frozen=True, slots=True)
class DemoMeasurement:
    """One line of the measurement sheet; `value` None = measured without conclusion."""

    finess: str
    indicator: str
    value: float | None
    known_as: str
    effective_on: dt.date


@dataclass(frozen=True, slots=True)
class DemoProof:
    """One line of the manifest of proofs."""

    finess: str
    kind: str
    title: str
    effective_on: dt.date
    expires_on: dt.date | None
    file_name: str


@dataclass(frozen=True, slots=True)
class DemoAction:
    """One line of the sheet of actions."""

    finess: str
    title: str
    owner: str
    due_on: dt.date
    state: str
    requirement: str
    done_on: dt.date | None


def measurements(
    territory: DemoTerritory, indicators: Sequence[IndicatorSpec], today: dt.date, seed: int
) -> Iterator[DemoMeasurement]:
    """Quarterly figures of each entity, establishment and GHT, for what is held at its level."""
    held = {
        level: [spec for spec in indicators if spec.held_at in {level, "any"}]
        for level in ("ej", "ght")
    }
    sites = [spec for spec in indicators if spec.held_at == "et"]
    for entity in territory.entities:
        rng = Random(f"{seed}:{entity.finess}")  # noqa: S311  # invention, not secrecy
        yield from _series(entity.finess, entity.maturity, entity, held["ej"], today, rng)
        for site in entity.sites:
            yield from _series(site, entity.maturity, None, sites, today, rng)
    for code in territory.ght_codes:
        members = [entity for entity in territory.entities if entity.ght_code == code]
        maturity = sum(entity.maturity for entity in members) / len(members)
        rng = Random(f"{seed}:{code}")  # noqa: S311  # invention, not secrecy
        yield from _series(code, maturity, None, held["ght"], today, rng)


def _series(
    place: str, maturity: float, entity: DemoEntity | None, indicators: Sequence[IndicatorSpec],
    today: dt.date, rng: Random,
) -> Iterator[DemoMeasurement]:  # fmt: skip
    # What an establishment is good at, it is good at as a whole: one talent a family of indicators.
    talents: dict[str, float] = {}
    for spec in indicators:
        family = spec.code.split(".")[0]
        talent = talents.setdefault(family, rng.gauss(0.05, 0.22))
        forced = _forced(spec, entity)
        if forced is False or (forced is None and rng.random() > 0.3 + 0.6 * maturity):
            continue
        gap = rng.choice((60, 90, 90, 180))
        last = today - dt.timedelta(days=rng.randint(3, 45 if rng.random() < 0.85 else 420))
        days = [last - dt.timedelta(days=gap * n) for n in range(6)]
        known = _known(spec, rng)
        for day in sorted(day for day in days if day > today - dt.timedelta(days=31 * MONTHS)):
            age = (today - day).days / (31 * MONTHS)
            value = 1.0 if forced else _value(spec, (maturity + talent) * (1 - 0.4 * age), rng)
            yield DemoMeasurement(place, spec.code, value, known, day)


def _forced(spec: IndicatorSpec, entity: DemoEntity | None) -> bool | None:
    """In the worked example the plans are given, not drawn."""
    if spec.code not in {"d2.bia", "d2.pcra"} or entity is None:
        return None
    return EXAMPLE.get(entity.activity) if entity.ght_code == "BR-01" else None


def _known(spec: IndicatorSpec, rng: Random) -> str:
    if spec.measured_by == "declared":
        return rng.choice(("declare", "declare", "documente"))
    return rng.choice(("declare", "documente", "mesure", "mesure", "verifie"))


def _value(spec: IndicatorSpec, progress: float, rng: Random) -> float | None:
    if rng.random() < 0.02:
        return None
    reached = min(1.35, max(0.0, 0.35 + 1.2 * progress + rng.gauss(0, 0.06)))
    if spec.unit == "boolean":
        return 1.0 if reached > 0.62 else 0.0
    if spec.unit == "level":
        return float(min(5, max(1, round(1 + 3.2 * reached))))
    goal = spec.target if spec.target is not None else 50.0
    value = (
        goal * reached
        if not spec.is_lower_better
        else goal * max(0.0, 2.2 - 1.3 * reached) + (0 if goal else 4 * max(0.0, 1 - reached))
    )
    top = {"percent": 100.0, "score": 100.0}.get(spec.unit, 1e9)
    value = min(top, max(0.0, value))
    return float(round(value)) if spec.unit in {"count", "days"} else round(value, spec.decimals)


def proofs(
    territory: DemoTerritory, kinds: Sequence[ProofSpec], today: dt.date, seed: int
) -> Iterator[DemoProof]:
    """Documents of each entity and GHT; about one in eight has expired or soon will."""
    for entity in territory.entities:
        rng = Random(f"{seed}:proofs:{entity.finess}")  # noqa: S311  # invention, not secrecy
        example = EXAMPLE.get(entity.activity) if entity.ght_code == "BR-01" else None
        yield from _proofs(entity.finess, entity.name, entity.maturity, example, kinds, today, rng)
    for code in territory.ght_codes:
        rng = Random(f"{seed}:proofs:{code}")  # noqa: S311  # invention, not secrecy
        yield from _proofs(code, f"GHT {code}", 0.55, False, kinds, today, rng)


def _proofs(
    place: str, name: str, maturity: float, example: bool | None, kinds: Sequence[ProofSpec],
    today: dt.date, rng: Random,
) -> Iterator[DemoProof]:  # fmt: skip
    for kind in kinds:
        drawn = rng.random() < 0.15 + 0.6 * maturity
        wanted = example if kind.code in _PLANS and example is not None else drawn
        if not wanted:
            continue
        on = today - dt.timedelta(days=rng.randint(20, 560))
        expires_on = None
        if kind.validity_days and rng.random() < 0.12 and example is None:
            on = today - dt.timedelta(days=kind.validity_days - rng.randint(-60, 50))
        if kind.validity_days:
            expires_on = on + dt.timedelta(days=kind.validity_days)
        title = f"{kind.title} – {name}"[:190]
        yield DemoProof(place, kind.code, title, on, expires_on, f"{kind.code}-{place}.pdf")


def actions(territory: DemoTerritory, today: dt.date, seed: int) -> Iterator[DemoAction]:
    """A handful of promises for each entity, some late, some kept."""
    for entity in territory.entities:
        rng = Random(f"{seed}:actions:{entity.finess}")  # noqa: S311  # invention, not secrecy
        for title in rng.sample(ACTIONS, rng.randint(2, 5)):
            due = today + dt.timedelta(days=rng.randint(-70, 150))
            is_done = due < today and rng.random() < 0.6
            owner = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
            yield DemoAction(
                entity.finess, title, owner, due,
                "terminee" if is_done else rng.choice(("prevue", "en_cours")),
                "", due - dt.timedelta(days=rng.randint(0, 20)) if is_done else None,
            )  # fmt: skip
