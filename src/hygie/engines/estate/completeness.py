"""How well is each asset known, and what is missing to know it wholly?

Required fields and expected links count alike (`fields.REQUIRED`, `fields.EXPECTED`). What is not
known is missing, whatever the reason; False and 0 are answers.
"""

from collections.abc import Collection
from typing import NamedTuple

from hygie.engines.estate.fields import EXPECTED, REQUIRED, Expected
from hygie.engines.estate.types import AssetRecord, EstateMap, Value
from hygie.engines.estate.vocabulary import Status, Verb

_LINK, _INCOMING, _OR = "link:", "in:", "|"
_OF_ALL = frozenset(AssetRecord.__struct_fields__)
_NO_VERBS: frozenset[Verb] = frozenset()


class Completeness(NamedTuple):
    """How well one asset is known.

    Attributes:
        percent: 0 … 100, rounded down: 100 means that nothing is missing. None when nothing is
            asked of it: a retired asset is not judged.
        missing: names of fields, and ties such as "link:uses", "link:in:uses" (the other asset is
            the source), "link:runs_on|stores_on" (either will do); see `missing_link`.
    """

    percent: int | None
    missing: list[str]


def completeness_of(
    asset: AssetRecord, out: Collection[Verb], incoming: Collection[Verb]
) -> Completeness:
    """Judge one asset.

    Args:
        asset: with what is known of it.
        out: verbs of the links of which it is the source, repeated or not; leave out those whose
            other end is retired, they tell of what was.
        incoming: verbs of the links of which it is the target, likewise.

    Returns:
        Its completeness; `missing` in the order in which fields and ties are declared.
    """
    required, expected = REQUIRED[asset.kind], _expected_of(asset)
    asked = len(required) + len(expected)
    if asset.status == Status.RETIRED or not asked:
        return Completeness(None, [])
    missing = [name for name in required if not _is_known(field_value(asset, name))]
    for tie in expected:
        if not any(verb in (incoming if tie.is_incoming else out) for verb in tie.verbs):
            missing.append(_entry(tie))
    return Completeness(100 * (asked - len(missing)) // asked, missing)


def completeness(estate: EstateMap) -> list[Completeness]:
    """Judge every asset of a map, in its order.

    A link counts when both its ends stand in the map and the other end is not retired.

    Cost: O(assets + links), about 60 ms for 14,000 assets and 40,000 links.
    """
    living = {asset.key for asset in estate.assets if asset.status != Status.RETIRED}
    out: dict[str, set[Verb]] = {}
    incoming: dict[str, set[Verb]] = {}
    for link in estate.links:
        if link.source in living and link.target in living:
            out.setdefault(link.source, set()).add(link.verb)
            incoming.setdefault(link.target, set()).add(link.verb)
    return [
        completeness_of(
            asset, out.get(asset.key, _NO_VERBS), incoming.get(asset.key, _NO_VERBS)
        )
        for asset in estate.assets
    ]  # fmt: skip


def field_value(asset: AssetRecord, name: str) -> Value | None:
    """What a field holds, whether it is one of all assets or of its kind; None when unknown."""
    if name in _OF_ALL:
        value: Value | None = getattr(asset, name)
        return value
    return asset.details.get(name)


def missing_link(entry: str) -> tuple[tuple[Verb, ...], bool] | None:
    """Read an entry of `missing`: (verbs of which any will do, whether the asset is the target).

    Returns:
        None when the entry names a field.
    """
    if not entry.startswith(_LINK):
        return None
    told = entry.removeprefix(_LINK)
    verbs = told.removeprefix(_INCOMING).split(_OR)
    return tuple(Verb(verb) for verb in verbs), told.startswith(_INCOMING)


def _expected_of(asset: AssetRecord) -> list[Expected]:
    return [
        tie
        for tie in EXPECTED.get(asset.kind, ())
        if tie.unless is None or asset.details.get(tie.unless[0]) != tie.unless[1]
    ]


def _entry(tie: Expected) -> str:
    return f"{_LINK}{_INCOMING if tie.is_incoming else ''}{_OR.join(tie.verbs)}"


def _is_known(value: Value | None) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
