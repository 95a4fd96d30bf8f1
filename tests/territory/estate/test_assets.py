"""Does an asset enter, change and leave the map by those who may, and does the journal tell?"""

from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.territory.estate.errors import (
    AssetInUse,
    CodeRefused,
    CodeTaken,
    FieldRefused,
    IdentifierRefused,
    KindUnknown,
    NameMissing,
    ReferenceRefused,
    ShareInUse,
    ShareRefused,
)
from hygie.territory.estate.models import Asset, EstateRevision
from hygie.territory.estate.services.assets import (
    asset_add,
    asset_edit,
    asset_remove,
    asset_retire,
    assets_edit,
)
from hygie.territory.estate.services.links import Need, link_add
from hygie.territory.estate.services.shares import asset_share


@pytest.fixture
def add(perimeters: SimpleNamespace, territory: SimpleNamespace):
    """add("server", "srv-1", …): an asset of the first establishment, by its RSSI."""

    def make(kind: str, name: str, **more) -> Asset:
        who = more.pop("by", perimeters.alice)
        place = more.pop("at", territory.entities[0])
        return asset_add(
            perimeter=who, organisation_id=place.pk, kind=kind, name=name, **more
        )  # fmt: skip

    return make


def test_an_asset_gets_a_code_its_fields_and_a_line_in_the_journal(add) -> None:
    site = add("site", "Hôpital Nord", values={"address": "1 rue des Lilas"})
    server = add(
        "server", "  SRV  DPI ", values={"os": "Debian", "has_edr": True, "site": site.pk},
        identifiers=[("mac", "00-1B-44-11-3A-B7"), ("hostname", "SRV-DPI.ch.local.")],
    )  # fmt: skip
    assert (site.code, server.code, server.name) == ("SIT-0001", "SRV-0001", "SRV DPI")
    assert server.details == {"os": "Debian", "has_edr": True}
    assert [(one.kind, one.value) for one in server.identifiers.order_by("kind")] == [
        ("hostname", "srv-dpi.ch.local"), ("mac", "001b44113ab7"),
    ]  # fmt: skip
    assert "srv dpi.ch.local" in server.search_key
    assert (server.completeness, server.missing) == (
        40, ["technical_owner", "zone", "patched_on"]
    )  # fmt: skip
    line = JournalLine.objects.order_by("-sequence").first()
    assert (line.action, line.object_id) == ("asset.added", str(server.pk))
    assert EstateRevision.objects.get(organisation=server.organisation).number >= 2
    assert add("server", "autre").code == "SRV-0002"


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"name": " "}, NameMissing),
        ({"criticality": 5}, FieldRefused),
        ({"max_downtime_min": -1}, FieldRefused),
        ({"max_downtime_min": True}, FieldRefused),
        ({"owner": "x" * 121}, FieldRefused),
        ({"owner": "a\x00b"}, FieldRefused),
        ({"patched_on": "31/01/2026"}, FieldRefused),
        ({"has_edr": "oui"}, FieldRefused),
        ({"beds": 3}, FieldRefused),
        ({"status": ""}, FieldRefused),
        ({"kind": "printer"}, KindUnknown),
        ({"site": 999_999}, ReferenceRefused),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused_and_changes_nothing(
    add, perimeters: SimpleNamespace, values, refused
) -> None:
    server = add("server", "srv")
    with pytest.raises(refused):
        asset_edit(perimeter=perimeters.alice, asset=server, values={"os": "x", **values})
    assert Asset.objects.get().details == {}


def test_a_code_is_unique_and_never_reads_as_that_of_another_establishment(
    add, perimeters: SimpleNamespace
) -> None:
    add("server", "un", code="A1")
    other = add("server", "deux")
    with pytest.raises(CodeTaken):
        asset_edit(perimeter=perimeters.alice, asset=other, values={}, code="A1")
    with pytest.raises(CodeRefused):
        add("server", "trois", code="590000002/A1")
    with pytest.raises(CodeRefused):
        add("server", "quatre", code="x" * 81)
    assert asset_edit(perimeter=perimeters.alice, asset=other, values={}, code="A/2").code == "A/2"
    with pytest.raises(IdentifierRefused):
        add("server", "cinq", identifiers=[("serial", "To be filled by O.E.M.")])


def test_equal_values_leave_no_line_and_a_real_change_tells_before_and_after(
    add, perimeters: SimpleNamespace
) -> None:
    server = add("server", "srv", values={"os": "Debian"})
    lines = JournalLine.objects.count()
    asset_edit(perimeter=perimeters.alice, asset=server, values={"os": "Debian", "owner": ""})
    assert JournalLine.objects.count() == lines
    asset_edit(perimeter=perimeters.alice, asset=server, values={"os": "", "status": "planned"})
    line = JournalLine.objects.order_by("-sequence").first()
    assert line.detail["changed"] == {"os": ["Debian", None], "status": ["in_use", "planned"]}


def test_another_kind_forgets_the_fields_that_it_has_not(add, perimeters: SimpleNamespace) -> None:
    asset = add("server", "echo-1", values={"os": "Windows 7", "role": "x"})
    changed = asset_edit(perimeter=perimeters.alice, asset=asset, values={"kind": "device"})
    assert changed.kind == "device"
    assert changed.details == {"os": "Windows 7"}


def test_only_those_who_record_at_the_establishment_change_its_map(
    add, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    server = add("server", "srv")
    for name, refusal in (
        ("charlie", NotFound), ("diane", NotFound), ("remi", NotFound), ("ada", NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            add("server", "intrus", by=getattr(perimeters, name))
        with pytest.raises(NotAllowed):
            asset_edit(perimeter=getattr(perimeters, name), asset=server, values={"name": "x"})
        with pytest.raises(NotAllowed):
            asset_remove(perimeter=getattr(perimeters, name), asset=server)
    assert add("server", "du groupe", by=perimeters.bob).organisation == territory.entities[0]


def test_a_shared_system_is_tied_by_those_it_serves_and_not_let_go_while_they_rely_on_it(
    add, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    first, second = territory.entities[:2]
    lab = add("application", "Labo", by=perimeters.bob, at=second)
    ward = add("care", "Urgences", values={"criticality": 4, "max_downtime_min": 120})
    with pytest.raises(NotAllowed):
        link_add(perimeter=perimeters.alice, source=ward, verb="uses", target=lab)
    with pytest.raises(ShareRefused):
        asset_share(perimeter=perimeters.bob, asset=lab, organisation_ids=[second.pk])
    asset_share(perimeter=perimeters.bob, asset=lab, organisation_ids=[first.pk])
    link_add(perimeter=perimeters.alice, source=ward, verb="uses", target=lab)
    lab.refresh_from_db()
    assert (lab.inherited_criticality, lab.inherited_downtime_min) == (4, 120)
    with pytest.raises(ShareInUse):
        asset_share(perimeter=perimeters.bob, asset=lab, organisation_ids=[])
    with pytest.raises(AssetInUse):
        asset_remove(perimeter=perimeters.bob, asset=lab)
    with pytest.raises(NotAllowed):
        asset_edit(perimeter=perimeters.alice, asset=lab, values={"name": "à nous"})


def test_a_group_that_ties_two_members_shares_what_serves(
    add, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    zone = add("zone", "Zone du support", by=perimeters.bob, at=territory.entities[1])
    server = add("server", "srv")
    asset_edit(perimeter=perimeters.bob, asset=server, values={"zone": zone})
    assert zone.shares.get().organisation == territory.entities[0]


def test_retiring_hands_nothing_down_any_more(add, perimeters: SimpleNamespace) -> None:
    ward = add("care", "Urgences", values={"criticality": 4})
    app = add("application", "DPI")
    link_add(perimeter=perimeters.alice, source=ward, verb="uses", target=app,
             need=Need(effect="degrade"))  # fmt: skip
    app.refresh_from_db()
    assert app.inherited_criticality == 3
    asset_retire(perimeter=perimeters.alice, asset=ward)
    app.refresh_from_db()
    assert app.inherited_criticality is None
    assert "link:in:uses" in app.missing


def test_a_removed_asset_takes_its_links_along(add, perimeters: SimpleNamespace) -> None:
    ward = add("care", "Urgences", values={"criticality": 4})
    app = add("application", "DPI")
    link_add(perimeter=perimeters.alice, source=ward, verb="uses", target=app)
    asset_remove(perimeter=perimeters.alice, asset=ward)
    app.refresh_from_db()
    assert app.inherited_criticality is None
    line = JournalLine.objects.order_by("-sequence").first()
    assert (line.action, line.detail["links"]) == ("asset.removed", 1)


def test_many_are_changed_at_once_or_none(
    add, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    mine = [add("server", f"srv-{n}") for n in range(3)]
    other = add("server", "srv", by=perimeters.bob, at=territory.entities[1])
    with pytest.raises(NotAllowed):
        assets_edit(perimeter=perimeters.alice, assets=[*mine, other], values={"owner": "DSI"})
    assert assets_edit(perimeter=perimeters.alice, assets=mine, values={"owner": "DSI"}) == 3
    assert assets_edit(perimeter=perimeters.alice, assets=mine, values={"owner": "DSI"}) == 0
    line = JournalLine.objects.order_by("-sequence").first()
    assert (line.action, line.detail["count"]) == ("assets.edited", 3)
