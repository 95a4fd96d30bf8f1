"""Random small maps with all that is awkward, and one small hospital told by hand."""

from hypothesis import strategies as st

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, Status, Verb

_KINDS = (
    Kind.CARE, Kind.APPLICATION, Kind.SERVER, Kind.SERVER, Kind.WORKSTATION, Kind.CLUSTER,
    Kind.BACKUP, Kind.IDENTITY, Kind.ACCESS, Kind.WORKSTATION_GROUP, Kind.STORE, Kind.DEVICE,
)  # fmt: skip
_FLAGS = (
    "has_edr", "is_offline", "is_immutable", "has_own_identity", "has_mfa", "is_permanent",
    "has_admin_mfa", "has_tiering", "is_domain_joined",
)  # fmt: skip


def asset(kind: Kind, key: str, **fields: object) -> AssetRecord:
    """An asset named by its key; unknown fields are details."""
    own = {n: v for n, v in fields.items() if n in AssetRecord.__struct_fields__}
    details = {n: v for n, v in fields.items() if n not in own}
    return AssetRecord(key, kind, key, details=details, **own)  # type: ignore[arg-type]


def tie(source: str, verb: Verb, target: str, **fields: object) -> LinkRecord:
    return LinkRecord(source, verb, target, **fields)  # type: ignore[arg-type]


@st.composite
def maps(draw: st.DrawFn, most: int = 10) -> EstateMap:
    """Up to `most` assets beside two sites, two zones, a supplier and two lines; any links."""
    fixed = [
        asset(Kind.SITE, "S0"), asset(Kind.SITE, "S1"),
        asset(Kind.ZONE, "Z0", site="S0", is_filtered_inside=draw(st.booleans())),
        asset(Kind.ZONE, "Z1", exposure="dmz"), asset(Kind.SUPPLIER, "F0"),
        asset(Kind.LINE, "L0", is_internet=True), asset(Kind.LINE, "L1", is_internet=True),
        asset(Kind.CARE, "A0", criticality=4, patients_per_day=30),
        asset(Kind.WORKSTATION, "W0", zone="Z0"),
    ]  # fmt: skip
    drawn = [_drawn(draw, number) for number in range(draw(st.integers(1, most)))]
    assets = [*fixed, *drawn]
    keys = [each.key for each in assets] + ["nobody"]
    links = {}
    # Care leans on something more often than chance would have it.
    for target in draw(st.sets(st.sampled_from(["W0", "N0", keys[-2]]), max_size=2)):
        delay_min = draw(st.sampled_from([0, 120, 6000]))
        links["A0", Verb.USES, target] = tie("A0", Verb.USES, target, delay_min=delay_min)
    for _ in range(draw(st.integers(0, 3 * most))):
        link = _link(draw, keys)
        if link.source != link.target:
            links[link.source, link.verb, link.target] = link
    return EstateMap(assets, list(links.values()))


def _drawn(draw: st.DrawFn, number: int) -> AssetRecord:
    kind = draw(st.sampled_from(_KINDS))
    details: dict[str, object] = {
        flag: draw(st.booleans()) for flag in draw(st.sets(st.sampled_from(_FLAGS), max_size=3))
    }
    if kind == Kind.APPLICATION:
        details["hosting"] = draw(st.sampled_from(["internal", "external", "saas"]))
    if kind == Kind.ACCESS:
        details["method"] = draw(st.sampled_from(["vpn", "modem", "bastion"]))
    if kind == Kind.CARE:
        details["holds_min"] = draw(st.sampled_from([0, 60, 6000]))
    if draw(st.booleans()):
        details["patched_on"] = draw(st.sampled_from(["2026-05-20", "2025-01-01", "hier"]))
    reference = st.sampled_from
    return asset(
        kind, f"N{number}", site=draw(reference(["", "S0", "S1", "gone"])),
        zone=draw(reference(["", "Z0", "Z1"])), supplier=draw(reference(["", "F0"])),
        status=draw(reference([Status.IN_USE] * 5 + [Status.RETIRED])),
        organisation=draw(reference(["", "other"])), **details,
    )  # fmt: skip


def _link(draw: st.DrawFn, keys: list[str]) -> LinkRecord:
    group = draw(st.sampled_from(["", "", "a", "b"]))
    return tie(
        draw(st.sampled_from(keys)), draw(st.sampled_from(list(Verb))),
        draw(st.sampled_from(keys)), group=group,
        needed=draw(st.integers(1, 3)) if group else 1,
        delay_min=draw(st.sampled_from([0, 30, 600])),
        effect=draw(st.sampled_from(list(Effect))),
    )  # fmt: skip


def small_hospital() -> EstateMap:
    """Care on an application, on two servers of one cluster, joined to a directory; backups."""
    assets = [
        asset(Kind.ZONE, "postes"), asset(Kind.ZONE, "serveurs"),
        asset(Kind.ZONE, "sauvegarde"), asset(Kind.IDENTITY, "ad"),
        asset(Kind.CARE, "urgences", criticality=4, patients_per_day=100, holds_min=120),
        asset(Kind.CARE, "paie", criticality=1),
        asset(Kind.APPLICATION, "dpi", hosting="internal"),
        asset(Kind.APPLICATION, "paie-saas", hosting="saas", supplier="editeur"),
        asset(Kind.SUPPLIER, "editeur"), asset(Kind.ACCESS, "tma", supplier="editeur"),
        asset(Kind.LINE, "fibre", is_internet=True),
        asset(Kind.SERVER, "dpi-1", zone="serveurs"), asset(Kind.SERVER, "dpi-2", zone="serveurs"),
        asset(Kind.SERVER, "dc", zone="serveurs"), asset(Kind.CLUSTER, "esx", zone="serveurs"),
        asset(Kind.BACKUP, "disque", zone="sauvegarde"),
        asset(Kind.BACKUP, "bande", zone="sauvegarde", is_offline=True),
        *(asset(Kind.WORKSTATION, f"poste-{n}", zone="postes") for n in range(6)),
        asset(Kind.WORKSTATION_GROUP, "postes-urgences", zone="postes"),
    ]  # fmt: skip
    links = [
        tie("urgences", Verb.USES, "dpi", delay_min=30),
        tie("urgences", Verb.USES, "postes-urgences"),
        tie("paie", Verb.USES, "paie-saas"),
        tie("dpi", Verb.RUNS_ON, "dpi-1", group="serveurs"),
        tie("dpi", Verb.RUNS_ON, "dpi-2", group="serveurs"),
        tie("dpi", Verb.AUTHENTICATES_WITH, "ad", effect=Effect.DEGRADE),
        tie("dpi", Verb.BACKED_UP_BY, "disque"),
        tie("dpi-1", Verb.RUNS_ON, "esx"), tie("dpi-2", Verb.RUNS_ON, "esx"),
        tie("ad", Verb.RUNS_ON, "dc"), tie("ad", Verb.BACKED_UP_BY, "bande"),
        tie("tma", Verb.REACHES, "dpi-1"),
        *(tie("postes-urgences", Verb.MADE_OF, f"poste-{n}", group="postes", needed=3)
          for n in range(6)),
    ]  # fmt: skip
    return EstateMap(assets, links)
