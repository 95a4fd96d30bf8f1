"""The sheet for a board holds the same words as the page, tagged, and no data becomes markup."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from hygie.foundation.design.pdf.render import SHEETS, pdf_render
from hygie.governance.assessment.choices import StateChoice
from hygie.progress.services.actions import action_add
from hygie.territory.organisations.models import Organisation

pytestmark = pytest.mark.django_db
TRICKS = '#panic("x") *gras* $1/0$ `code` [#read("/etc/passwd")] <a> \\ "fin" @ref = titre'


@pytest.fixture
def group(loaded, territory, stands):
    """A group and its first entity with one state of each sort."""
    for place in (territory.ght, territory.entities[0]):
        for objective, state in zip(loaded, StateChoice.values, strict=False):
            stands(place, objective, state)
    return territory.ght


def read(client, node):
    response = client.get(reverse("overview:cockpit_pdf", args=[node.pk]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="cockpit-')
    return PdfReader(io.BytesIO(response.content))


def said(reader):
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_the_sheet_says_the_title_the_axes_the_states_and_the_deadlines(
    group, loaded, characters, signed_in, perimeters
):
    action_add(
        perimeter=perimeters.bob, organisation_id=group.pk, title="Relire le plan",
        due_on=timezone.localdate(),
    )  # fmt: skip
    reader = read(signed_in(characters.bob), group)
    text = said(reader)
    assert group.name in text
    for objective in loaded:
        assert objective.axis.title_fr in text
    for state in StateChoice:
        assert str(state.label) in text
    assert "Relire le plan" in text
    assert "1 objectif sur 19 est atteint" in text
    assert len(reader.pages) <= 2


def test_the_sheet_is_tagged_and_tells_its_language_and_title(group, characters, signed_in):
    reader = read(signed_in(characters.bob), group)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("fr")
    assert group.name in reader.metadata.title


def test_a_name_full_of_markup_stays_a_name(group, characters, signed_in):
    Organisation.objects.filter(pk=group.pk).update(name=TRICKS)
    text = said(read(signed_in(characters.bob), group))
    for piece in ('#panic("x")', "*gras*", "$1/0$", "`code`", '#read("/etc/passwd")', "@ref"):
        assert piece in text, piece


def test_an_aggregate_gives_figures_beside_its_bars(group, characters, signed_in, territory):
    text = said(read(signed_in(characters.diane), territory.nation))
    assert "1 sur 1" in text
    assert "Hauts-de-France" in text


def test_a_sheet_without_any_state_is_still_a_sheet(loaded, characters, signed_in, territory):
    assert "non testé" in said(read(signed_in(characters.alice), territory.entities[0]))


def test_a_document_reads_no_file_of_the_machine(tmp_path):
    document = tmp_path / "trop-curieux.typ"
    document.write_text('#import "sheet.typ": *\n#read("/etc/hostname")', encoding="utf-8")
    with pytest.raises(Exception, match=r"hostname|not found|access"):
        pdf_render(document, {})
    assert (SHEETS / "sheet.typ").is_file()
