"""Each page of an audit answers its question, in words, to those who may read it."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from hygie.connectors.directory_exports.opening import open_export
from hygie.foundation.documents.selectors import document_path
from hygie.foundation.jobs.models import Job
from hygie.operations.directory.choices import AuditState, SimulationState
from hygie.operations.directory.models import DirectoryAudit, Simulation
from hygie.operations.directory.report import audit_as_data
from hygie.operations.directory.services.audits import audits_settle
from hygie.progress.models import Action, Evidence
from tests.engines.directory.hospital import NAMED
from tests.operations.directory.conftest import export_write

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    assert response.status_code == 200, response.content[:800]
    return (
        response.content.decode().replace("\xa0", " ").replace("\u202f", " ").replace("&#x27;", "'")
    )


@pytest.fixture
def alice(characters, signed_in):
    return signed_in(characters.alice)


def test_a_place_without_audit_says_what_to_do(alice, territory) -> None:
    page = _text(alice.get(reverse("directory:audit_list", args=[territory.entities[0].pk])))
    assert "Lancer un audit" in page and "SharpHound" in page


def test_dropping_an_export_leads_to_its_audit(
    alice, territory, export, django_capture_on_commit_callbacks, operator
) -> None:
    address = reverse("directory:audit_add", args=[territory.entities[0].pk])
    assert "Déposez" in _text(alice.get(address))
    with django_capture_on_commit_callbacks(execute=True), export.open("rb") as stream:
        answer = alice.post(address, {"file": [stream], "purpose": "production"})
    audit = DirectoryAudit.objects.get()
    assert answer["Location"] == reverse("directory:audit_detail", args=[audit.pk])
    page = _text(alice.get(answer["Location"]))
    audit.refresh_from_db()
    assert audit.state == AuditState.DONE
    assert "Niveau AD 1" in page
    assert "ont un chemin vers le niveau 0" in page


def test_a_refused_export_says_why_and_leaves_no_audit_half_done(
    alice, territory, tmp_path, django_capture_on_commit_callbacks
) -> None:
    address = reverse("directory:audit_add", args=[territory.entities[0].pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(address, {"file": [io.BytesIO(b"")], "purpose": "production"})
    assert answer.status_code == 422
    assert not DirectoryAudit.objects.exists()
    wrong = io.BytesIO(b'{"data": [{"ObjectIdentifier": "S-1-5')
    wrong.name = "coupe.json"
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(address, {"file": [wrong], "purpose": "production"})
    audit = DirectoryAudit.objects.get()
    page = _text(alice.get(reverse("directory:audit_detail", args=[audit.pk])))
    assert audit.state == AuditState.FAILED
    assert "coupe.json" in page and "Déposer un autre export" in page
    assert audit.exports.get().document is None


@pytest.mark.parametrize(
    ("ended", "words"), [("cancelled", "arrêté avant la fin"), ("failed", "s'est interrompu")]
)
def test_an_audit_whose_job_ended_without_an_answer_lets_its_files_go(
    alice, territory, export, ended, words, django_capture_on_commit_callbacks
) -> None:
    address = reverse("directory:audit_add", args=[territory.entities[0].pk])
    with export.open("rb") as stream:  # nothing runs: the commit never comes
        alice.post(address, {"file": [stream], "purpose": "production"})
    audit = DirectoryAudit.objects.get()
    document = audit.exports.get().document
    assert document is not None
    path = document_path(document)
    assert audits_settle() == 0
    Job.objects.filter(pk=audit.job_id).update(state=ended)
    with django_capture_on_commit_callbacks(execute=True):
        assert audits_settle() == 1
    assert not path.exists()
    audit.refresh_from_db()
    assert audit.state == AuditState.FAILED and audit.exports.get().document is None
    page = _text(alice.get(reverse("directory:audit_detail", args=[audit.pk])))
    assert words in page and "ils ont été effacés" in page
    assert audits_settle() == 0


def test_the_ladder_the_points_and_a_point_say_why(audit, alice) -> None:
    page = _text(alice.get(reverse("directory:audit_detail", args=[audit.pk])))
    assert "Droits dangereux sur les comptes et groupes d'administration" in page
    page = _text(alice.get(reverse("directory:point_list", args=[audit.pk])))
    assert "indéterminé" in page and "vuln_krbtgt" in page
    address = reverse("directory:point_detail", args=[audit.pk, "privileged_members_perm"])
    page = _text(alice.get(address))
    assert "En échec au niveau 1" in page
    assert "Comment corriger" in page and "Comment vérifier" in page
    assert NAMED["admin"] in page or NAMED["nurse"] in page
    nothing = reverse("directory:point_detail", args=[audit.pk, "rien"])
    assert alice.get(nothing).status_code == 404


def test_the_explorer_finds_an_object_and_draws_its_path(audit, alice) -> None:
    address = reverse("directory:path_explore", args=[audit.pk])
    assert "Partir d'ici" in _text(alice.get(address, {"q": "NURSE"}))
    page = _text(alice.get(address, {"de": NAMED["service"]}))
    assert "peut réinitialiser le mot de passe de" in page
    assert "a tous les droits sur" in page
    page = _text(alice.get(address, {"de": NAMED["service"], "par": ["23"]}))
    assert "Aucun chemin connu avec ces relations" in page
    page = _text(alice.get(address, {"de": NAMED["service"], "vers": NAMED["nurse"]}))
    assert "peut réinitialiser le mot de passe de" in page
    assert alice.get(address, {"de": "S-1-5-21-9-9-9-1"}).status_code == 404
    assert alice.get(address, {"par": ["x", "-1", "9" * 40]}).status_code == 200


def test_the_cuts_are_simulated_then_promised(
    audit, alice, django_capture_on_commit_callbacks
) -> None:
    page = _text(alice.get(reverse("directory:change_list", args=[audit.pk])))
    # The host of the certification authority holds it by its very place.
    assert "aucune coupure simple ne les ferme tous" in page
    keys = [step["key"] for step in audit.summary["steps"]]
    assert keys
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(
            reverse("directory:simulation_add", args=[audit.pk]), {"keys": [*keys, "invented:key"]}
        )
    row = Simulation.objects.get()
    assert (row.state, row.keys) == (SimulationState.DONE, keys)
    page = _text(alice.get(answer["Location"]))
    assert "Comptes exposés : 2 aujourd'hui, 0 une fois fait." in page
    assert row.result["after"]["exposed_users"] == 0
    answer = alice.post(reverse("directory:simulation_promise", args=[row.pk]), {"keys": keys})
    assert answer.status_code == 302
    assert Action.objects.filter(origin="operations/directory").count() == len(keys)


def test_nothing_ticked_is_told(audit, alice) -> None:
    answer = alice.post(reverse("directory:simulation_add", args=[audit.pk]), {}, follow=True)
    assert "Cochez au moins un changement" in _text(answer)


def test_two_audits_are_compared(audited, perimeters, territory, alice, tmp_path) -> None:
    audited(perimeters.alice, territory.entities[0])
    later = export_write(tmp_path / "later.zip", days_later=9, is_spoilt=False)
    second = audited(perimeters.alice, territory.entities[0], later)
    page = _text(alice.get(reverse("directory:audit_compare", args=[second.pk])))
    assert "1 point corrigé" in page
    address = reverse("directory:audit_compare", args=[second.pk])
    page = _text(alice.get(address, {"point": "privileged_members_perm"}))
    assert "nurse@CHU.EXAMPLE" in page
    page = _text(alice.get(reverse("directory:audit_list", args=[territory.entities[0].pk])))
    assert "La part des comptes exposés recule" in page


def test_the_forests_of_a_group_are_compared(
    audit, audited, perimeters, territory, characters, signed_in, tmp_path
) -> None:
    other = export_write(tmp_path / "other.zip")
    audited(perimeters.bob, territory.entities[1], other)
    bob = signed_in(characters.bob)
    place = reverse("directory:audit_list", args=[territory.ght.pk])
    assert "Comparer les forêts" in _text(bob.get(place))
    address = reverse("directory:forest_compare", args=[territory.ght.pk])
    page = _text(bob.get(address))
    assert "1 point est en échec dans plusieurs forêts" in page
    csv = b"".join(bob.get(address, {"format": "csv"}).streaming_content).decode()
    assert csv.count("CHU.EXAMPLE") == 2
    alone = reverse("directory:forest_compare", args=[territory.entities[0].pk])
    assert "Auditez l'annuaire d'un autre établissement" in _text(bob.get(alone))


def test_the_api_gives_what_the_page_gives(audit, alice) -> None:
    rows = alice.get(reverse("api:directory_audits", args=[audit.organisation_id])).json()
    assert [row["level_at_best"] for row in rows] == [1]
    whole = reverse("api:directory_audit", args=[audit.organisation_id, audit.pk])
    assert alice.get(whole).json()["level"]["at_best"] == 1
    wrong = reverse("api:directory_audit", args=[audit.organisation_id + 1, audit.pk])
    assert alice.get(wrong).status_code == 404


def test_an_audit_leaves_as_pdf_json_csv_and_under_other_names(audit, alice, tmp_path) -> None:
    pdf = alice.get(reverse("directory:audit_pdf", args=[audit.pk]))
    assert pdf.content.startswith(b"%PDF") and "attachment" in pdf["Content-Disposition"]
    data = json.loads(alice.get(reverse("directory:audit_json", args=[audit.pk])).content)
    assert data["level"]["at_best"] == 1 and len(data["points"]) == 77
    assert data == json.loads(json.dumps(audit_as_data(audit), default=str))
    address = reverse("directory:point_list", args=[audit.pk])
    csv = b"".join(alice.get(address, {"format": "csv"}).streaming_content).decode()
    assert csv.count("\r\n") == 78
    answer = alice.get(reverse("directory:audit_anonymous", args=[audit.pk]))
    target = tmp_path / "anonyme.zip"
    target.write_bytes(b"".join(answer.streaming_content))
    with zipfile.ZipFile(target) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"CHU.EXAMPLE", b"nurse", b"1000-2000-3000"):
        assert secret not in everything
    facts = open_export(Path(target)).exports[0].facts
    assert facts is not None and len(facts) > 50


def test_the_report_becomes_a_proof(audit, alice) -> None:
    answer = alice.post(reverse("directory:audit_prove", args=[audit.pk]))
    proof = Evidence.objects.get()
    assert answer["Location"] == reverse("progress:evidence_detail", args=[proof.pk])
    assert (proof.kind.code, proof.known_as, proof.sensitivity) == ("ads-report", 3, "confidential")


def test_sources_decisions_and_forms_open(audit, alice) -> None:
    assert "SharpHound" in _text(alice.get(reverse("directory:source_list", args=[audit.pk])))
    assert "Coûts" in _text(alice.get(reverse("directory:forest_detail", args=[audit.forest_id])))
    for name in ("tier_zero", "costs"):
        alice_page = alice.get(reverse(f"directory:{name}", args=[audit.forest_id]))
        assert "Enregistrer la décision" in _text(alice_page)
    risk = reverse("directory:risk_add", args=[audit.forest_id, "guest"])
    assert "Compte Invité actif" in _text(alice.get(risk))
    answer = alice.post(risk, {"reason": "prévu", "expires_on": "2126-01-01"})
    assert "ne convient pas" in _text(answer)


def test_a_level_is_typed(alice, territory, operator, django_capture_on_commit_callbacks) -> None:
    address = reverse("directory:level_add", args=[territory.entities[0].pk])
    assert "documenté" in _text(alice.get(address))
    said = {"name": "ch.fr", "level": "2", "effective_on": "2026-05-04", "failing": ["krbtgt"],
            "purpose": "backup"}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(address, said)
    page = _text(alice.get(answer["Location"]))
    assert "Niveau AD 2" in page


def test_a_list_asks_as_many_questions_for_ten_times_as_many_audits(
    audit, alice, territory, django_assert_num_queries
) -> None:
    address = reverse("directory:audit_list", args=[territory.entities[0].pk])
    with django_assert_num_queries(9) as first:
        alice.get(address)
    for _turn in range(20):
        audit.pk = None
        audit.save()
    with django_assert_num_queries(len(first)):
        alice.get(address)


@pytest.mark.parametrize("who", ["charlie", "diane", "remi", "ada"])
def test_nobody_else_reads_an_audit_by_any_door(audit, characters, signed_in, who) -> None:
    client = signed_in(getattr(characters, who))
    for name in ("audit_detail", "point_list", "path_explore", "change_list", "source_list",
                 "audit_compare", "audit_pdf", "audit_json", "audit_anonymous"):  # fmt: skip
        assert client.get(reverse(f"directory:{name}", args=[audit.pk])).status_code == 404, name
    assert client.get(reverse("directory:forest_detail", args=[audit.forest_id])).status_code == 404
    for name in ("audit_list", "forest_compare"):
        place = reverse(f"directory:{name}", args=[audit.organisation_id])
        assert client.get(place).status_code == 404
    for name, args in (("directory_audits", ()), ("directory_audit", (audit.pk,))):
        address = reverse(f"api:{name}", args=[audit.organisation_id, *args])
        assert client.get(address).status_code == 404


def test_a_contributor_of_the_same_place_does_not_read_the_ways_in(
    audit, person, territory, signed_in
) -> None:
    client = signed_in(person("paul@hygie.test", "contributor", territory.entities[0]))
    assert client.get(reverse("directory:audit_detail", args=[audit.pk])).status_code == 404
    place = reverse("directory:audit_list", args=[audit.organisation_id])
    assert client.get(place).status_code == 404


def test_a_director_reads_and_does_not_launch(audit, person, territory, signed_in) -> None:
    client = signed_in(person("dan@hygie.test", "director", territory.entities[0]))
    assert client.get(reverse("directory:audit_detail", args=[audit.pk])).status_code == 200
    add = reverse("directory:audit_add", args=[audit.organisation_id])
    assert client.get(add).status_code == 403
