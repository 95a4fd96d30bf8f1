"""Do the pages of maps and losses stand when a map is odd: tiny, without care, all in circles?"""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.foundation.jobs.watch import SilentWatch
from hygie.operations.impact.models import LossRanking, RansomwareRehearsal
from hygie.operations.impact.services.rankings import (
    ranking_compute,
    ranking_create,
    ranking_record,
)
from hygie.programme.services.referential import referential_load
from hygie.territory.estate.models import Asset
from hygie.territory.people.models import User
from hygie.territory.perimeter import operator_perimeter
from tests.territory.estate.rows import map_write

pytestmark = pytest.mark.django_db

LONG = "Serveur au nom interminable " * 7
RIGHT_TO_LEFT = "قسم الطوارئ – חדר מיון"
MARKUP = "<b>&\"'</b> ${x} {{ y }} %s %(n)d"
_APPLICATIONS = [AssetRecord(f"A{n}", Kind.APPLICATION, f"Application {n}") for n in range(9)]
_CARE = AssetRecord("C", Kind.CARE, "Urgences", criticality=4)

MAPS: dict[str, EstateMap] = {
    "one asset": EstateMap([AssetRecord("S", Kind.SERVER, "srv")]),
    "one care": EstateMap([_CARE]),
    "no link": EstateMap([_CARE, *_APPLICATIONS]),
    "no care": EstateMap(_APPLICATIONS, [LinkRecord("A0", Verb.USES, "A1")]),
    "one circle": EstateMap(
        [_CARE, *_APPLICATIONS],
        [LinkRecord("C", Verb.USES, "A0")]
        + [LinkRecord(f"A{n}", Verb.USES, f"A{(n + 1) % 9}") for n in range(9)]
        + [LinkRecord("A4", Verb.USES, "C")],
    ),
    "everyone needs everyone": EstateMap(
        _APPLICATIONS,
        [
            LinkRecord(f"A{a}", Verb.USES, f"A{b}")
            for a in range(9) for b in range(9) if a != b
        ],
    ),
    "names": EstateMap(
        [
            AssetRecord("C", Kind.CARE, RIGHT_TO_LEFT, criticality=4),
            AssetRecord("L", Kind.SERVER, LONG[:200]),
            AssetRecord("M", Kind.APPLICATION, MARKUP),
        ],
        [LinkRecord("C", Verb.USES, "M"), LinkRecord("M", Verb.RUNS_ON, "L")],
    ),
    # As an import writes them before anyone has looked: three are needed and there are two.
    "three of two": EstateMap(
        [_CARE, *_APPLICATIONS[:2]],
        [LinkRecord("C", Verb.USES, f"A{n}", group="secours", needed=3) for n in range(2)],
    ),
}  # fmt: skip
ESTATE = ("home", "asset_list", "map", "layers", "cycle_list", "look_alike_list")
IMPACT = ("home", "loss", "ranking", "rehearsal_list", "rehearsal_add", "parameters")


@pytest.fixture
def alice(characters: SimpleNamespace, signed_in: Callable[[User], Client]) -> Client:
    """Her browser."""
    return signed_in(characters.alice)


@pytest.fixture
def read(alice: Client) -> Callable[[str], str]:
    """read(address): the page that Alice is given."""

    def get(address: str) -> str:
        answer = alice.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    return get


def _ranked(territory: SimpleNamespace) -> None:
    referential_load(perimeter=operator_perimeter())
    who = operator_perimeter()
    row = ranking_create(perimeter=who, organisation=territory.entities[0])
    found, answer = ranking_compute(ranking=row, watch=SilentWatch())
    ranking_record(perimeter=who, ranking=row, found=found, answer=answer)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_odd_map_is_read_on_every_page(
    name: str,
    language: str,
    alice: Client,
    read: Callable[[str], str],
    territory: SimpleNamespace,
    characters: SimpleNamespace,
) -> None:
    User.objects.filter(pk=characters.alice.pk).update(language=language)
    place = territory.entities[0]
    rows = map_write(MAPS[name], place)
    _ranked(territory)
    for page in ESTATE:
        _sound(read(reverse(f"estate:{page}", args=[place.pk])))
    for page in IMPACT:
        _sound(read(reverse(f"impact:{page}", args=[place.pk])))
    keys = [row.pk for row in rows.values()]
    grouped = reverse("estate:map", args=[place.pk]) + f"?grouper=site&centre={keys[0]}&bas=4"
    _sound(read(grouped))
    for row in rows.values():
        _sound(read(reverse("estate:asset_detail", args=[row.pk])))
    for losses in (f"object:{keys[-1]}", "internet", "red_button", "identity:1", "site:1"):
        _sound(read(reverse("impact:loss", args=[place.pk]) + f"?perte={losses}"))
    for suffix in ("svg", "png", "pdf"):
        drawn = alice.get(reverse("estate:map_file", args=[place.pk, suffix]))
        assert drawn.status_code == 200 and drawn.content


def _sound(page: str) -> None:
    """No mark-up out of a name, no value that nobody meant to show."""
    assert "<b>&" not in page
    body = page[page.find("<main") :]
    for stray in (">None<", "None %", "None%", " nan", "inf %", ">-0<", "Traceback"):
        assert stray not in body, stray
    for table in re.findall(r'<table class="hy-table.*?</table>', page, flags=re.DOTALL):
        head, rows = table.split("<tbody", 1)
        wanted = len(re.findall(r"<th\b", head))
        found = [len(re.findall(r"<t[hd]\b", row)) for row in rows.split("<tr")[1:]]
        assert all(count == wanted for count in found), (wanted, found, head)


def test_a_need_of_more_than_there_are_falls_with_the_first_one_and_says_so(
    read: Callable[[str], str], territory: SimpleNamespace
) -> None:
    place = territory.entities[0]
    rows = map_write(MAPS["three of two"], place)
    page = read(reverse("impact:loss", args=[place.pk]) + f"?perte=object:{rows['A0'].pk}")
    assert "1 activité de soins s'arrête" in page.replace("&#x27;", "'")
    about = read(reverse("estate:asset_detail", args=[rows["C"].pk]))
    assert "aucun secours : tous sont nécessaires" in about
    assert Asset.objects.filter(organisation=place).count() == 3


def test_each_table_of_attacks_has_a_cell_under_each_title(
    read: Callable[[str], str],
    territory: SimpleNamespace,
    rehearsal: RansomwareRehearsal,
    ranking: LossRanking,
) -> None:
    place = territory.entities[0]
    page = read(reverse("impact:rehearsal_list", args=[place.pk]))
    assert "N&#x27;importe laquelle" in page
    _sound(page)
    _sound(read(reverse("impact:rehearsal_detail", args=[rehearsal.pk])))
    _sound(read(reverse("impact:rehearsal_assets", args=[rehearsal.pk])))
    _sound(read(reverse("impact:ranking", args=[place.pk])))
