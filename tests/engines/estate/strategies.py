"""Random small maps with all that is awkward: cycles, retired assets, ends that are not there."""

from hypothesis import strategies as st

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, Status, Verb

_KINDS = (
    AssetKind.CARE, AssetKind.CARE, AssetKind.APPLICATION, AssetKind.SERVER, AssetKind.LINE,
    AssetKind.ACCESS, AssetKind.SUPPLIER, AssetKind.SITE,
)  # fmt: skip
_STATUSES = (Status.IN_USE, Status.IN_USE, Status.IN_USE, Status.PLANNED, Status.RETIRED)
_VERBS = (Verb.USES, Verb.RUNS_ON, Verb.MAINTAINED_BY, Verb.REACHES)


@st.composite
def estates(draw: st.DrawFn, assets: int = 9, links: int = 18) -> EstateMap:
    keys = [str(at) for at in range(draw(st.integers(1, assets)))]
    key = st.sampled_from([*keys, "absent"])
    reference = st.one_of(st.just(""), st.just(""), key)
    records = [
        AssetRecord(
            key=one,
            kind=draw(st.sampled_from(_KINDS)),
            name=one,
            organisation=draw(st.sampled_from(("", "", "A"))),
            criticality=draw(st.none() | st.integers(1, 4)),
            max_downtime_min=draw(st.none() | st.integers(0, 3)),
            status=draw(st.sampled_from(_STATUSES)),
            site=draw(reference),
            zone=draw(reference),
            supplier=draw(reference),
            details={
                "hosting": draw(st.sampled_from(("internal", "external", "saas"))),
                "method": draw(st.sampled_from(("vpn", "modem"))),
                "is_internet": draw(st.booleans()),
            },
        )
        for one in keys
    ]
    ends = draw(st.lists(st.tuples(key, st.sampled_from(_VERBS), key), max_size=links))
    delay, effect = st.sampled_from((0, 0, 60)), st.sampled_from(Effect)
    ties = [LinkRecord(*end, delay_min=draw(delay), effect=draw(effect)) for end in ends]
    return EstateMap(records, ties)
