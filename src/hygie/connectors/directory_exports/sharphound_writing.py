"""What do the writers of the parts of a record share?"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from hygie.connectors.directory_exports.sharphound_properties import WrittenProperties
from hygie.connectors.directory_exports.sharphound_sides import Sides
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.vocabulary import ObjectKind

Json: TypeAlias = dict[str, Any]

PRINCIPAL_TYPES = {
    ObjectKind.USER: "User",
    ObjectKind.MANAGED_ACCOUNT: "User",
    ObjectKind.COMPUTER: "Computer",
    ObjectKind.GROUP: "Group",
    ObjectKind.DOMAIN: "Domain",
    ObjectKind.OU: "OU",
    ObjectKind.CONTAINER: "Container",
    ObjectKind.GPO: "GPO",
    ObjectKind.CERT_TEMPLATE: "CertTemplate",
    ObjectKind.ENTERPRISE_CA: "EnterpriseCA",
    ObjectKind.ROOT_CA: "RootCA",
    ObjectKind.AIA_CA: "AIACA",
    ObjectKind.NT_AUTH_STORE: "NTAuthStore",
    ObjectKind.ISSUANCE_POLICY: "IssuancePolicy",
    ObjectKind.LOCAL_GROUP: "LocalGroup",
}


class Writing:
    """The facts by object, and `edges`, the count of the relations said so far."""

    def __init__(self, facts: DirectoryFacts, sides: Sides) -> None:
        self.facts = facts
        self.ids = facts.identifiers
        self.kinds: list[int] = facts.kind.tolist()
        self.incoming = sides.incoming
        self.outgoing = sides.outgoing
        self.properties = WrittenProperties(facts)
        self.edges = 0

    def kind_name(self, index: int) -> str:
        """The type of an object, as a reference to it says."""
        return PRINCIPAL_TYPES.get(ObjectKind(self.kinds[index]), "Base")

    def principal(self, index: int) -> Json:
        """A reference to an object."""
        return {"ObjectIdentifier": self.ids[index], "ObjectType": self.kind_name(index)}

    def principals(self, indices: Iterable[int]) -> list[Json]:
        """References, each of which says one relation."""
        found = [self.principal(index) for index in indices]
        self.edges += len(found)
        return found


def collected(results: list[Json], collected: bool) -> Json:
    """Results, and whether they were collected."""
    return {"Results": results, "Collected": collected, "FailureReason": None}
