"""What are the `Properties` of an object in a SharpHound v6 record?

What is unknown has no key: a reader must not take a default for a fact.
"""

from typing import Any, TypeAlias

from hygie.connectors.directory_exports.sharphound_names import (
    ENCRYPTIONS,
    FLAGS,
    LEVELS,
    NO_ENCRYPTION,
    REVERSIBLE_STORE,
    STRONG_BINDING,
    WEAK_MAPPING,
)
from hygie.engines.directory.facts import ABSENT, NEVER, UNKNOWN, DirectoryFacts, IntArray
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

Json: TypeAlias = dict[str, Any]

_ACCOUNTS = frozenset({ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT})
_FLAG_BITS = tuple((name, 1 << flag) for name, flag in FLAGS.items())
_NUMBERS = {
    "useraccountcontrol": Number.UAC,
    "machineaccountquota": Number.MACHINE_QUOTA,
    "minpwdlength": Number.MIN_PASSWORD_LENGTH,
    "authorizedsignatures": Number.AUTHORIZED_SIGNATURES,
    "schemaversion": Number.TEMPLATE_SCHEMA,
}
_TEXTS = {
    "distinguishedname": Text.DISTINGUISHED_NAME,
    "samaccountname": Text.SAM_NAME,
    "operatingsystem": Text.OPERATING_SYSTEM,
    "dnshostname": Text.DNS_NAME,
    "gpcpath": Text.GPC_PATH,
    "dsheuristics": Text.DS_HEURISTICS,
    "effectiveekus": Text.EKU,
    "applicationpolicies": Text.APPLICATION_POLICY,
    "certchain": Text.CERT_CHAIN,
}
_ALL_ENCRYPTIONS = sum(ENCRYPTIONS.values())
_OLD_MAPPING = 0x18


class WrittenProperties:
    """Gives the properties of one object after the other."""

    def __init__(self, facts: DirectoryFacts) -> None:
        self._facts = facts
        self._known: list[int] = facts.known.tolist()
        self._value: list[int] = facts.value.tolist()
        self._domain: list[int] = facts.domain.tolist()
        self._numbers: dict[Number, IntArray] = dict(facts.numbers)

    def truth(self, index: int, flag: Flag) -> bool | None:
        """A flag of one object, None when unknown."""
        if not self._known[index] >> flag & 1:
            return None
        return bool(self._value[index] >> flag & 1)

    def controller(self, index: int) -> Json | None:
        """What the registry of a domain controller says; None when it was not read."""
        strong = self.truth(index, Flag.STRONG_CERTIFICATE_BINDING)
        weak = self.truth(index, Flag.WEAK_CERTIFICATE_MAPPING)
        if strong is None and weak is None:
            return None
        binding = None if strong is None else STRONG_BINDING if strong else STRONG_BINDING - 1
        mapping = None if weak is None else _OLD_MAPPING | WEAK_MAPPING if weak else _OLD_MAPPING
        return {
            "CertificateMappingMethods": _registry(mapping),
            "StrongCertificateBindingEnforcement": _registry(binding),
        }

    def of(self, index: int) -> Json:
        """The properties of object `index`."""
        facts, kind = self._facts, int(self._facts.kind[index])
        properties: Json = {}
        self._names(index, properties)
        for name, text in _TEXTS.items():
            value = facts.texts.get(text, {}).get(index)
            if value:
                properties[name] = value
        known, value_bits = self._known[index], self._value[index]
        for name, bit in _FLAG_BITS:
            if known & bit:
                properties[name] = bool(value_bits & bit)
        for name, column in _NUMBERS.items():
            number = self._number(index, column)
            if number is not None:
                properties[name] = number
        self._instants(index, kind, properties)
        self._lists(index, kind, properties)
        if kind == ObjectKind.DOMAIN:
            self._policy(index, properties)
        return properties

    def _names(self, index: int, properties: Json) -> None:
        names, domain = self._facts.names, self._domain[index]
        if domain != ABSENT:
            properties["domainsid"] = self._facts.identifiers[domain]
            if names[domain]:
                properties["domain"] = names[domain]
        if names[index]:
            properties["name"] = names[index]

    def _number(self, index: int, column: Number) -> int | None:
        found = self._numbers.get(column)
        value = UNKNOWN if found is None else int(found[index])
        return None if value == UNKNOWN else value

    def _instants(self, index: int, kind: int, properties: Json) -> None:
        created = int(self._facts.instants[Instant.CREATED, index])
        if created > NEVER:
            properties["whencreated"] = created
        if kind not in _ACCOUNTS:
            return
        changed = int(self._facts.instants[Instant.PASSWORD_SET, index])
        if changed != UNKNOWN:
            properties["pwdlastset"] = changed
        logon = int(self._facts.instants[Instant.LAST_LOGON, index])
        if logon != UNKNOWN:
            properties["lastlogontimestamp"] = logon if logon > NEVER else -1

    def _lists(self, index: int, kind: int, properties: Json) -> None:
        """Lists whose absence means something else than an empty one."""
        texts = self._facts.texts
        services = texts.get(Text.SPN, {}).get(index)
        if services or self.truth(index, Flag.IS_CLUSTER) is not None:
            properties["serviceprincipalnames"] = services or []
        history = texts.get(Text.SID_HISTORY, {}).get(index)
        if history or self.truth(index, Flag.SID_HISTORY) is not None:
            properties["sidhistory"] = history or []
        policies = texts.get(Text.ISSUANCE_POLICY, {}).get(index)
        if policies:
            if kind == ObjectKind.ISSUANCE_POLICY:
                properties["certtemplateoid"] = (
                    policies if isinstance(policies, str) else policies[0]
                )
            else:
                properties["certificatepolicy"] = policies
        prints = texts.get(Text.CERT_THUMBPRINT, {}).get(index)
        if prints:
            key = "certthumbprint" if isinstance(prints, str) else "certthumbprints"
            properties[key] = prints
        bits = self._number(index, Number.ENCRYPTION_TYPES)
        if bits is not None and kind in _ACCOUNTS:
            properties["supportedencryptiontypes"] = _encryptions(bits)

    def _policy(self, index: int, properties: Json) -> None:
        level = self._number(index, Number.FUNCTIONAL_LEVEL)
        if level is not None:
            properties["functionallevel"] = LEVELS.get(level, str(level))
        days = self._number(index, Number.MAX_PASSWORD_AGE_DAYS)
        if days is not None:
            properties["maxpwdage"] = f"{days} days" if days else "Forever"
        store = self.truth(index, Flag.REVERSIBLE_POLICY)
        if store is not None:
            properties["pwdproperties"] = REVERSIBLE_STORE if store else 0


def _encryptions(bits: int) -> list[str] | int:
    if bits & ~_ALL_ENCRYPTIONS:
        return bits
    return [name for name, bit in ENCRYPTIONS.items() if bits & bit] or [NO_ENCRYPTION]


def _registry(value: int | None) -> Json:
    collected = value is not None
    return {"Value": value, "Collected": collected, "FailureReason": None}
