"""A public library is read, shown, applied once, and its tree, order and language are kept."""

from pathlib import Path

import pytest

from hygie.connectors.frameworks.reader import read_library
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.foundation.jobs.watch import SilentWatch
from hygie.programme.models import Framework
from hygie.programme.services.library import library_apply
from hygie.territory.perimeter import Perimeter

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def apply(operator: Perimeter, path: Path, *, is_dry_run: bool = False) -> Planner:
    library = read_library(path).library
    assert library is not None
    planner = Planner()
    library_apply(
        perimeter=operator, library=library, planner=planner, watch=SilentWatch(),
        is_dry_run=is_dry_run,
    )  # fmt: skip
    return planner


def test_the_public_d2_library_has_17_nodes_and_13_assessable(
    operator: Perimeter, real_data: Path
) -> None:
    apply(operator, real_data / "frameworks" / "ans-care-domaine2.yaml")
    framework = Framework.objects.get(ref_id="CaRE-D2", origin="library")
    assert framework.requirements.count() == 17
    assert framework.requirements.filter(is_assessable=True).count() == 13
    last = framework.requirements.get(ref_id="d2.o4")
    assert (last.is_assessable, last.depth, last.parent) == (True, 1, None)


def test_importing_again_adds_nothing(operator: Perimeter, real_data: Path) -> None:
    path = real_data / "frameworks" / "anssi-guide-hygiene.yaml"
    first = apply(operator, path)
    again = apply(operator, path)
    assert first.counts[Verb.ADD] > 42
    assert (again.counts[Verb.ADD], again.counts[Verb.CHANGE], again.counts[Verb.CLOSE]) == (
        0,
        0,
        0,
    )


def test_a_dry_run_writes_nothing_and_has_the_digest_of_the_application(
    operator: Perimeter, real_data: Path
) -> None:
    path = real_data / "frameworks" / "ans-care-domaine2.yaml"
    planned = apply(operator, path, is_dry_run=True)
    assert not Framework.objects.filter(origin="library").exists()
    assert apply(operator, path).digest == planned.digest


def test_translations_are_kept(operator: Perimeter, real_data: Path) -> None:
    apply(operator, real_data / "frameworks" / "anssi-guide-hygiene.yaml")
    framework = Framework.objects.get(origin="library")
    first = framework.requirements.get(ref_id="I")
    assert first.translations["en"]["name"] == "Raise awareness and train"
