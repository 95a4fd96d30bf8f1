"""How does the invented territory become files, in the very formats that users bring?"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.activity_sheet.writer import write_activity_csv
from hygie.connectors.finess.types import FinessMetadata
from hygie.connectors.finess.writer import write_finess
from hygie.connectors.ght_sheet.writer import write_ght_xlsx
from hygie.connectors.tables.writer import write_csv
from hygie.shell.demo import facts
from hygie.shell.demo.directories import DirectoryFile, directories_write
from hygie.shell.demo.estates import EstateFile, estates_write
from hygie.shell.demo.exercises import exercise_write
from hygie.shell.demo.paper import page
from hygie.shell.demo.territory import EXTRACTED_ON, DemoEntity, DemoTerritory

YEARS = (2023, 2024, 2025)


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where each file was written."""

    entities: Path
    sites: Path
    members: Path
    activity: Path
    measurements: Path
    proofs: Path
    papers: Path
    actions: Path
    directories: tuple[DirectoryFile, ...]
    estates: tuple[EstateFile, ...]
    exercise: Path


def files_write(
    folder: Path,
    territory: DemoTerritory,
    *,
    indicators: list[facts.IndicatorSpec],
    kinds: list[facts.ProofSpec],
    today: dt.date,
    seed: int,
) -> DemoFiles:
    """Write every file of the demonstration.

    Args:
        folder: made if absent; files of the same names are replaced.
        indicators, kinds: what the loaded referential asks for.
        today: the series end around that day.
        seed: of the generator.

    Returns:
        The paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = DemoFiles(
        entities=folder / "etalab-cs1100501-demo.csv",
        sites=folder / "etalab-cs1100502-demo.csv",
        members=folder / "ght-demo.xlsx",
        activity=folder / "activite-demo.csv",
        measurements=folder / "mesures-demo.csv",
        proofs=folder / "preuves-demo.csv",
        papers=folder / "preuves",
        actions=folder / "actions-demo.csv",
        directories=directories_write(folder, today, seed),
        estates=estates_write(folder, territory.entities, today, seed),
        exercise=exercise_write(folder, today, seed),
    )
    write_finess(
        files.entities,
        territory.legal_rows,
        metadata=FinessMetadata(flow="110", extracted_on=EXTRACTED_ON),
    )
    write_finess(
        files.sites,
        territory.site_rows,
        metadata=FinessMetadata(flow="111", extracted_on=EXTRACTED_ON),
    )
    write_ght_xlsx(files.members, territory.memberships)
    write_activity_csv(files.activity, _activity(territory.entities))
    write_csv(
        files.measurements,
        ("FINESS", "Indicateur", "Valeur", "Connaissance", "Date d'effet", "Note"),
        _measurement_cells(facts.measurements(territory, indicators, today, seed)),
    )
    found = list(facts.proofs(territory, kinds, today, seed))
    write_csv(
        files.proofs,
        ("FINESS", "Type", "Intitulé", "Date d'effet", "Expiration", "Fichier", "Exigences"),
        ([p.finess, p.kind, p.title, p.effective_on, p.expires_on, p.file_name, ""] for p in found),
    )
    _papers_write(files.papers, found)
    write_csv(
        files.actions,
        ("FINESS", "Action", "Responsable", "Échéance", "État", "Exigence", "Terminée le", "Motif"),
        (
            [a.finess, a.title, a.owner, a.due_on, a.state, a.requirement, a.done_on,
             "Constat de démonstration" if a.done_on else ""]
            for a in facts.actions(territory, today, seed)
        ),
    )  # fmt: skip
    return files


def _activity(entities: list[DemoEntity]) -> Iterator[ActivityRow]:
    for entity in entities:
        for rank, year in enumerate(YEARS):
            # The last year is exact: the worked example of the 66 % rule must weigh 40/30/20/10.
            factor = 1 if year == YEARS[-1] else 0.94 + 0.02 * rank
            yield ActivityRow(
                finess=entity.finess,
                year=year,
                combined_activity=Decimal(round(entity.activity * factor)),
                headcount=Decimal(round(entity.headcount * factor)),
            )


def _measurement_cells(
    rows: Iterable[facts.DemoMeasurement],
) -> Iterator[list[str | float | dt.date | None]]:
    for row in rows:
        yield [row.finess, row.indicator, row.value, row.known_as, row.effective_on, ""]


def _papers_write(folder: Path, rows: Iterable[facts.DemoProof]) -> None:
    folder.mkdir(exist_ok=True)
    for row in rows:
        lines = [
            "Document de démonstration : toutes les données sont inventées.",
            f"Date d'effet : {row.effective_on.isoformat()}",
        ]
        (folder / row.file_name).write_bytes(page(row.title, lines))
