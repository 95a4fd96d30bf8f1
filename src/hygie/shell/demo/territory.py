"""Which invented GHT, legal entities and establishments make the demonstration?

Two regions, six GHT, about forty legal entities and ninety establishments. The first GHT is the
worked example of the 66 % rule: four entities that weigh 40, 30, 20 and 10.
"""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from hygie.connectors.finess.numbers import complete_finess
from hygie.connectors.finess.types import FinessLegalEntity, FinessSite
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.shell.demo.names import CLINIC, GHT_NAMES, REGIONS, SITES, TOWNS

EXTRACTED_ON = dt.date(2026, 5, 12)


@dataclass(frozen=True, slots=True)
class DemoEntity:
    """A legal entity: its weight, how far along it is (0..1), and where it belongs."""

    finess: str
    name: str
    ght_code: str
    region_code: str
    activity: int
    headcount: int
    maturity: float
    sites: tuple[str, ...]


@dataclass(slots=True)
class DemoTerritory:
    """Everything that will be written to files."""

    entities: list[DemoEntity] = field(default_factory=list)
    legal_rows: list[FinessLegalEntity] = field(default_factory=list)
    site_rows: list[FinessSite] = field(default_factory=list)
    memberships: list[GhtMembershipRow] = field(default_factory=list)

    @property
    def ght_codes(self) -> list[str]:
        """Codes of the GHT, in order."""
        return list(dict.fromkeys(row.ght_code for row in self.memberships))


class _Numbers:
    """Invented FINESS numbers with a valid key; 8xx and 9xx ranks keep clear of common ones."""

    def __init__(self) -> None:
        self.rank = 9000

    def next(self, departement: str) -> str:
        self.rank += 7
        return complete_finess(f"{departement}{self.rank:06d}"[:8])


def generate(seed: int = 2026) -> DemoTerritory:
    """Draw the territory; the same seed gives the same territory.

    Args:
        seed: of the generator.

    Returns:
        Rows ready for the connectors' writers.
    """
    rng = Random(seed)  # noqa: S311  # invention, not secrecy
    territory = DemoTerritory()
    numbers = _Numbers()
    towns = list(TOWNS)
    for index, ght_name in enumerate(GHT_NAMES):
        region = REGIONS[index // 3]
        weights = (40, 30, 20, 10) if index == 0 else _weights(rng)
        _ght(territory, rng, numbers, towns, index, ght_name, region, weights)
    for index in range(6):
        _clinic(territory, rng, numbers, towns, REGIONS[index % 2], index)
    return territory


def _weights(rng: Random) -> tuple[int, ...]:
    members = rng.randint(5, 7)
    return tuple(sorted((rng.randint(6, 60) for _ in range(members)), reverse=True))


def _ght(
    territory: DemoTerritory, rng: Random, numbers: _Numbers, towns: list[str], index: int,
    name: str, region: tuple[str, str, tuple[tuple[str, str, str], ...]], weights: tuple[int, ...],
) -> None:  # fmt: skip
    code = f"{'BR' if region[0] == '53' else 'BF'}-{index % 3 + 1:02d}"
    for rank, weight in enumerate(weights):
        town = towns.pop(0)
        departement = region[2][(index + rank) % len(region[2])]
        entity = _entity(
            territory, rng, numbers, f"CH DE {town.upper()}",
            f"CENTRE HOSPITALIER DE {town.upper()}", town, departement, code, region[0], weight,
        )  # fmt: skip
        territory.memberships.append(
            GhtMembershipRow(
                region=region[1],
                ght_name=f"GHT {name}",
                ght_code=code,
                finess=entity.finess,
                category="CH",
                name=entity.name,
                town=town,
                postal_code=f"{departement[2]}000",
                role=GhtRole.SUPPORT if rank == 0 else GhtRole.PARTIE,
            )
        )


def _entity(
    territory: DemoTerritory, rng: Random, numbers: _Numbers, name: str, long_name: str, town: str,
    departement: tuple[str, str, str], ght_code: str, region_code: str, weight: int,
) -> DemoEntity:  # fmt: skip
    finess = numbers.next(departement[0])
    territory.legal_rows.append(
        FinessLegalEntity(
            number=finess,
            name=name,
            long_name=long_name,
            departement=departement[0],
            departement_name=departement[1],
            routing=f"{departement[2]}000 {town.upper()}",
            legal_status="13",
            legal_status_name="Etablissement Public Communal d'Hospitalisation",
            category="355",
            category_name="Centre Hospitalier (C.H.)",
            created_on=dt.date(1985, 1, 1),
        )
    )
    sites = []
    for site in SITES[: 3 if weight >= 25 else 2 if weight >= 12 else 1]:
        sites.append(_site(territory, numbers, finess, name, town, departement, site))
    entity = DemoEntity(
        finess, name, ght_code, region_code, weight * 1000, weight * 55,
        min(0.95, max(0.1, rng.gauss(0.35 + weight / 160, 0.14))), tuple(sites),
    )  # fmt: skip
    territory.entities.append(entity)
    return entity


def _site(
    territory: DemoTerritory, numbers: _Numbers, entity: str, name: str, town: str,
    departement: tuple[str, str, str], site: tuple[str, str, str, str, str],
) -> str:  # fmt: skip
    number = numbers.next(departement[0])
    label = name if site[0] == "355" else f"{site[4].upper()} - {name}"
    territory.site_rows.append(
        FinessSite(
            number=number,
            legal_entity=entity,
            name=label[:60],
            long_name=label,
            departement=departement[0],
            departement_name=departement[1],
            routing=f"{departement[2]}000 {town.upper()}",
            category=site[0],
            category_name=site[1],
            category_group=site[2],
            category_group_name=site[3],
            opened_on=dt.date(1990, 1, 1),
            authorised_on=dt.date(1990, 1, 1),
            updated_on=dt.date(2026, 2, 3),
        )
    )
    return number


def _clinic(
    territory: DemoTerritory, rng: Random, numbers: _Numbers, towns: list[str],
    region: tuple[str, str, tuple[tuple[str, str, str], ...]], index: int,
) -> None:  # fmt: skip
    town = TOWNS[(index * 5 + 3) % len(TOWNS)] if not towns else towns.pop()
    departement = region[2][index % len(region[2])]
    name = f"CLINIQUE DE {town.upper()}"
    finess = numbers.next(departement[0])
    territory.legal_rows.append(
        FinessLegalEntity(
            number=finess,
            name=f"SA {name}",
            long_name=f"SOCIETE ANONYME {name}",
            departement=departement[0],
            departement_name=departement[1],
            routing=f"{departement[2]}000 {town.upper()}",
            legal_status="73",
            legal_status_name="Société Anonyme (S.A.)",
            category=CLINIC[0],
            category_name=CLINIC[1],
            created_on=dt.date(1985, 1, 1),
        )
    )
    kind = (*CLINIC, "Clinique")
    sites = [_site(territory, numbers, finess, name, town, departement, kind)]
    if index % 2:
        sites.append(_site(territory, numbers, finess, f"{name} SUD", town, departement, kind))
    territory.entities.append(
        DemoEntity(
            finess,
            f"SA {name}",
            "",
            region[0],
            rng.randint(6, 18) * 1000,
            rng.randint(150, 600),
            min(0.9, max(0.1, rng.gauss(0.45, 0.15))),
            tuple(sites),
        )
    )
