"""How are two assets tied, and what stands for what?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hygie.engines.estate.values import LONGEST_MINUTES, integer_fault
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.territory.estate.choices import LinkEffect, LinkVerb
from hygie.territory.estate.errors import (
    GroupMismatch,
    LinkExists,
    LinkRefused,
    LinkToItself,
    NeededTooMany,
    NothingChosen,
)
from hygie.territory.estate.models import Asset, Link
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.whole import served_organisations
from hygie.territory.estate.services.derived import derived_after
from hygie.territory.estate.services.revisions import estate_changed, estate_hold
from hygie.territory.estate.services.shares import share_for_tie
from hygie.territory.perimeter import Perimeter

_LONGEST_GROUP = 80
_MOST_DETAILS, _LONGEST_DETAIL = 20, 500


@dataclass(frozen=True, slots=True)
class Need:
    """What a source needs of a group of links, or of a link alone; None leaves what is known.

    Attributes:
        needed: how many of the group. delay_min: how long the source holds without, minutes.
        effect: what it becomes then.
    """

    needed: int | None = None
    delay_min: int | None = None
    effect: str | None = None


_AS_IT_IS = Need()


def link_add(
    *,
    perimeter: Perimeter,
    source: Asset,
    verb: str,
    target: Asset,
    group: str = "",
    need: Need = _AS_IT_IS,
    details: Mapping[str, Any] | None = None,
) -> Link:
    """Tie two assets; see `links_add`."""
    (link,) = links_add(
        perimeter=perimeter, source=source, verb=verb, targets=[target], group=group, need=need,
        details=details,
    )  # fmt: skip
    return link


@transaction.atomic
def links_add(
    *,
    perimeter: Perimeter,
    source: Asset,
    verb: str,
    targets: Sequence[Asset],
    group: str = "",
    need: Need = _AS_IT_IS,
    details: Mapping[str, Any] | None = None,
) -> list[Link]:
    """Tie an asset to others: to each of them, or to a group whose members stand for one another.

    Args:
        perimeter: must record at the source's organisation, and read the targets.
        verb: of `LinkVerb`.
        group: name of the group within the source; "" = each link is needed by itself. One that
            exists is extended, and takes what `need` says.
        need: of the whole group; one of them at once, by stopping, when neither the group nor this
            tells.
        details: further facts, text or numbers by name.

    Raises:
        NotAllowed: the source is not theirs to change, or a target not theirs to share.
        NothingChosen, LinkToItself, LinkExists, LinkRefused, GroupMismatch, NeededTooMany.
    """
    name = " ".join(group.split())[:_LONGEST_GROUP]
    _checked(verb, need, details or {})
    if not targets:
        raise NothingChosen
    _take(perimeter, source, targets)
    members = list(Link.objects.filter(source=source, group=name)) if name else []
    _group_fits(members, name, verb)
    for target in targets:
        _target_fits(perimeter, source, verb, target)
    wanted = _settled(need, members)
    size = len(members) + len(targets) if name else 1
    if wanted["needed"] > size:
        raise NeededTooMany(group=name or _("sans nom"), size=size, needed=wanted["needed"])
    Link.objects.filter(pk__in=[one.pk for one in members]).update(**wanted)
    links = Link.objects.bulk_create(
        Link(source=source, verb=verb, target=target, group=name, details=dict(details or {}),
             origin="hand", **wanted)
        for target in targets
    )  # fmt: skip
    _settle([source.pk, *(target.pk for target in targets)])
    detail = {"names": [target.name for target in targets], "group": name, **wanted}
    _told(perimeter, source, "asset_link.added", {"verb": verb, **detail})
    return links


@transaction.atomic
def link_edit(
    *,
    perimeter: Perimeter,
    link: Link,
    group: str | None = None,
    need: Need = _AS_IT_IS,
    details: Mapping[str, Any] | None = None,
) -> Link:
    """Change what a link, and with it the group it belongs to, is worth; or move it to a group.

    Args:
        link: read inside the perimeter, with its source.
        group: another one, "" = alone; None leaves it.
        need: of the whole group where the link then is.
        details: all of them; None leaves them.

    Raises:
        NotAllowed, LinkRefused, GroupMismatch, NeededTooMany.
    """
    _checked(link.verb, need, details or {})
    _take(perimeter, link.source)
    link.refresh_from_db()
    before = _as_data(link)
    name = link.group if group is None else " ".join(group.split())[:_LONGEST_GROUP]
    members = list(Link.objects.filter(source=link.source_id, group=name)) if name else [link]
    _group_fits(members, name, link.verb)
    wanted = _settled(need, members or [link])
    size = len({*(one.pk for one in members), link.pk}) if name else 1
    if not name:
        wanted["needed"] = 1
    if wanted["needed"] > size:
        raise NeededTooMany(group=name or _("sans nom"), size=size, needed=wanted["needed"])
    left = link.group if link.group != name else ""
    link.group = name
    link.details = link.details if details is None else dict(details)
    link.save(update_fields=["group", "details"])
    Link.objects.filter(pk__in=[link.pk, *(one.pk for one in members)]).update(**wanted)
    _group_shrink(link.source_id, left)
    link.refresh_from_db()
    after = _as_data(link)
    if before != after:
        changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
        _settle([link.source_id, link.target_id])
        _told(perimeter, link.source, "asset_link.edited",
              {"verb": link.verb, "names": [link.target.name], "changed": changed})  # fmt: skip
    return link


@transaction.atomic
def link_remove(*, perimeter: Perimeter, link: Link) -> None:
    """Untie two assets; a group that becomes smaller than what is needed of it needs all of it.

    Raises:
        NotAllowed: the source is not theirs to change.
    """
    source, target = link.source, link.target
    _take(perimeter, source)
    verb, group = link.verb, link.group
    link.delete()
    _group_shrink(source.pk, group)
    _settle([source.pk, target.pk])
    detail = {"verb": verb, "names": [target.name], "group": group}
    _told(perimeter, source, "asset_link.removed", detail)


def _take(perimeter: Perimeter, source: Asset, targets: Sequence[Asset] = ()) -> None:
    if not may_edit(perimeter, source.organisation):
        raise NotAllowed
    estate_hold({source.organisation_id, *(target.organisation_id for target in targets)})


def _checked(verb: str, need: Need, details: Mapping[str, Any]) -> None:
    if verb not in LinkVerb.values:
        raise LinkRefused(reason=verb)
    if need.effect is not None and need.effect not in LinkEffect.values:
        raise LinkRefused(reason=need.effect)
    if need.needed is not None and integer_fault(need.needed, least=1, most=10_000):
        raise LinkRefused(reason=_("il en faut au moins un."))
    if need.delay_min is not None and integer_fault(need.delay_min, most=LONGEST_MINUTES):
        raise LinkRefused(reason=_("le délai ne convient pas."))
    if len(details) > _MOST_DETAILS or not all(map(_is_detail, details.values())):
        raise LinkRefused(reason=_("les précisions ne conviennent pas."))


def _is_detail(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_DETAIL and "\x00" not in value
    return isinstance(value, bool) or integer_fault(value) is None


def _group_fits(members: Iterable[Link], group: str, verb: str) -> None:
    for one in members:
        if one.verb != verb:
            raise GroupMismatch(group=group, verb=LinkVerb(one.verb).label)


def _target_fits(perimeter: Perimeter, source: Asset, verb: str, target: Asset) -> None:
    if target.pk == source.pk:
        raise LinkToItself
    if Link.objects.filter(source=source, verb=verb, target=target).exists():
        raise LinkExists(source=source.name, verb=LinkVerb(verb).label, target=target.name)
    share_for_tie(perimeter, target, source.organisation)


def _settled(need: Need, members: Sequence[Link]) -> dict[str, Any]:
    """What holds for the whole group: as asked, else as it was, else one, at once, by stopping."""
    known = members[0] if members else Link(needed=1, delay_min=0, effect=LinkEffect.STOP)
    return {
        "needed": known.needed if need.needed is None else need.needed,
        "delay_min": known.delay_min if need.delay_min is None else need.delay_min,
        "effect": known.effect if need.effect is None else need.effect,
    }


def _group_shrink(source_id: int, group: str) -> None:
    if group:
        members = Link.objects.filter(source_id=source_id, group=group)
        size = members.count()
        members.filter(needed__gt=size).update(needed=max(size, 1))


def _settle(asset_ids: Sequence[int]) -> None:
    places = served_organisations(asset_ids)
    derived_after(organisation_ids=places, asset_ids=asset_ids, is_structural=True)
    estate_changed(places)


def _as_data(link: Link) -> dict[str, Any]:
    return {
        "group": link.group, "needed": link.needed, "delay_min": link.delay_min,
        "effect": link.effect, "details": dict(link.details),
    }  # fmt: skip


def _told(perimeter: Perimeter, source: Asset, action: str, detail: dict[str, Any]) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="asset",
        object_id=source.pk,
        organisation_id=source.organisation_id,
        detail={"title": source.name, **detail},
    )
