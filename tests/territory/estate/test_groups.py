"""Does one file of several establishments keep each one's codes, and a large archive come in?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie.connectors.inventories.workbook import write_workbook
from hygie.connectors.inventories.written.glpi import write_glpi
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Verb
from hygie.foundation.imports.models import Import
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.jobs.watch import SilentWatch
from hygie.territory.estate.models import Asset, Link
from hygie.territory.perimeter import Perimeter
from tests.territory.estate.files import codes_of, counts


@pytest.fixture
def bring_as_group(operator: Perimeter, territory: SimpleNamespace) -> Callable[..., Import]:
    """Bring a file to the first establishment, by the command line's own perimeter."""

    def bring(kind: str, path: Path, **options: object) -> Import:
        options = {"organisation": territory.entities[0].pk, **options}
        run = import_run_now(
            perimeter=operator, kind=kind, path=path, options=options, watch=SilentWatch()
        )
        assert isinstance(run, Import)
        return run

    return bring


def test_a_workbook_of_a_group_ties_by_the_codes_that_it_writes(
    bring_as_group: Callable[..., Import], territory: SimpleNamespace, tmp_path: Path
) -> None:
    first, second = (one.code for one in territory.entities[:2])
    estate = EstateMap(
        [
            AssetRecord("SITE-1", AssetKind.SITE, "Centre", organisation=first),
            AssetRecord("SITE-2", AssetKind.SITE, "Annexe", organisation=second),
            AssetRecord("SRV-1", AssetKind.SERVER, "srv1", organisation=second, site="SITE-2"),
            AssetRecord("APP-1", AssetKind.APPLICATION, "Paie", organisation=second),
        ],
        [LinkRecord("APP-1", Verb.RUNS_ON, "SRV-1")],
    )
    path = tmp_path / "groupe.xlsx"
    write_workbook(path, estate)
    run = bring_as_group("estate.sheet", path)
    assert "estate_name_unknown" not in codes_of(run)
    server = Asset.objects.get(code="SRV-1")
    assert server.organisation == territory.entities[1]
    assert server.site is not None
    assert server.site.name == "Annexe"
    assert Link.objects.get().source.name == "Paie"
    assert counts(bring_as_group("estate.sheet", path))[:2] == (0, 0)


def test_a_code_that_two_establishments_use_leads_nowhere_by_itself(
    bring_as_group: Callable[..., Import], territory: SimpleNamespace, tmp_path: Path
) -> None:
    path = tmp_path / "groupe.csv"
    second, third = (one.code for one in territory.entities[1:3])
    path.write_text(
        "Code;Nom;FINESS;Site\n"
        f"A1;Un;{second};S9\n"
        f"A1;Deux;{third};S9\n",
        encoding="utf-8",
    )  # fmt: skip
    bring_as_group("estate.sheet", path, subject="server")
    owners = set(Asset.objects.filter(code="A1").values_list("organisation__code", flat=True))
    assert owners == {second, third}


def test_an_archive_of_more_machines_than_an_office_file_has_parts_is_read(
    bring_as_group: Callable[..., Import], tmp_path: Path
) -> None:
    documents = [
        {
            "itemtype": "Computer",
            "deviceid": f"pc{rank}",
            "content": {"hardware": {"name": f"pc{rank}"}, "bios": {"ssn": f"SN{rank:06d}"}},
        }
        for rank in range(2_100)
    ]
    path = tmp_path / "glpi.zip"
    write_glpi(documents, path)
    run = bring_as_group("estate.glpi", path)
    assert counts(run)[0] == 2_100, codes_of(run)
