"""The three sheets: shown before they are written, written once, refused row by row in words."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hygie.foundation.imports.errors import PlanOutdated
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.jobs.watch import SilentWatch
from hygie.progress.imports.actions import ActionImport
from hygie.progress.imports.evidence import EvidenceImport
from hygie.progress.imports.measurements import MeasurementImport
from hygie.progress.models import Action, CurrentMeasurement, Evidence, EvidenceLink, Measurement
from hygie.shell.cli import main
from tests.connectors.archives import make_xlsx, text_cell

pytestmark = pytest.mark.django_db
MEASURES = """FINESS;Indicateur;Valeur;Connaissance;Date d'effet;Note
590000001;t.mfa;62,5;mesuré;12/10/2026;annuaire
590000001;t.bia;1;documenté;2026-10-12;
HF-01;t.group;40;;2026-09-30;
590000002;t.mfa;;mesuré;2026-10-12;sonde muette
"""
ACTIONS = """FINESS;Action;Responsable;Échéance;État;Priorité;Exigence;Terminée le;Motif
590000001;Écrire le PCRA;DSI;31/12/2026;en cours;haute;T.1;;
590000001;Tester la reprise;RSSI;2026-06-30;terminée;;urn:t:req:2;2026-06-20;exercice du 20 juin
590000002;Changer de pare-feu;;;abandonnée;;;;budget
590000002;Former;;2027-01-31;;;;;
"""
PROOFS = """FINESS;Type;Intitulé;Date d'effet;Expiration;Fichier;Exigences
590000001;t-plan;PCA signé;2026-03-02;;pca.pdf;T.1, T.2
590000002;t-note;Note de cadrage;2026-03-02;2027-03-02;;
"""
KINDS = {
    "progress.measurements": (MEASURES, Measurement, 4),
    "progress.actions": (ACTIONS, Action, 4),
    "progress.evidence": (PROOFS, Evidence, 2),
}


@pytest.fixture
def sheet(tmp_path):
    """sheet(text): a file of that text."""

    def write(text: str):
        path = tmp_path / "feuille.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def drop(django_capture_on_commit_callbacks):
    """drop(client, kind, text): the import that the page made, read by a worker."""

    def send(client, kind: str, text: str, name: str = "feuille.csv") -> Import:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(
                reverse("imports:new", args=[kind]),
                {"file": SimpleUploadedFile(name, text.encode())},
            )
        assert answer.status_code == 302, answer.content.decode()
        return Import.objects.latest("id")

    return send


def page(client, run: Import) -> str:
    answer = client.get(reverse("imports:import_detail", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_sheet_is_written_once_and_a_second_time_adds_nothing(
    asked, territory, operator, sheet, kind
):
    text, model, count = KINDS[kind]
    path = sheet(text)
    plan = import_run_now(perimeter=operator, kind=kind, path=path, dry_run=True)
    assert plan.counts["add"] == count and plan.counts["refused"] == 0
    assert not model.objects.exists()
    first = import_run_now(perimeter=operator, kind=kind, path=path)
    assert first.state == ImportState.APPLIED and first.counts["add"] == count
    assert first.plan_digest == plan.digest
    second = import_run_now(perimeter=operator, kind=kind, path=path)
    assert (second.counts["add"], second.counts["keep"]) == (0, count)
    assert model.objects.count() == count


def test_measurements_come_with_their_knowledge_day_and_lack_of_conclusion(
    asked, territory, operator, sheet
):
    import_run_now(perimeter=operator, kind="progress.measurements", path=sheet(MEASURES))
    mfa = Measurement.objects.get(organisation=territory.entities[0], indicator=asked.mfa)
    assert (mfa.value, mfa.known_as, mfa.note) == (62.5, 3, "annuaire")
    assert mfa.effective_on.isoformat() == "2026-10-12"
    mute = CurrentMeasurement.objects.get(organisation=territory.entities[1])
    assert mute.value is None


def test_actions_come_in_their_state_with_the_day_they_were_done(asked, territory, operator, sheet):
    import_run_now(perimeter=operator, kind="progress.actions", path=sheet(ACTIONS))
    assert list(Action.objects.order_by("id").values_list("state", flat=True)) == [
        "in_progress", "done", "cancelled", "planned",
    ]  # fmt: skip
    first, done = Action.objects.order_by("id")[:2]
    assert (first.priority, first.owner_label, first.requirement_urn) == (1, "DSI", "urn:t:req:1")
    assert str(done.done_on) == "2026-06-20" and done.requirement_urn == "urn:t:req:2"


def test_proofs_come_with_their_expiry_links_and_the_file_beside_the_sheet(
    asked, territory, sheet, tmp_path, capsys
):
    folder = tmp_path / "preuves"
    folder.mkdir()
    (folder / "pca.pdf").write_bytes(b"%PDF-1.7\nsigne\n%%EOF\n")
    path = sheet(PROOFS)
    code = main(["progress", "evidence-import", str(path), "--files", str(folder), "--json"])
    assert code == 0 and json.loads(capsys.readouterr().out)["counts"]["add"] == 2
    proof = Evidence.objects.get(kind=asked.plan)
    assert str(proof.expires_on) == "2027-03-02"
    assert EvidenceLink.objects.filter(evidence=proof).count() == 2
    assert proof.revisions.get().document.name == "pca.pdf"


def test_a_file_named_outside_the_folder_is_never_opened(asked, territory, sheet, tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.7\nsecret\n%%EOF\n")
    folder = tmp_path / "preuves"
    folder.mkdir()
    path = sheet(PROOFS.replace("pca.pdf", "../secret.pdf"))
    assert main(["progress", "evidence-import", str(path), "--files", str(folder)]) == 0
    assert Evidence.objects.get(kind=asked.plan).revisions.get().document is None


REFUSED = [
    ("progress.measurements", MEASURES, "590000001;t.mfa;62,5", "999999999;t.mfa;62,5", 2,
     "aucune organisation de ce code"),
    ("progress.measurements", MEASURES, "t.mfa;62,5", "t.rien;62,5", 2, "n&#x27;existe pas dans"),
    ("progress.measurements", MEASURES, "62,5", "162,5", 2, "attendu"),
    ("progress.measurements", MEASURES, "62,5", "beaucoup", 2, "beaucoup"),
    ("progress.measurements", MEASURES, "12/10/2026", "12/10/2027", 2, "dans le futur"),
    ("progress.measurements", MEASURES, "12/10/2026", "31/02/2026", 2, "31/02/2026"),
    ("progress.measurements", MEASURES, "mesuré;12", "deviné;12", 2, "deviné"),
    ("progress.measurements", MEASURES, "HF-01;t.group", "590000001;t.group", 4, "se mesure au"),
    ("progress.actions", ACTIONS, "Écrire le PCRA", "", 2, "vide"),
    ("progress.actions", ACTIONS, "en cours", "presque", 2, "presque"),
    ("progress.actions", ACTIONS, ";T.1;", ";T.99;", 2, "T.99"),
    ("progress.actions", ACTIONS, "2026-06-20;exercice", "2027-06-20;exercice", 3, "futur"),
    ("progress.evidence", PROOFS, "t-plan", "t-inconnu", 2, "t-inconnu"),
    ("progress.evidence", PROOFS, "2026-03-02;2027-03-02", "2026-03-02;2025-03-02", 3, "précède"),
    ("progress.evidence", PROOFS, "PCA signé;2026", "PCA signé;2029", 2, "dans le futur"),
    ("progress.evidence", PROOFS, "T.1, T.2", "T.1, T.77", 2, "T.77"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "good", "bad", "row", "said"), REFUSED)
def test_a_row_that_cannot_be_is_refused_with_its_number_and_its_reason_and_the_others_go_on(
    asked, territory, characters, signed_in, drop, kind, text, good, bad, row, said
):
    assert good in text
    client = signed_in(characters.bob)
    run = drop(client, kind, text.replace(good, bad, 1))
    assert run.state == ImportState.READY
    assert run.counts["refused"] == 1 and run.counts["add"] == KINDS[kind][2] - 1
    shown = page(client, run)
    assert said in shown
    export = client.get(reverse("imports:import_detail", args=[run.pk]), {"messages-format": "csv"})
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()
    assert any(line.startswith(f"{row};") for line in lines[1:])


def test_a_sheet_without_its_columns_is_refused_whole(
    asked, territory, characters, signed_in, drop
):
    client = signed_in(characters.bob)
    for kind in KINDS:
        run = drop(client, kind, "FINESS;Couleur\n590000001;bleu\n")
        assert run.state == ImportState.REFUSED
        assert "Appliquer" not in page(client, run)


def test_a_page_applies_what_it_showed(
    asked, territory, characters, signed_in, drop, django_capture_on_commit_callbacks
):
    client = signed_in(characters.bob)
    run = drop(client, "progress.measurements", MEASURES)
    assert "4 ajouts" in page(client, run)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("imports:import_apply", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED and Measurement.objects.count() == 4
    assert set(Measurement.objects.values_list("recorded_by", flat=True)) == {characters.bob.pk}


@pytest.mark.parametrize("kind_class", [MeasurementImport, ActionImport, EvidenceImport])
def test_what_would_differ_from_what_was_shown_is_refused(
    asked, territory, operator, sheet, kind_class
):
    kind = kind_class()
    text, model, _count = KINDS[kind.kind]
    path, watch = sheet(text), SilentWatch()
    plan = kind.read(path, options={}, perimeter=operator, watch=watch)
    lines = text.splitlines(keepends=True)
    import_run_now(perimeter=operator, kind=kind.kind, path=sheet("".join(lines[:2])))
    before = model.objects.count()
    run = Import.objects.latest("id")
    assert run.state == ImportState.APPLIED
    with pytest.raises(PlanOutdated):
        kind_class().apply(
            sheet(text), options={}, perimeter=operator, watch=watch, plan_digest=plan.digest
        )
    assert before == 1


def test_a_reader_imports_only_where_they_may_record(asked, territory, characters, signed_in, drop):
    run = drop(signed_in(characters.alice), "progress.measurements", MEASURES)
    assert (run.counts["add"], run.counts["refused"]) == (2, 2)
    for name in ("remi", "diane", "ada"):
        answer = signed_in(getattr(characters, name)).get(
            reverse("imports:new", args=["progress.measurements"])
        )
        assert answer.status_code == 403
    run = drop(signed_in(characters.charlie), "progress.measurements", MEASURES)
    assert (run.counts["add"], run.counts["refused"]) == (0, 4)


def test_a_list_dropped_in_the_page_says_that_its_files_come_apart(
    asked, territory, characters, signed_in, drop
):
    client = signed_in(characters.bob)
    run = drop(client, "progress.evidence", PROOFS)
    assert run.counts["add"] == 2 and run.counts["warnings"] == 1
    assert "ne vient pas avec la liste" in page(client, run)


def test_a_spreadsheet_gives_its_numbers_back_their_zeros(asked, territory, operator, tmp_path):
    place = territory.entities[0]
    place.code = "010000001"
    place.save()
    titles = "".join(
        text_cell(f"{letter}1", title)
        for letter, title in zip("ABCD", ("FINESS", "Indicateur", "Valeur", "Date"), strict=True)
    )
    row = f'<c r="A2"><v>10000001</v></c>{text_cell("B2", "t.mfa")}<c r="C2"><v>12.5</v></c>' + (
        text_cell("D2", "12/10/2026")
    )
    path = make_xlsx(tmp_path / "m.xlsx", f'<row r="1">{titles}</row><row r="2">{row}</row>')
    run = import_run_now(perimeter=operator, kind="progress.measurements", path=path)
    assert run.counts["add"] == 1
    assert Measurement.objects.get().organisation == place


def test_the_command_line_tells_each_refused_row(asked, territory, sheet, capsys):
    path = sheet(MEASURES.replace("62,5", "beaucoup"))
    assert main(["progress", "import", str(path), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "ligne 2" in said and "beaucoup" in said
    assert not Measurement.objects.exists()
    assert main(["progress", "import", str(path)]) == 0
    assert Measurement.objects.count() == 3


@pytest.mark.parametrize("verb", ["import", "actions-import", "evidence-import"])
def test_the_command_line_refuses_an_absent_or_unreadable_file(
    asked, territory, tmp_path, capsys, verb
):
    assert main(["progress", verb, str(tmp_path / "rien.csv")]) == 3
    broken = tmp_path / "casse.xlsx"
    broken.write_bytes(b"PK\x03\x04 rien")
    assert main(["progress", verb, str(broken)]) == 3


def test_the_command_line_shows_the_latest_values(asked, territory, sheet, capsys):
    main(["progress", "import", str(sheet(MEASURES))])
    capsys.readouterr()
    assert main(["progress", "show", "590000001", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["indicator"], row["value"]) for row in told["values"]] == [
        ("t.bia", 1.0), ("t.mfa", 62.5),
    ]  # fmt: skip
    assert main(["progress", "show", "999999999"]) == 4
