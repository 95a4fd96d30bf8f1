"""Do two that are one become one, and come back exactly as they were?"""

from types import SimpleNamespace
from typing import Any

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.territory.estate.errors import PairDecided, PairMismatch, PairWaiting, UndoImpossible
from hygie.territory.estate.models import (
    Asset,
    AssetIdentifier,
    AssetPart,
    AssetShare,
    EstateRevision,
    Link,
    LookAlike,
)
from hygie.territory.estate.selectors.access import look_alike_get_in
from hygie.territory.estate.services.assets import asset_add, asset_edit
from hygie.territory.estate.services.derived import derived_refresh
from hygie.territory.estate.services.links import Need, link_add, links_add
from hygie.territory.estate.services.look_alikes import (
    look_alike_apart,
    look_alike_ask,
    look_alike_merge,
    look_alike_undo,
)


@pytest.fixture
def two(perimeters: SimpleNamespace, territory: SimpleNamespace) -> SimpleNamespace:
    """Two rows for one server, with everything that a row may have, and another pair."""
    place, alice = territory.entities[0], perimeters.alice

    def make(kind: str, name: str, **more: Any) -> Asset:
        return asset_add(
            perimeter=alice, organisation_id=place.pk, kind=kind, name=name, **more
        )  # fmt: skip

    def tie(source: Asset, verb: str, *targets: Asset, **more: Any) -> None:
        links_add(perimeter=alice, source=source, verb=verb, targets=targets, **more)

    zone, site = make("zone", "Zone"), make("site", "Nord")
    one = make("server", "srv-1", identifiers=[("serial", "AAA111")], values={"os": "Debian"})
    two = make(
        "server", "SRV 1", code="S-1", identifiers=[("mac", "001b44113ab7"), ("serial", "AAA111")],
        values={"os": "Windows", "os_version": "12", "owner": "DSI", "zone": zone, "site": site},
    )  # fmt: skip
    third, store, care = make("server", "srv-3"), make("store", "baie"), make(
        "care", "Urgences", values={"criticality": 4, "max_downtime_min": 30}
    )  # fmt: skip
    app = make("application", "DPI")
    tie(care, "uses", app)
    tie(app, "runs_on", one, two, third, group="grappe", need=Need(needed=3))
    tie(one, "stores_on", store, group="g", need=Need(delay_min=5))
    tie(two, "uses", store, third, group="g", need=Need(needed=2))
    tie(two, "stores_on", store)
    tie(two, "reaches", one)
    AssetShare.objects.create(asset=two, organisation=territory.entities[1])
    AssetPart.objects.create(asset=two, nature="service", protocol="tcp", port=22, name="ssh")
    AssetPart.objects.create(asset=one, nature="service", protocol="tcp", port=22, name="ssh")
    AssetPart.objects.create(asset=two, nature="service", protocol="udp", port=53, name="dns")
    pair = LookAlike.objects.create(
        organisation=place, kept=one, other=two, other_name=two.name, reasons=[["serial", "AAA111"]]
    )  # fmt: skip
    LookAlike.objects.create(organisation=place, kept=two, other=third, other_name="srv-3")
    LookAlike.objects.create(organisation=place, kept=third, other=one, other_name="srv-1")
    derived_refresh([place.pk])
    return SimpleNamespace(pair=pair, one=one, two=two, third=third, app=app, care=care)


def everything() -> dict[str, list[Any]]:
    """All rows of the map, but for the dates of their last change."""
    return {
        "assets": [
            {name: value for name, value in row.items() if name != "updated_at"}
            for row in Asset.objects.order_by("pk").values()
        ],
        "links": list(Link.objects.order_by("pk").values()),
        "identifiers": list(AssetIdentifier.objects.order_by("pk").values()),
        "shares": list(AssetShare.objects.order_by("pk").values()),
        "parts": list(AssetPart.objects.order_by("pk").values()),
        "pairs": list(LookAlike.objects.order_by("pk").values()),
    }


@pytest.mark.parametrize("which", ["one", "two"])
def test_merging_then_undoing_leaves_everything_as_it_was(
    two: SimpleNamespace, perimeters: SimpleNamespace, which: str
) -> None:
    before = everything()
    stays = getattr(two, which)
    pair = look_alike_merge(perimeter=perimeters.alice, pair=two.pair, stays=stays)
    assert pair.state == "merged"
    assert Asset.objects.filter(kind="server").count() == 2
    assert everything() != before
    look_alike_undo(perimeter=perimeters.alice, pair=LookAlike.objects.get(pk=pair.pk))
    assert everything() == before
    actions = JournalLine.objects.order_by("-sequence").values_list("action", flat=True)
    assert list(actions[:2]) == ["look_alike.undone", "look_alike.merged"]


def test_the_one_that_stays_keeps_its_words_and_takes_what_it_lacked(
    two: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    number = EstateRevision.objects.get(organisation=two.one.organisation).number
    look_alike_merge(perimeter=perimeters.alice, pair=two.pair)
    one = Asset.objects.get(pk=two.one.pk)
    assert (one.name, one.code, one.owner) == ("srv-1", "S-1", "DSI")
    assert one.details == {"os": "Debian", "os_version": "12"}
    assert one.zone is not None and one.zone.name == "Zone"
    assert set(one.identifiers.values_list("kind", flat=True)) == {"serial", "mac"}
    assert one.shares.count() == 1
    assert set(one.parts.values_list("protocol", "port")) == {("tcp", 22), ("udp", 53)}
    links = Link.objects.order_by("pk").values_list("source__name", "verb", "target__name",
                                                    "group", "needed")  # fmt: skip
    assert set(links) == {
        ("Urgences", "uses", "DPI", "", 1),
        ("DPI", "runs_on", "srv-1", "grappe", 2), ("DPI", "runs_on", "srv-3", "grappe", 2),
        ("srv-1", "stores_on", "baie", "g", 1),
        ("srv-1", "uses", "baie", "g (S-1)", 2), ("srv-1", "uses", "srv-3", "g (S-1)", 2),
    }  # fmt: skip
    assert (one.inherited_criticality, one.inherited_downtime_min) == (4, 30)
    # The question about the one that went and the third is that about the one that stayed.
    assert LookAlike.objects.filter(state="waiting").count() == 1
    assert EstateRevision.objects.get(organisation=one.organisation).number > number


def test_what_came_since_the_merge_stays_after_it_is_undone(
    two: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    pair = look_alike_merge(perimeter=alice, pair=two.pair)
    one = Asset.objects.get(pk=two.one.pk)
    asset_edit(perimeter=alice, asset=one, values={"owner": "Réseau", "name": "srv-un"})
    new = asset_add(perimeter=alice, organisation_id=one.organisation_id, kind="store", name="nas")
    link_add(perimeter=alice, source=one, verb="stores_on", target=new)
    look_alike_undo(perimeter=alice, pair=pair)
    one.refresh_from_db()
    assert (one.owner, one.name) == ("Réseau", "srv-un")
    assert one.links_out.filter(target=new).exists()
    assert Asset.objects.get(pk=two.two.pk).owner == "DSI"


def test_a_merge_is_not_undone_once_its_code_is_taken(
    two: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    pair = look_alike_merge(perimeter=perimeters.alice, pair=two.pair)
    asset_edit(perimeter=perimeters.alice, asset=pair.kept, values={}, code="AUTRE")
    asset_add(perimeter=perimeters.alice, organisation_id=pair.organisation_id, kind="server",
              name="x", code="S-1")  # fmt: skip
    before = everything()
    with pytest.raises(UndoImpossible):
        look_alike_undo(perimeter=perimeters.alice, pair=pair)
    assert everything() == before


def test_two_kept_apart_are_decided_until_it_is_undone(
    two: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    alice, before = perimeters.alice, everything()
    with pytest.raises(PairWaiting):
        look_alike_undo(perimeter=alice, pair=two.pair)
    pair = look_alike_apart(perimeter=alice, pair=two.pair)
    assert (pair.state, pair.decided_by_id) == ("apart", alice.actor.user_id)
    with pytest.raises(PairDecided):
        look_alike_merge(perimeter=alice, pair=pair)
    look_alike_undo(perimeter=alice, pair=pair)
    assert everything() == before


def test_a_question_is_asked_once_and_only_within_one_establishment(
    two: SimpleNamespace, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    asked = look_alike_ask(perimeter=perimeters.alice, one=two.two, other=two.one)
    assert asked == two.pair
    other = Asset.objects.create(
        organisation=territory.entities[1], kind="server", code="x", name="x"
    )
    with pytest.raises(PairMismatch):
        look_alike_ask(perimeter=perimeters.bob, one=two.one, other=other)
    with pytest.raises(NotAllowed):
        look_alike_ask(perimeter=perimeters.alice, one=two.one, other=other)


def test_only_those_who_record_there_decide(
    two: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    for who in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotFound):
            look_alike_get_in(who, two.pair.pk)
        for act in (look_alike_merge, look_alike_apart, look_alike_undo):
            with pytest.raises(NotAllowed):
                act(perimeter=who, pair=two.pair)
    assert look_alike_get_in(perimeters.bob, two.pair.pk) == two.pair
