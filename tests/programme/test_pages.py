"""Does every page of the referential open for every reader, at a constant price?"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hygie.programme.models import (
    Framework,
    Indicator,
    IndicatorTarget,
    Objective,
    Requirement,
    SecurityMeasure,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
LISTS = ("home", "domains", "indicators", "measures", "documents", "frameworks")


def addresses() -> dict[str, str]:
    """Every page of the referential, with a row that has something to show."""
    found = {name: reverse(f"programme:{name}") for name in LISTS}
    rows: dict[str, Any] = {
        "objective": Objective.objects.filter(requirements__isnull=False).first(),
        "indicator": Indicator.objects.filter(targets__isnull=False).first(),
        "measure": SecurityMeasure.objects.filter(prerequisites__isnull=False).first(),
        "framework": Framework.objects.get(ref_id="CARE-D2"),
        "requirement": Requirement.objects.get(ref_id="D2.O1.C"),
    }
    return found | {name: reverse(f"programme:{name}", args=[row.pk]) for name, row in rows.items()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reader_opens_every_page_and_only_an_administrator_sees_how_to_edit(
    signed_in: Callable[..., Client], characters: SimpleNamespace, language: str
) -> None:
    for name, address in addresses().items():
        assert Client().get(address).status_code == 302
        for who in ("alice", "diane", "ada"):
            client = signed_in(getattr(characters, who))
            answer = client.get(address, headers={"accept-language": language})
            assert answer.status_code == 200, name
            shown = answer.content.decode()
            has_edit = "/modifier/" in shown or "/ajouter/" in shown
            assert has_edit <= (who == "ada"), (name, who)


def more_rows(numbers: range) -> None:
    """As many rows again, for lists and details."""
    indicator = Indicator.objects.filter(targets__isnull=False).first()
    framework = Framework.objects.get(ref_id="CARE-D2")
    first = Objective.objects.filter(requirements__isnull=False).first()
    measure = SecurityMeasure.objects.filter(prerequisites__isnull=False).first()
    assert indicator and first and measure
    for n in numbers:
        made = Indicator.objects.create(
            code=f"essai.{n}", title_fr=f"Essai {n}", unit="count", direction="higher"
        )
        made.objectives.add(first)
        help_ = SecurityMeasure.objects.create(
            code=f"essai.{n}", title_fr=f"Essai {n}", facts=measure.facts
        )
        help_.indicators.add(indicator)
        measure.prerequisites.add(help_)
        IndicatorTarget.objects.create(indicator=indicator, kinds=["ej"], at_least=n)
        node = Requirement.objects.create(
            framework=framework, urn=f"urn:essai:{n}", ref_id=f"E.{n}", order=100 + n, depth=1,
            is_assessable=True,
        )  # fmt: skip
        node.objectives.add(first)
        help_.requirements.add(node)
        Framework.objects.create(
            urn=f"urn:essai:cadre:{n}", version=1, origin="library", ref_id=f"E{n}", name=f"E {n}"
        )


@pytest.mark.parametrize("who", ["alice", "ada"])
def test_queries_do_not_grow_with_the_rows(
    signed_in: Callable[..., Client],
    characters: SimpleNamespace,
    django_assert_max_num_queries: Any,
    who: str,
) -> None:
    client = signed_in(getattr(characters, who))
    pages = addresses()

    def counted() -> dict[str, int]:
        found = {}
        for name, address in pages.items():
            with django_assert_max_num_queries(14) as sent:
                client.get(address)
            found[name] = len(sent.captured_queries)
        return found

    # Enough for several pages of each list: a single page spares its own count.
    more_rows(range(60))
    counted()
    before = counted()
    more_rows(range(60, 600))
    assert counted() == before


def exported(client: Client, address: str, **more: str) -> list[str]:
    """Lines of the file that a list gives."""
    answer: Any = client.get(address, {"format": "csv", **more})
    return b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()


@pytest.mark.parametrize("name", ["indicators", "measures", "documents", "frameworks"])
def test_a_list_is_exported_filtered_as_it_is_shown(
    signed_in: Callable[..., Client], characters: SimpleNamespace, name: str
) -> None:
    client = signed_in(characters.alice)
    address = reverse(f"programme:{name}")
    lines = exported(client, address)
    assert len(lines) > 5
    assert len(exported(client, address, q="zzz")) == 1


def test_a_retired_requirement_leaves_the_tree(
    signed_in: Callable[..., Client], characters: SimpleNamespace
) -> None:
    framework = Framework.objects.get(ref_id="CARE-D2")
    Requirement.objects.filter(ref_id="D2.O4").update(is_retired=True, is_assessable=False)
    page = signed_in(characters.alice).get(reverse("programme:framework", args=[framework.pk]))
    assert "D2.O4" not in page.content.decode()
