"""Which relations stand once several exports have told theirs?

A relation belongs to a list that is read with one of its two ends: the members and the rights of
its target, the delegations of its source… When a more recent export read that same list, what older
ones said of it no longer stands; otherwise everything told stands.
"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.facts import (
    BitArray,
    BoolArray,
    ByteArray,
    DirectoryFacts,
    EdgeTable,
    IntArray,
)
from hygie.engines.directory.merging.layers import Layer
from hygie.engines.directory.merging.ledger import KEPT, Ledger
from hygie.engines.directory.verdicts import Contradiction
from hygie.engines.directory.vocabulary import EdgeKind, Flag

_BY_FLAG: dict[Flag, tuple[EdgeKind, ...]] = {
    Flag.MEMBERS_COLLECTED: (EdgeKind.MEMBER_OF,),
    Flag.LOCAL_GROUPS_COLLECTED: (
        EdgeKind.ADMIN_TO,
        EdgeKind.CAN_RDP,
        EdgeKind.CAN_PS_REMOTE,
        EdgeKind.EXECUTE_DCOM,
        EdgeKind.REMOTE_INTERACTIVE_RIGHT,
    ),
    Flag.RODC_POLICY_COLLECTED: (
        EdgeKind.RODC_REVEALED,
        EdgeKind.RODC_MAY_REVEAL,
        EdgeKind.RODC_NEVER_REVEAL,
    ),
    Flag.ACES_COLLECTED: (
        EdgeKind.OWNS,
        EdgeKind.WRITE_OWNER,
        EdgeKind.WRITE_DACL,
        EdgeKind.GENERIC_ALL,
        EdgeKind.GENERIC_WRITE,
        EdgeKind.ALL_EXTENDED_RIGHTS,
        EdgeKind.FORCE_CHANGE_PASSWORD,
        EdgeKind.ADD_MEMBER,
        EdgeKind.ADD_SELF,
        EdgeKind.ADD_ALLOWED_TO_ACT,
        EdgeKind.WRITE_ACCOUNT_RESTRICTIONS,
        EdgeKind.WRITE_SPN,
        EdgeKind.ADD_KEY_CREDENTIAL_LINK,
        EdgeKind.WRITE_GP_LINK,
        EdgeKind.WRITE_ALT_SECURITY_IDENTITIES,
        EdgeKind.WRITE_PUBLIC_INFORMATION,
        EdgeKind.READ_LAPS_PASSWORD,
        EdgeKind.SYNC_LAPS_PASSWORD,
        EdgeKind.READ_GMSA_PASSWORD,
        EdgeKind.GET_CHANGES,
        EdgeKind.GET_CHANGES_ALL,
        EdgeKind.GET_CHANGES_FILTERED,
        EdgeKind.ENROLL,
        EdgeKind.MANAGE_CA,
        EdgeKind.MANAGE_CERTIFICATES,
        EdgeKind.WRITE_PKI_ENROLLMENT_FLAG,
        EdgeKind.WRITE_PKI_NAME_FLAG,
        EdgeKind.OTHER_RIGHT,
    ),
}
_BYTE = np.uint64(256)
_MOST_OBJECTS = 16_000_000
"""Source, kind, target and flags of a relation then fit one number of 64 bits."""
_OF_SOURCE = (
    EdgeKind.PRIMARY_GROUP,
    EdgeKind.ALLOWED_TO_DELEGATE,
    EdgeKind.HAS_SID_HISTORY,
    EdgeKind.PUBLISHED_TO,
)
_OF_TARGET = (
    EdgeKind.CONTAINS,
    EdgeKind.GP_LINK,
    EdgeKind.GP_LINK_ENFORCED,
    EdgeKind.ALLOWED_TO_ACT,
    EdgeKind.MANAGED_BY,
)


def merged_edges(layers: Sequence[Layer], count: int, ledger: Ledger) -> EdgeTable:
    """The relations that stand, each once.

    Args:
        layers: oldest first. count: number of merged objects. ledger: receives what was dropped.

    Raises:
        ValueError: more than 16 million objects.

    Cost: O(m log m) over the relations of all layers.
    """
    stands = [np.ones(len(layer.facts.edges), np.bool_) for layer in layers]
    for newer in range(1, len(layers)):
        lists = _lists_read(layers[newer].facts)
        for older in range(newer):
            _drop(layers, older, newer, lists, count, stands[older])
    if count > _MOST_OBJECTS:
        raise ValueError(f"{count} objects: {_MOST_OBJECTS} can be merged")
    keys = [_keys_of(layer, kept, count) for layer, kept in zip(layers, stands, strict=True)]
    table = _table(np.concatenate(keys), count)
    _note_dropped(layers, stands, table, count, ledger)
    return table


def _keys_of(layer: Layer, kept: BoolArray, count: int) -> BitArray:
    """The relations of a layer that stand, each as one number that sorts like the table."""
    edges = layer.facts.edges
    keys = _keys(
        layer.index[edges.source[kept]], edges.kind[kept], layer.index[edges.target[kept]], count
    )
    keys *= _BYTE
    keys += edges.flags[kept]
    return keys


def _table(keys: BitArray, count: int) -> EdgeTable:
    """The table of such numbers, each relation once, with the fewest flags.

    Cost: one sort of m numbers, 16 bytes a relation on top of the table.
    """
    keys.sort()
    relations, flags = np.divmod(keys, _BYTE)
    is_new = np.ones(len(keys), np.bool_)
    is_new[1:] = relations[1:] != relations[:-1]
    relations, flags = relations[is_new], flags[is_new]
    rest, target = np.divmod(relations, np.uint64(max(count, 1)))
    source, kind = np.divmod(rest, _BYTE)
    return EdgeTable(
        source.astype(np.int32),
        target.astype(np.int32),
        kind.astype(np.uint8),
        flags.astype(np.uint8),
    )


def _lists_read(facts: DirectoryFacts) -> list[tuple[frozenset[int], bool, BoolArray]]:
    """For each list this export reads: its kinds, whether it is the source's, and of whom (n,)."""
    told = set(np.flatnonzero(np.bincount(facts.edges.kind, minlength=1)).tolist())
    described = facts.known != 0
    read = [
        (
            frozenset(kinds) if flag != Flag.ACES_COLLECTED else frozenset(kinds) & told,
            False,
            facts.is_set(flag),
        )
        for flag, kinds in _BY_FLAG.items()
    ]
    read += [(frozenset((kind,)) & told, True, described) for kind in _OF_SOURCE]
    read += [(frozenset((kind,)) & told, False, described) for kind in _OF_TARGET]
    return [(kinds, is_source, of) for kinds, is_source, of in read if kinds and of.any()]


def _drop(
    layers: Sequence[Layer],
    older: int,
    newer: int,
    lists: Sequence[tuple[frozenset[int], bool, BoolArray]],
    count: int,
    stands: BoolArray,
) -> None:
    """Clear, in `stands`, the relations of the older layer that the newer one's lists replace."""
    edges = layers[older].facts.edges
    for kinds, is_source, of in lists:
        reread = np.zeros(count, np.bool_)
        reread[layers[newer].index[of]] = True
        end = edges.source if is_source else edges.target
        is_of_list = np.zeros(256, np.bool_)
        is_of_list[list(kinds)] = True
        concerned = np.flatnonzero(is_of_list[edges.kind])
        stands[concerned[reread[layers[older].index[end[concerned]]]]] = False


def _note_dropped(
    layers: Sequence[Layer],
    stands: Sequence[BoolArray],
    table: EdgeTable,
    count: int,
    ledger: Ledger,
) -> None:
    """A dropped relation that no other export repeats is a contradiction: told, then absent."""
    if all(standing.all() for standing in stands):
        return
    kept = _keys(table.source, table.kind, table.target, count)
    for position, (layer, standing) in enumerate(zip(layers, stands, strict=True)):
        dropped = np.flatnonzero(~standing)
        edges = layer.facts.edges
        source = layer.index[edges.source[dropped]]
        target = layer.index[edges.target[dropped]]
        keys = _keys(source, edges.kind[dropped], target, count)
        place = np.minimum(np.searchsorted(kept, keys), max(len(kept) - 1, 0))
        gone = np.flatnonzero(kept[place] != keys) if len(kept) else np.arange(len(keys))
        newest = layers[-1].place
        ledger.note(
            [
                Contradiction(
                    int(target[at]),
                    EdgeKind(edges.kind[dropped[at]]).name,
                    "",
                    newest,
                    layer.facts.identifiers[edges.source[dropped[at]]],
                    layers[position].place,
                )
                for at in gone[:KEPT]
            ],
            len(gone),
        )


def _keys(source: IntArray, kind: ByteArray, target: IntArray, count: int) -> BitArray:
    """One number a relation, in the order of the table: source, kind, target."""
    keys: BitArray = source.astype(np.uint64)
    keys *= _BYTE
    keys += kind
    keys *= np.uint64(max(count, 1))
    keys += target.astype(np.uint64)
    return keys
