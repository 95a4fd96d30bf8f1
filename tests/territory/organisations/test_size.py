"""Does a national stock of 103,000 establishments go in whole, in bounded memory?"""

import resource
from pathlib import Path

import pytest

from hygie.connectors.finess.types import FinessMetadata
from hygie.connectors.finess.writer import write_finess
from hygie.foundation.jobs.watch import SilentWatch
from hygie.territory.organisations.imports.finess import FinessImport
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from tests.territory.organisations.files import DAY, many_sites

ROWS = 103_000
MOST_MEGABYTES = 400


class Counting(SilentWatch):
    """How far the import says that it is."""

    def __init__(self) -> None:
        self.told = 0
        self.total = 0

    def stage(self, text: str, total: int = 0) -> None:
        self.total = max(self.total, total)

    def advance(self, n: int = 1) -> None:
        self.told += n


@pytest.mark.django_db
def test_a_national_stock_is_imported_in_bounded_memory_with_its_progress(
    tmp_path: Path, operator: Perimeter
) -> None:
    path = tmp_path / "stock.csv"
    write_finess(path, many_sites(ROWS), metadata=FinessMetadata("etalab", "111", DAY))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    watch = Counting()
    applied = FinessImport().apply(
        path, options={}, perimeter=operator, watch=watch, plan_digest=""
    )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    entities = -(-ROWS // 3)
    assert applied.counts["add"] == ROWS + entities and applied.counts["refused"] == 0
    assert Organisation.objects.filter(kind="et", region__isnull=False).count() == ROWS
    assert watch.told == watch.total == path.stat().st_size
    assert grown < MOST_MEGABYTES
