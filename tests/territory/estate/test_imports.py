"""Does what a hospital has already become its map, once, without losing or inventing anything?"""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from hygie.connectors.inventories.estate_file import write_estate_file
from hygie.connectors.inventories.workbook import write_workbook
from hygie.engines.estate.invented.hospital import invented_estate
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb
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
from hygie.territory.estate.bridge import estate_of
from hygie.territory.estate.models import (
    Asset,
    AssetPart,
    AssetShare,
    EstateRevision,
    Link,
    LookAlike,
)
from hygie.territory.estate.services.assets import asset_add
from hygie.territory.estate.services.look_alikes import look_alike_ask, look_alike_merge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path


@pytest.fixture
def bring(perimeters: SimpleNamespace, territory: SimpleNamespace) -> Callable[..., Import]:
    """bring("estate.sheet", path): Alice brings a file to her establishment."""

    def make(kind: str, path: Path, *, by: Any = None, at: Any = None, **options: Any) -> Import:
        place = at or territory.entities[0]
        return import_run_now(
            perimeter=by or perimeters.alice, kind=kind, path=path,
            options={"organisation": place.code, **options},
        )  # fmt: skip

    return make


def sheet(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def codes_of(run: Import) -> list[str]:
    return sorted(set(run.messages.values_list("code", flat=True)))


def counts(run: Import) -> tuple[int, int, int]:
    return run.counts["add"], run.counts["change"], run.counts["keep"]


APPLICATIONS = (
    "Code;Nom;Responsable;DMIA;Fournisseur;Serveurs;Hébergement\n"
    "DPI;Dossier patient;DIM;4 h;Éditeur A;srv-dpi-1, srv-dpi-2;interne\n"
    "LAB;Laboratoire;Biologie;2 h;Éditeur A;srv-lab;interne\n"
)


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


def small_map() -> EstateMap:
    """A map with something of everything."""
    return EstateMap(
        [
            AssetRecord("SITE", AssetKind.SITE, "Nord", details={"address": "1 rue X"}),
            AssetRecord("Z", AssetKind.ZONE, "Zone", site="SITE", details={"vlan": 12}),
            AssetRecord("F", AssetKind.SUPPLIER, "Éditeur", details={"contract_end": "2027-01-31"}),
            AssetRecord(
                "URG", AssetKind.CARE, "Urgences", owner="Pôle A", criticality=4,
                max_downtime_min=60, max_data_loss_min=0, description="=1+1\nligne",
                details={"holds_min": 30},
            ),
            AssetRecord("DPI", AssetKind.APPLICATION, "DPI", supplier="F", site="SITE"),
            *(
                AssetRecord(
                    f"S{n}", AssetKind.SERVER, f"srv-{n}", zone="Z", status=Status.PLANNED,
                    identifiers=((IdentifierKind.SERIAL, f"SER{n}"),),
                    details={"has_edr": n == 1, "os": "Debian"},
                )
                for n in range(3)
            ),
        ],
        [
            LinkRecord("URG", Verb.USES, "DPI", "", 1, 30, Effect.DEGRADE, {"port": 443}),
            *(
                LinkRecord("DPI", Verb.RUNS_ON, f"S{n}", "grappe", 2, 5, Effect.STOP)
                for n in range(3)
            ),
            LinkRecord("S0", Verb.REACHES, "S1", details={"ports": "445/tcp"}),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "size"), [("json", "small"), ("xlsx", "small"), ("json", "clinic")]
)
def test_what_is_exported_comes_back_equal_elsewhere(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path, form: str, size: str,
) -> None:  # fmt: skip
    estate = small_map() if size == "small" else invented_estate("clinic", 3)
    first, second = tmp_path / "first.json", tmp_path / f"second.{form}"
    write_estate_file(first, estate)
    bring("estate.map", first)
    mine = estate_of(perimeters.alice, territory.entities[0], has_identifiers=True).estate
    kind = "estate.map" if form == "json" else "estate.sheet"
    (write_estate_file if form == "json" else write_workbook)(second, mine)
    there = territory.far
    run = bring(kind, second, by=perimeters.charlie, at=there)
    assert run.state == "applied"
    assert run.counts["refused"] == 0
    third = tmp_path / "third.json"
    back = estate_of(perimeters.charlie, there, has_identifiers=True).estate
    write_estate_file(third, back)
    assert third.read_bytes() == first.read_bytes()
    assert counts(bring(kind, second, by=perimeters.charlie, at=there))[:2] == (0, 0)
    derived = Asset.objects.filter(organisation=there).order_by("code")
    ours = Asset.objects.filter(organisation=territory.entities[0]).order_by("code")
    columns = ("code", "inherited_criticality", "inherited_downtime_min", "completeness", "missing")
    assert list(derived.values_list(*columns)) == list(ours.values_list(*columns))


def test_a_group_brings_back_the_systems_that_its_members_share(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    estate = EstateMap(
        [
            AssetRecord("590000001/URG", AssetKind.CARE, "Urgences", "590000001", criticality=4),
            AssetRecord("590000002/LAB", AssetKind.APPLICATION, "Labo", "590000002",
                        ("590000001",)),
            AssetRecord("130000001/X", AssetKind.APPLICATION, "Ailleurs", "130000001"),
        ],
        [
            LinkRecord("590000001/URG", Verb.USES, "590000002/LAB"),
            LinkRecord("590000001/URG", Verb.USES, "130000001/X"),
        ],
    )  # fmt: skip
    path = tmp_path / "map.json"
    write_estate_file(path, estate)
    run = bring("estate.map", path, by=perimeters.bob, at=territory.ght)
    assert "estate_stand_in" in codes_of(run)
    lab = Asset.objects.get(code="LAB")
    assert lab.organisation == territory.entities[1]
    assert lab.shares.get().organisation == territory.entities[0]
    assert lab.inherited_criticality == 4
    stand_in = Asset.objects.get(code="130000001-X")
    assert stand_in.organisation == territory.ght
    assert set(stand_in.shares.values_list("organisation__code", flat=True)) == {"590000001"}
    again = bring("estate.map", path, by=perimeters.bob, at=territory.ght)
    assert counts(again)[:2] == (0, 0)


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


@pytest.mark.real_data
def test_real_inventories_of_glpi_are_brought_once(
    bring: Callable[..., Import], real_data: Path
) -> None:
    for path in sorted((real_data / "glpi").glob("*.json")):
        run = bring("estate.glpi", path)
        assert run.state == "applied"
        assert run.counts["add"] >= 1
    known = Asset.objects.count()
    for path in sorted((real_data / "glpi").glob("*.json")):
        again = bring("estate.glpi", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))
    assert Asset.objects.count() == known
    assert not Asset.objects.filter(name="").exists()


@pytest.mark.real_data
def test_real_scans_are_brought_once_with_their_services(
    bring: Callable[..., Import], real_data: Path
) -> None:
    for path in sorted((real_data / "nmap").glob("*.xml")):
        assert bring("estate.nmap", path).state == "applied"
    assert AssetPart.objects.filter(nature="service").exists()
    for path in sorted((real_data / "nmap").glob("*.xml")):
        again = bring("estate.nmap", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))


@pytest.mark.real_data
def test_real_bills_of_materials_are_brought_once_with_their_components(
    bring: Callable[..., Import], real_data: Path
) -> None:
    paths = sorted((real_data / "cyclonedx").glob("*.json"))
    runs = [bring("estate.cyclonedx", path) for path in paths]
    assert {run.state for run in runs} == {"applied"}, [codes_of(run) for run in runs]
    assert AssetPart.objects.filter(nature="component", purl__contains="log4j").exists()
    parts = AssetPart.objects.count()
    for path in paths:
        again = bring("estate.cyclonedx", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))
    assert AssetPart.objects.count() == parts


def test_lists_of_mercator_become_assets_with_their_links(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    text = (
        "id;name;description;responsible;rto;entities;logical_servers\n"
        "1;DPI;Dossier;DIM;4;;\n2;PACS;Images;Imagerie;8;;\n"
    )
    run = bring("estate.mercator", sheet(tmp_path / "applications.csv", text))
    assert run.state == "applied", codes_of(run)
    assert set(Asset.objects.values_list("name", flat=True)) == {"DPI", "PACS"}
    assert counts(bring("estate.mercator", tmp_path / "applications.csv"))[:2] == (0, 0)


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


SCAN = """<?xml version="1.0"?><!DOCTYPE nmaprun>
<nmaprun scanner="nmap" start="{start}" version="7.94"><host starttime="{start}">
<status state="up"/><address addr="10.1.2.3" addrtype="ipv4"/>
<address addr="00:1B:44:11:3A:{mac}" addrtype="mac"/>
<hostnames><hostname name="{name}" type="PTR"/></hostnames><ports>
<port protocol="tcp" portid="53"><state state="open"/><service name="domain"/></port>
<port protocol="udp" portid="53"><state state="open"/>
<service name="domain" version="{version}"/></port></ports></host></nmaprun>"""


def test_tcp_and_udp_on_one_port_are_two_and_a_later_scan_updates_each(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = tmp_path / "scan.xml"
    scan = {"start": 1_780_000_000, "mac": "B7", "name": "dns-1.ch.fr", "version": "9.1"}
    path.write_text(SCAN.format(**scan), encoding="utf-8")
    bring("estate.nmap", path)
    assert set(AssetPart.objects.values_list("protocol", "port", "version")) == {
        ("tcp", 53, ""), ("udp", 53, "9.1"),
    }  # fmt: skip
    later = {**scan, "start": 1_790_000_000, "version": "9.2"}
    path.write_text(SCAN.format(**later), encoding="utf-8")
    run = bring("estate.nmap", path)
    assert counts(run)[:2] == (0, 1)
    assert set(AssetPart.objects.values_list("protocol", "port", "version")) == {
        ("tcp", 53, ""), ("udp", 53, "9.2"),
    }  # fmt: skip
    assert Asset.objects.get().seen_on.isoformat() == "2026-09-21"


def test_a_name_with_another_card_elsewhere_is_asked_about_and_asked_once(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    asset_add(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, kind="server",
        name="dns-1", identifiers=[("mac", "00:1B:44:11:3A:00")],
    )  # fmt: skip
    path = tmp_path / "scan.xml"
    scan = {"start": 1_780_000_000, "mac": "B7", "name": "dns-1.ch.fr", "version": "9.1"}
    path.write_text(SCAN.format(**scan), encoding="utf-8")
    run = bring("estate.nmap", path)
    assert "estate_alike" in codes_of(run)
    pair = LookAlike.objects.get()
    assert pair.kept.name == "dns-1"
    assert dict(pair.reasons)["hostname"]
    assert dict(pair.doubts)["mac"] == "001b44113ab7 ≠ 001b44113a00"
    assert counts(bring("estate.nmap", path))[:2] == (0, 0)
    assert LookAlike.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("estate.map", b'{"format":"hygie-estate","version":99,"assets":[]}'),
        ("estate.map", b'{"format":"hygie-estate","version":1,"assets":[{'),
        ("estate.glpi", b"[" * 500 + b"]" * 500),
        ("estate.nmap", b'<!DOCTYPE n [<!ENTITY a "b">]><nmaprun>&a;</nmaprun>'),
        ("estate.sheet", "nom\x00;x\n".encode("utf-16")),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(
    bring: Callable[..., Import], tmp_path: Path, kind: str, content: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    run = bring(kind, path)
    assert run.state == "refused"
    assert run.messages.exists()
    assert not Asset.objects.exists()


def test_a_text_too_long_or_of_another_type_never_reaches_the_map(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = tmp_path / "map.json"
    asset = {"key": "A", "kind": "server", "name": "srv", "details": {
        "os": "x" * 5000, "has_edr": "oui", "patched_on": "hier", "beds": 3,
    }}  # fmt: skip
    path.write_text(
        json.dumps({"format": "hygie-estate", "version": 1, "assets": [asset], "links": []})
    )
    run = bring("estate.map", path)
    assert Asset.objects.get().details == {}
    assert {"estate_too_long", "estate_not_boolean", "estate_not_date"} <= {*codes_of(run)}
