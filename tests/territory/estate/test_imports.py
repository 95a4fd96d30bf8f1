"""Does a sheet that a hospital has already become its map, once, and lose nothing?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.imports.errors import PlanOutdated
from hygie.foundation.imports.models import Import
from hygie.foundation.imports.services import (
    import_applying,
    import_create,
    import_plan,
    import_plan_keep,
    import_receive,
    import_run_now,
    import_write,
)
from hygie.foundation.jobs.watch import SilentWatch
from hygie.territory.estate.models import Asset, AssetShare, EstateRevision, Link
from hygie.territory.estate.services.assets import asset_add
from hygie.territory.estate.services.look_alikes import look_alike_ask, look_alike_merge
from tests.territory.estate.files import APPLICATIONS, codes_of, counts, sheet


def test_a_sheet_is_read_once_and_a_second_reading_changes_nothing(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = sheet(tmp_path / "applications.csv", APPLICATIONS)
    first = bring("estate.sheet", path, subject="application")
    assert first.state == "applied", codes_of(first)
    dpi = Asset.objects.get(code="DPI")
    assert (dpi.owner, dpi.max_downtime_min, dpi.details["hosting"]) == ("DIM", 240, "internal")
    assert dpi.supplier is not None and dpi.supplier.name == "Éditeur A"
    assert Asset.objects.filter(kind="supplier").count() == 1
    assert set(dpi.links_out.values_list("verb", "target__name")) == {
        ("runs_on", "srv-dpi-1"), ("runs_on", "srv-dpi-2"),
    }  # fmt: skip
    number = EstateRevision.objects.get(organisation=dpi.organisation).number
    again = bring("estate.sheet", path, subject="application")
    assert counts(again)[:2] == (0, 0)
    assert EstateRevision.objects.get(organisation=dpi.organisation).number == number


def test_a_sheet_wins_over_what_was_typed_unless_told_to_fill_only(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    asset_add(perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
              kind="application", name="dossier PATIENT", values={"owner": "La DSI"})  # fmt: skip
    path = sheet(tmp_path / "a.csv", APPLICATIONS)
    filled = bring("estate.sheet", path, subject="application", on_difference="fill")
    dpi = Asset.objects.get(name="dossier PATIENT")
    # The code of the establishment takes the place of ours; what was typed stays.
    assert (dpi.code, dpi.owner, dpi.max_downtime_min) == ("DPI", "La DSI", 240)
    assert "estate_kept" in codes_of(filled)
    bring("estate.sheet", path, subject="application")
    dpi.refresh_from_db()
    assert (dpi.name, dpi.owner) == ("Dossier patient", "DIM")


def test_an_empty_cell_and_a_missing_row_remove_nothing(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    bring("estate.sheet", sheet(tmp_path / "a.csv", APPLICATIONS), subject="application")
    emptied = "Code;Nom;Responsable;DMIA\nDPI;Dossier patient;;\n"
    run = bring("estate.sheet", sheet(tmp_path / "b.csv", emptied), subject="application")
    assert counts(run)[:2] == (0, 0)
    assert Asset.objects.get(code="DPI").owner == "DIM"
    assert Asset.objects.filter(code="LAB").exists()


def test_what_is_only_named_is_left_aside_when_asked(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.csv", APPLICATIONS)
    run = bring("estate.sheet", path, subject="application", unknown_names="leave")
    assert codes_of(run) == ["estate_name_unknown"]
    assert set(Asset.objects.values_list("kind", flat=True)) == {"application"}


def test_a_dry_run_writes_nothing_and_says_the_same(
    perimeters: SimpleNamespace, territory: SimpleNamespace, bring: Callable[..., Import],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = sheet(tmp_path / "a.csv", APPLICATIONS)
    plan = import_run_now(
        perimeter=perimeters.alice, kind="estate.sheet", path=path, dry_run=True,
        options={"organisation": territory.entities[0].code, "subject": "application"},
    )  # fmt: skip
    assert not Asset.objects.exists()
    assert plan.counts["add"] == bring("estate.sheet", path, subject="application").counts["add"]


def test_a_map_that_changed_meanwhile_outdates_the_plan(
    perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.csv", APPLICATIONS)
    alice, place = perimeters.alice, territory.entities[0]
    with path.open("rb") as stream:
        document = import_receive(perimeter=alice, kind="estate.sheet", stream=stream, name="a.csv")
    run = import_create(
        perimeter=alice, kind="estate.sheet", document=document,
        options={"organisation": place.code, "subject": "application"},
    )  # fmt: skip
    plan = import_plan(run, perimeter=alice, watch=SilentWatch())
    run = import_plan_keep(run=run, plan=plan, actor=alice.actor)
    asset_add(perimeter=alice, organisation_id=place.pk, kind="server", name="srv-lab")
    import_applying(run=run)
    with pytest.raises(PlanOutdated):
        import_write(run=run, perimeter=alice, watch=SilentWatch())
    assert Asset.objects.count() == 1


def test_links_of_a_sheet_keep_groups_delays_and_effects(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    bring("estate.sheet", sheet(tmp_path / "a.csv", APPLICATIONS), subject="application")
    text = (
        "Source;Relation;Cible;Groupe;Nécessaires;Délai;Effet\n"
        "DPI;fonctionne sur;srv-dpi-1;grappe;1;;\n"
        "DPI;fonctionne sur;srv-dpi-2;grappe;1;;\n"
        "LAB;utilise;DPI;;;2 h;dégradé\n"
        "LAB;utilise;Fantôme;;;;\n"
    )
    run = bring("estate.links", sheet(tmp_path / "l.csv", text))
    assert counts(run)[:2] == (1, 2)
    assert codes_of(run) == ["estate_name_unknown"]
    link = Link.objects.get(source__code="LAB", verb="uses")
    assert (link.delay_min, link.effect, link.needed) == (120, "degrade", 1)
    assert set(Link.objects.filter(group="grappe").values_list("needed", flat=True)) == {1}
    assert counts(bring("estate.links", tmp_path / "l.csv"))[:2] == (0, 0)


def test_a_group_that_needs_more_than_it_has_needs_all_of_it(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    bring("estate.sheet", sheet(tmp_path / "a.csv", APPLICATIONS), subject="application")
    text = (
        "Source;Relation;Cible;Groupe;Nécessaires\n"
        "DPI;fonctionne sur;srv-dpi-1;grappe;3\nDPI;fonctionne sur;srv-dpi-2;grappe;3\n"
    )
    run = bring("estate.links", sheet(tmp_path / "l.csv", text))
    assert "estate_group_small" in codes_of(run)
    assert set(Link.objects.filter(group="grappe").values_list("needed", flat=True)) == {2}
    assert counts(bring("estate.links", tmp_path / "l.csv"))[:2] == (0, 0)


def test_an_inventory_leaves_alone_what_another_establishment_shares(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    lab = asset_add(perimeter=perimeters.bob, organisation_id=territory.entities[1].pk,
                    kind="application", name="Laboratoire")  # fmt: skip
    AssetShare.objects.create(asset=lab, organisation=territory.entities[0])
    text = "Nom;Responsable\nLaboratoire;Moi\n"
    run = bring("estate.sheet", sheet(tmp_path / "a.csv", text), subject="application")
    assert codes_of(run) == ["estate_elsewhere"]
    lab.refresh_from_db()
    assert lab.owner == ""


def test_only_those_who_record_there_bring_an_inventory(
    bring: Callable[..., Import], perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.csv", APPLICATIONS)
    for name, refused in (
        ("charlie", NotFound), ("diane", NotAllowed), ("remi", NotAllowed), ("ada", NotAllowed),
    ):  # fmt: skip
        with pytest.raises(refused):
            bring("estate.sheet", path, by=getattr(perimeters, name))
    assert bring("estate.sheet", path, by=perimeters.bob, subject="application").state == "applied"


def test_what_was_merged_is_recognised_by_either_name(
    bring: Callable[..., Import], perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    text = "Nom;Responsable\nDossier patient;DIM\nDPI;DSI\n"
    path = sheet(tmp_path / "a.csv", text)
    bring("estate.sheet", path, subject="application")
    one, other = Asset.objects.order_by("pk")
    pair = look_alike_ask(perimeter=perimeters.alice, one=one, other=other)
    look_alike_merge(perimeter=perimeters.alice, pair=pair)
    run = bring("estate.sheet", path, subject="application", on_difference="fill")
    assert counts(run)[:2] == (0, 0)
    assert Asset.objects.get().name == "Dossier patient"


def test_the_page_of_an_import_speaks_of_the_map_in_words(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:  # fmt: skip
    alice, code = signed_in(characters.alice), territory.entities[0].code
    url = reverse("imports:new", args=["estate.sheet"])
    asked = alice.get(url, {"organisation": code, "subject": "application"})
    assert f'value="{code}"' in asked.content.decode()
    upload = SimpleUploadedFile("applications.csv", APPLICATIONS.encode(), "text/csv")
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(
            url, {"file": upload, "organisation": code, "subject": "application"}
        )  # fmt: skip
    page = alice.get(answer["Location"]).content.decode()
    for words in ("Éléments", "applications", "dans l&#x27;établissement", "Fournisseur"):
        assert words in page
    for code_word in ("kind:", "max_downtime_min", "is_enabled", "estate_"):
        assert code_word not in page
