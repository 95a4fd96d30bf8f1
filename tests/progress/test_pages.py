"""Each page opens for those who may, does what it says, and tells others nothing."""

import pytest

from hygie.foundation.journal.models import JournalLine
from hygie.progress.models import Action, Evidence, Measurement
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from tests.progress.conftest import SECRET, TODAY, doors, text, url

pytestmark = pytest.mark.django_db


def test_the_establishment_and_its_group_open_everything(asked, filed, characters, signed_in):
    for name in ("alice", "bob"):
        client = signed_in(getattr(characters, name))
        for address in doors(asked, filed):
            text(client.get(address))


def test_others_find_nothing_and_readers_above_find_values_only(
    asked, filed, characters, signed_in
):
    values = {"home", "indicators", "indicator"}
    open_to_readers = [
        address
        for address in doors(asked, filed)
        if address.endswith("/measurements")
        or any(address.startswith(url(name, *args)) for name, args in (
            ("indicators", [filed[0].pk]),
        ))
        or address == url("home", filed[0].pk)
    ]  # fmt: skip
    assert len(open_to_readers) == len(values) + 2
    for name in ("remi", "diane"):
        client = signed_in(getattr(characters, name))
        for address in doors(asked, filed):
            answer = client.get(address)
            wanted = 200 if address in open_to_readers else 404
            assert SECRET not in text(answer, wanted), address
    client = signed_in(characters.charlie)
    for address in doors(asked, filed):
        assert SECRET not in text(client.get(address), 404)


def test_no_other_person_writes(asked, full, characters, signed_in):
    place, proof, action = full
    lines = JournalLine.objects.count()
    for name in ("charlie", "remi", "diane", "ada"):
        client = signed_in(getattr(characters, name))
        for address in (
            url("record", place.pk), url("record_many", place.pk), url("evidence_add", place.pk),
            url("evidence_revise", proof.pk), url("evidence_link", proof.pk),
            url("evidence_unlink", proof.pk), url("evidence_withdraw", proof.pk),
            url("action_add", place.pk), url("action_detail", action.pk),
            url("action_move", action.pk), url("actions_bulk", place.pk),
        ):  # fmt: skip
            text(client.post(address, {"act": "start", "selected": action.pk}), 404)
    assert JournalLine.objects.count() == lines


def test_an_auditor_reads_and_is_offered_no_act(full, person, signed_in, territory):
    place, proof, action = full
    client = signed_in(person("audit@hygie.test", "auditor", place))
    for address in (url("evidence", place.pk), url("evidence_detail", proof.pk),
                    url("action_detail", action.pk), url("actions", place.pk)):  # fmt: skip
        page = text(client.get(address))
        acts = page.split('id="content"')[-1].split("<dialog")[0]
        assert SECRET in page and 'method="post"' not in acts and "Ajouter" not in acts
    text(client.post(url("evidence_withdraw", proof.pk), {"withdraw-reason": "x"}), 403)
    text(client.post(url("action_move", action.pk), {"act": "start"}), 403)


def test_a_restricted_proof_is_hidden_from_those_who_only_contribute(
    full, person, signed_in, perimeters
):
    place, proof, action = full
    Evidence.objects.filter(pk=proof.pk).update(sensitivity="restricted")
    Action.objects.update(proof=proof, title="Écrire le plan")
    Measurement.objects.update(note="")
    client = signed_in(person("contrib@hygie.test", "contributor", place))
    for address in (url("home", place.pk), url("evidence", place.pk),
                    url("evidence", place.pk, format="csv"), url("actions", place.pk),
                    url("action_detail", action.pk),
                    f"/api/v1/organisations/{place.pk}/evidence"):  # fmt: skip
        page = text(client.get(address))
        assert f">{SECRET}" not in page and f'"title": "{SECRET}' not in page, address
    assert "accès restreint" in text(client.get(url("action_detail", action.pk)))
    text(client.get(url("evidence_detail", proof.pk)), 404)
    text(client.get(url("evidence_file", proof.revisions.get().pk)), 404)


def test_whoever_files_a_restricted_proof_lands_on_it(asked, territory, person, signed_in):
    place = territory.entities[0]
    client = signed_in(person("contrib@hygie.test", "contributor", place))
    answer = client.post(
        url("evidence_add", place.pk),
        {"kind": asked.secret.pk, "title": "Rapport", "effective_on": TODAY.isoformat()},
        follow=True,
    )
    assert "Rapport" in text(answer)


def test_a_value_is_recorded_with_a_comma_and_shown_with_its_state(
    asked, territory, characters, signed_in
):
    place, client = territory.entities[0], signed_in(characters.alice)
    values = {"indicator": asked.mfa.pk, "value": "62,5", "known_as": 3,
              "effective_on": TODAY.isoformat(), "note": ""}  # fmt: skip
    page = text(client.post(url("record", place.pk), values, follow=True))
    assert "62,5" in page and "non atteint" in page
    assert Measurement.objects.get().value == 62.5
    client.post(url("record", place.pk), values | {"value": "81.5"})
    assert Measurement.objects.first().value == 81.5


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": "162"}, "attendu"),
        ({"value": "beaucoup"}, "nombre"),
        ({"value": "nan"}, "nombre"),
        ({"effective_on": "2027-01-01"}, "dans le futur"),
        ({"effective_on": "hier"}, "date valide"),
        ({"known_as": "9"}, "choix valide"),
        ({"indicator": "999999"}, "choix valide"),
    ],
)
def test_a_value_that_cannot_be_comes_back_with_its_reason(
    asked, territory, characters, signed_in, changed, said
):
    values = {"indicator": asked.mfa.pk, "value": "62", "known_as": 3,
              "effective_on": TODAY.isoformat(), "note": "vu"}  # fmt: skip
    client = signed_in(characters.alice)
    page = text(client.post(url("record", territory.entities[0].pk), values | changed), 422)
    assert said in page and "vu</textarea>" in page
    assert not Measurement.objects.exists()


def test_only_indicators_of_the_level_are_offered(asked, territory, characters, signed_in):
    client = signed_in(characters.bob)
    ej = text(client.get(url("record", territory.entities[0].pk)))
    assert "t.mfa" in ej and "t.site" not in ej and "t.group" not in ej
    assert "t.group" in text(client.get(url("record", territory.ght.pk)))
    text(client.get(url("record", territory.entities[0].pk, indicator="abc")))
    settled = text(client.get(url("record", territory.entities[0].pk, indicator=str(asked.bia.pk))))
    assert '<option value="1"' in settled and 'type="hidden" name="indicator"' in settled


def test_several_values_are_recorded_at_once(asked, territory, characters, signed_in):
    place, client = territory.entities[0], signed_in(characters.alice)
    values = {
        "known_as": 2, "effective_on": TODAY.isoformat(), f"i{asked.mfa.pk}-value": "62,5",
        f"i{asked.bia.pk}-value": "1", f"i{asked.count.pk}-cannot_tell": "on",
    }  # fmt: skip
    page = text(client.post(url("record_many", place.pk), values, follow=True))
    assert "3 mesures" in page
    found = {row.indicator.code: (row.value, row.known_as) for row in Measurement.objects.all()}
    assert found == {"t.mfa": (62.5, 2), "t.bia": (1, 2), "t.count": (None, 2)}
    assert JournalLine.objects.filter(action="measurements.recorded").count() == 1


def test_the_sheet_of_values_records_nothing_when_one_line_is_wrong(
    asked, territory, characters, signed_in
):
    place, client = territory.entities[0], signed_in(characters.alice)
    how = {"known_as": 2, "effective_on": TODAY.isoformat()}
    for lines, said in (
        ({f"i{asked.mfa.pk}-value": "62", f"i{asked.level.pk}-value": "9"}, "attendu"),
        ({f"i{asked.mfa.pk}-value": "62", f"i{asked.mfa.pk}-cannot_tell": "on"}, "pas les deux"),
        ({}, "au moins une ligne"),
        ({f"i{asked.mfa.pk}-value": "62", "effective_on": "2027-01-01"}, "dans le futur"),
    ):
        page = text(client.post(url("record_many", place.pk), how | lines), 422)
        assert said in page, said
    assert not Measurement.objects.exists()


def test_the_sheet_of_values_offers_what_is_asked(asked, full, characters, signed_in):
    place, client = full[0], signed_in(characters.alice)
    never = text(client.get(url("record_many", place.pk, show="never")))
    assert "t.bia" in never and "t.mfa" not in never
    assert "t.mfa" in text(client.get(url("record_many", place.pk, show="n'importe")))


def test_a_proof_added_for_a_requirement_serves_it(asked, territory, characters, signed_in):
    place, client = territory.entities[0], signed_in(characters.alice)
    address = url("evidence_add", place.pk, requirement="urn:t:req:1")
    assert "Exigence 1" in text(client.get(address))
    values = {"kind": asked.plan.pk, "title": "Plan", "effective_on": TODAY.isoformat()}
    page = text(client.post(address, values, follow=True))
    assert "T.1" in page and "Exigence 1" in page
    text(client.get(url("evidence_add", place.pk, requirement="urn:nulle:part")), 404)
    text(client.post(url("evidence_add", place.pk, requirement="urn:nulle:part"), values), 404)
    text(client.get(url("action_add", place.pk, requirement="urn:nulle:part")), 404)


def test_requirements_are_linked_and_unlinked_by_their_reference(full, characters, signed_in):
    _place, proof, _action = full
    client = signed_in(characters.alice)
    page = text(client.post(url("evidence_link", proof.pk), {"requirements": "t.2, T.9"}), 422)
    assert "T.9" in page and proof.links.count() == 1
    client.post(url("evidence_link", proof.pk), {"requirements": "t.2"})
    assert proof.links.count() == 2
    client.post(url("evidence_unlink", proof.pk), {"requirement": "urn:t:req:1"})
    assert [link.requirement_urn for link in proof.links.all()] == ["urn:t:req:2"]


def test_a_proof_is_withdrawn_with_a_reason_and_found_again_by_the_filter(
    full, characters, signed_in
):
    place, proof, _action = full
    client = signed_in(characters.alice)
    text(client.post(url("evidence_withdraw", proof.pk), {"withdraw-reason": " "}), 422)
    page = text(client.post(url("evidence_withdraw", proof.pk), {"withdraw-reason": "faux"},
                            follow=True))  # fmt: skip
    assert "Retirée" in page and "Ajouter la révision" not in page
    assert SECRET not in text(client.get(url("evidence", place.pk)))
    assert SECRET in text(client.get(url("evidence", place.pk, standing="withdrawn")))


@pytest.mark.parametrize(
    ("query", "found"),
    [({"standing": "soon"}, True), ({"standing": "valid"}, True), ({"standing": "expired"}, False),
     ({"file": "none"}, True), ({"q": "FAIBLESSE"}, True), ({"q": "rien"}, False)],
)  # fmt: skip
def test_proofs_are_narrowed(full, characters, signed_in, query, found):
    page = text(signed_in(characters.alice).get(url("evidence", full[0].pk, **query)))
    assert (f">{SECRET}<" in page) is found


def test_an_action_is_begun_finished_on_a_proof_and_reopened(full, characters, signed_in):
    _place, proof, action = full
    client = signed_in(characters.alice)
    move = url("action_move", action.pk)
    client.post(move, {"act": "start"})
    page = text(client.post(move, {"act": "finish"}), 422)
    assert "joignez une preuve" in page
    client.post(move, {"act": "finish", "finish-proof": proof.pk})
    action.refresh_from_db()
    assert (action.state, action.proof) == ("done", proof)
    text(client.post(move, {"act": "reopen", "why-reason": ""}), 422)
    client.post(move, {"act": "reopen", "why-reason": "à refaire"})
    action.refresh_from_db()
    assert action.state == "in_progress"
    page = text(client.post(move, {"act": "reopen", "why-reason": "encore"}, follow=True))
    assert "déjà ouverte" in page
    client.post(move, {"act": "n'importe quoi"})
    action.refresh_from_db()
    assert action.state == "in_progress"


def test_an_action_is_finished_only_on_a_proof_of_its_own_line(
    full, asked, territory, operator, characters, signed_in
):
    action = full[2]
    other = evidence_add(
        perimeter=operator, organisation_id=territory.entities[1].pk, kind=asked.plan,
        title="Ailleurs", effective_on=TODAY,
    )  # fmt: skip
    client = signed_in(characters.bob)
    move = url("action_move", action.pk)
    assert "Ailleurs" not in text(client.get(url("action_detail", action.pk)))
    text(client.post(move, {"act": "finish", "finish-proof": other.pk}), 422)
    text(client.post(move, {"act": "finish", "finish-proof": "abc"}), 422)


def test_an_action_is_edited_until_it_is_closed(full, characters, signed_in):
    action = full[2]
    client = signed_in(characters.alice)
    values = {"title": "Écrire", "description": "", "owner_label": "DSI",
              "due_on": "2026-12-31", "priority": 1}  # fmt: skip
    text(client.post(url("action_detail", action.pk), values, follow=True))
    action.refresh_from_db()
    assert (action.title, action.priority, action.sequence) == ("Écrire", 1, 1)
    text(client.post(url("action_detail", action.pk), values | {"due_on": "bientôt"}), 422)
    client.post(url("action_move", action.pk), {"act": "cancel", "why-reason": "inutile"})
    page = text(client.post(url("action_detail", action.pk), values | {"title": "Non"},
                            follow=True))  # fmt: skip
    assert "rouvrez-la" in page
    action.refresh_from_db()
    assert action.title == "Écrire"


def test_ticked_actions_change_together(full, territory, operator, characters, signed_in):
    place, _proof, action = full
    second = action_add(perimeter=operator, organisation_id=place.pk, title="Deux")
    far = action_add(perimeter=operator, organisation_id=territory.far.pk, title="Loin")
    client = signed_in(characters.bob)
    address = url("actions_bulk", place.pk)
    assert address in text(client.get(url("actions", place.pk)))
    ticked = {"selected": [action.pk, second.pk, far.pk, "x"]}
    page = text(client.post(address, ticked))
    assert "Deux" in page and "Loin" not in page
    text(client.post(address, ticked | {"confirmed": 1}), 422)
    text(client.post(address, ticked | {"confirmed": 1, "move": "done"}), 422)
    client.post(address, ticked | {"confirmed": 1, "move": "done", "reason": "vu", "priority": 1})
    states = dict(Action.objects.values_list("pk", "state"))
    assert states == {action.pk: "done", second.pk: "done", far.pk: "planned"}
    page = text(client.post(address, {"selected": ["x"]}, follow=True))
    assert "Cochez au moins une action" in page
