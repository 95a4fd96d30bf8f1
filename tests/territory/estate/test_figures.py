"""Do the figures of a map count what is known, and only that?"""

from types import SimpleNamespace

from hygie.territory.estate.models import Asset, Link
from hygie.territory.estate.selectors.figures import map_figures


def test_an_empty_map_has_no_share_of_anything(territory: SimpleNamespace) -> None:
    found = map_figures(territory.entities[0])
    assert found.objects == 0
    assert (found.completeness, found.owned_share, found.mapped_share) == (None, None, None)


def test_an_activity_is_mapped_when_it_leads_down_to_everything(
    territory: SimpleNamespace,
) -> None:
    place = territory.entities[0]

    def make(kind: str, **more: object) -> Asset:
        return Asset.objects.create(
            organisation=place, kind=kind, code=f"{kind}{Asset.objects.count()}", name=kind, **more
        )

    def tie(source: Asset, verb: str, target: Asset) -> None:
        Link.objects.create(source=source, verb=verb, target=target)

    zone, supplier = make("zone"), make("supplier")
    mapped, alone, unknown = make("care", criticality=4), make("care", criticality=3), make("care")
    make("care", criticality=2)
    app = make("application", owner="DIM", max_downtime_min=60, supplier=supplier, completeness=80)
    saas = make("application", details={"hosting": "saas"})
    server = make("server", zone=zone)
    make("server", status="retired", completeness=0)
    tie(mapped, "uses", app)
    tie(app, "runs_on", server)
    tie(alone, "uses", saas)
    tie(unknown, "uses", saas)
    found = map_figures(place)
    assert (found.objects, found.completeness) == (9, 8.9)
    assert (found.applications, found.owned, found.owned_share) == (2, 1, 50.0)
    assert (found.critical_care, found.mapped_care, found.mapped_share) == (3, 1, 33.3)
