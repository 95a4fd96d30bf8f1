"""Do links of a group stay one group, whatever is done to each?"""

from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.models import JournalLine
from hygie.territory.estate.errors import (
    GroupMismatch,
    LinkExists,
    LinkRefused,
    LinkToItself,
    NeededTooMany,
)
from hygie.territory.estate.models import Asset, Link
from hygie.territory.estate.services.links import Need, link_add, link_edit, link_remove, links_add


@pytest.fixture
def cluster(territory: SimpleNamespace) -> SimpleNamespace:
    """A cluster and four servers of the first establishment."""
    place = territory.entities[0]
    rows = [Asset(organisation=place, kind="server", code=f"S{n}", name=f"s{n}") for n in range(4)]
    Asset.objects.bulk_create(rows)
    head = Asset.objects.create(organisation=place, kind="cluster", code="C", name="c")
    return SimpleNamespace(head=head, servers=list(Asset.objects.filter(kind="server")))


def test_a_group_is_made_at_once_and_told_in_one_line(
    perimeters: SimpleNamespace, cluster: SimpleNamespace
) -> None:
    links = links_add(
        perimeter=perimeters.alice, source=cluster.head, verb="made_of",
        targets=cluster.servers[:3], group="nœuds", need=Need(needed=2, delay_min=5),
    )  # fmt: skip
    assert {(one.needed, one.delay_min, one.effect) for one in links} == {(2, 5, "stop")}
    line = JournalLine.objects.order_by("-sequence").first()
    assert (line.action, len(line.detail["names"])) == ("asset_link.added", 3)
    cluster.head.refresh_from_db()
    assert "link:made_of|runs_on" not in cluster.head.missing


def test_one_more_member_takes_what_the_group_says_or_changes_it_for_all(
    perimeters: SimpleNamespace, cluster: SimpleNamespace
) -> None:
    alice, head, servers = perimeters.alice, cluster.head, cluster.servers
    links_add(perimeter=alice, source=head, verb="made_of", targets=servers[:2], group="g",
              need=Need(needed=2, delay_min=10))  # fmt: skip
    third = link_add(perimeter=alice, source=head, verb="made_of", target=servers[2], group="g")
    assert (third.needed, third.delay_min) == (2, 10)
    link_edit(perimeter=alice, link=third, need=Need(needed=3, effect="degrade"))
    assert set(Link.objects.values_list("needed", "effect")) == {(3, "degrade")}
    link_remove(perimeter=alice, link=third)
    assert set(Link.objects.values_list("needed", flat=True)) == {2}


def test_a_link_that_leaves_its_group_is_needed_by_itself(
    perimeters: SimpleNamespace, cluster: SimpleNamespace
) -> None:
    links = links_add(
        perimeter=perimeters.alice, source=cluster.head, verb="made_of",
        targets=cluster.servers[:2], group="g", need=Need(needed=2, delay_min=7),
    )  # fmt: skip
    alone = link_edit(perimeter=perimeters.alice, link=links[0], group="")
    assert (alone.group, alone.needed, alone.delay_min) == ("", 1, 7)
    assert Link.objects.get(group="g").needed == 1


def test_what_makes_no_sense_is_refused(
    perimeters: SimpleNamespace, cluster: SimpleNamespace
) -> None:
    alice, head, servers = perimeters.alice, cluster.head, cluster.servers
    link_add(perimeter=alice, source=head, verb="made_of", target=servers[0], group="g")

    def add(target: Asset, verb: str = "made_of", group: str = "", **need: object) -> None:
        link_add(perimeter=alice, source=head, verb=verb, target=target, group=group,
                 need=Need(**need))  # type: ignore[arg-type]  # wrong on purpose  # fmt: skip

    for refused, act in (
        (LinkToItself, lambda: add(head)),
        (LinkExists, lambda: add(servers[0])),
        (GroupMismatch, lambda: add(servers[1], "runs_on", "g")),
        (NeededTooMany, lambda: add(servers[1], group="g", needed=3)),
        (NeededTooMany, lambda: add(servers[1], needed=2)),
        (LinkRefused, lambda: add(servers[1], "likes")),
        (LinkRefused, lambda: add(servers[1], effect="explode")),
        (LinkRefused, lambda: add(servers[1], delay_min=-1)),
        (LinkRefused, lambda: add(servers[1], needed=0)),
    ):
        with pytest.raises(refused):
            act()
    assert Link.objects.count() == 1


def test_a_reader_elsewhere_ties_and_unties_nothing(
    perimeters: SimpleNamespace, cluster: SimpleNamespace
) -> None:
    link = link_add(
        perimeter=perimeters.bob, source=cluster.head, verb="made_of", target=cluster.servers[0]
    )
    for who in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotAllowed):
            link_add(perimeter=who, source=cluster.head, verb="made_of", target=cluster.servers[1])
        with pytest.raises(NotAllowed):
            link_edit(perimeter=who, link=link, need=Need(delay_min=1))
        with pytest.raises(NotAllowed):
            link_remove(perimeter=who, link=link)
