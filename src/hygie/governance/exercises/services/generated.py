"""Which exercise would a loss, or an attack, make of this establishment's own map?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_noop

from hygie.engines.dependency.types import DependencyError
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind
from hygie.engines.exercise.generated.from_estate import fails_of_attack, fails_of_loss, record_name
from hygie.engines.exercise.generated.scenario import scenario_from
from hygie.engines.exercise.generated.types import ALL_CELLS, Asked, Origin, WhatFails
from hygie.engines.exercise.types import ExerciseError, ScenarioRecord
from hygie.engines.exercise.vocabulary import CellKind, Level, Play
from hygie.engines.ransomware.losses import Loss, LossFamily, loss_of, named_losses
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.nodes import Numbering, RansomwareError
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.watch import SilentWatch, Watch
from hygie.governance.exercises.catalogue import Kind, scenario_file, usual_words
from hygie.governance.exercises.errors import NothingOnTheMap, ValueRefused
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_attack
from hygie.governance.exercises.selectors.library import kind_of_place
from hygie.governance.exercises.services.design import exercise_create
from hygie.programme.referential.schema_frameworks import requirement_urn
from hygie.territory.estate.bridge import estate_of
from hygie.territory.estate.selectors.access import assets_at
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

ATTACK = "attack"
# Assets whose loss alone makes a story; a workstation's does not.
_ALONE = (
    AssetKind.APPLICATION, AssetKind.INTERFACE, AssetKind.CLUSTER, AssetKind.STORE,
    AssetKind.NETWORK, AssetKind.SERVER,
)  # fmt: skip
_OFFERED = 60
# Assets above which a scenario is written by a worker: reading the map and playing an attack of
# 15,000 of them take seconds.
LARGE_MAP = 3_000
# A nursing home has three cells, as in the scenarios of the platform.
_SMALL_HOUSE = (CellKind.DECISION, CellKind.IT, CellKind.CARE)
# Words that the map or the place tell, and that no other place's usual value may stand for.
_OWN = ("etablissement", "fournisseur", "dpi")
# Its objectives bear the same keys as those of a generated scenario.
_SAME_OBJECTIVES = "ransomware-night"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scenario that someone asks for.

    Attributes:
        loss: `attack`, or `family:key of the asset` as `losses_offered` gives them.
        seed: the same one gives the same scenario from the same map.
        level, play, language: of the exercise.
        duration_min: length of play, minutes.
        start: local instant of the first loss; None = the hour is not told.
        until_h: what fails more than so many hours later is left out; None or 0 = nothing is.
        title: "" = made from what is lost.
    """

    loss: str
    seed: int = 1
    level: str = Level.BEGINNER.value
    play: str = Play.TABLE_TOP.value
    language: str = "fr"
    duration_min: int = 120
    start: dt.datetime | None = None
    until_h: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A loss that may be told.

    Attributes:
        value: what `Wanted.loss` takes.
        family: of which kind the loss is.
        name: of the asset that names it; "" = the Internet as a whole.
    """

    value: str
    family: LossFamily
    name: str


def losses_offered(perimeter: Perimeter, place: Organisation, text: str = "") -> list[Offer]:
    """Losses of the map of a place that make a story: those with a name, then single assets.

    Args:
        place: read inside the perimeter.
        text: words that the name must hold; "" = any.

    Cost: the map, then O(assets + what is lost).
    """
    numbers = needs_of(_map(perimeter, place)).numbers
    words = text.casefold().split()
    found = []
    for offer in _offers(numbers):
        if all(word in offer.name.casefold() for word in words):
            found.append(offer)
        if len(found) == _OFFERED:
            break
    return found


def map_is_large(perimeter: Perimeter, place: Organisation) -> bool:
    """Whether the map of a place is too large to be told while a page waits; one query."""
    return assets_at(perimeter, place).count() > LARGE_MAP


def generated_scenario(
    *, perimeter: Perimeter, place: Organisation, wanted: Wanted, watch: Watch | None = None
) -> ScenarioRecord:
    """The script of what would really fail, in which order, with the calls that it would bring.

    Args:
        place: read inside the perimeter. wanted: by whoever asks.
        watch: told of each stage; None = nobody looks.

    Raises:
        NotAllowed: an attack, for whoever does not read the ways into the directory.
        NothingOnTheMap: nothing fails, or no care depends on it. ValueRefused: no such loss.

    Cost: `estate_of`; a loss then takes tens of milliseconds, an attack 200 runs of one.
    """
    told = watch or SilentWatch()
    told.stage(gettext_noop("Lecture de la carte"))
    estate = _map(perimeter, place)
    if not any(asset.kind is AssetKind.CARE for asset in estate.assets):
        raise NothingOnTheMap
    told.stage(gettext_noop("Ce qui tombe, et dans quel ordre"))
    try:
        what = _what_fails(perimeter, place, estate, wanted)
        told.stage(gettext_noop("Écriture des appels"))
        script = scenario_from(_asked(place, estate, what, wanted))
    except (ExerciseError, RansomwareError, DependencyError) as error:
        raise NothingOnTheMap from error
    return replace(script, title=wanted.title.strip() or script.title)


@transaction.atomic
def exercise_generate(
    *,
    perimeter: Perimeter,
    place: Organisation,
    wanted: Wanted,
    planned_at: dt.datetime | None = None,
) -> Exercise:
    """Make an exercise of it: everything in it may then be changed.

    Raises:
        As `generated_scenario` and `exercise_create`.
    """
    scenario = generated_scenario(perimeter=perimeter, place=place, wanted=wanted)
    return generated_record(
        perimeter=perimeter, place=place, scenario=scenario, planned_at=planned_at
    )


def generated_record(
    *,
    perimeter: Perimeter,
    place: Organisation,
    scenario: ScenarioRecord,
    planned_at: dt.datetime | None = None,
) -> Exercise:
    """Keep a script that the map gave.

    Raises:
        As `exercise_create`.
    """
    return exercise_create(
        perimeter=perimeter, organisation_id=place.pk, scenario=scenario, planned_at=planned_at,
        origin="map",
    )  # fmt: skip


def _map(perimeter: Perimeter, place: Organisation) -> EstateMap:
    return estate_of(perimeter, place).estate


def _offers(numbers: Numbering) -> Iterator[Offer]:
    names = {asset.key: asset.name for asset in numbers.assets}
    for loss in named_losses(numbers):
        key = loss.keys[0] if loss.keys else ""
        yield Offer(f"{loss.family.value}:{key}", loss.family, names.get(key, ""))
    rank = {kind: place for place, kind in enumerate(_ALONE)}
    alone = [asset for asset in numbers.assets if asset.kind in rank]
    for asset in sorted(alone, key=lambda one: (-_weight(one), rank[one.kind], one.name)):
        yield Offer(f"{LossFamily.OBJECT.value}:{asset.key}", LossFamily.OBJECT, asset.name)


def _weight(asset: AssetRecord) -> int:
    return asset.criticality or 0


def _what_fails(
    perimeter: Perimeter, place: Organisation, estate: EstateMap, wanted: Wanted
) -> WhatFails:
    if wanted.loss == ATTACK:
        if not may_attack(perimeter, place):
            raise NotAllowed
        return fails_of_attack(estate, wanted.seed, Level(wanted.level))
    found = needs_of(estate)
    return fails_of_loss(_loss(found.numbers, wanted.loss), found)


def _loss(numbers: Numbering, told: str) -> Loss:
    family, _colon, key = told.partition(":")
    if family not in set(LossFamily):
        raise ValueRefused(field="loss", value=told[:40])
    return loss_of(numbers, [key] if key else [], LossFamily(family))


def _asked(place: Organisation, estate: EstateMap, what: WhatFails, wanted: Wanted) -> Asked:
    kind = kind_of_place(place) or Kind.CH
    objectives = scenario_file(_SAME_OBJECTIVES).objectives
    return Asked(
        what=what,
        seed=wanted.seed,
        language=wanted.language,
        level=Level(wanted.level),
        play=Play(wanted.play),
        duration_min=wanted.duration_min,
        start=wanted.start.replace(tzinfo=None).isoformat() if wanted.start else "",
        until_min=wanted.until_h * 60 if wanted.until_h else None,
        cells=_SMALL_HOUSE if kind is Kind.EHPAD else ALL_CELLS,
        words=_words(place, kind, estate, what, wanted.language),
        requirements={
            row.key: requirement_urn(row.requirement) for row in objectives if row.requirement
        },
        plans={row.key: row.plan for row in objectives if row.plan},
    )


def _words(
    place: Organisation, kind: Kind, estate: EstateMap, what: WhatFails, language: str
) -> dict[str, str]:
    """Usual words of such a place, with what the place and its map call themselves."""
    words = {name: value for name, value in usual_words(kind, language).items() if name not in _OWN}
    words["etablissement"] = place.name
    if record := record_name(estate):
        words["dpi"] = f"dossier {record}" if language == "fr" else f"{record} record"
    if what.origin is Origin.SUPPLIER and what.cause:
        words["fournisseur"] = what.cause
    return words
