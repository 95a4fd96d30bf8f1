"""What becomes of each requirement between two versions, and what answers what?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from hygie.foundation.imports.services import import_run_now
from hygie.programme.models import Framework, Requirement
from hygie.programme.selectors import equivalents_of, framework_upgrade_diff
from hygie.territory.perimeter import Perimeter
from tests.programme.libraries import BASE, library, mapping, node

pytestmark = pytest.mark.django_db
Bring = Callable[[bytes], None]


@pytest.fixture
def bring(tmp_path: Path, operator: Perimeter) -> Bring:
    def make(data: bytes) -> None:
        path = tmp_path / "essai.yaml"
        path.write_bytes(data)
        run = import_run_now(perimeter=operator, kind="programme.library", path=path)
        assert run.state == "applied", [(one.code, one.params) for one in run.messages.all()]

    return make


def said(suffix: str, ref_id: str, name: str) -> str:
    return node(suffix, name=name, more=f', description: "{name}."').replace(
        f'ref_id: "{suffix.upper()}"', f'ref_id: "{ref_id}"'
    )


def test_requirements_are_kept_moved_or_lost(bring: Bring) -> None:
    bring(library(said("a", "A", "Un"), said("b", "B", "Deux"), said("c", "C", "Trois"),
                  said("d", "D", "Quatre"), said("e", "E", "Cinq")))  # fmt: skip
    bring(library(said("a", "A", "Un"), said("b2", "B", "Deux bis"), said("c2", "C2", "Trois"),
                  said("d2", "X", "Autre chose"), said("f", "F", "Six"), version=2))  # fmt: skip
    bring(mapping((f"{BASE}:d", f"{BASE}:d2", "equal")))
    new, old = Framework.objects.order_by("-version")
    diff = framework_upgrade_diff(old, new)
    assert [one.urn[-1] for one, _new in diff.kept] == ["a"]
    assert {(one.old.ref_id, one.new.ref_id, one.reason) for one in diff.moved} == {
        ("B", "B", "reference"), ("C", "C2", "text"), ("D", "X", "mapping")
    }  # fmt: skip
    assert [one.ref_id for one in diff.lost] == ["E"]
    assert [one.ref_id for one in diff.added] == ["F"]


def test_a_mapping_is_shown_from_both_ends_and_carries_the_right_way(
    bring: Bring, signed_in: Callable[..., Client], characters: SimpleNamespace
) -> None:
    bring(library(node("a"), node("b"), node("c"), node("d")))
    a, b, c, d = (f"{BASE}:{suffix}" for suffix in "abcd")
    bring(mapping((a, b, "superset"), (a, c, "intersect"), (a, d, "subset")))
    carried = {
        urn: [one.urn for one in found] for urn, found in equivalents_of([a, b, c, d]).items()
    }
    assert carried == {b: [a], a: [d]}
    client = signed_in(characters.alice)
    for own, other in ((a, b), (b, a)):
        row, far = (Requirement.objects.get(urn=urn) for urn in (own, other))
        page = client.get(reverse("programme:requirement", args=[row.pk])).content.decode()
        assert "par la correspondance « Liens d&#x27;essai »" in page
        assert reverse("programme:requirement", args=[far.pk]) in page
        assert "couvre entièrement" in page and "Modifier cette correspondance" not in page


def test_a_mapping_may_come_before_its_library(
    bring: Bring, signed_in: Callable[..., Client], characters: SimpleNamespace
) -> None:
    bring(library(node("a")))
    bring(mapping((f"{BASE}:a", "urn:x:risk:req_node:autre:z", "equal")))
    row = Requirement.objects.get()
    page = signed_in(characters.alice).get(reverse("programme:requirement", args=[row.pk]))
    assert "bibliothèque non importée" in page.content.decode()


def test_a_mapping_brought_twice_changes_nothing(bring: Bring, tmp_path: Path,
                                                 operator: Perimeter) -> None:  # fmt: skip
    links = mapping((f"{BASE}:a", f"{BASE}:b", "equal"), (f"{BASE}:a", f"{BASE}:c", "not_related"))
    bring(links)
    path = tmp_path / "liens.yaml"
    path.write_bytes(links)
    plan = import_run_now(perimeter=operator, kind="programme.library", path=path, dry_run=True)
    assert (plan.counts["add"], plan.counts["change"], plan.counts["keep"]) == (0, 0, 1)
