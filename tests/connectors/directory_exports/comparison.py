"""Facts as plain values, whatever the order in which objects were met."""

from typing import Any

from hygie.engines.directory.facts import ABSENT, DirectoryFacts
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, ObjectKind


def objects(facts: DirectoryFacts) -> dict[str, dict[str, Any]]:
    """By identifier, everything that is told of an object."""
    found: dict[str, dict[str, Any]] = {}
    for index, identifier in enumerate(facts.identifiers):
        domain = int(facts.domain[index])
        told: dict[str, Any] = {
            "name": facts.names[index],
            "kind": ObjectKind(int(facts.kind[index])).name,
            "authority": int(facts.authority[index]),
            "rid": int(facts.rid[index]),
            "domain": None if domain == ABSENT else facts.identifiers[domain],
            "flags": flags(facts, index),
        }
        told |= {column.name: int(facts.instants[column, index]) for column in Instant}
        told |= {name.name: int(column[index]) for name, column in facts.numbers.items()}
        told |= {name.name: texts[index] for name, texts in facts.texts.items() if index in texts}
        found[identifier] = {
            name: value for name, value in told.items() if value not in (-1, "", None, {})
        }
    return found


def flags(facts: DirectoryFacts, index: int) -> dict[str, bool]:
    """The flags that are known of an object."""
    known, value = int(facts.known[index]), int(facts.value[index])
    return {flag.name: bool(value >> flag & 1) for flag in Flag if known >> flag & 1}


def edges(facts: DirectoryFacts) -> set[tuple[str, str, str, int]]:
    """The relations as (source, kind, target, flags)."""
    ids = facts.identifiers
    table = facts.edges
    return {
        (ids[source], EdgeKind(kind).name, ids[target], flag)
        for source, kind, target, flag in zip(
            table.source.tolist(),
            table.kind.tolist(),
            table.target.tolist(),
            table.flags.tolist(),
            strict=True,
        )
    }


def trusts(facts: DirectoryFacts) -> set[tuple[Any, ...]]:
    """The trusts, with the identifier of the domain that states them."""
    return {
        (facts.identifiers[trust.domain], trust.partner_sid, trust.partner_name, trust.is_inbound,
         trust.is_outbound, trust.attributes, trust.trust_type, trust.sid_filtering,
         trust.tgt_delegation, trust.is_transitive)
        for trust in facts.trusts
    }  # fmt: skip
