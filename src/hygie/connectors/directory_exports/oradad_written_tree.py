"""What must be known of all the facts before any row of a tree can be written?

Names, partitions, and the relations of each object, ready to be asked one object at a time.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from hygie.connectors.directory_exports.oradad_values import dns_of
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

_ACCOUNT_KINDS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP)
_PLAIN = str.maketrans(dict.fromkeys(',;+"\\<>#=\t\r\n', " "))
_DEEPEST = 200


class Relations:
    """Relations by target and by source; those of the last object asked are kept sorted by kind."""

    def __init__(self, facts: DirectoryFacts) -> None:
        edges = facts.edges
        bounds = np.arange(len(facts) + 1, dtype=np.int32)
        self._edges = edges
        self._order = np.argsort(edges.target, kind="stable")
        self._before_target = np.searchsorted(edges.target[self._order], bounds)
        self._before_source = np.searchsorted(edges.source, bounds)
        self._incoming: tuple[int, dict[int, list[int]]] = (-1, {})
        self._outgoing: tuple[int, dict[int, list[int]]] = (-1, {})

    def towards(self, target: int) -> Iterator[tuple[int, int, int]]:
        """(source, EdgeKind, flags) of the relations towards an object."""
        places = self._order[self._before_target[target] : self._before_target[target + 1]]
        edges = self._edges
        yield from zip(
            edges.source[places].tolist(),
            edges.kind[places].tolist(),
            edges.flags[places].tolist(),
            strict=True,
        )

    def sources(self, target: int, kind: EdgeKind) -> list[int]:
        """Objects with this relation towards another."""
        if self._incoming[0] != target:
            found: dict[int, list[int]] = {}
            for source, one, _ in self.towards(target):
                found.setdefault(one, []).append(source)
            self._incoming = (target, found)
        return self._incoming[1].get(kind, [])

    def targets(self, source: int, kind: EdgeKind) -> list[int]:
        """Objects towards which an object has this relation."""
        if self._outgoing[0] != source:
            part = slice(self._before_source[source], self._before_source[source + 1])
            kinds, targets = self._edges.kind[part].tolist(), self._edges.target[part].tolist()
            found: dict[int, list[int]] = {}
            for one, target in zip(kinds, targets, strict=True):
                found.setdefault(one, []).append(target)
            self._outgoing = (source, found)
        return self._outgoing[1].get(kind, [])


@dataclass(slots=True)
class Written:
    """The facts, asked one object at a time.

    Attributes:
        forest: name of the root domain, lower case. domains: index by name, lower case.
        names: distinguished name of every object that is written.
    """

    facts: DirectoryFacts
    relations: Relations
    forest: str
    domains: dict[str, int]
    names: dict[int, str] = field(default_factory=dict)

    def text(self, index: int, column: Text) -> str:
        """One text, "" when not told; several are joined as the tool joins them."""
        value = self.facts.texts.get(column, {}).get(index, "")
        return value if isinstance(value, str) else ";".join(value)

    def number(self, index: int, column: Number) -> int | None:
        """One number, None when not told."""
        values = self.facts.numbers.get(column)
        value = -1 if values is None else int(values[index])
        return None if value == -1 else value

    def flag(self, index: int, flag: Flag) -> bool | None:
        """One yes-or-no fact, None when not told."""
        if not int(self.facts.known[index]) >> flag & 1:
            return None
        return bool(int(self.facts.value[index]) >> flag & 1)

    def instant(self, index: int, column: Instant) -> int | None:
        """Seconds since 1970, 0 for never, None when not told."""
        seconds = int(self.facts.instants[column, index])
        return None if seconds < 0 else seconds

    def sid(self, index: int) -> str:
        """SID of an object as the directory writes it, "" when it has none."""
        identifier = self.facts.identifiers[index]
        start = identifier.find("S-1-")
        return identifier[start:] if start == 0 or identifier[start - 1 : start] == "-" else ""

    def guid(self, index: int) -> str:
        """GUID of an object, invented from its identifier when that is a SID."""
        identifier = self.facts.identifiers[index]
        if self.sid(index):
            return str(uuid.uuid5(uuid.NAMESPACE_OID, identifier))
        return identifier.lower()

    def members(self, dns: str) -> list[int]:
        """Objects of a domain, those included that only their identifier places there."""
        placed = self.facts.domain == self.domains[dns]
        apart = (self.facts.domain < 0) & (self.facts.kind == ObjectKind.GROUP)
        for index in np.flatnonzero(apart).tolist():
            placed[index] = prefix_of(self.facts.identifiers[index]) == dns
        return np.flatnonzero(placed).tolist()

    def dn(self, index: int, dns: str) -> str:
        """Name of an object, also when it is not in the tree: an account of elsewhere."""
        found = self.names.get(index)
        sid = self.sid(index)
        if found is None and sid:
            found = f"CN={sid},CN=ForeignSecurityPrincipals,{base_of(dns)}"
        return found or ""


def base_of(dns: str) -> str:
    """`DC=a,DC=fr` of `a.fr`."""
    return ",".join(f"DC={label}" for label in dns.split("."))


def written_of(facts: DirectoryFacts) -> Written:
    """Prepare the facts.

    Raises:
        ValueError: no domain was collected: a tree is that of a forest.
    """
    domains = _domains(facts)
    if not domains:
        raise ValueError("no collected domain in these facts")
    forest = next(
        (name for name in domains if all(_is_below(other, name) for other in domains)),
        min(domains, key=lambda name: (name.count("."), name)),
    )
    written = Written(facts, Relations(facts), forest, domains)
    _name_all(written)
    return written


def _is_below(name: str, root: str) -> bool:
    return name == root or name.endswith(f".{root}")


def _domains(facts: DirectoryFacts) -> dict[str, int]:
    holders = {int(one) for one in np.unique(facts.domain[np.isin(facts.kind, _ACCOUNT_KINDS)])}
    said = facts.is_set(Flag.DOMAIN_COLLECTED)
    denied = facts.is_known(Flag.DOMAIN_COLLECTED) & ~said
    names = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    found = {}
    for index in facts.of_kind(ObjectKind.DOMAIN).tolist():
        if said[index] or (index in holders and not denied[index]):
            dn = names.get(index, "")
            name = facts.names[index].lower() or dns_of(dn if isinstance(dn, str) else "")
            if name:
                found[name] = index
    return found


def _name_all(written: Written) -> None:
    """Give a name to every object of the forest: its own, or one under its parent."""
    facts = written.facts
    told = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    edges = facts.edges
    contains = np.flatnonzero(edges.kind == EdgeKind.CONTAINS)
    parents = dict(
        zip(edges.target[contains].tolist(), edges.source[contains].tolist(), strict=True)
    )
    by_index = {index: name for name, index in written.domains.items()}
    for name, index in written.domains.items():
        own = told.get(index, "")
        written.names[index] = own if isinstance(own, str) and own else base_of(name)
    # Everyone, Network Service… are in no directory: only the groups and rights that name them are.
    is_object = (facts.kind != ObjectKind.OTHER) & (facts.authority != Authority.SPECIAL)
    described = np.flatnonzero(is_object).tolist()
    for index in described:
        _name_of(written, index, parents, by_index)


def _name_of(
    written: Written, index: int, parents: dict[int, int], domains: dict[int, str]
) -> None:
    facts, names = written.facts, written.names
    told = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    path: list[int] = []
    current = index
    while current >= 0 and current not in names and len(path) < _DEEPEST:
        own = told.get(current, "")
        if isinstance(own, str) and own:
            names[current] = own
            break
        if current in path:
            break  # containers that hold one another
        path.append(current)
        current = parents.get(current, -1)
    domain = int(facts.domain[index])
    prefix = prefix_of(facts.identifiers[index])
    dns = domains.get(domain) or (prefix if prefix in written.domains else "")
    if not dns and current not in names:
        return  # of no domain of this forest
    base = names.get(current) or f"CN=Users,{base_of(dns)}"
    for one in reversed(path):
        label = facts.names[one].partition("@")[0].translate(_PLAIN).strip()[:50]
        identifier = facts.identifiers[one]
        tag = "OU" if facts.kind[one] == ObjectKind.OU else "CN"
        base = f"{tag}={label} {identifier}".replace("= ", "=") + f",{base}"
        names[one] = base


def prefix_of(identifier: str) -> str:
    """Domain of a group that is the same everywhere: the name before its SID, lower case."""
    head, found, _sid = identifier.partition("-S-1-")
    return head.lower() if found else ""
