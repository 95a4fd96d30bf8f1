"""A proof keeps its history, its dates and its readers; once withdrawn it no longer counts."""

import datetime as dt
import io

import pytest

from hygie.foundation.documents.media import PROOFS
from hygie.foundation.documents.services import document_store
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.progress.errors import (
    DateRefused,
    EvidenceWithdrawn,
    ExpiryRefused,
    ReasonMissing,
    UnknownRequirement,
)
from hygie.progress.models import Evidence
from hygie.progress.selectors.evidence import (
    evidence_expiring,
    evidence_for_requirement,
    evidence_get_in,
    evidence_in,
)
from hygie.progress.selectors.facts import facts_of
from hygie.progress.services.evidence import (
    evidence_add,
    evidence_link,
    evidence_revise,
    evidence_unlink,
    evidence_withdraw,
)
from hygie.territory.organisations.selectors import below
from hygie.territory.people.selectors import perimeter_of
from tests.progress.conftest import TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def add(asked, territory, operator):
    """add(): a proof of the first entity, filed today."""

    def make(**more):
        values = {
            "perimeter": operator, "organisation_id": territory.entities[0].pk,
            "kind": asked.plan, "title": "Le plan", "effective_on": TODAY,
        }  # fmt: skip
        return evidence_add(**(values | more))

    return make


def stored(actor, data: bytes = b"%PDF-1.7\nun plan\n%%EOF\n"):
    return document_store(stream=io.BytesIO(data), name="plan.pdf", allowed=PROOFS, actor=actor)


def actions_told(proof: Evidence) -> list[str]:
    lines = JournalLine.objects.filter(object_type="evidence", object_id=str(proof.pk))
    return list(lines.order_by("sequence").values_list("action", flat=True))


def test_a_proof_expires_as_its_kind_says_unless_told_otherwise(add, asked):
    assert add().expires_on == TODAY + 365 * DAY
    assert add(expires_on=TODAY + DAY).expires_on == TODAY + DAY
    assert add(kind=asked.note).expires_on is None
    old = add(effective_on=TODAY - 400 * DAY)
    assert old.expires_on == TODAY - 35 * DAY


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"effective_on": TODAY + DAY}, DateRefused),
        ({"expires_on": TODAY}, ExpiryRefused),
        ({"expires_on": TODAY - DAY}, ExpiryRefused),
        ({"requirement_urns": ["urn:t:req:1", "urn:nulle:part"]}, UnknownRequirement),
    ],
)
def test_dates_or_requirements_that_cannot_be_are_refused_and_nothing_is_kept(add, more, error):
    with pytest.raises(error):
        add(**more)
    assert not Evidence.objects.exists() and not JournalLine.objects.exists()


def test_revisions_are_numbered_and_the_former_ones_stay(add, operator):
    proof = add(document=stored(operator.actor))
    newer = stored(operator.actor, b"%PDF-1.7\nun autre plan\n%%EOF\n")
    evidence_revise(
        perimeter=operator, evidence=proof, effective_on=TODAY - DAY, reason="revue", document=newer
    )
    evidence_revise(
        perimeter=operator, evidence=proof, effective_on=TODAY, reason="prolongé",
        expires_on=TODAY + 500 * DAY,
    )  # fmt: skip
    third, second, first = proof.revisions.all()
    assert [row.number for row in (first, second, third)] == [1, 2, 3]
    assert first.document != second.document == newer
    # Dates alone changed: the file stays the one in force.
    assert third.document == newer
    assert (first.effective_on, second.effective_on) == (TODAY, TODAY - DAY)
    proof.refresh_from_db()
    assert proof.expires_on == TODAY + 500 * DAY
    assert actions_told(proof) == ["evidence.added", "evidence.revised", "evidence.revised"]


def test_a_revision_says_what_changes(add, operator):
    proof = add()
    with pytest.raises(ReasonMissing):
        evidence_revise(perimeter=operator, evidence=proof, effective_on=TODAY, reason=" ")
    with pytest.raises(DateRefused):
        evidence_revise(perimeter=operator, evidence=proof, effective_on=TODAY + DAY, reason="x")
    assert proof.revisions.count() == 1


def test_a_proof_serves_several_requirements_each_once(add, asked, operator, territory):
    proof = add(requirement_urns=["urn:t:req:1", "urn:t:req:1"])
    evidence_link(
        perimeter=operator, evidence=proof, requirement_urns=["urn:t:req:2", "urn:t:req:1"]
    )
    evidence_link(perimeter=operator, evidence=proof, requirement_urns=["urn:t:req:2"])
    assert sorted(proof.links.values_list("requirement_urn", flat=True)) == [
        "urn:t:req:1", "urn:t:req:2",
    ]  # fmt: skip
    here = below(territory.ght, "organisation__")
    assert list(evidence_for_requirement(operator, ["urn:t:req:2"], here)) == [proof]
    evidence_unlink(perimeter=operator, evidence=proof, requirement_urn="urn:t:req:2")
    evidence_unlink(perimeter=operator, evidence=proof, requirement_urn="urn:t:req:2")
    assert not evidence_for_requirement(operator, ["urn:t:req:2"], here)
    assert actions_told(proof) == ["evidence.added", "evidence.linked", "evidence.unlinked"]
    with pytest.raises(UnknownRequirement):
        evidence_link(perimeter=operator, evidence=proof, requirement_urns=["urn:nulle:part"])


def test_a_withdrawn_proof_stays_no_longer_counts_and_no_longer_changes(add, operator, territory):
    proof = add(requirement_urns=["urn:t:req:1"], expires_on=TODAY + DAY)
    place = territory.entities[0]
    assert [fact.code for fact in facts_of([place.pk])] == ["proof:t-plan"]
    with pytest.raises(ReasonMissing):
        evidence_withdraw(perimeter=operator, evidence=proof, reason="")
    evidence_withdraw(perimeter=operator, evidence=proof, reason="mauvais fichier")
    assert not list(facts_of([place.pk]))
    assert not evidence_expiring(operator, today=TODAY)
    here = below(place, "organisation__")
    assert not evidence_for_requirement(operator, ["urn:t:req:1"], here)
    for change in (
        lambda: evidence_withdraw(perimeter=operator, evidence=proof, reason="encore"),
        lambda: evidence_link(perimeter=operator, evidence=proof, requirement_urns=["urn:t:req:2"]),
        lambda: evidence_unlink(perimeter=operator, evidence=proof, requirement_urn="urn:t:req:1"),
        lambda: evidence_revise(perimeter=operator, evidence=proof, effective_on=TODAY, reason="x"),
    ):
        with pytest.raises(EvidenceWithdrawn) as refused:
            change()
        assert TODAY.isoformat() in str(refused.value)
    assert evidence_get_in(operator, proof.pk) == proof


def test_soon_expired_proofs_come_first_and_far_ones_not_at_all(add, asked, operator):
    far = add(expires_on=TODAY + 61 * DAY)
    soon = add(expires_on=TODAY + 60 * DAY)
    gone = add(effective_on=TODAY - 9 * DAY, expires_on=TODAY - DAY)
    add(kind=asked.note)
    found = list(evidence_expiring(operator, today=TODAY))
    assert found == [gone, soon] and far not in found


def test_a_sensitive_kind_makes_a_sensitive_proof(add, asked):
    assert add(kind=asked.secret).sensitivity == "confidential"
    assert add(kind=asked.secret, sensitivity="internal").sensitivity == "internal"
    assert add().sensitivity == "internal"


def test_sensitive_proofs_are_read_by_those_who_review_or_audit_and_by_their_author(
    add, territory, person, perimeters
):
    place = territory.entities[0]
    people = {
        role: perimeter_of(person(f"{role}@hygie.test", role, place))
        for role in ("contributor", "quality", "auditor", "director")
    }
    open_one = add()
    for level in ("restricted", "confidential"):
        hidden = add(sensitivity=level)
        own = add(sensitivity=level, perimeter=people["contributor"])
        for role in ("contributor", "quality"):
            assert open_one in evidence_in(people[role])
            with pytest.raises(NotFound):
                evidence_get_in(people[role], hidden.pk)
        assert evidence_get_in(people["contributor"], own.pk) == own
        with pytest.raises(NotFound):
            evidence_get_in(people["quality"], own.pk)
        for reader in (people["auditor"], people["director"], perimeters.alice, perimeters.bob):
            assert evidence_get_in(reader, hidden.pk) == hidden
        for reader in (perimeters.charlie, perimeters.remi, perimeters.diane, perimeters.ada):
            assert not evidence_in(reader)


def test_only_whoever_may_record_there_files_a_proof(add, territory, person, perimeters):
    for name, error in (("charlie", NotFound), ("remi", NotFound), ("diane", NotFound)):
        with pytest.raises(error):
            add(perimeter=getattr(perimeters, name))
    auditor = perimeter_of(person("audit@hygie.test", "auditor", territory.entities[0]))
    with pytest.raises(NotAllowed):
        add(perimeter=auditor)
    proof = add(perimeter=perimeters.alice)
    for name, error in (("charlie", NotFound), ("remi", NotFound)):
        with pytest.raises(error):
            evidence_withdraw(perimeter=getattr(perimeters, name), evidence=proof, reason="x")
    with pytest.raises(NotAllowed):
        evidence_withdraw(perimeter=auditor, evidence=proof, reason="x")
