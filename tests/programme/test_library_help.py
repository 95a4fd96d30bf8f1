"""What a library says beside a requirement reaches the people who must answer it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from hygie.programme.models import Framework, Requirement
from hygie.programme.words import localized

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework(db) -> Framework:
    return Framework.objects.create(
        urn="urn:x:fw", version=1, origin="library", ref_id="X", name="X"
    )


def make(framework: Framework, order: int, **fields: object) -> Requirement:
    return Requirement.objects.create(
        framework=framework, urn=f"urn:x:n{order}", order=order, depth=1, is_assessable=True,
        **fields,
    )  # fmt: skip


def test_annotation_and_expected_proofs_are_on_the_page_in_the_readers_language(
    framework, signed_in, characters
):
    row = make(
        framework, 1, ref_id="A", name="Accès", annotation="Déterminer si…",
        typical_evidence="Une charte", translations={"en": {"annotation": "Determine if…"}},
    )  # fmt: skip
    client = signed_in(characters.ada)
    address = reverse("programme:requirement", args=[row.pk])
    page = client.get(address).content.decode()
    assert "Déterminer si…" in page and "Une charte" in page
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Determine if…" in page or "Déterminer si…" in page


def test_a_requirement_without_name_is_called_by_its_text_its_question_or_its_urn(framework):
    question = {
        "text": "Sauvegardez-vous ?", "translations": {"en": {"text": "Do you back up?"}}
    }  # fmt: skip
    asked = make(framework, 1, questions=[question], annotation="## Note")
    text = make(framework, 2, description="Objectif obligatoire\nsuite")
    long = make(framework, 3, annotation="## " + "mot " * 60)
    bare, named = make(framework, 4), make(framework, 5, ref_id="5", description="Texte")
    assert localized(asked, "name", "fr") == "Sauvegardez-vous ?"
    with override("en"):
        assert localized(asked, "name") == "Do you back up?"
    assert localized(text, "name") == "Objectif obligatoire"
    assert localized(long, "name").startswith("mot mot") and len(localized(long, "name")) <= 120
    assert (localized(bare, "name"), localized(named, "name")) == ("n4", "")
