"""What do the command line and the API say of an asset, of its links, of a pair?"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from hygie.territory.estate.choices import PartNature
from hygie.territory.estate.models import Asset, AssetPart, Link, LookAlike


def asset_as_data(asset: Asset) -> dict[str, Any]:
    """One asset by its columns; no query when its organisation and references are loaded."""
    return {
        "id": asset.pk,
        "organisation": asset.organisation.code,
        "kind": asset.kind,
        "code": asset.code,
        "name": asset.name,
        "description": asset.description,
        "owner": asset.owner,
        "technical_owner": asset.technical_owner,
        "status": asset.status,
        "criticality": asset.criticality,
        "max_downtime_min": asset.max_downtime_min,
        "max_data_loss_min": asset.max_data_loss_min,
        "inherited_criticality": asset.inherited_criticality,
        "inherited_downtime_min": asset.inherited_downtime_min,
        "site": _code(asset.site),
        "zone": _code(asset.zone),
        "supplier": _code(asset.supplier),
        "details": asset.details,
        "completeness": asset.known_percent,
        "missing": asset.missing,
        "source": asset.source,
        "seen_on": asset.seen_on,
    }


def asset_whole(asset: Asset, links: Iterable[Link]) -> dict[str, Any]:
    """One asset with its identifiers, services, components, shares and links.

    Args:
        links: those that the reader may read, with both ends loaded.

    Cost: three queries.
    """
    parts = list(asset.parts.all())
    found = list(links)
    shares = asset.shares.order_by("organisation__code")
    return {
        **asset_as_data(asset),
        "identifiers": [
            {"kind": one.kind, "value": one.value}
            for one in asset.identifiers.order_by("kind", "value")
        ],
        "shared_with": list(shares.values_list("organisation__code", flat=True)),
        "services": [_part(one) for one in parts if one.nature == PartNature.SERVICE],
        "components": [_part(one) for one in parts if one.nature == PartNature.COMPONENT],
        "needs": [link_as_data(one) for one in found if one.source_id == asset.pk],
        "needed_by": [link_as_data(one) for one in found if one.target_id == asset.pk],
    }


def links_around(asset: Asset) -> Q:
    """Condition that keeps the links of an asset, either way."""
    return Q(source=asset) | Q(target=asset)


def link_as_data(link: Link) -> dict[str, Any]:
    """One link, its ends by code."""
    return {
        "id": link.pk,
        "source_id": link.source_id,
        "source": _code(link.source),
        "verb": link.verb,
        "target_id": link.target_id,
        "target": _code(link.target),
        "group": link.group,
        "needed": link.needed,
        "delay_min": link.delay_min,
        "effect": link.effect,
        "details": link.details,
    }


def pair_as_data(pair: LookAlike) -> dict[str, Any]:
    """One pair that looks alike."""
    return {
        "id": pair.pk,
        "kept": _code(pair.kept),
        "kept_name": pair.kept.name,
        "other": _code(pair.other),
        "other_name": pair.other_name,
        "score": pair.score,
        "state": pair.state,
        "reasons": pair.reasons,
        "doubts": pair.doubts,
    }


def _code(asset: Asset | None) -> str | None:
    return None if asset is None else asset.code


def _part(part: AssetPart) -> dict[str, Any]:
    return {
        "protocol": part.protocol, "port": part.port, "name": part.name,
        "product": part.product, "version": part.version, "purl": part.purl, "cpe": part.cpe,
        "seen_on": part.seen_on,
    }  # fmt: skip
