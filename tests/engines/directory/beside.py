"""What else do tests put beside a forest: a trust, an export that carries facts?"""

from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts, Trust
from hygie.engines.directory.vocabulary import ExportKind
from tests.engines.directory.days import AS_OF


def trust(
    kind: str = "forest",
    attributes: int = 0x8,
    *,
    inbound: bool = True,
    outbound: bool = True,
) -> Trust:
    """A trust with another forest, filtered."""
    return Trust(
        domain=0,
        partner_sid="S-1-5-21-9-9-9",
        partner_name="PARTNER.EXAMPLE",
        is_inbound=inbound,
        is_outbound=outbound,
        attributes=attributes,
        trust_type=kind,
        sid_filtering=True,
        tgt_delegation=False,
        is_transitive=True,
    )


def export(
    facts: DirectoryFacts | None,
    kind: ExportKind = ExportKind.ORADAD,
    collected_on: int = AS_OF,
    **more: object,
) -> DirectoryExport:
    """An export that carries these facts."""
    return DirectoryExport(
        kind=kind,
        name="export.zip",
        digest="0" * 64,
        tool="",
        collected_on=collected_on,
        facts=facts,
        **more,  # type: ignore[arg-type]
    )
